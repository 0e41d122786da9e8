//! Stacks that are changed although a step before failed.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/condition-ignores-failure",
    severity: Severity::Warning,
    summary: "A stack is changed even if a step before failed",
    why: "A condition by an expression takes the place of \"only if all before succeeded\": after \
          a failed preview or approval the step still runs.",
    remedy: "Write the expression between #{unless Octopus.Deployment.Error} and #{/unless}.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(expression) = at.step.condition.expression() else { continue };
        let asks = expression.to_ascii_lowercase().contains("octopus.deployment.error");
        if walk::changes_stack(at.action) && !asks {
            findings.push(RULE.at(
                format!("{}.condition", at.step_path()),
                format!("{at} runs by an expression that does not ask for errors."),
            ));
        }
    }
}
