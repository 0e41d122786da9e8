//! The scope of a value: for each dimension, what it is limited to.
//!
//! Source: reference, variables, section 2.

use serde_json::Value;

use super::ids::{ActionId, ChannelId, EnvironmentId, RunbookId, TargetId, TargetTag, TenantTag};
use crate::record::{Field, Reader, Schemas, records};

/// The process a value is limited to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProcessOwner {
    /// The project's deployment process.
    Deployment,
    /// The process of a runbook.
    Runbook(RunbookId),
}

const DEPLOYMENT: &str = "deployment";
const RUNBOOK: &str = "runbook/";

impl Field for ProcessOwner {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let text = value.as_str().unwrap_or_default();
        if text == DEPLOYMENT {
            return Some(Self::Deployment);
        }
        let runbook = text.strip_prefix(RUNBOOK).and_then(|id| RunbookId::parse(id).ok());
        if runbook.is_none() {
            reader.expected("\"deployment\" or \"runbook/<id>\"", value);
        }
        runbook.map(Self::Runbook)
    }

    fn blank() -> Self {
        Self::Deployment
    }

    fn write(&self) -> Value {
        Value::String(match self {
            Self::Deployment => DEPLOYMENT.to_owned(),
            Self::Runbook(id) => format!("{RUNBOOK}{id}"),
        })
    }

    fn schema(_: &mut Schemas) -> Value {
        Schemas::kind("string")
    }
}

records! {
    /// Values in one dimension are alternatives, dimensions must all hold; an
    /// empty dimension sets no limit.
    #[derive(Default)]
    pub struct Scope {
        /// Environments.
        environments: Vec<EnvironmentId> = "environments",
        /// Channels; never match in a runbook.
        channels: Vec<ChannelId> = "channels",
        /// Steps, by their action.
        actions: Vec<ActionId> = "actions",
        /// Deployment targets.
        targets: Vec<TargetId> = "targets",
        /// Target tags.
        target_tags: Vec<TargetTag> = "targetTags",
        /// Tenant tags.
        tenant_tags: Vec<TenantTag> = "tenantTags",
        /// Processes.
        processes: Vec<ProcessOwner> = "processes",
    }
}

impl Scope {
    /// The scope of exactly one environment.
    #[must_use]
    pub fn environment(id: EnvironmentId) -> Self {
        Self { environments: vec![id], ..Self::default() }
    }

    /// Whether nothing limits it.
    #[must_use]
    pub fn is_unscoped(&self) -> bool {
        self.is_missing()
    }

    /// Whether both set the same limits; order does not count.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        // Lists are short and hold nothing twice.
        fn same<T: PartialEq>(left: &[T], right: &[T]) -> bool {
            left.len() == right.len() && left.iter().all(|one| right.contains(one))
        }
        same(&self.environments, &other.environments)
            && same(&self.channels, &other.channels)
            && same(&self.actions, &other.actions)
            && same(&self.targets, &other.targets)
            && same(&self.target_tags, &other.target_tags)
            && same(&self.tenant_tags, &other.tenant_tags)
            && same(&self.processes, &other.processes)
    }
}
