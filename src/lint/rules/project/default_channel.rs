//! Channels of which none or several are the default.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "project/default-channel",
    severity: Severity::Warning,
    summary: "Not exactly one channel is the default",
    why: "Releases that name no channel go to the default one; every project has exactly one.",
    remedy: "Mark one channel as the default.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let channels = &design.project.channels;
    let many = channels.iter().filter(|one| one.is_default).count();
    if !channels.is_empty() && many != 1 {
        let what = format!("{many} of {} channels are the default.", channels.len());
        findings.push(RULE.at("$.project.channels", what));
    }
}
