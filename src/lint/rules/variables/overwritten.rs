//! Variables that the worker's own environment overwrites.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/overwritten",
    severity: Severity::Warning,
    summary: "A variable is overwritten by the worker's environment",
    why: "Names that begin with env: are taken from the process on the worker, after those of the \
          project.",
    remedy: "Choose another name.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for set in walk::sets(design) {
        for (index, variable) in set.variables.iter().enumerate() {
            let name = variable.name.as_str();
            if name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("env:")) {
                findings.push(RULE.at(
                    format!("{}[{index}].name", set.path()),
                    format!("The worker has the last word on {name}{}.", set.suffix()),
                ));
            }
        }
    }
}
