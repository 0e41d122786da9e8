//! OCL against the data of the reference parser and writer, file by file.
//!
//! The data is no part of this repository; `PULPO_CONFORMANCE` names its
//! folder, and without it the folder `shared/conformance` beside the checkout
//! is tried.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pulpo::ocl::{Document, Element, LineEnd, MAX_PROBLEMS, Value, decode, mend, parse, write};
use serde_json::{Value as Json, json};

use super::outside::{conformance, say};

/// Names (without extension) and bytes of the files in a folder, sorted.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn body_json(body: &[Element]) -> Json {
    body.iter()
        .map(|element| match element {
            Element::Attribute(attribute) => {
                json!({"attr": attribute.name, "value": value_json(&attribute.value)})
            }
            Element::Block(block) => {
                json!({"block": block.name, "labels": block.labels, "body": body_json(&block.body)})
            }
        })
        .collect()
}

fn value_json(value: &Value) -> Json {
    match value {
        Value::Null => json!({"t": "null"}),
        Value::Bool(value) => json!({"t": "bool", "v": value}),
        Value::Integer(value) => json!({"t": "int", "v": value}),
        Value::Decimal(value) => json!({"t": "decimal", "v": value.as_str()}),
        Value::String(value) => json!({"t": "string", "v": value}),
        Value::Heredoc(heredoc) => json!({
            "t": "heredoc", "indented": heredoc.indented, "tag": heredoc.tag, "v": heredoc.text,
        }),
        Value::Array(values) => {
            json!({"t": "array", "v": values.iter().map(value_json).collect::<Json>()})
        }
        Value::Map(entries) => {
            let pairs = entries.iter().map(|entry| json!([entry.key, value_json(&entry.value)]));
            json!({"t": "map", "v": pairs.collect::<Json>()})
        }
    }
}

/// The first line in which two texts differ.
fn first_difference(expected: &str, found: &str) -> String {
    let mut lines = (expected.split_inclusive('\n'), found.split_inclusive('\n'));
    for number in 1.. {
        match (lines.0.next(), lines.1.next()) {
            (None, None) => break,
            (expected, found) if expected == found => {}
            (expected, found) => {
                return format!("line {number}\n    expected {expected:?}\n    found    {found:?}");
            }
        }
    }
    "no difference".to_owned()
}

fn check_valid(text: &str, ast: &[u8], canonical: &str) -> Result<Document, String> {
    let syntax = parse(text);
    if let Some(problem) = syntax.problems.first() {
        return Err(format!("refused: {}", problem.report(text)));
    }
    if syntax.print() != text {
        return Err("the tokens do not print the text again".to_owned());
    }
    let document = syntax.document();
    let expected: Json = serde_json::from_slice(ast).map_err(|error| error.to_string())?;
    let found = body_json(&document.body);
    if expected != found {
        let pretty = |json: &Json| serde_json::to_string_pretty(json).unwrap();
        return Err(format!("tree: {}", first_difference(&pretty(&expected), &pretty(&found))));
    }
    let line_end = if text.contains("\r\n") { LineEnd::CrLf } else { LineEnd::Lf };
    let written = write(&document, line_end);
    if written.text != canonical {
        return Err(format!("written: {}", first_difference(canonical, &written.text)));
    }
    if !written.losses.is_empty() {
        return Err(format!("written, with losses: {:?}", written.losses));
    }
    Ok(document)
}

/// The line that the reference's message names, from the table in the README.
fn line_of_reference(readme: &str, name: &str) -> Option<u32> {
    let row = readme.lines().find(|line| line.starts_with(&format!("| {name} |")))?;
    let (_, after) = row.split_once("(Line ")?;
    after.split_once(',')?.0.parse().ok()
}

fn check_invalid(name: &str, text: &str, readme: &str) -> Result<(), String> {
    let syntax = parse(text);
    let Some(first) = syntax.problems.first() else { return Err("accepted".to_owned()) };
    if syntax.print() != text {
        return Err("the tokens do not print the text again".to_owned());
    }
    if let Some(line) = line_of_reference(readme, name)
        && first.noticed.line != line
    {
        return Err(format!("noticed in line {}, not {line}: {first}", first.noticed.line));
    }
    if syntax.problems.len() > MAX_PROBLEMS + 1 {
        return Err("too many problems".to_owned());
    }
    let mended = mend(text, true);
    if first.edit.is_some() && mended.left.contains(first) {
        return Err(format!("the edit leaves the problem: {first}\n{}", mended.text));
    }
    Ok(())
}

#[test]
fn ocl_is_read_and_written_as_the_reference_does() {
    let Some(folder) = conformance("ocl") else { return };
    let readme = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
    let mut failures = String::new();
    let (mut valid, mut canonical, mut mended) = (0, 0, 0);
    for (name, bytes) in files(&folder.join("valid")) {
        let text = decode(&bytes).expect("the data is UTF-8");
        let ast = fs::read(folder.join("ast").join(format!("{name}.json"))).unwrap();
        let expected = fs::read(folder.join("canonical").join(format!("{name}.ocl"))).unwrap();
        let expected = String::from_utf8(expected).unwrap();
        let result = check_valid(text, &ast, &expected)
            .and_then(|_| check_valid(&expected, &again(&expected), &expected));
        match result {
            Ok(_) => (valid, canonical) = (valid + 1, canonical + 1),
            Err(why) => writeln!(failures, "valid/{name}: {why}").unwrap(),
        }
    }
    let mut invalid = 0;
    for (name, bytes) in files(&folder.join("invalid")) {
        let text = decode(&bytes).expect("the data is UTF-8");
        mended += usize::from(mend(text, true).left.is_empty());
        match check_invalid(&name, text, &readme) {
            Ok(()) => invalid += 1,
            Err(why) => writeln!(failures, "invalid/{name}: {why}").unwrap(),
        }
    }
    say(&format!("ocl conformance: {valid} valid, {invalid} invalid, {canonical} canonical"));
    say(&format!("ocl conformance: {mended} of the invalid ones are mended by their edits"));
    assert!(failures.is_empty(), "ocl conformance, differences:\n{failures}");
    assert!(valid > 0 && invalid > 0, "the folders are empty");
}

/// The tree of a canonical text, as the data would state it: a canonical text
/// read and written again is itself, which `check_valid` goes on to compare.
fn again(canonical: &str) -> Vec<u8> {
    body_json(&parse(canonical).document().body).to_string().into_bytes()
}
