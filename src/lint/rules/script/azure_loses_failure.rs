//! Azure scripts whose failure Octopus does not see.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "script/azure-loses-failure",
    severity: Severity::Warning,
    summary: "Octopus does not see this script fail",
    why: "In Azure script steps set -e does nothing, and a failing last command still counts as \
          success; only exit or fail_step fails the step.",
    remedy: "End commands that matter with || fail_step \"…\", and the script with exit 0.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        if at.action.octopus_type() != Some("Octopus.AzurePowerShell") {
            continue;
        }
        let Some(body) = walk::bash_of(at.action) else { continue };
        let last =
            body.lines().map(str::trim).rfind(|line| !line.is_empty() && !line.starts_with('#'));
        let ends =
            last.is_some_and(|line| line.starts_with("exit ") || line.starts_with("fail_step"));
        if !ends && !body.contains("|| fail_step") && !body.contains("|| exit") {
            findings.push(RULE.at(
                at.property(keys::SCRIPT_BODY),
                format!("{at} fails only by an explicit exit, and has none."),
            ));
        }
    }
}
