//! Approvals that come after the change.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "approval/too-late",
    severity: Severity::Warning,
    summary: "The approval comes after the change",
    why: "What is to be approved has happened already.",
    remedy: "Move the manual intervention before the step that changes the stack.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for owner in walk::processes(design) {
        let actions = owner.actions();
        let first = actions.iter().position(|at| walk::changes_stack(at.action));
        let Some(first) = first else { continue };
        let (before, after) = actions.split_at(first);
        if before.iter().any(|at| at.action.is_manual())
            || after.iter().skip(1).any(|at| walk::changes_stack(at.action))
        {
            continue;
        }
        for at in after.iter().filter(|at| at.action.is_manual()) {
            let Some(done) = actions.get(first).map(|change| &change.action.name) else { continue };
            findings.push(RULE.at(at.path(), format!("{at} stands after \"{done}\".")));
        }
    }
}
