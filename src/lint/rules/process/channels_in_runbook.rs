//! Channels on steps of runbooks.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/channels-in-runbook",
    severity: Severity::Warning,
    summary: "A step of a runbook is limited to channels",
    why: "Runbooks have no channel.",
    remedy: "Take the channels away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        if at.owner.runbook.is_some() && !at.action.channels.is_empty() {
            findings.push(RULE.at(at.member("channels"), format!("{at} is limited to channels.")));
        }
    }
}
