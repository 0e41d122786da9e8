//! The tables: every member of the model, by record.

mod process;
mod project;
mod pulumi;
mod space;
mod variables;

use super::shape::{Area, Record, Shape, of};

/// The whole design.
pub static DESIGN: Record = Record {
    members: &[
        of("title", "Title", Shape::Plain).within(Area::Design),
        of("notes", "Notes", Shape::Text).within(Area::Design),
        of("space", "", Shape::Record(&space::SPACE)),
        of("pulumi", "", Shape::Record(&pulumi::PULUMI)).within(Area::Stacks),
        of("project", "", Shape::Record(&project::PROJECT)).within(Area::Project),
    ],
};
