//! Secrets for all environments, next to accounts for each.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/secret-for-all",
    severity: Severity::Info,
    summary: "A secret reaches all environments, while accounts differ by environment",
    why: "What can read it in the least protected environment can use it in the most protected \
          one.",
    remedy: "Give each environment a secret of its own, or at least the protected ones.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let values = walk::values(design);
    let has_own_accounts = values
        .iter()
        .any(|at| at.value.content.account().is_some() && !at.value.scope.environments.is_empty());
    if !has_own_accounts || design.space.environments.len() < 2 {
        return;
    }
    for at in values {
        if at.value.content.is_sensitive() && at.value.scope.is_unscoped() {
            findings.push(RULE.at(
                at.path(),
                format!(
                    "{}{} is one secret for all environments.",
                    at.variable.name,
                    at.set.suffix()
                ),
            ));
        }
    }
}
