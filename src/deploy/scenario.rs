//! What is simulated: a deployment, or a run of a runbook, to one environment.

use crate::model::{
    Channel, ChannelId, Design, Environment, EnvironmentId, Lifecycle, Process, ProcessOwner,
    Target, TargetId, Tenant, TenantId,
};
use crate::model::{RunbookId, project::RunbookEnvironments, project::TenantedMode};
use crate::scope::Context;

/// The number that a release has unless somebody says another.
pub const RELEASE: &str = "1.0.0";

/// What is deployed, to where and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// The environment.
    pub environment: EnvironmentId,
    /// The release's channel; it does not count in a runbook.
    pub channel: Option<ChannelId>,
    /// The tenant, if the deployment is for one.
    pub tenant: Option<TenantId>,
    /// The release's number; it does not count in a runbook.
    pub release: String,
    /// The process that runs.
    pub process: ProcessOwner,
    /// The target that steps on targets are shown for, where they run on it.
    pub target: Option<TargetId>,
}

impl Scenario {
    /// A deployment of the default channel to `environment`; for the first
    /// tenant where the project deploys for tenants only.
    #[must_use]
    pub fn deployment(design: &Design, environment: EnvironmentId) -> Self {
        let project = &design.project;
        let channel = Context::default_deployment(design).channel;
        let mut tenants = design.space.tenants.iter();
        let tenant = match project.tenanted {
            TenantedMode::Tenanted => tenants
                .find(|one| one.environments.contains(&environment))
                .or_else(|| design.space.tenants.nth(0)),
            _ => None,
        };
        Self {
            environment,
            channel,
            tenant: tenant.map(|one| one.id.clone()),
            release: RELEASE.to_owned(),
            process: ProcessOwner::Deployment,
            target: None,
        }
    }

    /// What is worth looking at first: a deployment to the last environment,
    /// which is the one that matters. `None` where there is no environment.
    #[must_use]
    pub fn first(design: &Design) -> Option<Self> {
        let last = design.space.environments.iter().next_back()?;
        Some(Self::deployment(design, last.id.clone()))
    }

    /// The same for a runbook.
    #[must_use]
    pub fn of_runbook(self, runbook: RunbookId) -> Self {
        Self { process: ProcessOwner::Runbook(runbook), ..self }
    }

    /// Whether a runbook runs.
    #[must_use]
    pub fn is_runbook(&self) -> bool {
        matches!(self.process, ProcessOwner::Runbook(_))
    }

    /// The steps that run, if the design has them.
    #[must_use]
    pub fn process<'d>(&self, design: &'d Design) -> Option<&'d Process> {
        match &self.process {
            ProcessOwner::Deployment => Some(&design.project.process),
            ProcessOwner::Runbook(id) => design.project.runbooks.get(id).map(|one| &one.process),
        }
    }

    /// The environment, if the design has it.
    #[must_use]
    pub fn environment<'d>(&self, design: &'d Design) -> Option<&'d Environment> {
        design.space.environments.get(&self.environment).map(|one| &**one)
    }

    /// The channel of the release, if there is a release.
    #[must_use]
    pub fn channel<'d>(&self, design: &'d Design) -> Option<&'d Channel> {
        let channel = self.channel.as_ref().filter(|_| !self.is_runbook())?;
        design.project.channels.get(channel).map(|one| &**one)
    }

    /// The tenant, if there is one.
    #[must_use]
    pub fn tenant<'d>(&self, design: &'d Design) -> Option<&'d Tenant> {
        design.space.tenants.get(self.tenant.as_ref()?).map(|one| &**one)
    }

    /// The targets that a step with these tags runs on here.
    pub fn targets<'d>(
        &'d self,
        design: &'d Design,
        tags: &'d [crate::model::TargetTag],
    ) -> impl Iterator<Item = &'d Target> {
        let has = |target: &Target| {
            target
                .tags
                .iter()
                .any(|one| tags.iter().any(|tag| tag.as_str().eq_ignore_ascii_case(one.as_str())))
        };
        let targets = design.space.targets.iter().map(|one| &**one);
        targets.filter(move |one| one.environments.contains(&self.environment) && has(one))
    }

    /// Where variables are looked up, outside any step.
    #[must_use]
    pub fn context(&self, design: &Design) -> Context {
        let mut context = match &self.process {
            ProcessOwner::Deployment => Context::deployment(),
            ProcessOwner::Runbook(id) => Context::runbook(id.clone()),
        };
        context = context.in_environment(self.environment.clone());
        if let Some(channel) = self.channel(design) {
            context = context.in_channel(channel.id.clone());
        }
        match self.tenant(design) {
            Some(tenant) => context.for_tenant(tenant),
            None => context,
        }
    }

    /// Why Octopus would not offer this, as sentences; none where it would.
    #[must_use]
    pub fn obstacles(&self, design: &Design) -> Vec<String> {
        let mut obstacles = Vec::new();
        let name = self.environment(design).map_or("", |one| one.name.as_str());
        let tenanted = match &self.process {
            ProcessOwner::Deployment => {
                if let Some(lifecycle) = self.lifecycle(design).filter(|one| !self.is_in(one)) {
                    obstacles.push(format!(
                        "The lifecycle \"{}\" does not have {name}, so no release gets there.",
                        lifecycle.name
                    ));
                }
                design.project.tenanted
            }
            ProcessOwner::Runbook(id) => {
                let Some(runbook) = design.project.runbooks.get(id) else { return obstacles };
                if runbook.environment_scope == RunbookEnvironments::Specified
                    && !runbook.environments.contains(&self.environment)
                {
                    obstacles.push(format!("\"{}\" may not run in {name}.", runbook.name));
                }
                runbook.tenanted
            }
        };
        match (self.tenant(design), tenanted) {
            (Some(tenant), TenantedMode::Untenanted) => {
                obstacles
                    .push(format!("This never runs for a tenant, so not for {}.", tenant.name));
            }
            (None, TenantedMode::Tenanted) => {
                obstacles.push("This runs for a tenant only: choose one.".to_owned());
            }
            (Some(tenant), _) if !tenant.environments.contains(&self.environment) => {
                obstacles.push(format!("{} is not connected to {name}.", tenant.name));
            }
            _ => {}
        }
        obstacles
    }

    fn lifecycle<'d>(&self, design: &'d Design) -> Option<&'d Lifecycle> {
        let of_channel = self.channel(design).and_then(|one| one.lifecycle.as_ref());
        let id = of_channel.or(design.project.lifecycle.as_ref())?;
        design.space.lifecycles.get(id).map(|one| &**one)
    }

    /// Whether `lifecycle` leads to the environment. One without phases, or
    /// with a phase that lists none, leads everywhere (reference: process, 11.2).
    fn is_in(&self, lifecycle: &Lifecycle) -> bool {
        let phases = &lifecycle.phases;
        phases.is_empty()
            || phases.iter().any(|phase| {
                phase.environments().next().is_none()
                    || phase.environments().any(|one| *one == self.environment)
            })
    }
}
