//! The Import page: what was recognised, what is asked, what would change.

use crate::base::{Finding, Severity};
use crate::format::fragment::{Covers, Fragment, Kind};
use crate::import::{Choice, Choices, Document, Foreign, How, Summary};
use crate::import::{foreign, into_new, merge, summary};
use crate::model::Design;

/// A document as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub what: String,
    /// The files it was read from, shortened where there are many.
    pub files: String,
    /// How many errors and warnings it has, in words; empty for none.
    pub notes: String,
    /// The worst of them.
    pub worst: Option<Severity>,
}

/// A document as a line.
#[must_use]
pub fn row(document: &Document) -> Row {
    let findings = &document.fragment.findings;
    let many = |severity| findings.iter().filter(|one| one.severity == severity).count();
    let words =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")];
    let parts: Vec<_> = words
        .into_iter()
        .filter(|(severity, _)| many(*severity) > 0)
        .map(|(severity, word)| counted(many(severity), word))
        .collect();
    Row {
        what: document.what.clone(),
        files: shortened(&document.files),
        notes: parts.join(", "),
        worst: findings.iter().map(|one| one.severity).min(),
    }
}

/// The first names, and how many more there are.
#[must_use]
pub fn shortened(names: &[String]) -> String {
    const MOST: usize = 6;
    let named = names.iter().map(|name| if name.is_empty() { "pasted text" } else { name });
    let shown: Vec<_> = named.take(MOST).collect();
    match names.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn counted(many: usize, word: &str) -> String {
    if many == 1 { format!("1 {word}") } else { format!("{many} {word}s") }
}

/// What is asked before taking in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asks {
    /// Whether the steps replace those that are there.
    pub process: bool,
    /// Whether the variables replace those that are there.
    pub variables: bool,
    /// Whose the stacks are.
    pub organization: bool,
    /// Whether step templates become steps.
    pub templates: bool,
}

/// What taking in would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// What it adds, changes and removes.
    pub changes: Summary,
    /// What the documents refer to, and the design does not have under the same id or name.
    pub open: Vec<Foreign>,
    /// What was found by itself.
    pub found: Vec<Foreign>,
    /// What is asked.
    pub asks: Asks,
}

/// What taking `fragment` into `design`, or into a new one, would do.
#[must_use]
pub fn plan(design: &Design, fragment: &Fragment, how: &How, is_new: bool) -> Plan {
    let covers = |one: fn(&Covers) -> bool| fragment.covers.iter().any(one);
    let has_stacks = covers(|one| matches!(one, Covers::Stack(_)));
    let mut asks = Asks {
        organization: has_stacks,
        templates: covers(|one| matches!(one, Covers::StepTemplate(_))),
        ..Asks::default()
    };
    if is_new {
        let after = into_new(fragment.clone(), how);
        let changes = summary(&Design::default(), &after);
        return Plan { changes, asks, ..Plan::default() };
    }
    let is_design = covers(|one| matches!(one, Covers::Design));
    let project = &design.project;
    asks.process = (is_design || covers(|one| matches!(one, Covers::Process)))
        && !project.process.steps.is_empty();
    asks.variables = (is_design
        || covers(|one| matches!(one, Covers::Variables | Covers::LibrarySet(_))))
        && !project.variables.is_empty();
    asks.organization &= design.pulumi.stacks.is_empty();
    let mut after = design.clone();
    merge(&mut after, fragment, how);
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for one in foreign(design, fragment) {
        let is_found = matches!(one.proposed, Choice::Use(_));
        if is_found {
            found.push(one);
        } else if !one.options.is_empty() {
            open.push(one);
        }
    }
    Plan { changes: summary(design, &after), open, found, asks }
}

/// The value of a row's list: the id of what is meant, or empty for a new one.
#[must_use]
pub fn chosen(choices: &Choices, row: &Foreign) -> String {
    match choices.get(&(row.kind, row.id.clone())).unwrap_or(&row.proposed) {
        Choice::Use(id) => id.clone(),
        Choice::Add => String::new(),
    }
}

/// The choices with one more.
pub fn choose(choices: &mut Choices, kind: Kind, id: &str, value: &str) {
    let choice = if value.is_empty() { Choice::Add } else { Choice::Use(value.to_owned()) };
    choices.insert((kind, id.to_owned()), choice);
}

/// What a row is called in the files: "Environment “Production”".
#[must_use]
pub fn called(row: &Foreign) -> String {
    let (word, _) = row.kind.words();
    let mut text = format!("{word} “{}”", row.name);
    if let Some(first) = text.get(..1) {
        let upper = first.to_uppercase();
        text.replace_range(..1, &upper);
    }
    text
}

/// A line of the summary: "Adds 3 steps" with their names.
#[must_use]
pub fn line(verb: &str, what: &str, names: &[String]) -> (String, String) {
    const MOST: usize = 12;
    let head = format!("{verb} {} {what}", names.len());
    let shown: Vec<_> = names.iter().take(MOST).map(String::as_str).collect();
    let list = match names.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    };
    (head, list)
}

/// The findings that a person reads first.
#[must_use]
pub fn worst_first<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<&'f Finding> {
    let mut all: Vec<_> = findings.collect();
    all.sort_by_key(|finding| finding.severity);
    all
}

/// The page of the app where what was taken in is seen.
#[must_use]
pub fn page_of(fragment: &Fragment) -> &'static str {
    let has = |one: fn(&Covers) -> bool| fragment.covers.iter().any(one);
    if has(|one| matches!(one, Covers::Process | Covers::Steps)) {
        "process"
    } else if has(|one| matches!(one, Covers::Runbook(_) | Covers::Rows(Kind::Runbook))) {
        "runbooks"
    } else if has(|one| matches!(one, Covers::Variables | Covers::LibrarySet(_))) {
        "variables"
    } else {
        "stacks"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{File, gather, read};

    #[test]
    fn a_plan_asks_only_what_matters() {
        let file = |path: &str, text: &str| File { path: path.into(), bytes: text.into() };
        let imported = read(&[
            file("Pulumi.yaml", "name: shop\nruntime: go\n"),
            file("Pulumi.dev.yaml", "config:\n  shop:a: 1\n"),
        ]);
        let fragment = gather(&imported, |_| true);
        let how = How::default();
        let fresh = plan(&Design::default(), &fragment, &how, true);
        assert!(fresh.asks.organization && !fresh.asks.process);
        let text = include_str!("../../public/samples/aws-fargate.pulpo.json");
        let design = crate::format::design_file::read(text).design.expect("sound");
        let into = plan(&design, &fragment, &how, false);
        assert!(!into.asks.organization, "the design's other stacks tell it");
        assert_eq!(page_of(&fragment), "stacks");
        let mut choices = Choices::new();
        let row = into.open.first().or(into.found.first()).expect("an environment");
        choose(&mut choices, row.kind, &row.id, "production");
        assert_eq!(chosen(&choices, row), "production");
        assert_eq!(called(row), format!("Environment “{}”", row.name));
    }

    #[test]
    fn long_lists_are_shortened() {
        let names: Vec<_> = (1..=20).map(|at| at.to_string()).collect();
        assert_eq!(shortened(&names), "1, 2, 3, 4, 5, 6 and 14 more");
        assert!(line("Adds", "steps", &names).1.ends_with("and 8 more"));
        assert_eq!(shortened(&[String::new()]), "pasted text");
    }
}
