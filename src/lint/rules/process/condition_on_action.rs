//! Conditions of child steps where there are none.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::process::keys;
use crate::model::{ActionCondition, Design};

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/condition-on-action",
    severity: Severity::Warning,
    summary: "A condition of child steps stands where there are none",
    why: "A step of one action has its condition on the step; the action's own is for child steps.",
    remedy: "Move the condition to the step.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let is_by_variable = at.action.condition == ActionCondition::Variable;
        let has_expression = !at.action.properties.text(keys::ACTION_CONDITION).is_empty();
        if is_by_variable && !at.step.has_children() {
            findings.push(RULE.at(at.member("condition"), format!("{at} is no child step.")));
        } else if has_expression && !is_by_variable {
            findings.push(RULE.at(
                at.property(keys::ACTION_CONDITION),
                format!("{at} has an expression, but does not run by it."),
            ));
        }
    }
}
