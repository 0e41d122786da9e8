//! The Octopus project: its packages, variables, process, runbooks and channels.

use serde_json::Value;

use super::ids::{
    ChannelId, EnvironmentId, FeedId, LibrarySetId, LifecycleId, Name, PackageKey, RunbookId, Slug,
    TenantTag,
};
use super::process::Process;
use super::space::entities;
use super::variable::{Variable, VariableTemplate};
use crate::record::{Bound, Extra, Table, records, words};

words! {
    /// Whether deployments are made for tenants.
    pub enum TenantedMode {
        /// Never.
        Untenanted = "Untenanted", "Without tenants";
        /// With or without.
        Either = "TenantedOrUntenanted", "With or without a tenant";
        /// Always.
        Tenanted = "Tenanted", "Only with a tenant";
    }

    /// Whether a failing step waits for a person.
    pub enum GuidedFailure {
        /// As the environment says.
        Environment = "EnvironmentDefault", "As the environment says";
        /// Never.
        Off = "Off", "Off";
        /// Always.
        On = "On", "On";
    }

    /// Which environments a runbook may run in.
    pub enum RunbookEnvironments {
        /// All.
        All = "All", "All environments";
        /// A list.
        Specified = "Specified", "These environments";
        /// Those of the project's lifecycles.
        Lifecycles = "FromProjectLifecycles", "The environments of the project's lifecycles";
    }
}

records! {
    /// A package that steps refer to.
    pub struct Package {
        /// Its key in the design.
        key: PackageKey = "key",
        /// The package's id in its feed, or an expression.
        package_id: String = "packageId",
        /// Its feed, or an expression; absent where a template leaves it open.
        feed: Option<Bound<FeedId>> = "feed",
    }

    /// A channel.
    pub struct Channel {
        /// Its id.
        id: ChannelId = "id",
        /// Its name.
        name: Name = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What it is for.
        description: String = "description",
        /// Its lifecycle; absent is the project's.
        lifecycle: Option<LifecycleId> = "lifecycle",
        /// Whether releases take it that name none.
        is_default: bool = "default",
        /// The only tenant tags its releases may go to.
        tenant_tags: Vec<TenantTag> = "tenantTags",
        /// Version rules, as Octopus writes them.
        rules: Vec<Value> = "rules",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// A runbook.
    pub struct Runbook {
        /// Its id.
        id: RunbookId = "id",
        /// Its name.
        name: Name = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What it is for.
        description: String = "description",
        /// Which environments it may run in.
        environment_scope: RunbookEnvironments = "environmentScope",
        /// The list, where the scope says so.
        environments: Vec<EnvironmentId> = "environments",
        /// Whether it runs for tenants.
        tenanted: TenantedMode = "tenanted",
        /// Its process.
        process: Process = "process",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// The Octopus project.
    #[derive(Default)]
    pub struct Project {
        /// Its name; empty while nobody chose one.
        name: String = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What it is for.
        description: String = "description",
        /// Its project group's name.
        group: String = "group",
        /// Its lifecycle.
        lifecycle: Option<LifecycleId> = "lifecycle",
        /// Whether it deploys for tenants.
        tenanted: TenantedMode = "tenanted",
        /// Whether failures wait for a person.
        guided_failure: GuidedFailure = "guidedFailure",
        /// The packages that its steps refer to.
        packages: Table<Package> = "packages",
        /// Its channels.
        channels: Table<Channel> = "channels",
        /// The library sets it includes.
        included_sets: Vec<LibrarySetId> = "includedSets",
        /// Its variables.
        variables: Table<Variable> = "variables",
        /// Variables that every tenant fills in.
        templates: Table<VariableTemplate> = "templates",
        /// Its deployment process.
        process: Process = "process",
        /// Its runbooks.
        runbooks: Table<Runbook> = "runbooks",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

entities!(Channel: ChannelId, Runbook: RunbookId);

impl crate::record::Entity for Package {
    type Id = PackageKey;
    fn id(&self) -> &PackageKey {
        &self.key
    }
}

impl Package {
    /// A package of a feed.
    #[must_use]
    pub fn new(key: PackageKey, package_id: impl Into<String>, feed: Option<FeedId>) -> Self {
        let feed = feed.map(Bound::Is);
        Self { key, package_id: package_id.into(), feed, extra: Extra::default() }
    }
}

impl Channel {
    /// A channel with nothing but a name.
    #[must_use]
    pub fn new(id: ChannelId, name: Name) -> Self {
        Self {
            id,
            name,
            slug: None,
            description: String::new(),
            lifecycle: None,
            is_default: false,
            tenant_tags: Vec::new(),
            rules: Vec::new(),
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }
}

impl Runbook {
    /// A runbook without steps.
    #[must_use]
    pub fn new(id: RunbookId, name: Name) -> Self {
        Self {
            id,
            name,
            slug: None,
            description: String::new(),
            environment_scope: RunbookEnvironments::default(),
            environments: Vec::new(),
            tenanted: TenantedMode::default(),
            process: Process::default(),
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }
}
