//! Edits: every verb of a person is a value that changes a design, or refuses
//! to and says why.
//!
//! An edit is a function from design to design; undo is the design before it,
//! so no verb has an inverse written by hand. See [`History`].
//!
//! Never: a half-done edit. A refused one leaves the design as it was.

pub mod approvals;
pub mod board;
pub mod environments;
mod history;
pub mod infrastructure;
pub mod lifecycles;
pub mod runbooks;
pub mod stacks;
pub mod steps;
pub mod variables;

pub use history::{Entry, History};

use crate::model::Design;

/// Why an edit was not made, in words for the person who asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// Refuses with a sentence.
///
/// # Errors
/// Always.
pub fn refuse<T>(sentence: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(sentence.into()))
}

/// What an edit does to a design; boxed, so that all edits are one type.
type Change = Box<dyn FnOnce(&mut Design) -> Result<(), Refusal>>;

/// One change that a person asked for.
pub struct Edit {
    /// What it does, as a verb phrase: "Rename environment". Said by undo.
    pub label: String,
    /// Edits with the same key that follow each other at once undo as one.
    pub merge: Option<String>,
    change: Change,
}

impl Edit {
    /// An edit that does `change`.
    pub fn new(
        label: impl Into<String>,
        change: impl FnOnce(&mut Design) -> Result<(), Refusal> + 'static,
    ) -> Self {
        Self { label: label.into(), merge: None, change: Box::new(change) }
    }

    /// An edit that changes nothing, for a field that was left empty.
    #[must_use]
    pub fn nothing() -> Self {
        Self::new("", |_| Ok(()))
    }

    /// The same edit, undone together with those of the same `key` around it.
    #[must_use]
    pub fn merging(mut self, key: impl Into<String>) -> Self {
        self.merge = Some(key.into());
        self
    }

    /// The design after the edit; `design` itself is left alone.
    ///
    /// # Errors
    /// When the edit can't be made.
    pub fn apply(self, design: &Design) -> Result<Design, Refusal> {
        let mut after = design.clone();
        (self.change)(&mut after)?;
        Ok(after)
    }
}

impl std::fmt::Debug for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Edit").field("label", &self.label).field("merge", &self.merge).finish()
    }
}

#[cfg(test)]
mod tests;
