//! Environments that Pulumi steps run in, but that no stack belongs to.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "stacks/missing",
    severity: Severity::Error,
    summary: "An environment that Pulumi runs in has no stack",
    why: "The step reads the stack of its environment from a variable and stops when there is \
          none.",
    remedy: "Give the environment a stack, or leave it out of the step.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let mut runs = walk::actions(design);
    runs.retain(|at| walk::run_of(at.action).is_some_and(|run| run.stack.is_empty()));
    for (index, environment) in design.space.environments.iter().enumerate() {
        if design.pulumi.stack_of(&environment.id).is_some() {
            continue;
        }
        if let Some(run) = runs.iter().find(|at| at.is_meant_for(environment)) {
            findings.push(RULE.at(
                format!("$.space.environments[{index}]"),
                format!("{} has no stack, but {} runs there.", environment.name, run.in_words()),
            ));
        }
    }
}
