//! Stacks of another Pulumi project than the design's.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "stacks/other-project",
    severity: Severity::Error,
    summary: "A stack belongs to another Pulumi project",
    why: "The middle part of a stack is the name in Pulumi.yaml; with another one Pulumi works on \
          another project's stack or on none.",
    remedy: "Write the project's own name in the middle of the stack.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let Some(project) = &design.pulumi.project else { return };
    for (index, mapping) in design.pulumi.stacks.iter().enumerate() {
        if mapping.stack.project != *project {
            let name = walk::environment_name(design, &mapping.environment);
            findings.push(RULE.at(
                format!("$.pulumi.stacks[{index}].stack"),
                format!("The stack of {name}, {}, is not of the project {project}.", mapping.stack),
            ));
        }
    }
}
