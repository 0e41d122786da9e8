//! Tests of the rules. Each is named after the number of its rule in SPEC.md.

mod filters;
mod formats;
mod language;
mod laws;
mod lookup;
mod patterns;
mod results;
mod unknowns;

use super::*;

/// Variables from pairs, in order.
fn vars(pairs: &[(&str, &str)]) -> Variables {
    pairs.iter().copied().collect()
}

fn run(pairs: &[(&str, &str)], template: &str) -> Result<Evaluation, EvalError> {
    let variables = vars(pairs);
    Engine::new(&variables).evaluate(template)
}

/// The result must be this text.
#[track_caller]
fn check(pairs: &[(&str, &str)], template: &str, expected: &str) {
    let result = run(pairs, template).unwrap_or_else(|error| panic!("{template}: {error}"));
    assert_eq!(result.text.as_deref(), Some(expected), "{template}");
}

/// The template must come back as an echo of itself, and be reported.
#[track_caller]
fn echoes(pairs: &[(&str, &str)], template: &str) {
    let result = run(pairs, template).unwrap_or_else(|error| panic!("{template}: {error}"));
    assert_eq!(result.text.as_deref(), Some(template));
    assert_eq!(result.missing, [template], "reported");
}

/// The template must not parse.
#[track_caller]
fn broken(template: &str) {
    let error = parse(template, Mode::Halt).expect_err(template);
    assert_eq!(error.kind, ParseErrorKind::Syntax, "{template}");
    check(&[("a", "1"), ("b", "2")], template, template);
}

/// The evaluation must fail as the server's would.
#[track_caller]
fn fails(pairs: &[(&str, &str)], template: &str) -> Failure {
    match run(pairs, template) {
        Err(EvalError::Failed(failure)) => failure,
        other => panic!("{template}: {other:?}"),
    }
}

/// The result of one filter on one text.
#[track_caller]
fn filter(input: &str, call: &str, expected: &str) {
    check(&[("v", input)], &format!("#{{v | {call}}}"), expected);
}

/// A filter that gives nothing for this text.
#[track_caller]
fn filter_gives_nothing(input: &str, call: &str) {
    let result = run(&[("v", input)], &format!("#{{v | {call}}}")).expect("no failure");
    assert_eq!(result.missing.len(), 1, "{call} on {input:?} gave {:?}", result.text);
}

#[test]
fn every_rule_has_a_test_and_every_test_a_rule() {
    let spec = include_str!("../SPEC.md");
    let sources = [
        include_str!("filters.rs"),
        include_str!("formats.rs"),
        include_str!("language.rs"),
        include_str!("laws.rs"),
        include_str!("lookup.rs"),
        include_str!("patterns.rs"),
        include_str!("results.rs"),
        include_str!("unknowns.rs"),
    ];
    let rules: Vec<String> = spec
        .lines()
        .filter_map(|line| Some(line.strip_prefix("- **")?.split_once("**")?.0.to_lowercase()))
        .collect();
    let tests: Vec<&str> = sources
        .iter()
        .flat_map(|source| source.lines())
        .filter_map(|line| line.trim().strip_prefix("fn ")?.split_once('_').map(|(id, _)| id))
        .collect();
    assert!(rules.len() > 80, "the rules were found");
    let without: Vec<_> = rules.iter().filter(|rule| !tests.contains(&rule.as_str())).collect();
    assert!(without.is_empty(), "rules without a test: {without:?}");
    let numbered = |id: &&&str| {
        id.len() > 1
            && id.starts_with(|c: char| c.is_ascii_lowercase())
            && id[1..].bytes().all(|b| b.is_ascii_digit())
    };
    let unknown: Vec<_> =
        tests.iter().filter(numbered).filter(|id| !rules.contains(&(**id).to_owned())).collect();
    assert!(unknown.is_empty(), "tests without a rule: {unknown:?}");
}
