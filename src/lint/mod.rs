//! Lint: what is wrong with a sound design, or likely is.
//!
//! One file a rule under `rules/`, all of them in [`RULES`]. A rule reads the
//! design and nothing else, speaks in Octopus's and Pulumi's words, names the
//! thing in its text and gives its JSON path as the place.
//!
//! Never: a rule that guesses; where Octopus's behaviour is not known, there
//! is no rule.

mod check;
mod dangling;
mod rule;
mod rules;
mod template;
pub(crate) mod text;
mod walk;

pub use check::Check;
use check::{Scratch, in_pieces};
pub use rule::Rule;
pub use rules::RULES;

use crate::base::Finding;
use crate::model::Design;

/// All findings on `design`, the worst first, in the order of the rules and
/// then of the design.
#[must_use]
pub fn check(design: &Design) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        (rule.check)(design, &mut findings);
    }
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// The rule called `id`, such as `stacks/shared`.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
