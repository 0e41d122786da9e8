//! Texts that Octopus can't evaluate.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, template};
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
    for one in template::texts(design) {
        if let Err(error) = octostache::parse(one.text, Mode::Halt)
            && error.kind == ParseErrorKind::Syntax
        {
            let what = format!("{} is not well formed. {error}.", one.owner());
            findings.push(RULE.at(one.path(), what));
        }
    }
}
