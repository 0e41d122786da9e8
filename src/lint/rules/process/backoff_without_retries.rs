//! A pause before retries that are not made.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/backoff-without-retries",
    severity: Severity::Error,
    summary: "A pause before retries, but no retries",
    why: "Octopus refuses a retry pause on a step that is not retried.",
    remedy: "Say how often to retry, or take the pause away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let properties = &at.action.properties;
        let retries = properties.text(keys::RETRIES);
        if properties.get(keys::RETRY_BACKOFF).is_some() && matches!(retries, "" | "0") {
            findings.push(RULE.at(
                at.property(keys::RETRY_BACKOFF),
                format!("{at} pauses before retries that it does not make."),
            ));
        }
    }
}
