//! Library values with scopes that only projects have.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/library-scope",
    severity: Severity::Error,
    summary: "A library value has a scope that only projects know",
    why: "Steps, channels and processes belong to a project; a library variable set takes none of \
          them.",
    remedy: "Move the value into the project, or take that scope away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::values(design) {
        let scope = &at.value.scope;
        let is_own =
            !scope.channels.is_empty() || !scope.actions.is_empty() || !scope.processes.is_empty();
        if at.set.library.is_some() && is_own {
            findings.push(RULE.at(
                format!("{}.scope", at.path()),
                format!(
                    "{}{} is scoped to a channel, step or process.",
                    at.variable.name,
                    at.set.suffix()
                ),
            ));
        }
    }
}
