//! Environments with a stack that no release can reach.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "lifecycle/out-of-reach",
    severity: Severity::Warning,
    summary: "No release can reach an environment that has a stack",
    why: "The lifecycles of the project and its channels have no phase with the environment.",
    remedy: "Add the environment to a phase, or take its stack away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (index, mapping) in design.pulumi.stacks.iter().enumerate() {
        if let Some(environment) = design.space.environments.get(&mapping.environment)
            && !walk::is_in_lifecycles(design, environment)
        {
            findings.push(RULE.at(
                format!("$.pulumi.stacks[{index}]"),
                format!("{} is in no phase of the project's lifecycles.", environment.name),
            ));
        }
    }
}
