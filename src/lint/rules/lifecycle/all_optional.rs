//! Lifecycles whose phases may all be left out.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "lifecycle/all-optional",
    severity: Severity::Error,
    summary: "All phases of a lifecycle are optional",
    why: "Octopus wants at least one phase that a release must pass.",
    remedy: "Make one phase mandatory.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (index, lifecycle) in design.space.lifecycles.iter().enumerate() {
        let phases = &lifecycle.phases;
        if !phases.is_empty() && phases.iter().all(|phase| phase.is_optional) {
            findings.push(RULE.at(
                format!("$.space.lifecycles[{index}].phases"),
                format!("The lifecycle \"{}\" has optional phases only.", lifecycle.name),
            ));
        }
    }
}
