//! Values of one name that apply equally.

use std::collections::HashMap;
use std::fmt::Write;

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::lint::walk;
use crate::model::Design;
use crate::model::Scope;

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/tie",
    severity: Severity::Warning,
    summary: "Two values apply equally, and nobody knows which one wins",
    why: "Octopus takes the value with the narrower scope; between equal ones it promises nothing. The number of environments in a scope does not make it narrower.",
    remedy: "Take one value away, or narrow its scope.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    // Key: the set, the name, one environment or none, the rest of the scope.
    let mut seen: HashMap<(String, String, &str, String), usize> = HashMap::new();
    let values = walk::values(design);
    for (number, at) in values.iter().enumerate() {
        let scope = &at.value.scope;
        let environments: Vec<&str> = if scope.environments.is_empty() {
            vec![""]
        } else {
            scope.environments.iter().map(|id| id.as_str()).collect()
        };
        let mut ties = Vec::new();
        for environment in environments {
            let name = at.variable.name.as_str().to_ascii_lowercase();
            let key = (at.set.path(), name, environment, rest_of(scope));
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
                format!("in {}", names.collect::<Vec<_>>().join(", "))
            };
            findings.push(RULE.at(
                at.path(),
                format!("{}{} has two equal values {place}.", at.variable.name, at.set.suffix()),
            ));
        }
    }
}

/// All dimensions but the environments, in an order of their own.
fn rest_of(scope: &Scope) -> String {
    fn add<T: std::fmt::Debug + Ord>(key: &mut String, items: &[T]) {
        let mut sorted: Vec<&T> = items.iter().collect();
        sorted.sort();
        write!(key, "{sorted:?}").ok();
    }
    let mut key = String::new();
    add(&mut key, &scope.channels);
    add(&mut key, &scope.actions);
    add(&mut key, &scope.targets);
    add(&mut key, &scope.target_tags);
    add(&mut key, &scope.tenant_tags);
    add(&mut key, &scope.processes);
    key
}
