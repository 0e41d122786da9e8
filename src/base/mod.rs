//! What every layer shares: findings, places in text, typed names.
//!
//! Never: knowledge of Octopus, of Pulumi or of a file format.

pub mod finding;
pub mod place;

pub use finding::{Finding, Severity};
pub use place::{LineColumn, Place};
