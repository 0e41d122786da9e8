//! Values of one name that apply equally.

use std::collections::HashMap;
use std::fmt::Write;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/tie",
    severity: Severity::Warning,
    summary: "Two values apply equally, and nobody knows which one wins",
    why: "Octopus takes the value with the narrower scope; between equal ones it promises \
          nothing. The number of environments in a scope does not make it narrower.",
    remedy: "Take one value away, or narrow its scope.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    // Values that may tie have one number: that of their name in their kind of set.
    let mut groups: HashMap<(String, String), usize> = HashMap::new();
    // Key: that number, one environment or none, the rest of the scope.
    let mut seen: HashMap<(usize, &str, String), usize> = HashMap::new();
    let values = walk::values(design);
    let mut group = 0;
    for (number, at) in values.iter().enumerate() {
        if at.index == 0 {
            let key = (set_of(design, at), at.variable.name.as_str().to_ascii_lowercase());
            let next = groups.len();
            group = *groups.entry(key).or_insert(next);
        }
        let scope = &at.value.scope;
        let environments: Vec<&str> = if scope.environments.is_empty() {
            vec![""]
        } else {
            scope.environments.iter().map(|id| id.as_str()).collect()
        };
        let rest = rest_of(scope);
        let mut ties = Vec::new();
        for environment in environments {
            let key = (group, environment, rest.clone());
            match seen.get(&key) {
                // The same environment twice in one scope is no tie.
                Some(first) if *first == number => {}
                Some(_) => ties.push(environment),
                None => {
                    seen.insert(key, number);
                }
            }
        }
        if let Some(first) = ties.first() {
            let place = if first.is_empty() {
                "where nothing narrower applies".to_owned()
            } else {
                let names = ties.iter().map(|id| {
                    let mut environments = design.space.environments.iter();
                    environments
                        .find(|one| one.id.as_str() == *id)
                        .map_or(*id, |one| one.name.as_str())
                });
                format!("in {}", walk::some_of(&names.collect::<Vec<_>>()))
            };
            findings.push(RULE.at(
                at.path(),
                format!(
                    "{}{} has two values that apply equally {place}.",
                    at.variable.name,
                    at.set.suffix()
                ),
            ));
        }
    }
}

/// What ties with what: the project's own values, those of all library sets it
/// includes, and those of any other set by itself.
fn set_of(design: &Design, at: &walk::ValueAt<'_>) -> String {
    let is_included = at.set.library.is_some_and(|(index, _)| {
        let set = design.space.library_sets.nth(index);
        set.is_some_and(|set| design.project.included_sets.contains(&set.id))
    });
    if is_included { "included".to_owned() } else { at.set.path() }
}

/// All dimensions but the environments, in an order of their own.
fn rest_of(scope: &Scope) -> String {
    fn add<T: std::fmt::Debug + Ord>(key: &mut String, items: &[T]) {
        let mut sorted: Vec<&T> = items.iter().collect();
        sorted.sort();
        write!(key, "{sorted:?}").ok();
    }
    let mut key = String::new();
    let is_plain = scope.channels.is_empty()
        && scope.actions.is_empty()
        && scope.targets.is_empty()
        && scope.target_tags.is_empty()
        && scope.tenant_tags.is_empty()
        && scope.processes.is_empty();
    if is_plain {
        return key;
    }
    add(&mut key, &scope.channels);
    add(&mut key, &scope.actions);
    add(&mut key, &scope.targets);
    add(&mut key, &scope.target_tags);
    add(&mut key, &scope.tenant_tags);
    add(&mut key, &scope.processes);
    key
}
