//! Variables whose names differ by case alone.

use std::collections::HashMap;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/case-clash",
    severity: Severity::Warning,
    summary: "Two variables of a set differ only by case",
    why: "Octopus takes them for one variable, but scripts that read it by name do not.",
    remedy: "Put the values under one name.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for set in walk::sets(design) {
        let mut seen = HashMap::new();
        for (index, variable) in set.variables.iter().enumerate() {
            let name = variable.name.as_str();
            if let Some(first) = seen.insert(name.to_ascii_lowercase(), name) {
                findings.push(RULE.at(
                    format!("{}[{index}].name", set.path()),
                    format!("{first} and {name}{} are one variable.", set.suffix()),
                ));
            }
        }
    }
}
