//! Actions, and what they refer to.
//!
//! Source: reference, process, sections 3 to 6.

use serde_json::Value;

use super::common::{name_of, slug_of, tenant_tags, unknown_word, word};
use super::reading::{Object, Reading, extra};
use crate::catalog::{Refers, refers};
use crate::format::fragment::Mention;
use crate::model::process::{
    Acquisition, ActionKind, OctopusAction, TemplateUse, WorkerPoolPick, WorkerPoolVariable, keys,
};
use crate::model::{
    AccountKind, Action, ActionCondition, ActionType, ChannelId, Container, EnvironmentId, FeedId,
    FeedKind, GitDependency, PackageReference, Properties, PropertyValue, VariableName,
    WorkerPoolChoice,
};
use crate::record::{Bound, Extra, Field};

const ACTION: &[&str] = &[
    "Id",
    "Name",
    "Slug",
    "ActionType",
    "Notes",
    "IsDisabled",
    "CanBeUsedForProjectVersioning",
    "IsRequired",
    "WorkerPoolId",
    "Container",
    "WorkerPoolVariable",
    "Environments",
    "ExcludedEnvironments",
    "Channels",
    "TenantTags",
    "Packages",
    "GitDependencies",
    "Condition",
    "Properties",
    "Inputs",
];
const PACKAGE: &[&str] =
    &["Id", "Name", "PackageId", "FeedId", "AcquisitionLocation", "Version", "Properties"];
const REPOSITORY: &[&str] = &[
    "Name",
    "RepositoryUri",
    "DefaultBranch",
    "GitCredentialType",
    "GitCredentialId",
    "GitHubConnectionId",
    "FilePathFilters",
];

/// Reads an action.
pub(super) fn read(map: &Object, reading: &mut Reading) -> Action {
    let name = name_of(map, "action", reading);
    let slug = reading.text(map, "Slug").to_owned();
    let octopus_id = reading.text(map, "Id").to_owned();
    let id = reading.draft.new_action_id(&octopus_id, &slug, name.as_str());
    let action_type = action_type(map, reading);
    let mut properties = properties(map, reading);
    let template = template(&action_type, &mut properties, reading);
    let kind = ActionKind::Octopus(OctopusAction { action_type, extra: Extra::default() });
    Action {
        id,
        slug: slug_of(map, &name, reading),
        name,
        kind,
        notes: reading.text(map, "Notes").to_owned(),
        is_disabled: reading.flag(map, "IsDisabled"),
        is_required: reading.flag(map, "IsRequired"),
        numbers_releases: reading.flag(map, "CanBeUsedForProjectVersioning"),
        worker_pool: worker_pool(map, reading),
        container: container(map, reading),
        environments: environments(map, "Environments", reading),
        excluded_environments: environments(map, "ExcludedEnvironments", reading),
        channels: channels(map, reading),
        tenant_tags: tenant_tags(map, "TenantTags", reading),
        packages: packages(map, reading),
        git_dependencies: repositories(map, reading),
        condition: word(map, "Condition", ActionCondition::from_word, reading),
        template,
        properties,
        inputs: map.get("Inputs").cloned().unwrap_or_default(),
        octopus_id,
        extra: extra(map, ACTION),
    }
}

/// The type of an action or a template.
pub(super) fn action_type(map: &Object, reading: &mut Reading) -> ActionType {
    let text = reading.text(map, "ActionType");
    ActionType::parse(text).unwrap_or_else(|_| {
        reading.warning("import/no-action-type", "It does not say its action type.");
        ActionType::parse("Octopus.Script").unwrap_or_else(|_| ActionType::blank())
    })
}

/// Environments by their ids.
pub(super) fn environments(map: &Object, key: &str, reading: &mut Reading) -> Vec<EnvironmentId> {
    reading.texts(map, key, |text, reading| Some(reading.draft.environment(Mention::of_json(text))))
}

fn channels(map: &Object, reading: &mut Reading) -> Vec<ChannelId> {
    reading
        .texts(map, "Channels", |text, reading| Some(reading.draft.channel(Mention::of_json(text))))
}

fn worker_pool(map: &Object, reading: &mut Reading) -> WorkerPoolChoice {
    let pool = reading.text(map, "WorkerPoolId");
    let variable = reading.text(map, "WorkerPoolVariable");
    if !pool.is_empty() {
        let pool = reading.draft.worker_pool(Mention::of_json(pool));
        return WorkerPoolChoice::Pool(WorkerPoolPick { pool, extra: Extra::default() });
    }
    match VariableName::parse(variable) {
        Ok(variable) => {
            WorkerPoolChoice::Variable(WorkerPoolVariable { variable, extra: Extra::default() })
        }
        Err(_) => WorkerPoolChoice::Default,
    }
}

fn container(map: &Object, reading: &mut Reading) -> Option<Container> {
    let map = reading.object(map, "Container")?;
    let image = reading.text(map, "Image").to_owned();
    let feed = feed(map, FeedKind::Docker, reading);
    let extra = extra(map, &["Image", "FeedId"]);
    let says_nothing = image.is_empty() && feed.is_none() && extra.is_empty();
    (!says_nothing).then_some(Container { image, feed, extra })
}

fn feed(map: &Object, kind: FeedKind, reading: &mut Reading) -> Option<Bound<FeedId>> {
    let text = reading.text(map, "FeedId");
    if text.is_empty() {
        return None;
    }
    Some(bound_feed(text, kind, reading))
}

/// A feed by id, by the built-in one's own word, or by an expression.
fn bound_feed(text: &str, kind: FeedKind, reading: &mut Reading) -> Bound<FeedId> {
    if text.contains("#{") {
        return Bound::Expression(text.to_owned());
    }
    // Source: reference, process, section 4.1.
    let kind = match text.to_ascii_lowercase().as_str() {
        "feeds-builtin" => FeedKind::BuiltIn,
        "feeds-builtin-releases" => FeedKind::Releases,
        _ => kind,
    };
    let mention = Mention::of_json(text);
    let feed = reading.draft.feed(mention, kind);
    if kind == FeedKind::BuiltIn {
        reading.draft.feeds.change(&feed, |row| {
            // The word is an alias that every server knows, not an id to fill in.
            row.octopus_id = text.to_owned();
            if row.name.as_str() == text {
                row.name = crate::format::fragment::tame_name("Octopus Server (built-in)");
            }
        });
    }
    Bound::Is(feed)
}

/// The packages of an action or a template.
pub(super) fn packages(map: &Object, reading: &mut Reading) -> Vec<PackageReference> {
    let mut packages = Vec::new();
    reading.objects(map, "Packages", |map, reading| packages.push(package(map, reading)));
    packages
}

fn package(map: &Object, reading: &mut Reading) -> PackageReference {
    let package_id = reading.text(map, "PackageId");
    let feed = feed(map, FeedKind::Other, reading);
    let is_open = package_id.is_empty() && feed.is_none();
    let package = (!is_open).then(|| reading.draft.package(package_id, feed));
    let location = reading.text(map, "AcquisitionLocation");
    let (acquisition, expression) = match Acquisition::from_word(location) {
        Some(known) => (known, ""),
        None if location.contains("#{") => (Acquisition::default(), location),
        None => {
            if !location.is_empty() {
                let usual = Acquisition::default().word();
                unknown_word("AcquisitionLocation", location, usual, reading);
            }
            (Acquisition::default(), "")
        }
    };
    let found = reading.object(map, "Properties").into_iter().flatten();
    let properties = found
        .map(|(key, value)| (key.clone(), PropertyValue::from_wire(value, &mut false)))
        .collect();
    PackageReference {
        name: reading.text(map, "Name").to_owned(),
        package,
        acquisition,
        acquisition_expression: expression.to_owned(),
        version: reading.text(map, "Version").to_owned(),
        properties,
        octopus_id: reading.text(map, "Id").to_owned(),
        extra: extra(map, PACKAGE),
    }
}

fn repositories(map: &Object, reading: &mut Reading) -> Vec<GitDependency> {
    let mut repositories = Vec::new();
    reading.objects(map, "GitDependencies", |map, reading| {
        repositories.push(GitDependency {
            name: reading.text(map, "Name").to_owned(),
            repository: reading.text(map, "RepositoryUri").to_owned(),
            default_branch: reading.text(map, "DefaultBranch").to_owned(),
            credential_type: reading.text(map, "GitCredentialType").to_owned(),
            credential_id: reading.text(map, "GitCredentialId").to_owned(),
            connection_id: reading.text(map, "GitHubConnectionId").to_owned(),
            path_filters: reading.texts(map, "FilePathFilters", |text, _| Some(text.to_owned())),
            extra: extra(map, REPOSITORY),
        });
    });
    repositories
}

/// The properties of an action or a template, with what they refer to by the
/// fragment's ids.
pub(super) fn properties(map: &Object, reading: &mut Reading) -> Properties {
    let found = reading.object(map, "Properties");
    let mut properties = Properties::default();
    for (key, value) in found.into_iter().flatten() {
        let value = match value {
            Value::String(text) => PropertyValue::Text(property(key, text, reading)),
            other => PropertyValue::from_wire(other, &mut false),
        };
        properties.set(key, value);
    }
    properties
}

fn property(key: &str, text: &str, reading: &mut Reading) -> String {
    if text.is_empty() || text.contains("#{") {
        return text.to_owned();
    }
    match refers(key) {
        Refers::Nothing | Refers::Variable(_) | Refers::Project | Refers::StepTemplate => {
            text.to_owned()
        }
        Refers::Teams => {
            let teams = text.split(',').map(str::trim).filter(|team| !team.is_empty());
            let ids: Vec<_> =
                teams.map(|team| reading.draft.team(Mention::of_json(team)).to_string()).collect();
            ids.join(",")
        }
        // Azure's is the only account that a step names by its id.
        Refers::Account => {
            let mention = Mention::of_json(text);
            reading.draft.account(mention, AccountKind::Azure).to_string()
        }
        Refers::Feed => match bound_feed(text, FeedKind::Other, reading) {
            Bound::Is(feed) => feed.to_string(),
            Bound::Expression(text) => text,
        },
    }
}

/// The step template that an action was made from, which stands in its properties.
fn template(
    action_type: &ActionType,
    properties: &mut Properties,
    reading: &mut Reading,
) -> Option<TemplateUse> {
    let id = properties.text(keys::TEMPLATE_ID).to_owned();
    if id.is_empty() {
        return None;
    }
    let version = properties.text(keys::TEMPLATE_VERSION).to_owned();
    let mention = Mention::of_json(&id);
    let template = reading.draft.step_template(mention, action_type.clone());
    properties.remove(keys::TEMPLATE_ID);
    properties.remove(keys::TEMPLATE_VERSION);
    Some(TemplateUse { template, version, extra: Extra::default() })
}
