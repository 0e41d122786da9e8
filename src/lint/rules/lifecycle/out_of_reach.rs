//! Environments with a stack that no release can reach.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::lint::walk;
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
    let Some(own) = &design.project.lifecycle else { return };
    let channels = design.project.channels.iter().filter_map(|one| one.lifecycle.as_ref());
    let lifecycles: Vec<_> = std::iter::once(own)
        .chain(channels)
        .filter_map(|id| design.space.lifecycles.get(id))
        .collect();
    // No phases, or a phase without environments, takes what is left.
    let takes_all = lifecycles.iter().any(|one| {
        one.phases.is_empty()
            || one.phases.iter().any(|phase| phase.environments().next().is_none())
    });
    if takes_all || lifecycles.is_empty() {
        return;
    }
    for (index, mapping) in design.pulumi.stacks.iter().enumerate() {
        let is_there = lifecycles.iter().any(|one| {
            one.phases.iter().any(|phase| phase.environments().any(|id| *id == mapping.environment))
        });
        if !is_there {
            findings.push(RULE.at(
                format!("$.pulumi.stacks[{index}]"),
                format!(
                    "{} is in no phase of the project's lifecycles.",
                    walk::environment_name(design, &mapping.environment)
                ),
            ));
        }
    }
}
