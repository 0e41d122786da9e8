//! Protected environments that change without a person's yes.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "approval/missing",
    severity: Severity::Warning,
    summary: "A protected environment is changed without an approval",
    why: "Nobody has to look before the stack of a protected environment is changed.",
    remedy: "Put a manual intervention before the step.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        if !walk::changes_stack(at.action) {
            continue;
        }
        let open: Vec<_> = design
            .space
            .environments
            .iter()
            .filter(|one| one.is_protected && at.runs_in(one) && !walk::is_approved(&at, one))
            .map(|one| one.name.as_str())
            .collect();
        if !open.is_empty() {
            findings.push(
                RULE.at(at.path(), format!("{at} changes {} unapproved.", walk::some_of(&open))),
            );
        }
    }
}
