//! Steps that name a variable that is not there.

use crate::base::{Finding, Severity};
use crate::catalog::{self, Refers};
use crate::lint::{Rule, walk};
use crate::model::{Design, WorkerPoolChoice};

/// The rule.
pub static RULE: Rule = Rule {
    id: "project/unknown-variable",
    severity: Severity::Error,
    summary: "A step names a variable that is not there",
    why: "The step finds no account or worker pool.",
    remedy: "Add the variable, or include the library variable set that has it.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        if let WorkerPoolChoice::Variable(pick) = &at.action.worker_pool
            && walk::values_of(design, pick.variable.as_str()).is_empty()
        {
            findings.push(RULE.at(
                at.member("workerPool.variable"),
                format!("{at} takes its worker pool from {}.", pick.variable),
            ));
        }
        for (key, value) in at.action.properties.iter() {
            let name = value.as_text().unwrap_or_default();
            if matches!(catalog::refers(key), Refers::Variable(_))
                && !name.is_empty()
                && !name.contains("#{")
                && walk::values_of(design, name).is_empty()
            {
                findings.push(
                    RULE.at(at.property(key), format!("{at} takes its account from {name}.")),
                );
            }
        }
    }
}
