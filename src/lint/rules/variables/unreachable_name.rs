//! Names that no expression can reach.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/unreachable-name",
    severity: Severity::Warning,
    summary: "A variable's name holds characters that expressions cannot reach",
    why: "Octopus stores such a name, but #{…} does not find it.",
    remedy: "Use letters, digits, blanks, periods, dashes and underscores.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let plain = |letter: char| letter.is_alphanumeric() || " .-_:/~()@[]".contains(letter);
    for set in walk::sets(design) {
        for (index, variable) in set.variables.iter().enumerate() {
            if let Some(bad) = variable.name.as_str().chars().find(|letter| !plain(*letter)) {
                findings.push(RULE.at(
                    format!("{}[{index}].name", set.path()),
                    format!("The name {}{} holds '{bad}'.", variable.name, set.suffix()),
                ));
            }
        }
    }
}
