//! Scripts that print Pulumi's secrets.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "script/shows-secrets",
    severity: Severity::Error,
    summary: "A script makes Pulumi print secrets",
    why: "The secrets stand in the task log or in a file that others can read.",
    remedy: "Take --show-secrets away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        if let Some(body) = walk::bash_of(at.action)
            && body.contains("--show-secrets")
        {
            findings.push(RULE.at(
                at.property(keys::SCRIPT_BODY),
                format!("{at} runs Pulumi with --show-secrets."),
            ));
        }
    }
}
