//! Lifecycles with two phases without environments.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "lifecycle/empty-phases",
    severity: Severity::Error,
    summary: "Two phases have no environment",
    why: "A phase without environments takes all that are left; only one can.",
    remedy: "Name the environments of one of them.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (index, lifecycle) in design.space.lifecycles.iter().enumerate() {
        let empty = lifecycle
            .phases
            .iter()
            .enumerate()
            .filter(|(_, phase)| phase.environments().next().is_none());
        for (number, phase) in empty.skip(1) {
            findings.push(RULE.at(
                format!("$.space.lifecycles[{index}].phases[{number}]"),
                format!(
                    "In the lifecycle \"{}\", \"{}\" is another phase without environments.",
                    lifecycle.name, phase.name
                ),
            ));
        }
    }
}
