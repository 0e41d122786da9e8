//! Phases that ask for more environments than they have.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "lifecycle/minimum",
    severity: Severity::Error,
    summary: "A phase waits for more environments than it has",
    why: "No release can ever leave the phase.",
    remedy: "Lower the number; 0 means all.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (index, lifecycle) in design.space.lifecycles.iter().enumerate() {
        for (number, phase) in lifecycle.phases.iter().enumerate() {
            let many = phase.environments().count();
            if many > 0 && phase.minimum as usize > many {
                findings.push(RULE.at(
                    format!("$.space.lifecycles[{index}].phases[{number}].minimum"),
                    format!(
                        "The phase \"{}\" waits for {} of {many} environments.",
                        phase.name, phase.minimum
                    ),
                ));
            }
        }
    }
}
