//! Secrets that Octopus does not have.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, VariableContent};

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/secret-not-set",
    severity: Severity::Info,
    summary: "A sensitive value is not set",
    why: "Octopus has no secret to give there.",
    remedy: "Enter it in Octopus after the import, and say here that it is set.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::values(design) {
        if let VariableContent::Sensitive(secret) = &at.value.content
            && !secret.is_set
            && at.value.prompt.is_none()
        {
            findings.push(RULE.at(
                format!("{}.content", at.path()),
                format!(
                    "{}{} has no secret {}.",
                    at.variable.name,
                    at.set.suffix(),
                    walk::where_in_words(design, &at.value.scope)
                ),
            ));
        }
    }
}
