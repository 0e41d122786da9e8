//! Numbers of parallel operations that are none.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/not-a-number",
    severity: Severity::Error,
    summary: "How many resources at once is no number",
    why: "Pulumi takes a whole number from 1; the exports leave anything else out.",
    remedy: "Write a whole number, or nothing for Pulumi's own choice.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let text = walk::run_of(at.action).map_or("", |run| run.parallel.trim());
        if !text.is_empty() && !text.parse::<u32>().is_ok_and(|number| number > 0) {
            findings.push(RULE.at(
                at.member("does.step.parallel"),
                format!("{at} is to change {text} resources at once."),
            ));
        }
    }
}
