//! The design: everything Pulpo knows of one project.

use std::sync::Arc;

use super::project::Project;
use super::pulumi::Pulumi;
use super::space::Space;
use crate::record::{Field, Reader, Schemas, records};

records! {
    /// A design. Its parts are shared between copies, so a copy costs nothing.
    #[derive(Default)]
    pub struct Design {
        /// Its title in the library.
        title: String = "title",
        /// What a reader should know of it, in Markdown.
        notes: String = "notes",
        /// Facts of the space.
        space: Shared<Space> = "space",
        /// The Octopus project.
        project: Shared<Project> = "project",
        /// The Pulumi project and its stacks.
        pulumi: Shared<Pulumi> = "pulumi",
    }
}

/// A part that copies share until one of them changes it.
#[derive(Debug, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.0 == other.0
    }
}

impl<T> Shared<T> {
    /// Whether both are the very same part.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(part: T) -> Self {
        Self(Arc::new(part))
    }
}

impl<T> std::ops::Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> std::ops::DerefMut for Shared<T> {
    #[inline(never)]
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: Field> Field for Shared<T> {
    fn read(value: &serde_json::Value, reader: &mut Reader) -> Option<Self> {
        T::read(value, reader).map(Self::from)
    }

    fn blank() -> Self {
        Self::from(T::blank())
    }

    fn write(&self) -> serde_json::Value {
        self.0.write()
    }

    fn missing() -> Option<Self> {
        T::missing().map(Self::from)
    }

    fn is_missing(&self) -> bool {
        self.0.is_missing()
    }

    fn schema(schemas: &mut Schemas) -> serde_json::Value {
        T::schema(schemas)
    }
}
