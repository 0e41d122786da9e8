//! Texts that Octopus can't evaluate.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, Scratch, in_pieces, template};
use crate::model::Design;
use crate::octostache::{self, Mode, ParseErrorKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "expressions/broken",
    severity: Severity::Error,
    summary: "An expression is not well formed",
    why: "Octopus then leaves the whole text as it is, good expressions included, and says \
          nothing.",
    remedy: "Mend the expression, or write ##{ for a plain #{.",
    check,
};

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
        if let Err(error) = octostache::parse(one.text, Mode::Halt)
            && error.kind == ParseErrorKind::Syntax
        {
            let what = format!("{} is not well formed. {error}.", one.owner());
            findings.push(RULE.at(one.path(), what));
        }
    })
}
