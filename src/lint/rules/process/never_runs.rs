//! Steps that run in no environment.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/never-runs",
    severity: Severity::Warning,
    summary: "A step runs in no environment",
    why: "It is limited to environments that it also leaves out.",
    remedy: "Mend one of the two lists, or switch the step off.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let environments = &design.space.environments;
    for at in walk::actions(design) {
        let is_limited = !at.action.environments.is_empty()
            || !at.action.excluded_environments.is_empty()
            || at.owner.runbook.is_some_and(|(_, runbook)| !runbook.environments.is_empty());
        let runs = environments.iter().any(|one| at.runs_in(one));
        if is_limited && !runs && !at.action.is_disabled && !environments.is_empty() {
            findings.push(RULE.at(at.path(), format!("{at} runs in no environment.")));
        }
    }
}
