//! Account variables that hold an account of another kind.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/account-kind",
    severity: Severity::Error,
    summary: "An account variable holds an account of another kind",
    why: "Octopus takes only accounts of the variable's own kind.",
    remedy: "Choose an account of the kind, or change the variable's type.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::values(design) {
        let content = &at.value.content;
        let Some(id) = content.account().and_then(|one| one.account.as_ref()?.known()) else {
            continue;
        };
        if let Some(account) = design.space.accounts.get(id)
            && account.kind.variable_type() != Some(content.word())
        {
            findings.push(RULE.at(
                format!("{}.content.account", at.path()),
                format!(
                    "{} is of type {}, but the account \"{}\" is an {}.",
                    at.variable.name,
                    content.label(),
                    account.name,
                    account.kind.label()
                ),
            ));
        }
    }
}
