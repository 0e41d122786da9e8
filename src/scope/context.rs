//! The situation in which a name is asked for.

use crate::model::process::{Action, Step};
use crate::model::space::{Target, Tenant};
use crate::model::{
    ActionId, ChannelId, Design, EnvironmentId, ProcessOwner, RunbookId, TargetId, TargetTag,
    TenantId, TenantTag,
};

/// Where and for whom a value is looked up. What is absent matches no scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The environment deployed to.
    pub environment: Option<EnvironmentId>,
    /// The release's channel; never in a runbook.
    pub channel: Option<ChannelId>,
    /// The process that runs.
    pub process: Option<ProcessOwner>,
    /// The current step's action.
    pub action: Option<ActionId>,
    /// The current target; absent where a step runs once on a worker.
    pub target: Option<TargetId>,
    /// The tags of the current target.
    pub target_tags: Vec<TargetTag>,
    /// The target tags that the step asks for.
    pub step_tags: Vec<TargetTag>,
    /// The tenant deployed for.
    pub tenant: Option<TenantId>,
    /// The tenant's tags.
    pub tenant_tags: Vec<TenantTag>,
}

impl Context {
    /// A deployment, in no environment and channel yet.
    #[must_use]
    pub fn deployment() -> Self {
        Self { process: Some(ProcessOwner::Deployment), ..Self::default() }
    }

    /// A run of a runbook, in no environment yet.
    #[must_use]
    pub fn runbook(runbook: RunbookId) -> Self {
        Self { process: Some(ProcessOwner::Runbook(runbook)), ..Self::default() }
    }

    /// A deployment of a release of the design's default channel.
    #[must_use]
    pub fn default_deployment(design: &Design) -> Self {
        let channels = &design.project.channels;
        let channel = channels.iter().find(|one| one.is_default).or_else(|| channels.nth(0));
        Self { channel: channel.map(|one| one.id.clone()), ..Self::deployment() }
    }

    /// The same in an environment.
    #[must_use]
    pub fn in_environment(mut self, environment: EnvironmentId) -> Self {
        self.environment = Some(environment);
        self
    }

    /// The same for a release of a channel.
    #[must_use]
    pub fn in_channel(mut self, channel: ChannelId) -> Self {
        self.channel = Some(channel);
        self
    }

    /// The same at an action of a step.
    #[must_use]
    pub fn at_action(mut self, step: &Step, action: &Action) -> Self {
        self.action = Some(action.id.clone());
        self.step_tags.clone_from(&step.target_tags);
        self
    }

    /// The same on a target.
    #[must_use]
    pub fn on_target(mut self, target: &Target) -> Self {
        self.target = Some(target.id.clone());
        self.target_tags.clone_from(&target.tags);
        self
    }

    /// The same for a tenant.
    #[must_use]
    pub fn for_tenant(mut self, tenant: &Tenant) -> Self {
        self.tenant = Some(tenant.id.clone());
        self.tenant_tags.clone_from(&tenant.tags);
        self
    }
}
