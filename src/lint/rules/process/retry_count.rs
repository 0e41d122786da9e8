//! Retries outside of what Octopus takes.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/retry-count",
    severity: Severity::Error,
    summary: "Octopus retries a step at most three times",
    why: "Octopus takes 1, 2 or 3.",
    remedy: "Choose a number from 1 to 3.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let retries = at.action.properties.text(keys::RETRIES);
        let is_good = matches!(retries, "" | "0" | "1" | "2" | "3") || retries.contains("#{");
        if !is_good {
            findings.push(
                RULE.at(
                    at.property(keys::RETRIES),
                    format!("{at} is to be retried {retries} times."),
                ),
            );
        }
    }
}
