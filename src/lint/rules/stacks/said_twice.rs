//! An environment with two stacks.

use std::collections::HashSet;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "stacks/said-twice",
    severity: Severity::Error,
    summary: "An environment has two stacks",
    why: "Only the first one counts.",
    remedy: "Take the wrong one away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let mut seen = HashSet::new();
    for (index, mapping) in design.pulumi.stacks.iter().enumerate() {
        if !seen.insert(&mapping.environment) {
            let name = walk::environment_name(design, &mapping.environment);
            findings.push(RULE.at(
                format!("$.pulumi.stacks[{index}]"),
                format!("{name} has a second stack, {}.", mapping.stack),
            ));
        }
    }
}
