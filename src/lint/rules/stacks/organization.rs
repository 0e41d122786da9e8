//! Organizations that do not fit the backend.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Backend, Design};

/// The rule.
pub static RULE: Rule = Rule {
    id: "stacks/organization",
    severity: Severity::Error,
    summary: "The organization does not fit the backend",
    why: "On a backend of your own the first part of a stack is always the word organization; \
          Pulumi refuses any other.",
    remedy: "Write organization/project/stack, with that very word.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    if !matches!(design.pulumi.backend, Backend::SelfManaged(_)) {
        return;
    }
    for (index, mapping) in design.pulumi.stacks.iter().enumerate() {
        if mapping.stack.organization.as_str() != "organization" {
            let name = walk::environment_name(design, &mapping.environment);
            findings.push(RULE.at(
                format!("$.pulumi.stacks[{index}].stack"),
                format!(
                    "The stack of {name}, {}, is on a backend of your own but of the \
                     organization {}.",
                    mapping.stack, mapping.stack.organization
                ),
            ));
        }
    }
}
