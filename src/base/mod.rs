//! What every layer shares: findings, places in text, what looks like a secret.
//!
//! Never: knowledge of Octopus, of Pulumi or of a file format.

pub mod finding;
pub mod place;
pub mod secret;

pub use finding::{Finding, Severity};
pub use place::{LineColumn, Place};
