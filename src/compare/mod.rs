//! Two designs compared: what was added, removed, changed and moved, told in
//! words, and taken over from one into the other.
//!
//! What is the same is found by what people call it: steps and environments by
//! slug, then name, then Octopus's id; variables by name and their values by
//! scope; Pulpo's own ids are the last resort and never a difference. The
//! order of environments, phases, steps and parameters counts, that of other
//! lists does not. What only a server says (ids, versions) counts where both
//! designs say it.
//!
//! One table (`shapes`) drives all of it; a test holds it against the schema
//! of design files, so that no member is forgotten.
//!
//! Never: a difference where there is none, half of what was taken over.

mod align;
mod difference;
mod lines;
mod markdown;
mod myers;
mod needs;
mod order;
mod shape;
mod shapes;
mod take;
mod tree;
mod walk;
mod words;

pub use difference::{Change, Difference};
pub use lines::{Piece, Row, Side, lines, words};
pub use markdown::markdown;
pub use shape::Area;
pub use take::{Taken, take};

use serde_json::Value;

use crate::model::Design;

/// Two designs side by side.
#[derive(Debug)]
pub struct Comparison {
    /// What differs, area by area, from the first design to the second.
    pub differences: Vec<Difference>,
    first: Design,
    mine: Value,
    other: Value,
}

/// Compares `first` with `second`.
#[must_use]
pub fn compare(first: &Design, second: &Design) -> Comparison {
    let (mut mine, mut other) = (tree::of(first), tree::of(second));
    align::align(&mut mine, &mut other);
    let differences = walk::differences(&mine, &other);
    Comparison { differences, first: first.clone(), mine, other }
}

impl Comparison {
    /// The differences in their order, read from the second design to the
    /// first where they are `turned`.
    #[must_use]
    pub fn told(&self, turned: bool) -> Vec<Difference> {
        let all = self.differences.iter().cloned();
        if turned { all.map(Difference::turned).collect() } else { all.collect() }
    }
}

/// How many of `differences` are of this kind.
#[must_use]
pub fn count(differences: &[Difference], change: Change) -> usize {
    differences.iter().filter(|one| one.change == change).count()
}

/// The counts in words: "2 added, 1 changed".
#[must_use]
pub fn summary(differences: &[Difference]) -> String {
    let counts = Change::ALL.into_iter().filter_map(|change| match count(differences, change) {
        0 => None,
        many => Some(format!("{many} {}", change.word())),
    });
    let counts: Vec<_> = counts.collect();
    if counts.is_empty() { "No differences".to_owned() } else { counts.join(", ") }
}

#[cfg(test)]
mod tests;
