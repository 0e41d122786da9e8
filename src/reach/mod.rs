//! Reach: which credential can be read where.
//!
//! A *credential* is what somebody must not have: a sensitive value, an account,
//! or a certificate. Octopus hands a step every variable that applies to it,
//! whether the step names it or not, so what counts is not use but reach:
//!
//! > A credential is **reachable** in an environment if a value that holds it
//! > wins, or ties, for its name in some context of that environment: for any
//! > channel, tenant, step and target.
//!
//! What is taken for possible where the design does not say:
//!
//! - Lifecycles are not looked at: whoever may change one opens an environment.
//! - Tenants and targets that the design does not know are assumed to be there,
//!   one for each tag that a value or a step names; so is a channel that a
//!   scope names. A reach that rests on those alone is one that *may* be.
//! - So is one where values tie, or where the order is not certain
//!   ([`crate::scope::Caveat`]): then every value that applies may win.
//! - Where a name has more contexts than [`MOST_CONTEXTS`] for a step, every
//!   value that the environment and the step allow may win.
//! - An expression in an account's place may give any account.
//!
//! So nothing that can be read is missing, while something that is listed as
//! "may be" may be out of reach after all. A library set that the project does
//! not include is out of its reach.
//!
//! An account that is limited to environments is *refused* elsewhere: Octopus
//! does not deploy there with a value that holds it (reference: variables,
//! section 5), so it can't be read there either.
//!
//! Never: the text of a secret, an edit.

mod bits;
mod contexts;
mod leaks;
mod matrix;
mod mentions;
#[cfg(test)]
mod tests;

pub use leaks::{Leak, Narrowing, leaks};
pub use matrix::{Cell, Certainty, Credential, Holder, Identity, Reach, Reader, reach};
pub use mentions::Mentions;

/// The most contexts of one step that are looked at one by one.
pub const MOST_CONTEXTS: usize = 4_096;
