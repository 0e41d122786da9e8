//! Tenants, their tags, and the values they give to variable templates.

use super::entities;
use crate::model::ids::{EnvironmentId, Name, TagSetId, TenantId, TenantTag, VariableTemplateId};
use crate::record::{Extra, records};

records! {
    /// A set of tags.
    pub struct TagSet {
        /// Its id.
        id: TagSetId = "id",
        /// Its name, the part before the slash.
        name: Name = "name",
        /// Its tags, the part after the slash.
        tags: Vec<Name> = "tags",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// What a tenant says for one variable template.
    pub struct TenantValue {
        /// Which template.
        template: VariableTemplateId = "template",
        /// For which environments; none means all.
        environments: Vec<EnvironmentId> = "environments",
        /// The value; empty for a secret.
        value: String = "value",
        /// Whether it is a secret that Octopus holds.
        is_sensitive: bool = "sensitive",
    }

    /// A customer, region or other party deployed to separately.
    pub struct Tenant {
        /// Its id.
        id: TenantId = "id",
        /// Its name.
        name: Name = "name",
        /// Its tags.
        tags: Vec<TenantTag> = "tags",
        /// The environments it is connected to in this project.
        environments: Vec<EnvironmentId> = "environments",
        /// Its values.
        values: Vec<TenantValue> = "values",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

entities!(TagSet: TagSetId, Tenant: TenantId);

impl Tenant {
    /// A tenant with nothing but a name.
    #[must_use]
    pub fn new(id: TenantId, name: Name) -> Self {
        Self {
            id,
            name,
            tags: Vec::new(),
            environments: Vec::new(),
            values: Vec::new(),
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }
}
