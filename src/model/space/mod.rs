//! What a team knows of its Octopus space: the facts a design refers to.
//!
//! `octopus_id` is the server's id where an import or a connection told it;
//! exporters use it and otherwise write a named placeholder.

mod account;
mod environment;
mod infrastructure;
mod library;
mod lifecycle;
mod tenant;

pub use account::{Account, AccountKind, Certificate};
pub use environment::Environment;
pub use infrastructure::{Feed, FeedKind, Target, Team, WorkerPool};
pub use library::{LibrarySet, StepTemplate, TemplateParameter};
pub use lifecycle::{Lifecycle, Phase};
pub use tenant::{TagSet, Tenant, TenantValue};

use crate::record::{Table, records};

records! {
    /// The facts of one space.
    #[derive(Default)]
    pub struct Space {
        /// The space's name; empty for the default one.
        name: String = "name",
        /// Environments in promotion order.
        environments: Table<Environment> = "environments",
        /// Lifecycles.
        lifecycles: Table<Lifecycle> = "lifecycles",
        /// Worker pools.
        worker_pools: Table<WorkerPool> = "workerPools",
        /// Feeds.
        feeds: Table<Feed> = "feeds",
        /// Accounts.
        accounts: Table<Account> = "accounts",
        /// Certificates.
        certificates: Table<Certificate> = "certificates",
        /// Teams.
        teams: Table<Team> = "teams",
        /// Deployment targets.
        targets: Table<Target> = "targets",
        /// Tag sets.
        tag_sets: Table<TagSet> = "tagSets",
        /// Tenants.
        tenants: Table<Tenant> = "tenants",
        /// Library variable sets.
        library_sets: Table<LibrarySet> = "librarySets",
        /// Step templates that processes use.
        step_templates: Table<StepTemplate> = "stepTemplates",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

/// Implements [`crate::record::Entity`] for records with an `id`.
macro_rules! entities {
    ($($name:ty: $id:ty),* $(,)?) => {$(
        impl $crate::record::Entity for $name {
            type Id = $id;
            fn id(&self) -> &$id {
                &self.id
            }
        }
    )*};
}

pub(crate) use entities;
