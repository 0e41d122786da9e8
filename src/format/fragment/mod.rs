//! Fragments: what every reader gives, whatever the format.
//!
//! A fragment is a design that holds only what a document says. What the
//! document refers to without holding it (the environment of a scope, the pool
//! of a step) stands in it as a row with what the document tells: the server's
//! id, a slug or a name. `crate::import` matches those rows with the ones that
//! the open design has.
//!
//! Invariant: the same bytes give the same fragment; ids are made of names.
//!
//! Never: a secret; a clock; randomness.

mod as_read;
mod draft;
mod named;
mod rows;

pub use crate::record::AS_READ;
pub use as_read::{apply, remember, remember_as};
pub use draft::{Draft, Mention};
pub use named::{Kind, Named, tame_environment_name, tame_name};
pub use rows::{Ids, Rows};

use crate::base::{Finding, Severity};
use crate::model::{ActionId, Design, EnvironmentId, LibrarySetId, RunbookId, StepTemplateId};

/// What a document said, as a design of nothing else.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fragment {
    /// What was said, and what it refers to.
    pub design: Design,
    /// What the document holds itself; all else in the design is only referred to.
    pub covers: Vec<Covers>,
    /// Actions that the document refers to without holding them.
    pub actions: Vec<ActionMention>,
    /// What there is to say about the document, in its order.
    pub findings: Vec<Finding>,
}

/// One thing that a document holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Covers {
    /// A whole design of Pulpo's.
    Design,
    /// The project's name and settings.
    Project,
    /// The deployment process, whole.
    Process,
    /// Steps that are not a whole process; they stand in the deployment process.
    Steps,
    /// A runbook with its process.
    Runbook(RunbookId),
    /// The project's variables, all of them.
    Variables,
    /// A library variable set, with its variables if the document has them.
    LibrarySet(LibrarySetId),
    /// A step template.
    StepTemplate(StepTemplateId),
    /// Rows of one kind: environments, feeds and so on.
    Rows(Kind),
    /// The Pulumi project.
    Pulumi,
    /// The settings of the stack of one environment.
    Stack(EnvironmentId),
}

/// An action that a document refers to without holding it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionMention {
    /// The id under which scopes of the fragment refer to it.
    pub id: ActionId,
    /// The server's id; empty if the document does not tell it.
    pub octopus_id: String,
    /// Its name or slug; empty if the document does not tell it.
    pub name: String,
}

impl Fragment {
    /// A fragment of findings only: nothing could be read.
    #[must_use]
    pub fn refused(finding: Finding) -> Self {
        Self { findings: vec![finding], ..Self::default() }
    }

    /// Whether something was read at all.
    #[must_use]
    pub fn is_read(&self) -> bool {
        !self.covers.is_empty()
    }

    /// Whether the document says something that could not be taken in.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|one| one.severity == Severity::Error)
    }
}
