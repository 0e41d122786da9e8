//! References to what is not there.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, dangling};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "project/dangling",
    severity: Severity::Error,
    summary: "Something refers to what is not there",
    why: "The exporters have nothing to write there, and Octopus refuses the result.",
    remedy: "Choose something that exists, or take the reference away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (path, what, id) in dangling::references(design) {
        findings.push(RULE.at(path, format!("There is no {what} \"{id}\".")));
    }
}
