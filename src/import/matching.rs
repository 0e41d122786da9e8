//! What of the open design is meant by what documents refer to.
//!
//! By the server's id, then by slug, then by name, ignoring case; an
//! environment also by the stack it has. Ids of another server match nothing,
//! so whoever imports can choose.

use std::collections::{BTreeMap, HashMap};

use super::kinds::{Visitor, each};
use crate::format::fragment::{Covers, Fragment, Kind, Named};
use crate::model::{Design, FeedKind};
use crate::record::Table;

/// What is done with a row of the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The design's row of this id is meant.
    Use(String),
    /// It is added.
    Add,
}

/// What was chosen, by the kind of the row and its id in the fragment; what is
/// not in it goes by the proposal.
pub type Choices = BTreeMap<(Kind, String), Choice>;

/// A row of the documents, with what may be meant by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// Its kind.
    pub kind: Kind,
    /// Its id in the fragment.
    pub id: String,
    /// Its name, or what else is known of it.
    pub name: String,
    /// Whether only the server's id is known of it.
    pub is_bare: bool,
    /// Whether the documents hold it, and do not just refer to it.
    pub is_held: bool,
    /// What is done unless something else is chosen.
    pub proposed: Choice,
    /// The rows of the design that may be meant: id and name.
    pub options: Vec<(String, String)>,
}

/// Everything that the documents refer to or hold, with proposals.
#[must_use]
pub fn foreign(target: &Design, fragment: &Fragment) -> Vec<Foreign> {
    struct Listed<'a> {
        target: &'a Design,
        fragment: &'a Fragment,
        found: Vec<Foreign>,
    }
    impl Visitor for Listed<'_> {
        fn table<T: Named + PartialEq>(&mut self, of: fn(&Design) -> &Table<T>) {
            let rows = of(&self.fragment.design);
            if rows.is_empty() {
                return;
            }
            let table = of(self.target);
            let options: Vec<_> = table
                .iter()
                .map(|row| (row.id().as_ref().to_owned(), row.name().to_owned()))
                .collect();
            let proposals = proposals(self.target, table, self.fragment, rows);
            for (row, proposed) in rows.iter().zip(proposals) {
                self.found.push(Foreign {
                    kind: T::KIND,
                    id: row.id().as_ref().to_owned(),
                    name: row.name().to_owned(),
                    is_bare: row.octopus_id() == row.name(),
                    is_held: holds(self.fragment, T::KIND, row.id().as_ref()),
                    proposed,
                    options: options.clone(),
                });
            }
        }
    }
    let mut listed = Listed { target, fragment, found: Vec::new() };
    each(&mut listed);
    listed.found
}

/// Whether the documents hold the row, and do not just refer to it.
#[must_use]
pub(super) fn holds(fragment: &Fragment, kind: Kind, id: &str) -> bool {
    fragment.covers.iter().any(|covers| match covers {
        Covers::Design => true,
        Covers::Rows(held) => *held == kind,
        Covers::Runbook(own) => kind == Kind::Runbook && own.as_str() == id,
        Covers::LibrarySet(own) => kind == Kind::LibrarySet && own.as_str() == id,
        Covers::StepTemplate(own) => kind == Kind::StepTemplate && own.as_str() == id,
        Covers::Stack(own) => kind == Kind::Environment && own.as_str() == id,
        Covers::Project | Covers::Process | Covers::Steps | Covers::Variables | Covers::Pulumi => {
            false
        }
    })
}

/// For each row what of the table is meant by it.
pub(super) fn proposals<T: Named>(
    target: &Design,
    table: &Table<T>,
    fragment: &Fragment,
    rows: &Table<T>,
) -> Vec<Choice> {
    let mut by_id = HashMap::new();
    let mut by_slug = HashMap::new();
    let mut by_name = HashMap::new();
    for row in table {
        if !row.octopus_id().is_empty() {
            by_id.entry(row.octopus_id().to_lowercase()).or_insert(row.id());
        }
        if let Some(slug) = row.slug_text() {
            by_slug.entry(slug.to_string()).or_insert(row.id());
        }
        by_name.entry(row.name().to_lowercase()).or_insert(row.id());
    }
    let by_stack = if T::KIND == Kind::Environment { stacks(target) } else { HashMap::new() };
    let meant = |row: &T| {
        let by_fact = match T::KIND {
            Kind::Environment => stack_of(fragment, row.id().as_ref())
                .and_then(|stack| by_stack.get(stack))
                .map(|id| (*id).to_owned()),
            Kind::Feed => built_in(target, fragment, row.id().as_ref()),
            _ => None,
        };
        let found = by_id.get(&row.octopus_id().to_lowercase());
        let found = found.or_else(|| by_slug.get(row.slug_text()?.as_str()));
        let found = found.or_else(|| by_name.get(&row.name().to_lowercase()));
        let known = found.map(|id| id.as_ref().to_owned());
        known.or(by_fact).map_or(Choice::Add, Choice::Use)
    };
    rows.iter().map(|row| meant(row)).collect()
}

/// The environments of the design by the last parts of their stacks.
fn stacks(design: &Design) -> HashMap<&str, &str> {
    let stacks = design.pulumi.stacks.iter();
    stacks.map(|one| (one.stack.stack.as_str(), one.environment.as_str())).collect()
}

/// The last part of the stack that a fragment's environment has.
fn stack_of<'f>(fragment: &'f Fragment, environment: &str) -> Option<&'f str> {
    let mut stacks = fragment.design.pulumi.stacks.iter();
    let found = stacks.find(|one| one.environment.as_str() == environment)?;
    Some(found.stack.stack.as_str())
}

/// There is one built-in feed, whatever its id.
fn built_in(target: &Design, fragment: &Fragment, id: &str) -> Option<String> {
    let feed = fragment.design.space.feeds.iter().find(|feed| feed.id.as_str() == id)?;
    if !matches!(feed.kind, FeedKind::BuiltIn | FeedKind::Releases) {
        return None;
    }
    let found = target.space.feeds.iter().find(|own| own.kind == feed.kind)?;
    Some(found.id.to_string())
}
