//! What every export of every sample has to hold before anyone imports it: the
//! community library's rules for templates, clean scripts, the same bytes each
//! time, a README that is complete, and no secret.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use pretty_assertions::assert_eq;
use pulpo::base::secret;
use pulpo::export::{OutFile, TARGETS, Target, export, zip};
use pulpo::format::design_file;
use pulpo::generate::{Size, large};
use pulpo::model::Design;
use pulpo::model::process::keys;
use serde_json::Value;

use super::outside::say;
use super::scripts::stub::{Case, has_tool, save};

/// The samples of the page, and the large design.
fn samples() -> Vec<(String, Design)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/samples");
    let mut all = vec![("large".to_owned(), large(Size::LARGE))];
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("readable").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(design_file::EXTENSION) {
            let text = std::fs::read_to_string(&path).expect("a text");
            all.push((name.to_owned(), design_file::read(&text).design.expect("it is sound")));
        }
    }
    assert!(all.len() > 4, "the samples are there");
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

fn all_targets() -> Vec<Target> {
    TARGETS.iter().map(|info| info.target).collect()
}

/// Everything that every sample exports, with the sample's name before the path.
fn exports() -> Vec<OutFile> {
    let mut all = Vec::new();
    for (name, design) in samples() {
        for mut file in export(&design, &all_targets()).files {
            file.path = format!("{name}/{}", file.path);
            all.push(file);
        }
    }
    all
}

fn json(file: &OutFile) -> Value {
    serde_json::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path))
}

/// Whether the text holds a GUID: `8-4-4-4-12` hexadecimal digits, not all zeros,
/// and not the one that people copy from the library's guide.
fn has_guid(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_hexdigit();
    let found = text.as_bytes().windows(36).find(|window| {
        let mut bytes = window.iter().enumerate();
        bytes.all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => is_digit(*byte),
        })
    });
    found.is_some_and(|guid| {
        guid.iter().any(|byte| !matches!(byte, b'0' | b'-'))
            && guid != b"abcdef00-ab00-cd00-ef00-000000abcdef"
    })
}

/// What the community library's own tests, and its reviewers, would say to these
/// templates of one export.
fn library_says(files: &[&OutFile]) -> Vec<String> {
    let mut said = Vec::new();
    let (mut names, mut ids) = (HashSet::new(), HashSet::new());
    for file in files {
        let mut say = |what: String| said.push(format!("{}: {what}", file.path));
        if file.text.starts_with('\u{feff}') {
            say("it starts with a byte order mark".to_owned());
        }
        let template: Value = match serde_json::from_str(&file.text) {
            Ok(template) => template,
            Err(error) => {
                say(error.to_string());
                continue;
            }
        };
        let name = template["Name"].as_str().unwrap_or_default();
        if name.is_empty() || name.chars().count() > 200 {
            say(format!("the name has {} characters", name.chars().count()));
        }
        if !names.insert(name.to_owned()) {
            say(format!("another has the name {name}"));
        }
        let id = template["Id"].as_str().unwrap_or_default();
        if !has_guid(id) {
            say(format!("the id {id:?} is no GUID of its own"));
        }
        if !ids.insert(id.to_owned()) {
            say(format!("another has the id {id}"));
        }
        for (what, value) in [
            ("LastModifiedBy", &template["LastModifiedBy"]),
            ("$Meta.ExportedAt", &template["$Meta"]["ExportedAt"]),
        ] {
            if value.as_str().is_none_or(str::is_empty) {
                say(format!("{what} is missing"));
            }
        }
        if template["$Meta"]["Type"] != "ActionTemplate" {
            say(format!("$Meta.Type is {}", template["$Meta"]["Type"]));
        }
        if !template["Version"].is_u64() {
            say(format!("Version is {}", template["Version"]));
        }
        for package in template["Packages"].as_array().into_iter().flatten() {
            let feed = &package["FeedId"];
            if !feed.is_null() && !feed.as_str().is_some_and(|feed| feed.starts_with('#')) {
                say(format!("a package has the feed {feed}"));
            }
        }
        for parameter in template["Parameters"].as_array().into_iter().flatten() {
            let name = parameter["Name"].as_str().unwrap_or_default();
            if name.is_empty() || name.starts_with('$') {
                say(format!("a parameter is called {name:?}"));
            }
            let default = &parameter["DefaultValue"];
            if !default.is_null() && !default.is_string() {
                say(format!("{name} has the default {default}"));
            }
        }
    }
    said
}

#[test]
fn templates_pass_the_community_librarys_rules() {
    let mut count = 0;
    for (sample, design) in samples() {
        let files = export(&design, &[Target::StepTemplates]).files;
        let templates: Vec<_> =
            files.iter().filter(|file| file.path.starts_with("step-templates/")).collect();
        assert!(templates.iter().all(|file| file.path.ends_with(".json")), "{sample}");
        assert_eq!(library_says(&templates), Vec::<String>::new(), "{sample}");
        assert!(!templates.is_empty(), "{sample} has templates");
        count += templates.len();
    }
    say(&format!("{count} step templates pass the library's rules"));
}

#[test]
fn the_librarys_rules_can_be_broken() {
    let good = serde_json::json!({
        "Id": "ed391c4e-ff99-87f5-861d-f69e4f1928e5", "Name": "Up", "Version": 0,
        "LastModifiedBy": "x", "$Meta": { "ExportedAt": "x", "Type": "ActionTemplate" },
        "Packages": [{ "FeedId": null }, {}, { "FeedId": "#{Feed}" }],
        "Parameters": [{ "Name": "A", "DefaultValue": "" }, { "Name": "B" }],
    });
    let file = |value: &Value| OutFile { path: "t".to_owned(), text: value.to_string() };
    assert_eq!(library_says(&[&file(&good)]), Vec::<String>::new());
    let twice = [file(&good), file(&good)];
    assert_eq!(library_says(&[&twice[0], &twice[1]]).len(), 2, "name and id");
    for (pointer, value, words) in [
        ("/Name", "".into(), "0 characters"),
        ("/Name", "x".repeat(201).into(), "201 characters"),
        ("/Id", "00000000-0000-0000-0000-000000000000".into(), "no GUID"),
        ("/Id", "abcdef00-ab00-cd00-ef00-000000abcdef".into(), "no GUID"),
        ("/Id", "ActionTemplates-1".into(), "no GUID"),
        ("/LastModifiedBy", Value::Null, "LastModifiedBy is missing"),
        ("/$Meta/ExportedAt", Value::Null, "ExportedAt is missing"),
        ("/$Meta/Type", Value::Null, "$Meta.Type"),
        ("/Version", "1".into(), "Version"),
        ("/Packages/0/FeedId", "Feeds-1".into(), "the feed"),
        ("/Parameters/0/Name", "$A".into(), "$A"),
        ("/Parameters/0/DefaultValue", true.into(), "the default true"),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).expect("it is there") = value;
        let said = library_says(&[&file(&bad)]);
        assert!(said.len() == 1 && said[0].contains(words), "{pointer}: {said:?}");
    }
    let marked = OutFile { path: "t".to_owned(), text: format!("\u{feff}{good}") };
    assert!(library_says(&[&marked])[0].contains("byte order mark"));
}

/// Every bash script that is exported, as a file or in JSON, with where it stands.
fn scripts() -> BTreeMap<String, String> {
    fn walk(value: &Value, path: &str, found: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(map) => {
                let body = map.get(keys::SCRIPT_BODY).and_then(Value::as_str);
                if let Some(body) = body
                    && map.get(keys::SCRIPT_SYNTAX).is_some_and(|syntax| syntax == "Bash")
                {
                    found.entry(body.to_owned()).or_insert_with(|| path.to_owned());
                }
                for (key, value) in map {
                    walk(value, &format!("{path}.{key}"), found);
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    walk(value, &format!("{path}[{index}]"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    for file in exports() {
        if file.path.ends_with(".sh") {
            found.entry(file.text.clone()).or_insert_with(|| file.path.clone());
        } else if file.path.ends_with(".json") {
            walk(&json(&file), &file.path, &mut found);
        }
    }
    found
}

#[test]
fn scripts_are_clean_under_bash_and_shellcheck() {
    let case = Case::new();
    let prelude = include_str!("scripts/prelude.sh");
    let get = "get_octopusvariable() {\n  printf '%s\\n' \"$1\"\n}\n";
    let offset = prelude.lines().count() + get.lines().count();
    let mut files = Vec::new();
    let mut places = String::new();
    for (number, (text, place)) in scripts().iter().enumerate() {
        let name = format!("{number}.sh");
        places.push_str(&format!("{name} (its lines {offset} further down) is {place}\n"));
        files.push(save(&case.dir, &name, &format!("{prelude}{get}{text}")));
    }
    assert!(files.len() > 20, "{places}");
    let run = |command: &mut Command| {
        let output = command.current_dir(&case.dir).env("LC_ALL", "C.UTF-8").output();
        let output = output.expect("it starts");
        let said = [output.stdout.as_slice(), &output.stderr].concat();
        assert!(output.status.success(), "{}\n{places}", String::from_utf8_lossy(&said));
    };
    if has_tool("bash") {
        for file in &files {
            run(Command::new("bash").arg("-n").arg(file));
        }
    }
    if has_tool("shellcheck") {
        run(Command::new("shellcheck").args(["--shell=bash", "--severity=style"]).args(&files));
    }
    say(&format!("{} different scripts are clean", files.len()));
}

#[test]
fn the_same_design_gives_the_same_bytes_for_any_targets() {
    let all = all_targets();
    for (sample, design) in samples() {
        let whole = export(&design, &all);
        let bytes = zip(&whole.files).expect("paths are unique");
        // As from a file that was printed and is read again.
        let again = design_file::read(&design_file::write(&design)).design.expect("it is sound");
        let again = export(&again, &all);
        assert!(again == whole, "{sample}: another export after writing and reading");
        assert!(zip(&again.files).is_ok_and(|again| again == bytes), "{sample}: another zip");
        // A file does not depend on what else is asked for, but for what tells of all.
        let texts: BTreeMap<_, _> =
            whole.files.iter().map(|file| (&file.path, &file.text)).collect();
        let subsets = if sample == "large" { 1..5 } else { 1..1 << all.len() };
        for subset in subsets {
            let is_in = |index: &usize| subset & (1 << index) != 0;
            let targets: Vec<_> = (0..all.len()).filter(is_in).map(|index| all[index]).collect();
            let part = export(&design, &targets);
            assert!(part == export(&design, &targets), "{sample}: {targets:?}");
            for file in &part.files {
                let is_of_all = file.path == "README.md" || file.path == "rest/ids.json";
                let is_same = texts.get(&file.path).is_some_and(|text| **text == file.text);
                assert!(is_of_all || is_same, "{sample}: {targets:?} changes {}", file.path);
            }
        }
    }
}

/// Marks of secrets that no export has any reason to hold.
const MARKS: [&str; 6] =
    ["-----BEGIN ", "eyJhbGciOi", "AccountKey=", "xoxb-", "AWS_SECRET_ACCESS_KEY='", "pulumi:v1:"];

/// What looks like a secret in a file.
fn secrets(file: &OutFile) -> Vec<String> {
    fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                let is = |key| map.get(key).is_some_and(|value| *value == Value::Bool(true));
                let has = |key| map.get(key).is_some_and(|value| !value.is_null());
                if (is("IsSensitive") && has("Value"))
                    || (map.contains_key("HasValue") && has("NewValue"))
                {
                    found.push(format!("{path}: the value of a secret"));
                }
                for (key, value) in map {
                    walk(value, &format!("{path}.{key}"), found);
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    walk(value, &format!("{path}[{index}]"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Some((what, _)) = secret::token(&file.text) {
        found.push(format!("{}: {what}", file.path));
    }
    for mark in MARKS.iter().filter(|mark| file.text.contains(*mark)) {
        found.push(format!("{}: {mark}", file.path));
    }
    if file.path.ends_with(".json") {
        walk(&json(file), &file.path, &mut found);
    }
    found
}

#[test]
fn no_export_holds_a_secret() {
    let found: Vec<_> = exports().iter().flat_map(secrets).collect();
    assert!(found.is_empty(), "{found:#?}");
    for text in [
        r#"[{ "IsSensitive": true, "Value": "x" }]"#.to_owned(),
        r#"{ "A": { "HasValue": true, "NewValue": "x" } }"#.to_owned(),
        format!("\"pul-{}\"", "0123456789abcdef".repeat(3)),
        "\"-----BEGIN KEY\"".to_owned(),
    ] {
        let file = OutFile { path: "a.json".to_owned(), text };
        assert_eq!(secrets(&file).len(), 1, "{}", file.text);
    }
}

#[test]
fn the_readme_in_the_zip_names_every_file_and_no_other() {
    for (sample, design) in samples() {
        for targets in [all_targets(), vec![Target::Scripts], vec![Target::StepTemplates]] {
            let bytes = zip(&export(&design, &targets).files).expect("paths are unique");
            let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
            let mut there: BTreeSet<_> = archive.file_names().map(str::to_owned).collect();
            assert!(there.remove("README.md"), "{sample}: there is a README");
            let mut readme = String::new();
            let mut entry = archive.by_name("README.md").expect("an entry");
            entry.read_to_string(&mut readme).expect("a text");
            let (_, list) = readme.split_once("\n## Files\n\n").expect("a list of files");
            let named: BTreeSet<_> = list
                .lines()
                .map_while(|line| line.strip_prefix("- `")?.strip_suffix('`'))
                .map(str::to_owned)
                .collect();
            assert_eq!(named, there, "{sample}: {targets:?}");
        }
    }
}
