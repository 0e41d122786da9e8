//! Steps that verify what is no preview before them.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::PulumiOperation;

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/verifies-no-preview",
    severity: Severity::Error,
    summary: "A step verifies what is no preview before it",
    why: "It compares its own preview with the digest of an earlier one of the same process; \
          there is none.",
    remedy: "Choose a Pulumi preview that stands before the step.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for owner in walk::processes(design) {
        let actions = owner.actions();
        for (number, at) in actions.iter().enumerate() {
            let Some(preview) = walk::run_of(at.action).and_then(|run| run.verifies.as_ref())
            else {
                continue;
            };
            let is_preview = actions.iter().take(number).any(|other| {
                other.action.id == *preview
                    && walk::run_of(other.action)
                        .is_some_and(|run| run.operation == PulumiOperation::Preview)
            });
            if !is_preview {
                findings.push(RULE.at(
                    at.member("does.step.verifies"),
                    format!("{at} has no preview \"{preview}\" before it."),
                ));
            }
        }
    }
}
