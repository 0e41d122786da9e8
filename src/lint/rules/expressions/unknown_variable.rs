//! Expressions that read a variable that is not there.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, Scratch, in_pieces, template};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "expressions/unknown-variable",
    severity: Severity::Warning,
    summary: "An expression reads a variable that is not there",
    why: "Octopus leaves #{Name} in the text as it is; a condition that is nothing else is then \
          true.",
    remedy: "Add the variable, include the library variable set that has it, or mend its name.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    in_pieces(design, findings, check_piece);
}

/// Looks at a piece of the texts and gives the next one.
pub fn check_piece(
    design: &Design,
    piece: usize,
    scratch: &mut Scratch,
    findings: &mut Vec<Finding>,
) -> Option<usize> {
    let project = &design.project;
    // A set that the design does not have may have any variable.
    if project.included_sets.iter().any(|id| design.space.library_sets.get(id).is_none()) {
        return None;
    }
    let known = scratch.known_names.get_or_insert_with(|| template::known_names(design));
    template::each_of_piece(design, piece, |one| {
        for name in template::reads(one.text) {
            let lower = name.to_ascii_lowercase();
            let is_octopus = lower.starts_with("octopus") || lower.starts_with("env:");
            // Properties of an action are variables while it runs.
            let is_own = one.action.is_some_and(|at| at.action.properties.get(&name).is_some());
            if !is_octopus && !is_own && !template::is_known(known, &name) {
                let what = format!("{} reads {name}, which is not there.", one.owner());
                findings.push(RULE.at(one.path(), what));
            }
        }
    })
}
