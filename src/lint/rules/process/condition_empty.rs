//! Conditions by a variable, without an expression.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::process::keys;
use crate::model::{ActionCondition, Design};

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/condition-empty",
    severity: Severity::Error,
    summary: "A step runs by an expression that is empty",
    why: "An empty expression is false: the step never runs.",
    remedy: "Write the expression, or choose another condition.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for owner in walk::processes(design) {
        for (index, step) in owner.process.steps.iter().enumerate() {
            if step.condition.expression().is_some_and(|text| text.trim().is_empty()) {
                findings.push(RULE.at(
                    format!("{}.steps[{index}].condition", owner.path()),
                    format!("The step \"{}\"{} has no expression.", step.name, owner.suffix()),
                ));
            }
        }
    }
    for at in walk::actions(design) {
        let expression = at.action.properties.text(keys::ACTION_CONDITION);
        if at.action.condition == ActionCondition::Variable && expression.trim().is_empty() {
            findings.push(RULE.at(at.member("condition"), format!("{at} has no expression.")));
        }
    }
}
