//! The lint rules, each held to its fixture: `fixtures/lints/<area>/<rule>.json`
//! has bad designs with the paths of the findings, and good ones without any.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;
use pulpo::format::design_file;
use pulpo::lint::{self, RULES, Rule};
use pulpo::model::Design;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lints")
}

fn fixture(rule: &Rule) -> Value {
    let path = folder().join(format!("{}.json", rule.id));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{} has no fixture: {error}", rule.id));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", rule.id))
}

fn design(rule: &Rule, value: &Value) -> Design {
    let mut value = value.clone();
    value["format"] = design_file::FORMAT.into();
    value["version"] = design_file::VERSION.into();
    let opened = design_file::read_value(value);
    assert!(opened.findings.is_empty(), "{}: {:#?}", rule.id, opened.findings);
    opened.design.expect("no findings, so there is a design")
}

/// The paths at which `rule` finds something in `value`.
fn found(rule: &Rule, value: &Value) -> Vec<String> {
    let all = lint::check(&design(rule, value));
    let own = all.into_iter().filter(|finding| finding.code == rule.id);
    own.filter_map(|finding| finding.place.path).collect()
}

#[test]
fn every_rule_finds_what_is_bad_and_nothing_else() {
    for rule in RULES {
        let fixture = fixture(rule);
        let (bad, good) = (fixture["bad"].as_array(), fixture["good"].as_array());
        let (bad, good) = (bad.expect("bad designs"), good.expect("good designs"));
        assert!(!bad.is_empty() && !good.is_empty(), "{} needs both kinds", rule.id);
        for (index, case) in bad.iter().enumerate() {
            let paths: Vec<_> = case["at"].as_array().into_iter().flatten().collect();
            assert!(!paths.is_empty(), "{}, bad design {index} names no place", rule.id);
            assert_eq!(
                Value::from(found(rule, &case["design"])),
                case["at"],
                "{}, bad {index}",
                rule.id
            );
        }
        for (index, case) in good.iter().enumerate() {
            assert_eq!(found(rule, case), Vec::<String>::new(), "{}, good {index}", rule.id);
        }
    }
}

#[test]
fn every_fixture_belongs_to_a_rule() {
    let mut there = BTreeSet::new();
    for area in std::fs::read_dir(folder()).expect("the folder") {
        let area = area.expect("readable").path();
        for file in std::fs::read_dir(&area).expect("an area") {
            let path = file.expect("readable").path().with_extension("");
            let name = path.strip_prefix(folder()).expect("in it").to_string_lossy();
            there.insert(name.replace('\\', "/"));
        }
    }
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(there, ids);
    assert_eq!(ids.len(), RULES.len(), "an id stands twice");
}

#[test]
fn rules_speak_in_one_voice() {
    for rule in RULES {
        let (area, name) = rule.id.split_once('/').expect("area/bad-pattern");
        let plain = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        assert!(plain(area) && plain(name), "{}", rule.id);
        assert!(!rule.summary.ends_with('.'), "{}: a summary is a headline", rule.id);
        for text in [rule.why, rule.remedy] {
            assert!(text.ends_with('.'), "{}: {text:?} is no sentence", rule.id);
        }
        assert!(lint::rule(rule.id).is_some_and(|found| std::ptr::eq(found, *rule)));
    }
}

#[test]
fn findings_come_worst_first_and_say_what_why_and_what_to_do() {
    let mut severities = Vec::new();
    for rule in RULES {
        for case in fixture(rule)["bad"].as_array().expect("bad designs") {
            let findings = lint::check(&design(rule, &case["design"]));
            assert!(findings.is_sorted_by_key(|finding| finding.severity), "{}", rule.id);
            for finding in findings {
                assert!(finding.what.ends_with('.'), "{}: {}", rule.id, finding.what);
                assert!(!finding.why.is_empty() && !finding.fix.is_empty(), "{}", finding.code);
                severities.push(finding.severity);
            }
        }
    }
    severities.sort();
    severities.dedup();
    assert_eq!(severities.len(), 3, "some rule of each severity has a bad design");
}

/// Whether `path` leads to a value of `value`, or to a member that an object
/// of it leaves out because it has its default.
fn leads(value: &Value, path: &str) -> bool {
    let mut at = value;
    let mut rest = path.strip_prefix('$').expect("a path starts with $");
    while !rest.is_empty() {
        let next = if let Some(name) = rest.strip_prefix('.') {
            let end = name.find(['.', '[']).unwrap_or(name.len());
            rest = &name[end..];
            at.as_object().map(|map| map.get(&name[..end]))
        } else {
            let (inner, after) = rest[1..].split_once(']').expect("a closed bracket");
            rest = after;
            match inner.parse::<usize>() {
                Ok(index) => at.get(index).map(Some),
                Err(_) => at.as_object().map(|map| map.get(inner.trim_matches('"'))),
            }
        };
        match next {
            Some(Some(value)) => at = value,
            Some(None) => return rest.is_empty(),
            None => return false,
        }
    }
    true
}

#[test]
fn findings_point_into_the_design() {
    let value = serde_json::json!({ "a": [{ "b c": 1 }] });
    assert!(leads(&value, "$.a[0][\"b c\"]") && leads(&value, "$.a[0].left") && leads(&value, "$"));
    assert!(!leads(&value, "$.a[1]") && !leads(&value, "$.x.y") && !leads(&value, "$.a.b"));
    for rule in RULES {
        for case in fixture(rule)["bad"].as_array().expect("bad designs") {
            for finding in lint::check(&design(rule, &case["design"])) {
                let path = finding.place.path.expect("a path");
                // A project without any token variable still names the usual one.
                let is_default = path == "$.pulumi.backend" || path == "$.pulumi.credentials";
                assert!(
                    is_default || leads(&case["design"], &path),
                    "{}: {path} leads nowhere",
                    finding.code
                );
            }
        }
    }
}

#[test]
fn samples_have_no_findings_but_those_of_their_story() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/samples");
    for (file, wanted) in [
        ("aws-fargate", vec!["pulumi/fixed-folder"]),
        ("aws-fargate-modern", vec![]),
        ("azure", vec![]),
        ("empty", vec![]),
    ] {
        let text = std::fs::read_to_string(samples.join(format!("{file}.pulpo.json")));
        let opened = design_file::read(&text.expect("a sample"));
        let findings = lint::check(&opened.design.expect("a sound sample"));
        let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, wanted, "{file}");
    }
}

/// Takes every part of `value` away in turn and hands over what is left.
fn without_each(value: &Value, visit: &mut dyn FnMut(&Value)) {
    fn walk(root: &mut Value, path: &str, visit: &mut dyn FnMut(&Value)) {
        let at = root.pointer(path).expect("the path was just made");
        let keys: Vec<String> = match at {
            Value::Object(map) => map.keys().cloned().collect(),
            Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
            _ => return,
        };
        for key in keys {
            let child = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
            let slot = root.pointer_mut(&child).expect("it is there");
            let old = std::mem::take(slot);
            visit(root);
            *root.pointer_mut(&child).expect("it is still there") = old;
            walk(root, &child, visit);
        }
    }
    walk(&mut value.clone(), "", visit);
}

#[test]
fn rules_bear_whatever_part_is_missing() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/samples");
    let mut sound = 0;
    for file in ["aws-fargate", "aws-fargate-modern", "azure"] {
        let text = std::fs::read_to_string(samples.join(format!("{file}.pulpo.json")));
        let value: Value = serde_json::from_str(&text.expect("a sample")).expect("JSON");
        without_each(&value, &mut |rest| {
            if let Some(design) = design_file::read_value(rest.clone()).design {
                sound += 1;
                for finding in lint::check(&design) {
                    assert!(!finding.what.is_empty() && finding.place.path.is_some());
                }
            }
        });
    }
    assert!(sound > 500, "only {sound} designs were sound");
}

#[test]
fn a_large_design_is_checked_while_typing() {
    use pulpo::generate::{Size, large};
    let design = large(Size { environments: 100, variables: 2000, values: 10_000, steps: 200 });
    let start = std::time::Instant::now();
    let findings = lint::check(&design);
    let took = start.elapsed();
    let longest = findings.iter().map(|finding| finding.what.len()).max();
    assert!(longest.is_some_and(|longest| longest < 400), "{longest:?}");
    // Without optimisation and on a busy machine; released it is a small part of that.
    assert!(took.as_secs() < 10, "it took {took:?}");
}
