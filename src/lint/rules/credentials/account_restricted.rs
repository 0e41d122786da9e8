//! Values that reach environments where their account may not be used.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/account-restricted",
    severity: Severity::Error,
    summary: "An account is used where it may not be",
    why: "Octopus checks the limits of every account that a value could give to a deployment, and \
          refuses the deployment even if another value wins.",
    remedy: "Scope the value to the account's environments, or widen the account.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::values(design) {
        let content = at.value.content.account();
        let Some(id) = content.and_then(|one| one.account.as_ref()?.known()) else { continue };
        let Some(account) = design.space.accounts.get(id) else { continue };
        if account.environments.is_empty() {
            continue;
        }
        let outside: Vec<_> = design
            .space
            .environments
            .iter()
            .filter(|one| walk::may_apply(&at.value.scope, one))
            .filter(|one| !account.environments.contains(&one.id))
            .map(|one| one.name.as_str())
            .collect();
        if !outside.is_empty() {
            findings.push(RULE.at(
                format!("{}.scope", at.path()),
                format!(
                    "A value of {} gives the account \"{}\" to {}, where it may not be used.",
                    at.variable.name,
                    account.name,
                    walk::some_of(&outside)
                ),
            ));
        }
    }
}
