//! Prompts of one name with and without a scope.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/mixed-prompts",
    severity: Severity::Warning,
    summary: "A variable is prompted for twice",
    why: "Octopus may ask for both, or fail, when one prompt is scoped and another is not.",
    remedy: "Keep one prompt for the variable.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for set in walk::sets(design) {
        for (index, variable) in set.variables.iter().enumerate() {
            let prompts = || variable.values.iter().filter(|value| value.prompt.is_some());
            let unscoped = prompts().filter(|value| value.scope.is_unscoped()).count();
            if unscoped > 0 && prompts().count() > unscoped {
                findings.push(RULE.at(
                    format!("{}[{index}]", set.path()),
                    format!(
                        "{}{} has prompts with and without a scope.",
                        variable.name,
                        set.suffix()
                    ),
                ));
            }
        }
    }
}
