//! A stack variable of one's own next to the stacks of environments.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/stack-hides",
    severity: Severity::Warning,
    summary: "The stack variable is set by hand",
    why: "The steps read the stack from this variable; values of your own take the place of the \
          stacks that the environments have here.",
    remedy: "Take the values away, or take the stacks from the environments.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    if design.pulumi.stacks.is_empty() {
        return;
    }
    let mut before = None;
    for at in walk::values_of(design, design.pulumi.stack_variable()) {
        let path = at.variable_path();
        if before.as_ref() != Some(&path) {
            findings.push(RULE.at(
                path.as_str(),
                format!("{}{} has values of its own.", at.variable.name, at.set.suffix()),
            ));
            before = Some(path);
        }
    }
}
