//! The Octostache vectors: templates, variables and results of the real engine.
//!
//! They are no part of the repository: the variable `PULPO_CONFORMANCE` names
//! their folder, else it is looked for beside the checkout. Where it is
//! absent, the test says so and checks nothing.

use std::collections::BTreeSet;
use std::path::PathBuf;

use pulpo::octostache::{Engine, EvalError, Evaluation, Mode, Variables, parse};
use serde_json::Value;

use super::outside::{conformance, say};

const KEYS: [&str; 22] = [
    "name",
    "variables",
    "template",
    "expected",
    "expectNull",
    "normalize",
    "exact",
    "expectedError",
    "parseError",
    "error",
    "errorKind",
    "errorMessage",
    "haltOnError",
    "computed",
    "note",
    "rule",
    "mode",
    "variable",
    "default",
    "path",
    "parses",
    "extension",
];
/// Keys that only some modes have, or that repeat what `expected` says.
const MORE_KEYS: [&str; 4] = ["contains", "notContains", "expectedOneOf", "yamlValue"];

fn text<'c>(case: &'c Value, key: &str) -> &'c str {
    case[key].as_str().unwrap_or_else(|| panic!("`{key}` is a text"))
}

fn texts(value: &Value) -> BTreeSet<String> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|item| item.as_str().expect("a text").to_owned()).collect()
}

fn variables(case: &Value) -> Variables {
    let mut out = Variables::new();
    for (name, value) in case["variables"].as_object().expect("variables") {
        assert!(value.is_string() || value.is_null(), "a value is a text or null");
        out.set(name, value.as_str());
    }
    out
}

fn lower(input: Option<&str>, options: &[String]) -> Option<String> {
    input.filter(|_| options.is_empty()).map(str::to_lowercase)
}

fn alphabet(input: Option<&str>, _: &[String]) -> Option<String> {
    let places = input?.bytes().map(|b| (b.to_ascii_lowercase() - b'a' + 1).to_string());
    Some(places.collect::<Vec<_>>().join("-"))
}

fn add_filters(engine: &mut Engine<'_>, case: &Value) {
    let Some(wanted) = case["extension"].as_object() else { return };
    for (name, meaning) in wanted {
        let meaning = meaning.as_str().expect("a description");
        let filter = match meaning {
            _ if meaning.starts_with("lower-case the argument") => lower,
            _ if meaning.starts_with("alphabet position") => alphabet,
            _ => panic!("a host filter of an unknown kind: {meaning}"),
        };
        engine.add_filter(name, filter);
    }
}

type Check = Result<(), String>;

fn same<T: PartialEq + std::fmt::Debug>(what: &str, actual: &T, expected: &T) -> Check {
    if actual == expected {
        return Ok(());
    }
    Err(format!("{what}\n    actual   {actual:?}\n    expected {expected:?}"))
}

fn normalized(case: &Value, actual: &str) -> String {
    let mut actual = actual.to_owned();
    for how in texts(&case["normalize"]) {
        actual = match how.as_str() {
            "trim" => actual.trim().to_owned(),
            "strip-double-quotes" => actual.replace('"', ""),
            _ => panic!("an unknown normalisation: {how}"),
        };
    }
    actual
}

/// Segments must tell the whole output, and point into the template.
fn segments_cover(template: &str, result: &Evaluation) -> Check {
    let Some(output) = &result.text else { return Ok(()) };
    let mut at = 0;
    for segment in &result.segments {
        same("a segment begins where the last one ended", &segment.output.start, &at)?;
        at = segment.output.end;
        if output.get(segment.output.start..at).is_none() {
            return Err("a segment outside the output".to_owned());
        }
        if template.get(segment.source.start..segment.source.end).is_none() {
            return Err("a segment from outside the template".to_owned());
        }
    }
    same("the segments cover the output", &at, &output.len())
}

fn check_result(case: &Value, source: &str, result: Result<Evaluation, EvalError>) -> Check {
    if case["error"].as_bool() == Some(true) {
        let error = match result {
            Ok(result) => return Err(format!("should fail, gave {:?}", result.text)),
            Err(error) => error,
        };
        match (text(case, "errorKind"), &error) {
            ("recursion", EvalError::Recursion { .. }) | ("exception", EvalError::Failed(_)) => {}
            (kind, _) => return Err(format!("should be {kind}, is {error:?}")),
        }
        if let Some(message) = case["errorMessage"].as_str() {
            same("message", &error.to_string().as_str(), &message)?;
        }
        return Ok(());
    }
    let result = result.map_err(|error| format!("failed: {error}"))?;
    let expected = case["expected"].as_str();
    same("null", &result.text.is_none(), &(case["expectNull"].as_bool() == Some(true)))?;
    if let (Some(actual), Some(exact)) = (&result.text, case["exact"].as_str()) {
        same("exact result", &actual.as_str(), &exact)?;
    }
    let actual = result.text.as_deref().map(|actual| normalized(case, actual));
    same("result", &actual.as_deref(), &expected)?;
    if let Some(wanted) = case["parseError"].as_bool() {
        same("parse error", &result.parse_error.is_some(), &wanted)?;
    }
    match case.get("expectedError") {
        None => {}
        Some(Value::Null) => same("message", &result.error(), &None)?,
        Some(Value::Bool(true)) => same("message", &result.error().is_some(), &true)?,
        Some(Value::String(message)) => {
            same("message", &result.error().as_deref(), &Some(message.as_str()))?;
        }
        Some(other) => panic!("an expected error of an unknown kind: {other}"),
    }
    segments_cover(source, &result)
}

fn mode(case: &Value) -> Mode {
    if case["haltOnError"].as_bool() == Some(false) { Mode::Continue } else { Mode::Halt }
}

fn failed(error: impl std::fmt::Display) -> String {
    format!("failed: {error}")
}

fn check(case: &Value) -> Check {
    for key in case.as_object().expect("a case is an object").keys() {
        let known = KEYS.contains(&key.as_str()) || MORE_KEYS.contains(&key.as_str());
        assert!(known, "a case with an unknown key: {key}");
    }
    let variables = variables(case);
    let mut engine = Engine::new(&variables);
    add_filters(&mut engine, case);
    let template = || text(case, "template");
    let name = || text(case, "variable");
    match case["mode"].as_str().unwrap_or("evaluate") {
        "evaluate" => {
            let template = template();
            check_result(case, template, engine.evaluate_in(template, mode(case)))
        }
        "truthy" => {
            let actual = engine.truthy(template()).map_err(failed)?;
            same("truthy", &Some(actual), &case["expected"].as_bool())
        }
        "get" => {
            let raw = variables.get_raw(name()).ok_or("no such variable")?;
            check_result(case, raw, Ok(engine.get(name()).map_err(failed)?.ok_or("missing")?))
        }
        "getRaw" => same("raw", &variables.get_raw(name()), &case["expected"].as_str()),
        "require" => match (engine.require(name()), case["errorKind"].as_str()) {
            (Err(EvalError::Required { .. }), Some("required")) => Ok(()),
            (Ok(actual), None) => same("value", &actual.as_str(), &text(case, "expected")),
            (other, _) => Err(format!("gave {other:?}")),
        },
        "getFlag" => {
            let fallback = case["default"].as_bool().unwrap_or(false);
            let actual = engine.get_flag(name(), fallback).map_err(failed)?;
            same("flag", &Some(actual), &case["expected"].as_bool())
        }
        "getInt32" => {
            let actual = engine.get_int32(name()).map_err(failed)?;
            same("integer", &actual.map(i64::from), &case["expected"].as_i64())
        }
        "indexes" => {
            let actual = engine.indexes(text(case, "path")).map_err(failed)?;
            let set: BTreeSet<String> = actual.iter().cloned().collect();
            same("indexes", &set, &texts(&case["expected"]))?;
            same("each once", &set.len(), &actual.len())
        }
        "saveAsString" => {
            same("saved", &variables.save_as_string().as_str(), &text(case, "expected"))
        }
        "parse" => {
            let parses = parse(template(), mode(case)).is_ok();
            same("parses", &Some(parses), &case["parses"].as_bool())
        }
        "roundtrip" => {
            let parsed = parse(template(), mode(case)).map_err(failed)?;
            same("printed", &parsed.to_string().as_str(), &text(case, "expected"))
        }
        "arguments" => {
            let parsed = parse(template(), mode(case)).map_err(failed)?;
            let actual: BTreeSet<String> = parsed.arguments().into_iter().collect();
            let lacking: Vec<_> = texts(&case["contains"]).difference(&actual).cloned().collect();
            same("arguments lacking", &lacking, &Vec::new())?;
            let surplus: Vec<_> =
                texts(&case["notContains"]).intersection(&actual).cloned().collect();
            same("arguments too many", &surplus, &Vec::new())
        }
        other => Err(format!("an unknown mode: {other}")),
    }
}

#[test]
fn the_engine_agrees_with_the_vectors() {
    let Some(folder) = conformance("octostache") else { return };
    let entries = std::fs::read_dir(&folder).expect("a readable folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let (mut ran, mut skipped, mut failures) = (0, 0, Vec::new());
    for file in files {
        let content = std::fs::read_to_string(&file).expect("a readable file");
        let cases: Value = serde_json::from_str(&content).expect("JSON");
        for case in cases.as_array().expect("an array of cases") {
            if case.get("skip").is_some() {
                skipped += 1;
                continue;
            }
            ran += 1;
            if let Err(why) = check(case) {
                let name = text(case, "name");
                failures.push(format!("{name}: {why}\n    template {}", case["template"]));
            }
        }
    }
    let passed = ran - failures.len();
    say(&format!("octostache conformance: {ran} cases, {passed} passed, {skipped} skipped"));
    assert!(ran > 0, "there are no cases in {}", folder.display());
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}
