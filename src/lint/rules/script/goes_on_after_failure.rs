//! Bash scripts that go on after a failing command.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "script/goes-on-after-failure",
    severity: Severity::Warning,
    summary: "A script goes on after a failing command",
    why: "Octopus looks at the last exit code only, so a failure in the middle passes unseen.",
    remedy: "Begin the script with set -euo pipefail.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        // In Azure steps `set -e` does nothing; they have a rule of their own.
        if at.action.octopus_type() == Some("Octopus.AzurePowerShell") {
            continue;
        }
        let Some(body) = walk::bash_of(at.action) else { continue };
        let mut lines =
            body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let is_single = lines.clone().count() < 2;
        let stops = lines.any(|line| {
            line.strip_prefix("set ").is_some_and(|flags| {
                flags.contains("errexit")
                    || flags.split_whitespace().any(|flag| {
                        flag.starts_with('-') && !flag.starts_with("--") && flag.contains('e')
                    })
            })
        });
        // A script that looks after its failures one by one needs no more.
        let looks_after = body.contains("|| fail_step") || body.contains("|| exit");
        if !is_single && !stops && !looks_after {
            findings.push(RULE.at(
                at.property(keys::SCRIPT_BODY),
                format!("{at} does not stop at a failing command."),
            ));
        }
    }
}
