//! Approvals that anybody may give.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "approval/anybody",
    severity: Severity::Warning,
    summary: "Anybody who may deploy can approve",
    why: "Without a responsible team the person who deploys approves, and the step can be skipped.",
    remedy: "Name the teams that may approve.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        if at.action.is_manual() && at.action.properties.text(keys::MANUAL_TEAMS).trim().is_empty()
        {
            findings.push(RULE.at(at.member("properties"), format!("{at} names no team.")));
        }
    }
}
