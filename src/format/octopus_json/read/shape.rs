//! What a JSON document of Octopus's is, by what it holds.

use serde_json::Value;

use super::reading::Object;

/// The documents that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A step template (`ActionTemplate`).
    StepTemplate,
    /// A deployment process.
    DeploymentProcess,
    /// A runbook's process.
    RunbookProcess,
    /// A step by itself.
    Step,
    /// An action by itself.
    Action,
    /// A variable set.
    VariableSet,
    /// A library variable set, without its variables.
    LibrarySet,
    /// A project.
    Project,
    /// A channel.
    Channel,
    /// A runbook, without its process.
    Runbook,
    /// An environment.
    Environment,
    /// A lifecycle.
    Lifecycle,
    /// An account.
    Account,
    /// A feed.
    Feed,
    /// A worker pool.
    WorkerPool,
    /// A certificate.
    Certificate,
    /// A deployment target.
    Target,
    /// A tenant.
    Tenant,
    /// A tag set.
    TagSet,
    /// A team.
    Team,
}

/// The kind of document by the server's id, which starts with its collection.
const BY_ID: [(&str, Shape); 14] = [
    ("ActionTemplates-", Shape::StepTemplate),
    ("Environments-", Shape::Environment),
    ("Lifecycles-", Shape::Lifecycle),
    ("Channels-", Shape::Channel),
    ("Accounts-", Shape::Account),
    ("Feeds-", Shape::Feed),
    ("WorkerPools-", Shape::WorkerPool),
    ("Certificates-", Shape::Certificate),
    ("Machines-", Shape::Target),
    ("Tenants-", Shape::Tenant),
    ("TagSets-", Shape::TagSet),
    ("Teams-", Shape::Team),
    ("Projects-", Shape::Project),
    ("Runbooks-", Shape::Runbook),
];

/// The items of a page of the REST interface, or of a plain list.
pub(super) fn page_of(value: &Value) -> Option<&Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        Value::Object(map) => map.get("Items")?.as_array(),
        _ => None,
    }
}

/// What an object is, if it is something known.
#[must_use]
pub fn shape_of(map: &Object) -> Option<Shape> {
    let has = |key: &str| map.contains_key(key);
    let all = |keys: &[&str]| keys.iter().all(|key| map.contains_key(*key));
    let any = |keys: &[&str]| keys.iter().any(|key| map.contains_key(*key));
    // What holds a list of its own says so plainly.
    if has("Steps") {
        return Some(if has("RunbookId") {
            Shape::RunbookProcess
        } else {
            Shape::DeploymentProcess
        });
    }
    if all(&["Actions", "Name"]) {
        return Some(Shape::Step);
    }
    if has("Variables") && any(&["OwnerId", "ScopeValues", "Version"]) {
        return Some(Shape::VariableSet);
    }
    if has("ActionType") {
        let is_template = any(&["Parameters", "$Meta", "CommunityActionTemplateId"])
            || map.get("Id").and_then(Value::as_str).is_some_and(|id| id.starts_with("ActionT"));
        let is_action = any(&["Slug", "Container", "Channels", "IsDisabled", "WorkerPoolId"]);
        return Some(if is_template || !is_action { Shape::StepTemplate } else { Shape::Action });
    }
    let id = map.get("Id").and_then(Value::as_str).unwrap_or_default();
    let by_id = BY_ID.iter().find(|(start, _)| {
        id.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    });
    if has("Name")
        && let Some((_, shape)) = by_id
    {
        return Some(*shape);
    }
    if !has("Name") {
        return None;
    }
    // Bodies of a POST have no id yet.
    Some(
        if any(&["ContentType", "VariableSetId"]) && !has("LifecycleId") && !has("ProjectGroupId") {
            Shape::LibrarySet
        } else if has("Phases") {
            Shape::Lifecycle
        } else if has("AccountType") {
            Shape::Account
        } else if has("FeedType") {
            Shape::Feed
        } else if any(&["ProjectGroupId", "LifecycleId"]) && !has("ProjectId") {
            Shape::Project
        } else if any(&["EnvironmentScope", "RunbookProcessId", "RunRetentionPolicy"]) {
            Shape::Runbook
        } else if has("ProjectId")
            && any(&["Rules", "IsDefault", "LifecycleId", "GitReferenceRules"])
        {
            Shape::Channel
        } else if has("WorkerPoolType") {
            Shape::WorkerPool
        } else if any(&["CertificateDataFormat", "Thumbprint"]) {
            Shape::Certificate
        } else if has("Roles") {
            Shape::Target
        } else if any(&["MemberUserIds", "ExternalSecurityGroups"]) {
            Shape::Team
        } else if has("Tags") {
            Shape::TagSet
        } else if any(&["TenantTags", "ProjectEnvironments"]) {
            Shape::Tenant
        } else if any(&["UseGuidedFailure", "AllowDynamicInfrastructure", "SortOrder"]) {
            Shape::Environment
        } else {
            return None;
        },
    )
}
