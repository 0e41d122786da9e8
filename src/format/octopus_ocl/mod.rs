//! The `.octopus` folder: a project as Octopus keeps it in Git, in OCL.
//!
//! [`read()`] gives the part of a design that the files say, [`write()`] the
//! files of a design. `SPEC.md` beside this file has the mapping by number, and
//! what of it no source settles.
//!
//! A design is written as it is; steps whose script Pulpo writes have to be
//! lowered to steps of Octopus's own first (`crate::export`).
//!
//! Never: a secret; an attribute or block of a file lost in silence; a newline
//! at the end of a file.
//! Source: reference, OCL, sections 3 to 8.

mod extras;
mod kept;
mod kind;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use kind::{DocumentKind, base_of, kind_of};
pub use read::{Read, Source, read};
pub use write::{Written, write};

/// The folder of a project unless it was given another.
pub const FOLDER: &str = ".octopus/";
/// The schema version that files are written in: servers from late 2025 on read
/// it, and newer ones bring it forward (reference, OCL, section 3.1).
pub const SCHEMA_VERSION: i32 = 10;
/// The newest schema version that was seen.
pub const NEWEST_SEEN: i32 = 14;
/// The first schema version that refers to things by slug, not by name.
const SLUGS_SINCE: i32 = 4;

/// The type of the action that stands for a use of a process template, which is
/// no action to Octopus but takes the place of a step: its word for the type of
/// such a step.
pub const PROCESS_TEMPLATE: &str = "ProcessTemplateUsage";
/// The type of an action that was made from a step template that is not known
/// here: OCL does not say it.
pub const UNKNOWN_TYPE: &str = "Unknown";
/// The property under which a use of a process template says which.
pub const TEMPLATE_SLUG: &str = "Octopus.ProcessTemplate.Slug";
/// The property under which it says which versions.
pub const TEMPLATE_VERSIONS: &str = "Octopus.ProcessTemplate.Version";
