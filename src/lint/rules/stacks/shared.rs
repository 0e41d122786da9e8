//! Two environments with one stack.

use std::collections::HashMap;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "stacks/shared",
    severity: Severity::Error,
    summary: "Two environments have the same stack",
    why: "Deploying to one environment then changes what the other one runs.",
    remedy: "Give each environment a stack of its own.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let mut seen = HashMap::new();
    for (index, mapping) in design.pulumi.stacks.iter().enumerate() {
        let name = walk::environment_name(design, &mapping.environment);
        match seen.get(&mapping.stack) {
            Some(first) if *first != name => findings.push(RULE.at(
                format!("$.pulumi.stacks[{index}].stack"),
                format!("{first} and {name} both have the stack {}.", mapping.stack),
            )),
            _ => {
                seen.insert(&mapping.stack, name);
            }
        }
    }
}
