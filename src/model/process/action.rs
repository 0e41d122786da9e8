//! Actions: what a step does, where it runs and for whom.
//!
//! An action of Octopus keeps its settings as properties, as Octopus does, so
//! that nothing is lost; `crate::catalog` says which properties a type has.

use serde_json::Value;

use super::package::{GitDependency, PackageReference};
use super::pulumi_step::PulumiStep;
use crate::model::ids::{
    ActionId, ChannelId, EnvironmentId, FeedId, Name, Slug, StepTemplateId, TenantTag,
    VariableName, WorkerPoolId,
};
use crate::model::properties::Properties;
use crate::record::{Bound, Extra, choices, names, records, words};

names! {
    /// A type of action, such as `Octopus.Script`.
    ActionType by check_action_type;
}

fn check_action_type(text: &str) -> Result<(), &'static str> {
    if text.trim().is_empty() {
        Err("An action type is not empty, such as Octopus.Script.")
    } else {
        Ok(())
    }
}

words! {
    /// When a child action runs at all.
    pub enum ActionCondition {
        /// If what is before it succeeded.
        Success = "Success", "Success: only run when previous steps succeed";
        /// As an expression says, kept in the properties.
        Variable = "Variable", "Variable: only run when the variable expression is true";
    }
}

records! {
    /// A pool by itself.
    pub struct WorkerPoolPick {
        /// Which.
        pool: WorkerPoolId = "pool",
    }

    /// A pool by a variable.
    pub struct WorkerPoolVariable {
        /// The name of a variable of type worker pool.
        variable: VariableName = "variable",
    }

    /// The container that the action runs in.
    #[derive(Default)]
    pub struct Container {
        /// The image with its tag, or an expression.
        image: String = "image",
        /// A feed of container images.
        feed: Option<Bound<FeedId>> = "feed",
    }

    /// An action of Octopus's own.
    pub struct OctopusAction {
        /// Its type.
        action_type: ActionType = "type",
    }

    /// The step template that an action was made from.
    pub struct TemplateUse {
        /// Which.
        template: StepTemplateId = "template",
        /// Which version of it.
        version: String = "version",
    }
}

choices! {
    /// Which workers an action runs on.
    #[derive(Default)]
    pub enum WorkerPoolChoice by "by" or default {
        /// Those of the default pool.
        #[default]
        Default = "default",
        /// Those of one pool.
        Pool(WorkerPoolPick) = "pool",
        /// Those that a variable names.
        Variable(WorkerPoolVariable) = "variable",
    }

    /// What an action is.
    pub enum ActionKind by "kind" {
        /// One of Pulpo's own, whose script Pulpo writes.
        Pulumi(Box<PulumiAction>) = "pulumi",
        /// One of Octopus's, whose settings are its properties.
        Octopus(OctopusAction) = "octopus",
    }
}

records! {
    /// An action whose script Pulpo writes.
    pub struct PulumiAction {
        /// What it does.
        step: PulumiStep = "step",
    }
}

records! {
    /// One action.
    pub struct Action {
        /// Its id.
        id: ActionId = "id",
        /// Its name, unique among all actions of the process, ignoring case.
        name: Name = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What it is.
        kind: ActionKind = "does",
        /// Notes, in Markdown.
        notes: String = "notes",
        /// Whether it is left out.
        is_disabled: bool = "disabled",
        /// Whether nobody may skip it.
        is_required: bool = "required",
        /// Whether its package may number the releases.
        numbers_releases: bool = "numbersReleases",
        /// Which workers it runs on.
        worker_pool: WorkerPoolChoice = "workerPool",
        /// The container it runs in.
        container: Option<Container> = "container",
        /// The only environments it runs in; none means all.
        environments: Vec<EnvironmentId> = "environments",
        /// Environments it does not run in.
        excluded_environments: Vec<EnvironmentId> = "excludedEnvironments",
        /// The only channels it runs for; none means all.
        channels: Vec<ChannelId> = "channels",
        /// The only tenants it runs for, by tags; none means all.
        tenant_tags: Vec<TenantTag> = "tenantTags",
        /// Packages it refers to.
        packages: Vec<PackageReference> = "packages",
        /// Git repositories it refers to.
        git_dependencies: Vec<GitDependency> = "gitDependencies",
        /// When a child action runs at all.
        condition: ActionCondition = "condition",
        /// The step template it was made from.
        template: Option<TemplateUse> = "template",
        /// Its settings, under Octopus's own keys.
        properties: Properties = "properties",
        /// Inputs of a step package, as Octopus writes them.
        inputs: Value = "inputs",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

impl Action {
    fn new(id: ActionId, name: Name, kind: ActionKind) -> Self {
        Self {
            id,
            name,
            slug: None,
            kind,
            notes: String::new(),
            is_disabled: false,
            is_required: false,
            numbers_releases: false,
            worker_pool: WorkerPoolChoice::default(),
            container: None,
            environments: Vec::new(),
            excluded_environments: Vec::new(),
            channels: Vec::new(),
            tenant_tags: Vec::new(),
            packages: Vec::new(),
            git_dependencies: Vec::new(),
            condition: ActionCondition::default(),
            template: None,
            properties: Properties::default(),
            inputs: Value::Null,
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }

    /// An action of Octopus's own.
    #[must_use]
    pub fn octopus(id: ActionId, name: Name, action_type: ActionType) -> Self {
        let kind = ActionKind::Octopus(OctopusAction { action_type, extra: Extra::default() });
        Self::new(id, name, kind)
    }

    /// An action whose script Pulpo writes.
    #[must_use]
    pub fn pulumi(id: ActionId, name: Name, step: PulumiStep) -> Self {
        Self::new(
            id,
            name,
            ActionKind::Pulumi(Box::new(PulumiAction { step, extra: Extra::default() })),
        )
    }

    /// What Pulpo writes for it, if it is one of Pulpo's own.
    #[must_use]
    pub fn pulumi_step(&self) -> Option<&PulumiStep> {
        match &self.kind {
            ActionKind::Pulumi(action) => Some(&action.step),
            ActionKind::Octopus(_) => None,
        }
    }

    /// Its type, if it is one of Octopus's own.
    #[must_use]
    pub fn octopus_type(&self) -> Option<&str> {
        match &self.kind {
            ActionKind::Octopus(action) => Some(action.action_type.as_str()),
            ActionKind::Pulumi(_) => None,
        }
    }

    /// Whether it waits for a person.
    #[must_use]
    pub fn is_manual(&self) -> bool {
        self.octopus_type() == Some("Octopus.Manual")
    }

    /// Whether it runs in `environment`, by its lists of environments.
    #[must_use]
    pub fn runs_in(&self, environment: &EnvironmentId) -> bool {
        (self.environments.is_empty() || self.environments.contains(environment))
            && !self.excluded_environments.contains(environment)
    }

    /// Its slug: its own, or the one made of its name, or its id.
    #[must_use]
    pub fn slug(&self) -> String {
        let slug = self.slug.clone().or_else(|| Slug::of(self.name.as_str()));
        slug.map_or_else(|| self.id.to_string(), |slug| slug.to_string())
    }
}
