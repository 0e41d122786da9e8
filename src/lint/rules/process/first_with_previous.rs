//! A first step that starts with the one before it.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, StartTrigger};

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/first-with-previous",
    severity: Severity::Warning,
    summary: "The first step is to start with the step before it",
    why: "There is none; Octopus changes it in silence to start after.",
    remedy: "Let the first step wait as usual.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for owner in walk::processes(design) {
        if let Some(step) = owner.process.steps.nth(0)
            && step.start == StartTrigger::WithPrevious
        {
            findings.push(RULE.at(
                format!("{}.steps[0].start", owner.path()),
                format!("The step \"{}\"{} has none before it.", step.name, owner.suffix()),
            ));
        }
    }
}
