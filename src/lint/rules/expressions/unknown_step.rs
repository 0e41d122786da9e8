//! Expressions that read the output of a step that is not there.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, Scratch, in_pieces, template, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "expressions/unknown-step",
    severity: Severity::Warning,
    summary: "An expression reads the output of a step that is not there",
    why: "The index in Octopus.Action[…] is the name of an earlier step of the same process; for \
          any other Octopus has no value.",
    remedy: "Write the name of the step as it is now.",
    check,
};

const START: &str = "octopus.action[";

fn check(design: &Design, findings: &mut Vec<Finding>) {
    in_pieces(design, findings, check_piece);
}

/// Looks at a piece of the texts and gives the next one.
pub fn check_piece(
    design: &Design,
    piece: usize,
    _: &mut Scratch,
    findings: &mut Vec<Finding>,
) -> Option<usize> {
    template::each_of_piece(design, piece, |one| {
        // Nearly no text reads a step, and finding that out is cheap.
        if !one.text.to_ascii_lowercase().contains("action[") {
            return;
        }
        let known: Vec<String> = match &one.action {
            Some(at) => names(at.owner),
            None => walk::processes(design).into_iter().flat_map(names).collect(),
        };
        for name in template::reads(one.text) {
            let lower = name.to_lowercase();
            let Some((step, _)) = lower.strip_prefix(START).and_then(|rest| rest.split_once(']'))
            else {
                continue;
            };
            // An index may be an expression itself.
            if !step.contains("#{") && !known.iter().any(|one| one == step) {
                let what = format!("{} reads {name}, but no such step is there.", one.owner());
                findings.push(RULE.at(one.path(), what));
            }
        }
    })
}

/// The names of the steps of a process, in lower case.
fn names(owner: walk::ProcessAt<'_>) -> Vec<String> {
    owner.actions().iter().map(|at| at.action.name.as_str().to_lowercase()).collect()
}
