//! Deployment and runbook processes, as bodies of a PUT.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::ids::{IdKind, Ids};
use super::{Members, Written};
use crate::base::{Finding, Place, Severity};
use crate::format::fragment;
use crate::model::process::{ActionKind, keys};
use crate::model::{
    Action, Container, Design, GitDependency, PackageReference, Process, Properties, PropertyValue,
    Runbook, Slug, Step, WorkerPoolChoice,
};

/// The body of `PUT …/projects/{id}/deploymentprocesses`.
#[must_use]
pub fn deployment_process(design: &Design) -> Written {
    let mut ids = Ids::new(design);
    let process = &design.project.process;
    let mut body = Members::default();
    body.put_known("Id", &process.octopus_id);
    body.put("SpaceId", ids.space()).put("ProjectId", ids.project());
    finish(body, process, ids)
}

/// The body of `PUT …/runbookProcesses/{id}`.
#[must_use]
pub fn runbook_process(design: &Design, runbook: &Runbook) -> Written {
    let mut ids = Ids::new(design);
    let process = &runbook.process;
    let id = ids.id(IdKind::RUNBOOK_PROCESS, &process.octopus_id, runbook.name.as_str());
    let mut body = Members::default();
    body.put("Id", id).put("SpaceId", ids.space()).put("ProjectId", ids.project());
    let runbook_id = ids.id(IdKind::RUNBOOK, &runbook.octopus_id, runbook.name.as_str());
    body.put("RunbookId", runbook_id);
    finish(body, process, ids)
}

fn finish(mut body: Members, process: &Process, mut ids: Ids) -> Written {
    if process.version == 0 {
        let what = "The Version is 0, because none was read from your server.";
        ids.findings.push(
            Finding::info("export/no-version", Place::path("$.Version"), what)
                .because("Octopus takes a process only with the Version that it has itself.")
                .do_this("Copy the Version from a GET; the commands in README.md do."),
        );
    }
    check_names(process, &mut ids);
    let mut slugs = Slugs::of(process);
    body.put("Version", process.version);
    let steps: Vec<_> = process
        .steps
        .iter()
        .enumerate()
        .map(|(index, row)| step(row, &format!("$.Steps[{index}]"), &mut slugs, &mut ids))
        .collect();
    body.put("Steps", steps).put_extra(&process.extra).put_back(&process.extra);
    ids.done(body.done())
}

/// Octopus refuses a process in which two steps or two actions have one name.
fn check_names(process: &Process, ids: &mut Ids) {
    let steps = process.steps.iter().map(|step| step.name.as_str());
    let actions = process.actions().map(|(_, action)| action.name.as_str());
    for (kind, names) in [("steps", steps.collect::<Vec<_>>()), ("actions", actions.collect())] {
        let mut seen = HashSet::new();
        for name in names {
            if !seen.insert(name.to_lowercase()) {
                let what = format!("Two {kind} are called \"{name}\".");
                ids.findings.push(
                    Finding::error("export/duplicate-name", Place::path("$.Steps"), what)
                        .because("Octopus refuses the whole process; case does not count.")
                        .do_this("Rename one of them."),
                );
            }
        }
    }
}

/// Slugs, unique among the steps and among the actions of a process.
struct Slugs {
    steps: fragment::Ids,
    actions: fragment::Ids,
}

impl Slugs {
    /// Starts with those that were chosen, so that a made one gives way to them.
    fn of(process: &Process) -> Self {
        let steps = process.steps.iter().filter_map(|step| step.slug.as_ref());
        let actions = process.actions().filter_map(|(_, action)| action.slug.as_ref());
        Self {
            steps: fragment::Ids::beside(steps.map(Slug::as_str)),
            actions: fragment::Ids::beside(actions.map(Slug::as_str)),
        }
    }
}

fn free_slug(chosen: Option<&Slug>, made: &str, taken: &mut fragment::Ids) -> String {
    chosen.map_or_else(|| taken.take(made), ToString::to_string)
}

fn step(step: &Step, path: &str, slugs: &mut Slugs, ids: &mut Ids) -> Value {
    let properties = step.octopus_properties();
    let mut body = Members::default();
    body.put_known("Id", &step.octopus_id).put("Name", step.name.as_str());
    body.put("Slug", free_slug(step.slug.as_ref(), &step.slug(), &mut slugs.steps));
    body.put("PackageRequirement", step.package_requirement.word());
    let place = format!("{path}.Properties");
    body.put("Properties", write_properties(&properties, false, &place, ids));
    body.put("Condition", step.condition.octopus_word()).put("StartTrigger", step.start.word());
    let actions: Vec<_> = step
        .actions
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let slug = free_slug(one.slug.as_ref(), &one.slug(), &mut slugs.actions);
            action(one, slug, &format!("{path}.Actions[{index}]"), ids)
        })
        .collect();
    body.put("Actions", actions).put_extra(&step.extra).put_back(&step.extra).done()
}

fn action(action: &Action, slug: String, path: &str, ids: &mut Ids) -> Value {
    let action_type = match &action.kind {
        ActionKind::Octopus(kind) => kind.action_type.as_str(),
        ActionKind::Pulumi(_) => {
            let what = format!("\"{}\" has no script yet: it was not lowered.", action.name);
            ids.say(Severity::Error, "export/not-lowered", path, what);
            "Octopus.Script"
        }
    };
    let mut body = Members::default();
    body.put_known("Id", &action.octopus_id).put("Name", action.name.as_str()).put("Slug", slug);
    body.put("ActionType", action_type).put_or_null("Notes", &action.notes);
    body.put("IsDisabled", action.is_disabled);
    body.put("CanBeUsedForProjectVersioning", action.numbers_releases);
    body.put("IsRequired", action.is_required);
    let (pool, variable) = match &action.worker_pool {
        WorkerPoolChoice::Default => (Value::Null, ""),
        WorkerPoolChoice::Pool(pick) => {
            (Value::from(ids.worker_pool(&pick.pool, &format!("{path}.WorkerPoolId"))), "")
        }
        WorkerPoolChoice::Variable(pick) => (Value::Null, pick.variable.as_str()),
    };
    body.put("WorkerPoolId", pool);
    body.put("Container", container(action.container.as_ref(), path, ids));
    body.put_or_null("WorkerPoolVariable", variable);
    let mut environments = |key: &str, list: &[crate::model::EnvironmentId]| {
        let place = format!("{path}.{key}");
        let list: Vec<_> = list.iter().map(|id| ids.environment(id, &place)).collect();
        body.put(key, list);
    };
    environments("Environments", &action.environments);
    environments("ExcludedEnvironments", &action.excluded_environments);
    let place = format!("{path}.Channels");
    let channels: Vec<_> = action.channels.iter().map(|id| ids.channel(id, &place)).collect();
    body.put("Channels", channels);
    let tags: Vec<_> = action.tenant_tags.iter().map(|tag| tag.as_str()).collect();
    body.put("TenantTags", tags);
    let mut properties = action.properties.clone();
    body.put("Packages", packages(action, action_type, &mut properties, path, ids));
    let repositories: Vec<_> = action.git_dependencies.iter().map(git_dependency).collect();
    body.put("GitDependencies", repositories).put("Condition", action.condition.word());
    if let Some(used) = &action.template {
        let both =
            [(keys::TEMPLATE_ID, used.template.as_str()), (keys::TEMPLATE_VERSION, &used.version)];
        for (key, text) in both {
            if properties.get(key).is_none() {
                properties.set_text(key, text);
            }
        }
    }
    let place = format!("{path}.Properties");
    let is_known = !action.octopus_id.is_empty();
    body.put("Properties", write_properties(&properties, is_known, &place, ids));
    if !action.inputs.is_null() {
        body.put("Inputs", action.inputs.clone());
    }
    body.put_extra(&action.extra).put_back(&action.extra).done()
}

fn container(container: Option<&Container>, path: &str, ids: &mut Ids) -> Value {
    let mut body = Members::default();
    match container {
        None => body.put("Image", Value::Null).put("FeedId", Value::Null),
        Some(container) => {
            let feed = ids.bound_feed(container.feed.as_ref(), &format!("{path}.Container"));
            body.put_or_null("Image", &container.image).put("FeedId", feed);
            body.put_extra(&container.extra)
        }
    };
    body.done()
}

fn packages(
    action: &Action,
    action_type: &str,
    properties: &mut Properties,
    path: &str,
    ids: &mut Ids,
) -> Value {
    let mut list = Vec::new();
    for (index, reference) in action.packages.iter().enumerate() {
        let place = format!("{path}.Packages[{index}]");
        let (id, feed) = package_and_feed(reference, &place, ids);
        let parameter = reference.properties.text(PackageReference::PARAMETER);
        let is_deferred = reference.properties.text(PackageReference::SELECTION_MODE) == "deferred";
        if is_deferred && !parameter.is_empty() && !id.is_null() {
            // A package parameter stands twice: here, and as a text of JSON.
            let chosen = json!({ "PackageId": id, "FeedId": feed }).to_string();
            properties.set(parameter, PropertyValue::Text(chosen));
        }
        list.push(package(reference, id, feed));
    }
    let has_primary = action.packages.iter().any(|reference| reference.name.is_empty());
    let project = action.properties.text(keys::RELEASE_PROJECT);
    if action_type == "Octopus.DeployRelease" && !has_primary && !project.is_empty() {
        let project = ids.property(keys::RELEASE_PROJECT, project, path);
        let feed = ids.releases_feed();
        list.push(json!({
            "Name": "", "PackageId": project, "FeedId": feed,
            "AcquisitionLocation": "NotAcquired", "Properties": {},
        }));
    }
    Value::from(list)
}

fn package_and_feed(reference: &PackageReference, path: &str, ids: &mut Ids) -> (Value, Value) {
    let Some(key) = &reference.package else { return (Value::Null, Value::Null) };
    let Some(package) = ids.design.project.packages.get(key) else {
        let what = format!("The design refers to the package \"{key}\", which it does not have.");
        ids.say(Severity::Warning, "export/unknown-reference", path, what);
        return (Value::Null, Value::Null);
    };
    let feed = ids.bound_feed(package.feed.as_ref(), path);
    if feed.is_null() {
        let what = format!("The package \"{}\" has no feed.", package.package_id);
        ids.say(Severity::Warning, "export/no-feed", path, what);
    }
    (Value::from(package.package_id.as_str()), feed)
}

/// A package reference with what it refers to.
pub(super) fn package(reference: &PackageReference, id: Value, feed: Value) -> Value {
    let mut body = Members::default();
    body.put_known("Id", &reference.octopus_id).put("Name", reference.name.as_str());
    body.put("PackageId", id).put("FeedId", feed);
    let location = match reference.acquisition_expression.as_str() {
        "" => reference.acquisition.word(),
        expression => expression,
    };
    body.put("AcquisitionLocation", location).put_known("Version", &reference.version);
    let properties = reference.properties.iter().filter(|(_, value)| value.as_text().is_some());
    let properties = properties.map(|(key, value)| (key.to_owned(), value.to_wire()));
    body.put("Properties", Value::Object(properties.collect()));
    body.put_extra(&reference.extra).done()
}

fn git_dependency(dependency: &GitDependency) -> Value {
    let mut body = Members::default();
    body.put("Name", dependency.name.as_str()).put("RepositoryUri", dependency.repository.as_str());
    body.put("DefaultBranch", dependency.default_branch.as_str());
    body.put("GitCredentialType", dependency.credential_type.as_str());
    body.put_or_null("GitCredentialId", &dependency.credential_id);
    body.put_or_null("GitHubConnectionId", &dependency.connection_id);
    body.put("FilePathFilters", dependency.path_filters.clone());
    body.put_extra(&dependency.extra).done()
}

/// Properties as Octopus takes them: bare texts, and secrets without their text.
/// `is_known` says that the server has the action, so that a secret stays there.
pub(super) fn write_properties(
    properties: &Properties,
    is_known: bool,
    path: &str,
    ids: &mut Ids,
) -> Value {
    let mut body = Members::default();
    for (key, value) in properties.iter() {
        let value = match value {
            PropertyValue::Text(text) => Value::from(ids.property(key, text, path)),
            PropertyValue::Sensitive { has_value } => {
                if *has_value && !is_known {
                    let what = format!("The secret of \"{key}\" is not in the file.");
                    ids.findings.push(
                        Finding::warning("export/secret-left-out", Place::path(path), what)
                            .because("Pulpo keeps no secrets.")
                            .do_this("Type it in Octopus, or let a sensitive variable hold it."),
                    );
                }
                value.to_wire()
            }
            // Old exports hold null, numbers and booleans; Octopus wants texts.
            PropertyValue::Other(Value::Null) => continue,
            PropertyValue::Other(Value::Bool(flag)) => {
                Value::from(if *flag { "True" } else { "False" })
            }
            PropertyValue::Other(other) => Value::from(other.to_string()),
        };
        body.put(key, value);
    }
    body.done()
}
