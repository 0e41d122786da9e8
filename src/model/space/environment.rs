//! Environments.

use super::entities;
use crate::model::ids::{EnvironmentId, EnvironmentName, Slug};
use crate::record::records;

records! {
    /// A stage that releases are promoted through, in the order of the space's list.
    pub struct Environment {
        /// Its id.
        id: EnvironmentId = "id",
        /// Its name.
        name: EnvironmentName = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What it is for.
        description: String = "description",
        /// Whether it deserves a shield: a mistake here hurts.
        is_protected: bool = "protected",
        /// Its colour, 1 to 12; 0 takes the one of its place.
        hue: u32 = "hue",
        /// Whether failures wait for a person.
        uses_guided_failure: bool = "guidedFailure",
        /// Whether steps may create targets in it.
        allows_dynamic_infrastructure: bool = "dynamicInfrastructure",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

entities!(Environment: EnvironmentId);

impl Environment {
    /// An environment with nothing but a name.
    #[must_use]
    pub fn new(id: EnvironmentId, name: EnvironmentName) -> Self {
        Self {
            id,
            name,
            slug: None,
            description: String::new(),
            is_protected: false,
            hue: 0,
            uses_guided_failure: false,
            allows_dynamic_infrastructure: false,
            octopus_id: String::new(),
            extra: crate::record::Extra::default(),
        }
    }

    /// Its colour, 1 to 12: its own, or the one of its place in the list.
    #[must_use]
    pub fn colour(&self, place: usize) -> u32 {
        let place = u32::try_from(place % 12).unwrap_or(0);
        if (1..=12).contains(&self.hue) { self.hue } else { place + 1 }
    }

    /// Its slug: its own, or the one made of its name, or its id.
    #[must_use]
    pub fn slug(&self) -> String {
        let slug = self.slug.clone().or_else(|| Slug::of(self.name.as_str()));
        slug.map_or_else(|| self.id.to_string(), |slug| slug.to_string())
    }
}
