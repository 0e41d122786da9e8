//! Environments in which a credential has no value.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/hole",
    severity: Severity::Error,
    summary: "A credential has no value in an environment",
    why: "The Pulumi steps stop there: they cannot log in.",
    remedy: "Add a value for the environment.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let mut runs = walk::actions(design);
    runs.retain(|at| walk::run_of(at.action).is_some());
    for (path, name) in
        walk::login_variable(design).into_iter().chain(walk::credential_variable(design))
    {
        let values = walk::values_of(design, name);
        if values.is_empty() || walk::is_asked_of_tenants(design, name) {
            continue;
        }
        for environment in &design.space.environments {
            let is_needed = runs.iter().any(|at| at.is_meant_for(environment));
            let is_there = values.iter().any(|at| walk::may_apply(&at.value.scope, environment));
            if is_needed && !is_there {
                findings
                    .push(RULE.at(path, format!("{name} has no value in {}.", environment.name)));
            }
        }
    }
}
