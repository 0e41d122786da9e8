//! Cloud credentials from a variable that is not there.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/variable-missing",
    severity: Severity::Error,
    summary: "The variable with the cloud account is missing",
    why: "The Pulumi steps read the account from it and get nothing.",
    remedy: "Add the account variable, or include the library variable set that has it.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let Some((path, name)) = walk::credential_variable(design) else { return };
    if walk::values_of(design, name).is_empty() {
        findings.push(RULE.at(path, format!("There is no variable {name} with a value.")));
    }
}
