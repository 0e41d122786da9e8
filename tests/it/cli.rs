//! The command line, run as a person or a pipeline runs it.

#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/reach.rs"]
mod reach;
#[path = "cli/simulate.rs"]
mod simulate;
#[path = "cli/upgrade.rs"]
mod upgrade;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use pretty_assertions::assert_eq;
use serde_json::Value;

/// Runs the binary with `arguments` and `stdin`.
fn pulpo(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pulpo"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let stdin = stdin.to_vec();
    // In a thread of its own, so that a full pipe can't stop both ends; a
    // command that does not read its input closes the pipe, which is fine.
    let writer = std::thread::spawn(move || pipe.write_all(&stdin).ok());
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The output of a command that ends well.
fn good(arguments: &[&str], stdin: &[u8]) -> String {
    let output = pulpo(arguments, stdin);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "{arguments:?}");
    text(&output.stdout)
}

/// A command that must end with 2 and say `says` on standard error.
#[track_caller]
fn refused(arguments: &[&str], stdin: &[u8], says: &str) {
    let output = pulpo(arguments, stdin);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
    assert!(stderr.contains(says), "{arguments:?}: {stderr}");
    assert_eq!(text(&output.stdout), "", "{arguments:?}");
}

/// A design file of one's own, gone when dropped.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("pulpo-cli-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).expect("it can be written");
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

#[test]
fn samples_are_listed_and_printed_as_they_are() {
    let list = good(&["sample"], b"");
    let names: Vec<_> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/samples");
    let index = std::fs::read_to_string(folder.join("index.json")).expect("the index");
    let index: Value = serde_json::from_str(&index).expect("JSON");
    let rows = index.as_array().expect("a list");
    let (listed, made) = names.split_at(rows.len());
    assert_eq!(made, ["large"], "these are no files of the page");
    for (row, name) in rows.iter().zip(listed) {
        assert_eq!(row["file"], format!("{name}.pulpo.json"));
        let title = row["title"].as_str().expect("a title");
        assert!(list.contains(title), "{name} is not listed as {title}");
        let text = std::fs::read_to_string(folder.join(format!("{name}.pulpo.json")));
        assert_eq!(good(&["sample", name], b""), text.expect("the sample"));
    }
    let large = pulpo::generate::large(pulpo::generate::Size::LARGE);
    assert_eq!(good(&["sample", "large"], b""), pulpo::format::design_file::write(&large));
    refused(&["sample", "gcp"], b"", "there is no sample \"gcp\"");
}

#[test]
fn the_schema_is_json_and_names_the_design() {
    let schema: Value = serde_json::from_str(&good(&["schema"], b"")).expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(schema["$defs"]["Design"]["properties"]["space"].is_object());
}

#[test]
fn help_names_commands_and_exit_codes() {
    let help = good(&["--help"], b"");
    for word in [
        "sample",
        "check",
        "diff",
        "export",
        "resolve",
        "render",
        "preview",
        "Exit codes",
        "Examples",
    ] {
        assert!(help.contains(word), "{word} is missing from {help}");
    }
    for command in
        ["sample", "check", "diff", "export", "resolve", "render", "preview", "rules", "schema"]
    {
        assert!(good(&[command, "--help"], b"").contains("Usage: pulpo"), "{command}");
    }
    refused(&["chek"], b"", "unrecognized subcommand");
    refused(&["check"], b"", "<DESIGN>");
    refused(&["check", "-", "--format", "xml"], b"", "possible values: text, json");
}

#[test]
fn a_clean_design_is_clean() {
    let empty = good(&["sample", "empty"], b"");
    assert_eq!(good(&["check", "-"], empty.as_bytes()), "Nothing found.\n");
    assert_eq!(good(&["check", "-", "--format", "json"], empty.as_bytes()), "[]\n");
    let with_mark = format!("\u{feff}{empty}");
    assert_eq!(good(&["check", "-"], with_mark.as_bytes()), "Nothing found.\n");
}

#[test]
fn a_design_that_cannot_be_read_is_named_with_place_and_cause() {
    let scratch = Scratch::new("bad");
    let wrong = r#"{ "format": "pulpo-design", "version": 1, "title": 3 }"#;
    let newer = r#"{ "format": "pulpo-design", "version": 2 }"#;
    let wrong_file = scratch.file("wrong.json", wrong);
    refused(&["check", &scratch.path("missing.json")], b"", "No such file");
    refused(&["check", &scratch.path("")], b"", "can't be read");
    refused(&["check", "-"], b"", "The file is empty");
    refused(&["check", "-"], b"{ \"format\": \"pulpo-des", "cut off");
    refused(&["check", "-"], b"\x89PNG\r\n", "not UTF-8 text: byte 1");
    refused(&["check", "-"], wrong.as_bytes(), "<stdin>, line 1, column 52, $.title");
    refused(&["check", &wrong_file], b"", "wrong.json, line 1, column 52, $.title");
    refused(&["check", "-"], newer.as_bytes(), "version 2");
    refused(&["check", "-"], "[".repeat(500_000).as_bytes(), "nests values deeper");
    refused(&["check", "-"], &vec![b' '; 50 << 20], "at most 32 MiB");
}

#[test]
fn findings_are_machine_readable_even_when_the_design_is_not() {
    let wrong = r#"{ "format": "pulpo-design", "version": 1, "title": 3 }"#;
    let output = pulpo(&["check", "-", "--format", "json"], wrong.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    let list: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        list,
        serde_json::json!([{
            "severity": "error",
            "code": "design/wrong-kind",
            "what": "This should be a text, but it is a number.",
            "why": "",
            "fix": "",
            "file": "<stdin>",
            "line": 1,
            "column": 52,
            "path": "$.title",
        }])
    );
    let missing = pulpo(&["check", "no/such/file", "--format", "json"], b"");
    let list: Value = serde_json::from_slice(&missing.stdout).expect("JSON");
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(list[0]["code"], "input/unreadable");
    assert_eq!(list[0]["line"], Value::Null);
}

#[test]
fn findings_of_a_design_are_placed_in_its_text_and_end_with_1() {
    let scratch = Scratch::new("check");
    let design = scratch.file("guide.pulpo.json", good(&["sample", "aws-fargate"], b""));
    let output = pulpo(&["check", &design], b"");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!((output.status.code(), err.as_str()), (Some(1), ""));
    assert!(out.contains("warning[pulumi/fixed-folder]"), "{out}");
    assert!(out.ends_with("\n1 warning.\n"), "{out}");

    let output = pulpo(&["check", &design, "--format", "json"], b"");
    let list: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let path = "$.project.process.steps[0].actions[0].does.step.target";
    assert_eq!((&list[0]["path"], &list[0]["file"]), (&path.into(), &design.as_str().into()));
    let line = usize::try_from(list[0]["line"].as_u64().expect("a line")).expect("small");
    let content = std::fs::read_to_string(&design).expect("the design");
    assert!(content.lines().nth(line - 1).is_some_and(|line| line.contains("/tmp/pulumi-app")));

    assert_eq!(good(&["check", &design, "--at-least", "error"], b""), "Nothing found.\n");
}

#[test]
fn rules_are_listed_explained_and_documented() {
    let list = good(&["rules"], b"");
    assert_eq!(list.lines().count(), pulpo::lint::RULES.len());
    let one = good(&["rules", "stacks/shared"], b"");
    assert!(one.starts_with("error[stacks/shared]") && one.contains("why: "), "{one}");
    refused(&["rules", "stacks/none"], b"", "there is no rule \"stacks/none\"");
    let page = good(&["rules", "--format", "markdown"], b"");
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    assert!(
        std::fs::read_to_string(docs).is_ok_and(|written| written == page),
        "docs/rules.md is old: cargo run -- rules --format markdown > docs/rules.md"
    );
}

/// All files below `folder` with their bytes, by path.
fn files_of(folder: &std::path::Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut all = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                all.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    all
}

#[test]
fn the_same_design_is_exported_to_the_same_bytes() {
    let scratch = Scratch::new("export");
    let design = scratch.file("d.pulpo.json", good(&["sample", "aws-fargate"], b""));
    let (one, two) = (scratch.path("one"), scratch.path("deep/er/two"));
    let export = |out: &str| {
        let output = pulpo(&["export", &design, "--to", "all", "--out", out], b"");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let written = export(&one);
    export(&two);
    let files = files_of(one.as_ref());
    assert_eq!(files, files_of(two.as_ref()));
    let listed: std::collections::BTreeSet<_> = written
        .lines()
        .filter_map(|line| std::path::Path::new(line).strip_prefix(&one).ok())
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    assert_eq!(listed, files.keys().cloned().collect());
    for name in ["README.md", "process/deployment-process.json", "variables/project.json"] {
        assert!(files.contains_key(name), "{name} is missing");
    }

    // Again over what is there: own files are replaced, others stay.
    std::fs::write(scratch.path("one/README.md"), "old").expect("written");
    std::fs::write(scratch.path("one/mine.txt"), "mine").expect("written");
    export(&one);
    let again = files_of(one.as_ref());
    assert_eq!(again.get("README.md"), files.get("README.md"));
    assert_eq!(again.get("mine.txt").map(Vec::as_slice), Some(b"mine".as_slice()));

    let (zip, again) = (scratch.path("a.zip"), scratch.path("b.zip"));
    export(&zip);
    export(&again);
    let bytes = std::fs::read(&zip).expect("a zip");
    assert_eq!(bytes, std::fs::read(&again).expect("a zip"));
    assert!(bytes.starts_with(b"PK\x03\x04"));
    let piped = pulpo(&["export", &design, "--to", "all", "--out", "-"], b"");
    assert_eq!((piped.status.code(), piped.stdout), (Some(0), bytes));
}

#[test]
fn a_single_file_goes_to_standard_output_as_it_is() {
    let design = good(&["sample", "empty"], b"");
    let printed = |targets: &str| {
        let output = pulpo(&["export", "-", "--to", targets, "--out", "-"], design.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{targets}: {}", text(&output.stderr));
        output.stdout
    };
    for (target, member) in [("variables-json", "Variables"), ("process-json", "Steps")] {
        let twice = format!("{target},{target}");
        let value: Value = serde_json::from_slice(&printed(&twice)).expect("JSON");
        assert!(value[member].is_array(), "{target}");
    }
    assert!(printed("variables-json,process-json").starts_with(b"PK\x03\x04"));
    assert!(printed("step-templates").starts_with(b"PK\x03\x04"));
}

#[test]
fn every_sample_exports_to_every_target_without_errors() {
    for name in ["aws-fargate", "aws-fargate-modern", "azure", "empty"] {
        let scratch = Scratch::new(name);
        let design = good(&["sample", name], b"");
        let out = scratch.path("out");
        let output = pulpo(
            &["export", "-", "--to", "all", "--out", &out, "--at-least", "error"],
            design.as_bytes(),
        );
        assert_eq!(
            (output.status.code(), text(&output.stderr)),
            (Some(0), String::new()),
            "{name}"
        );
    }
}

#[test]
fn exports_that_cannot_be_made_say_why() {
    let scratch = Scratch::new("refused");
    let design = scratch.file("d.json", good(&["sample", "empty"], b""));
    let file = scratch.file("file", "in the way");
    let below = scratch.path("file/below");
    let out = scratch.path("out");
    refused(&["export", &design, "--to", "hcl", "--out", &out], b"", "there is no target \"hcl\"");
    refused(&["export", &design, "--out", &out], b"", "--to <TARGET>");
    refused(&["export", &design, "--to", "all"], b"", "--out");
    refused(&["export", &design, "--to", "all", "--out", &below], b"", "can't write");
    refused(&["export", &file, "--to", "all", "--out", &out], b"", "not JSON");
    refused(&["export", "no/such", "--to", "all", "--out", &out], b"", "No such file");
    assert!(!std::path::Path::new(&out).exists(), "nothing is written before it is certain");
}
