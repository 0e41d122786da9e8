//! The command line, run as a person or a pipeline runs it.

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
    assert_eq!(rows.len(), names.len());
    for (row, name) in rows.iter().zip(names) {
        assert_eq!(row["file"], format!("{name}.pulpo.json"));
        let title = row["title"].as_str().expect("a title");
        assert!(list.contains(title), "{name} is not listed as {title}");
        let text = std::fs::read_to_string(folder.join(format!("{name}.pulpo.json")));
        assert_eq!(good(&["sample", name], b""), text.expect("the sample"));
    }
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
    for word in ["sample", "check", "schema", "Exit codes", "Examples"] {
        assert!(help.contains(word), "{word} is missing from {help}");
    }
    for command in ["sample", "check", "schema"] {
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
