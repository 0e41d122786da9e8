//! Account, certificate and pool values that name none.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, VariableContent};

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/nothing-chosen",
    severity: Severity::Warning,
    summary: "A value names no account, certificate or worker pool",
    why: "Where it wins, the step gets nothing.",
    remedy: "Choose one, or take the value away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::values(design) {
        let is_empty = match &at.value.content {
            VariableContent::Text(_) | VariableContent::Sensitive(_) => false,
            VariableContent::Certificate(content) => content.certificate.is_none(),
            VariableContent::WorkerPool(content) => content.pool.is_none(),
            other => other.account().is_some_and(|content| content.account.is_none()),
        };
        // What is asked for at deployment time needs no value.
        if is_empty && at.value.prompt.is_none() {
            findings.push(RULE.at(
                format!("{}.content", at.path()),
                format!(
                    "{}{} {} has the type {} and no value.",
                    at.variable.name,
                    at.set.suffix(),
                    walk::where_in_words(design, &at.value.scope),
                    at.value.content.label()
                ),
            ));
        }
    }
}
