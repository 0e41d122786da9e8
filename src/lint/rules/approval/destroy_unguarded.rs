//! Destroying without a person's yes.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::PulumiOperation;

/// The rule.
pub static RULE: Rule = Rule {
    id: "approval/destroy-unguarded",
    severity: Severity::Warning,
    summary: "A stack is destroyed without an approval",
    why: "One click, or one deployment, takes everything down.",
    remedy: "Put a manual intervention before the step, and keep it out of protected environments.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let is_destroy =
            walk::run_of(at.action).is_some_and(|run| run.operation == PulumiOperation::Destroy);
        if !is_destroy {
            continue;
        }
        let unguarded: Vec<_> = design
            .space
            .environments
            .iter()
            // Protected ones are the business of `approval/missing`.
            .filter(|one| !one.is_protected && at.runs_in(one) && !walk::is_approved(&at, one))
            .map(|one| one.name.as_str())
            .collect();
        if !unguarded.is_empty() {
            findings.push(
                RULE.at(at.path(), format!("{at} destroys {} unasked.", walk::some_of(&unguarded))),
            );
        }
    }
}
