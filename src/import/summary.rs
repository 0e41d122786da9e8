//! What an import adds and changes, before it is done: the two designs compared.

use std::collections::HashMap;

use super::kinds::{Visitor, each};
use crate::format::fragment::{Kind, Named};
use crate::model::{Design, Process, Variable};
use crate::record::{Entity, Table};

/// What happens to things of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// "Adds", "Changes" or "Removes".
    pub verb: &'static str,
    /// What, in the singular for one and the plural for several.
    pub what: String,
    /// Their names.
    pub names: Vec<String>,
}

/// All that happens; nothing where the import says what is there already.
pub type Summary = Vec<Change>;

/// What is different after an import.
#[must_use]
pub fn summary(before: &Design, after: &Design) -> Summary {
    struct Compared<'a> {
        before: &'a Design,
        after: &'a Design,
        changes: Summary,
    }
    impl Visitor for Compared<'_> {
        fn table<T: Named + PartialEq>(&mut self, of: fn(&Design) -> &Table<T>) {
            let words = T::KIND.words();
            let name = |row: &T| row.name().to_owned();
            compare(of(self.before), of(self.after), words, name, &mut self.changes);
        }
    }
    let mut compared = Compared { before, after, changes: Vec::new() };
    each(&mut compared);
    let mut changes = compared.changes;
    let (old, new) = (&before.project, &after.project);
    steps(&old.process, &new.process, &mut changes);
    variables(&old.variables, &new.variables, ("variable", "variables"), &mut changes);
    let name = |row: &crate::model::VariableTemplate| row.name.to_string();
    let words = ("variable template", "variable templates");
    compare(&old.templates, &new.templates, words, name, &mut changes);
    let name = |row: &crate::model::Package| row.package_id.clone();
    compare(&old.packages, &new.packages, ("package", "packages"), name, &mut changes);
    settings(before, after, &mut changes);
    pulumi(before, after, &mut changes);
    changes
}

/// How many rows of a kind a design has.
pub(super) fn held(design: &Design, kind: Kind) -> usize {
    struct Counted<'a>(&'a Design, Kind, usize);
    impl Visitor for Counted<'_> {
        fn table<T: Named + PartialEq>(&mut self, of: fn(&Design) -> &Table<T>) {
            if T::KIND == self.1 {
                self.2 = of(self.0).len();
            }
        }
    }
    let mut counted = Counted(design, kind, 0);
    each(&mut counted);
    counted.2
}

fn push(changes: &mut Summary, verb: &'static str, words: (&str, &str), names: Vec<String>) {
    if !names.is_empty() {
        let what = if names.len() == 1 { words.0 } else { words.1 };
        changes.push(Change { verb, what: what.to_owned(), names });
    }
}

fn compare<T: Entity + PartialEq>(
    before: &Table<T>,
    after: &Table<T>,
    words: (&str, &str),
    name: impl Fn(&T) -> String,
    changes: &mut Summary,
) {
    if before.is_same(after) {
        return;
    }
    let old: HashMap<_, _> = before.iter().map(|row| (row.id().as_ref(), row)).collect();
    let new: HashMap<_, _> = after.iter().map(|row| (row.id().as_ref(), row)).collect();
    let is_new = |row: &&std::sync::Arc<T>| !old.contains_key(row.id().as_ref());
    let is_changed = |row: &&std::sync::Arc<T>| {
        old.get(row.id().as_ref()).is_some_and(|before| ***before != ***row)
    };
    let is_gone = |row: &&std::sync::Arc<T>| !new.contains_key(row.id().as_ref());
    push(changes, "Adds", words, after.iter().filter(is_new).map(|row| name(row)).collect());
    push(changes, "Changes", words, after.iter().filter(is_changed).map(|row| name(row)).collect());
    push(changes, "Removes", words, before.iter().filter(is_gone).map(|row| name(row)).collect());
}

fn steps(before: &Process, after: &Process, changes: &mut Summary) {
    let name = |step: &crate::model::Step| step.name.to_string();
    compare(&before.steps, &after.steps, ("step", "steps"), name, changes);
}

fn variables(
    before: &Table<Variable>,
    after: &Table<Variable>,
    words: (&str, &str),
    changes: &mut Summary,
) {
    let name = |variable: &Variable| variable.name.to_string();
    compare(before, after, words, name, changes);
}

fn settings(before: &Design, after: &Design, changes: &mut Summary) {
    let (old, new) = (&before.project, &after.project);
    let mut names = Vec::new();
    let mut differs = |is_different: bool, name: &str| {
        if is_different {
            names.push(name.to_owned());
        }
    };
    differs(old.name != new.name, "name");
    differs(old.description != new.description, "description");
    differs(old.lifecycle != new.lifecycle, "lifecycle");
    differs(old.tenanted != new.tenanted, "tenants");
    differs(old.guided_failure != new.guided_failure, "guided failure");
    differs(old.included_sets != new.included_sets, "included library variable sets");
    differs(
        old.octopus_id != new.octopus_id || before.space.octopus_id != after.space.octopus_id,
        "server ids",
    );
    push(changes, "Changes", ("setting of the project", "settings of the project"), names);
}

fn pulumi(before: &Design, after: &Design, changes: &mut Summary) {
    let (old, new) = (&before.pulumi, &after.pulumi);
    let mut names = Vec::new();
    if old.project != new.project {
        names.extend(new.project.as_ref().map(ToString::to_string));
    }
    push(changes, "Changes", ("Pulumi project", "Pulumi project"), names);
    let mut names = Vec::new();
    if old.runtime != new.runtime {
        names.push("runtime".to_owned());
    }
    if old.backend != new.backend {
        names.push("backend".to_owned());
    }
    if old.config != new.config {
        names.push("declared configuration".to_owned());
    }
    push(changes, "Changes", ("Pulumi setting", "Pulumi settings"), names);
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for stack in &new.stacks {
        match old.stacks.iter().find(|one| one.environment == stack.environment) {
            None => added.push(stack.stack.to_string()),
            Some(before) if before != stack => changed.push(stack.stack.to_string()),
            Some(_) => {}
        }
    }
    push(changes, "Adds", ("stack", "stacks"), added);
    push(changes, "Changes", ("stack", "stacks"), changed);
}
