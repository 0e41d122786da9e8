//! Lifecycles and their phases.
//!
//! Source: reference, process, section 11.2.

use serde_json::Value;

use super::entities;
use crate::model::ids::{EnvironmentId, LifecycleId, Name, Slug};
use crate::record::{Extra, records};

records! {
    /// One phase: the environments that a release may reach next.
    pub struct Phase {
        /// Its name.
        name: Name = "name",
        /// Environments deployed to by themselves when the phase is reached.
        automatic: Vec<EnvironmentId> = "automatic",
        /// Environments deployed to by hand.
        manual: Vec<EnvironmentId> = "manual",
        /// How many environments must be done before the next phase; 0 is all.
        minimum: u32 = "minimum",
        /// Whether the phase may be left out.
        is_optional: bool = "optional",
        /// Whether its deployments go before others.
        is_priority: bool = "priority",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// The way of a release through the environments.
    pub struct Lifecycle {
        /// Its id.
        id: LifecycleId = "id",
        /// Its name.
        name: Name = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What it is for.
        description: String = "description",
        /// Phases in order; none means any environment, in the space's order.
        phases: Vec<Phase> = "phases",
        /// How long releases are kept, as Octopus writes it; absent is its default.
        release_retention: Value = "releaseRetention",
        /// How long files on targets are kept, as Octopus writes it.
        target_retention: Value = "targetRetention",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

entities!(Lifecycle: LifecycleId);

impl Phase {
    /// A phase with one environment, deployed to by hand.
    #[must_use]
    pub fn manual(name: Name, environment: EnvironmentId) -> Self {
        Self { manual: vec![environment], ..Self::empty(name) }
    }

    /// A phase without environments.
    #[must_use]
    pub fn empty(name: Name) -> Self {
        Self {
            name,
            automatic: Vec::new(),
            manual: Vec::new(),
            minimum: 0,
            is_optional: false,
            is_priority: false,
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }

    /// Its environments, automatic ones first.
    pub fn environments(&self) -> impl Iterator<Item = &EnvironmentId> {
        self.automatic.iter().chain(&self.manual)
    }
}

impl Lifecycle {
    /// A lifecycle without phases.
    #[must_use]
    pub fn new(id: LifecycleId, name: Name) -> Self {
        Self {
            id,
            name,
            slug: None,
            description: String::new(),
            phases: Vec::new(),
            release_retention: Value::Null,
            target_retention: Value::Null,
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }
}
