//! Findings as people read them: alike ones together, said once.

use crate::base::{Finding, Severity};
use crate::export::OutFile;

/// One of several findings that are alike; empty where all say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is so.
    pub what: String,
    /// Why that matters.
    pub why: String,
    /// Where, in words.
    pub place: String,
    /// The file of the export that it speaks of; empty for none.
    pub file: String,
}

/// Findings of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// How much they matter.
    pub severity: Severity,
    /// Their kind.
    pub code: &'static str,
    /// What is so, where all say the same.
    pub what: String,
    /// Why, where all say the same.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// Each of them, with what it alone says.
    pub items: Vec<Item>,
}

/// The findings of an export, alike ones together, the worst first.
#[must_use]
pub fn groups(findings: &[Finding], files: &[OutFile]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for finding in findings {
        let place = &finding.place;
        let file = place.file.as_deref().unwrap_or_default();
        let is_file = files.iter().any(|one| one.path == file);
        let item = Item {
            what: finding.what.clone(),
            why: finding.why.clone(),
            place: in_words(finding),
            file: if is_file { file.to_owned() } else { String::new() },
        };
        let alike = |one: &&mut Group| {
            one.code == finding.code && one.severity == finding.severity && one.fix == finding.fix
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.items.push(item),
            None => groups.push(Group {
                severity: finding.severity,
                code: finding.code,
                what: String::new(),
                why: String::new(),
                fix: finding.fix.clone(),
                items: vec![item],
            }),
        }
    }
    for group in &mut groups {
        group.what = take_shared(&mut group.items, |item| &mut item.what);
        group.why = take_shared(&mut group.items, |item| &mut item.why);
    }
    groups.sort_by_key(|group| group.severity);
    groups
}

/// The text that all items share, taken out of them; empty where they differ.
fn take_shared(items: &mut [Item], text: fn(&mut Item) -> &mut String) -> String {
    let Some((first, others)) = items.split_first_mut() else { return String::new() };
    let shared = text(first).clone();
    if !others.iter_mut().all(|item| *text(item) == shared) {
        return String::new();
    }
    for item in items {
        text(item).clear();
    }
    shared
}

/// The place for people: a JSON path says nothing to them where a file is named.
fn in_words(finding: &Finding) -> String {
    let place = &finding.place;
    let path = place.path.as_deref().unwrap_or_default();
    match (&place.file, place.position) {
        (Some(file), Some(position)) => format!("{file}, {position}"),
        (Some(file), None) => file.clone(),
        (None, Some(position)) => position.to_string(),
        (None, None) => path.to_owned(),
    }
}

/// The word before findings of this severity.
#[must_use]
pub fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Info => "Good to know",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Place;

    #[test]
    fn alike_findings_are_said_once() {
        let file = |path: &str| OutFile { path: path.to_owned(), text: String::new() };
        let at = |name: &str| Place::path("$.Version").in_file(name);
        let findings = [
            Finding::info("x/a", at("a.json"), "The same.").because("Why.").do_this("Do."),
            Finding::info("x/b", at("a.json"), "Two ids.").because("A and B."),
            Finding::info("x/a", at("b.json"), "The same.").because("Why.").do_this("Do."),
            Finding::info("x/b", at("c.json"), "One id.").because("C."),
            Finding::warning("x/c", Place::path("Drain"), "Left out."),
        ];
        let groups = groups(&findings, &[file("a.json"), file("b.json")]);
        let codes: Vec<_> = groups.iter().map(|group| group.code).collect();
        assert_eq!(codes, ["x/c", "x/a", "x/b"]);
        let [left_out, same, ids] = groups.as_slice() else { panic!("three groups") };
        assert_eq!((left_out.what.as_str(), left_out.items.len()), ("Left out.", 1));
        assert_eq!(left_out.items.first().map(|item| item.place.as_str()), Some("Drain"));
        assert_eq!((same.what.as_str(), same.why.as_str()), ("The same.", "Why."));
        let files: Vec<_> = same.items.iter().map(|item| item.file.as_str()).collect();
        assert_eq!(files, ["a.json", "b.json"]);
        assert!(same.items.iter().all(|item| item.what.is_empty() && item.why.is_empty()));
        assert!(ids.what.is_empty() && ids.why.is_empty());
        let said: Vec<_> = ids.items.iter().map(|item| item.what.as_str()).collect();
        assert_eq!(said, ["Two ids.", "One id."]);
        assert_eq!(ids.items.last().map(|item| item.file.as_str()), Some(""));
    }
}
