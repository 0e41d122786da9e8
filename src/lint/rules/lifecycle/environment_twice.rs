//! Environments in two phases of a lifecycle.

use std::collections::HashMap;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "lifecycle/environment-twice",
    severity: Severity::Error,
    summary: "An environment is in two phases",
    why: "Octopus takes an environment once in a lifecycle.",
    remedy: "Take it out of one phase.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (index, lifecycle) in design.space.lifecycles.iter().enumerate() {
        let mut seen = HashMap::new();
        for (number, phase) in lifecycle.phases.iter().enumerate() {
            for id in phase.environments() {
                if let Some(first) = seen.insert(id, &phase.name) {
                    findings.push(RULE.at(
                        format!("$.space.lifecycles[{index}].phases[{number}]"),
                        format!(
                            "In the lifecycle \"{}\", {} is in \"{first}\" and in \"{}\".",
                            lifecycle.name,
                            walk::environment_name(design, id),
                            phase.name
                        ),
                    ));
                }
            }
        }
    }
}
