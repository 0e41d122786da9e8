//! Two runs on one stack at the same time.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, StartTrigger};

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/parallel-on-one-stack",
    severity: Severity::Error,
    summary: "Two steps work on one stack at the same time",
    why: "A stack takes one operation at a time: the second one fails.",
    remedy: "Let the second step wait for the first.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for owner in walk::processes(design) {
        // The runs that are under way together with the step being looked at.
        let mut together: Vec<walk::ActionAt<'_>> = Vec::new();
        for at in owner.actions() {
            if at.index == 0 && at.step.start == StartTrigger::AfterPrevious {
                together.clear();
            }
            let Some(run) = walk::run_of(at.action) else { continue };
            let clash = together.iter().find(|other| {
                other.step_index != at.step_index
                    && walk::run_of(other.action).is_some_and(|before| before.stack == run.stack)
                    && design
                        .space
                        .environments
                        .iter()
                        .any(|one| at.runs_in(one) && other.runs_in(one))
            });
            if let Some(other) = clash {
                findings.push(RULE.at(
                    at.step_path(),
                    format!("{at} runs together with \"{}\".", other.action.name),
                ));
            }
            together.push(at);
        }
    }
}
