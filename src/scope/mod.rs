//! Scope resolution: which value of a name a deployment gets, and why.
//!
//! Two layers. [`engine`] is the rules over plain borrowed values;
//! [`Resolver`] is an index of a whole design that gives the same answers
//! quickly, for one place or for all environments at once. `SPEC.md` numbers
//! the rules; every rule has a test that names it.
//!
//! Never: a silent pick among equals; a substitution (`#{…}` is another
//! module's); a rule about what is wise.
//!
//! Source: reference, variables, sections 2, 3 and 5.

mod candidates;
mod context;
pub mod engine;
mod expand;
mod explain;
mod rank;
mod resolver;
mod tables;
#[cfg(test)]
mod tests;

pub use candidates::{Candidates, Entry, Origin};
pub use context::Context;
pub use engine::{Candidate, Dimension, Outcome, Resolution, Source, Verdict};
pub use expand::{
    Certainty, Expanded, SubVariable, SubVariables, sub_variables, sub_variables_of_account,
};
pub use explain::{Decision, Explained, Explanation, Standing, source_label};
pub use rank::{Caveat, Caveats, Level, Rank};
pub use resolver::{Resolver, folded};
