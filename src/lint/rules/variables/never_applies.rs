//! Values whose scope can never hold.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, ProcessOwner};

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/never-applies",
    severity: Severity::Warning,
    summary: "A value can never apply",
    why: "Runbooks have no channel, so a value for a channel and for runbooks only meets neither.",
    remedy: "Take one of the two limits away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::values(design) {
        let scope = &at.value.scope;
        let is_runbooks = !scope.processes.is_empty()
            && scope.processes.iter().all(|one| *one != ProcessOwner::Deployment);
        if is_runbooks && !scope.channels.is_empty() {
            findings.push(RULE.at(
                format!("{}.scope", at.path()),
                format!("A value of {} is limited to a channel and to runbooks.", at.variable.name),
            ));
        }
    }
}
