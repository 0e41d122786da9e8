//! Token, passphrase or OIDC account variables that are not there.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "backend/variable-missing",
    severity: Severity::Warning,
    summary: "A variable that logs in to the backend is missing",
    why: "The Pulumi steps read it to log in. The exports can add an empty one for a token or \
          passphrase, but the steps stop until it has a value.",
    remedy: "Add the variable to the project, or include the library variable set that has it.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    if !walk::runs_pulumi(design) {
        return;
    }
    let Some((path, name)) = walk::login_variable(design) else { return };
    if walk::values_of(design, name).is_empty() && !walk::is_asked_of_tenants(design, name) {
        findings.push(RULE.at(path, format!("There is no variable {name} with a value.")));
    }
}
