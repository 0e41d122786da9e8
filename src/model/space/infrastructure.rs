//! Where steps run and packages come from: worker pools, feeds, targets, teams.

use super::entities;
use crate::model::ids::{
    EnvironmentId, FeedId, Name, Slug, TargetId, TargetTag, TeamId, WorkerPoolId,
};
use crate::record::{Extra, records, words};

words! {
    /// The kinds of feeds, as Octopus writes them.
    pub enum FeedKind {
        /// The server's own package store.
        BuiltIn = "BuiltIn", "Octopus built-in feed";
        /// NuGet.
        NuGet = "NuGet", "NuGet feed";
        /// GitHub releases.
        GitHub = "GitHub", "GitHub repository feed";
        /// A container registry.
        Docker = "Docker", "Docker container registry";
        /// Amazon's container registry.
        Ecr = "AwsElasticContainerRegistry", "AWS Elastic Container Registry";
        /// Maven.
        Maven = "Maven", "Maven feed";
        /// Helm.
        Helm = "Helm", "Helm feed";
        /// A bucket.
        S3 = "S3", "S3 bucket";
        /// npm.
        Npm = "Npm", "npm feed";
        /// The server's own releases, for Deploy a Release.
        Releases = "OctopusProject", "Octopus Server releases";
        /// One that this list does not name.
        Other = "Other", "Other feed";
    }
}

records! {
    /// A pool of workers.
    pub struct WorkerPool {
        /// Its id.
        id: WorkerPoolId = "id",
        /// Its name.
        name: Name = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What is known of it, such as "has the Pulumi CLI".
        description: String = "description",
        /// Whether steps take it that name none.
        is_default: bool = "default",
        /// Whether it has a single worker, so that steps share a disk.
        is_single_worker: bool = "singleWorker",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// Where packages or images come from.
    pub struct Feed {
        /// Its id.
        id: FeedId = "id",
        /// Its name.
        name: Name = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What kind of feed it is.
        kind: FeedKind = "kind",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// A deployment target.
    pub struct Target {
        /// Its id.
        id: TargetId = "id",
        /// Its name.
        name: Name = "name",
        /// Its tags, formerly roles.
        tags: Vec<TargetTag> = "tags",
        /// The environments it belongs to.
        environments: Vec<EnvironmentId> = "environments",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// A team that may be asked to approve.
    pub struct Team {
        /// Its id.
        id: TeamId = "id",
        /// Its name.
        name: Name = "name",
        /// Whether it belongs to the whole server, not to the space.
        is_system: bool = "system",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

entities!(WorkerPool: WorkerPoolId, Feed: FeedId, Target: TargetId, Team: TeamId);

impl WorkerPool {
    /// A pool with nothing but a name.
    #[must_use]
    pub fn new(id: WorkerPoolId, name: Name) -> Self {
        Self {
            id,
            name,
            slug: None,
            description: String::new(),
            is_default: false,
            is_single_worker: false,
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }
}

impl Feed {
    /// A feed of a kind.
    #[must_use]
    pub fn new(id: FeedId, name: Name, kind: FeedKind) -> Self {
        Self { id, name, slug: None, kind, octopus_id: String::new(), extra: Extra::default() }
    }
}

impl Team {
    /// A team of the space.
    #[must_use]
    pub fn new(id: TeamId, name: Name) -> Self {
        Self { id, name, is_system: false, octopus_id: String::new(), extra: Extra::default() }
    }
}
