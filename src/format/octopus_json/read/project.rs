//! Projects, channels and runbooks, without their processes.
//!
//! Source: reference, process, sections 11.4 to 11.6.

use super::action::environments;
use super::common::{name_of, owner, project_of, slug_of, tenant_tags, word};
use super::reading::{Object, Reading, extra};
use super::variables::templates;
use crate::format::fragment::{Covers, Kind, Mention};
use crate::model::project::{GuidedFailure, RunbookEnvironments, TenantedMode};

const PROJECT: &[&str] = &[
    "Id",
    "Name",
    "Slug",
    "SpaceId",
    "Description",
    "LifecycleId",
    "TenantedDeploymentMode",
    "DefaultGuidedFailureMode",
    "IncludedLibraryVariableSetIds",
    "Templates",
];
const CHANNEL: &[&str] = &[
    "Id",
    "Name",
    "Slug",
    "SpaceId",
    "ProjectId",
    "Description",
    "LifecycleId",
    "IsDefault",
    "TenantTags",
    "Rules",
];
const RUNBOOK: &[&str] = &[
    "Id",
    "Name",
    "Slug",
    "SpaceId",
    "ProjectId",
    "Description",
    "EnvironmentScope",
    "Environments",
    "MultiTenancyMode",
];

/// A document's own id, or its name where it has none yet.
pub(super) fn self_mention<'t>(octopus_id: &'t str, name: &'t str) -> Mention<'t> {
    match octopus_id {
        "" => Mention::Name(name),
        id => Mention::of_json(id),
    }
}

/// Reads a project.
pub(super) fn project(map: &Object, reading: &mut Reading) -> Covers {
    let name = name_of(map, "project", reading);
    owner(reading.text(map, "SpaceId"), "", reading);
    let slug = slug_of(map, &name, reading);
    let lifecycle = reading.text(map, "LifecycleId");
    let lifecycle =
        (!lifecycle.is_empty()).then(|| reading.draft.lifecycle(Mention::of_json(lifecycle)));
    let sets = reading.texts(map, "IncludedLibraryVariableSetIds", |text, reading| {
        Some(reading.draft.library_set(Mention::of_json(text)))
    });
    let templates = templates(map, reading);
    let tenanted = word(map, "TenantedDeploymentMode", TenantedMode::from_word, reading);
    let guided = word(map, "DefaultGuidedFailureMode", GuidedFailure::from_word, reading);
    let description = reading.text(map, "Description").to_owned();
    let octopus_id = reading.text(map, "Id").to_owned();
    let project = &mut *reading.draft.design.project;
    project.name = name.to_string();
    project.slug = slug;
    project.description = description;
    project.lifecycle = lifecycle;
    project.tenanted = tenanted;
    project.guided_failure = guided;
    project.included_sets = sets;
    project.templates = templates;
    project.octopus_id = octopus_id;
    for (key, value) in extra(map, PROJECT).iter() {
        project.extra.set(key, value.clone());
    }
    Covers::Project
}

/// Reads a channel.
pub(super) fn channel(map: &Object, reading: &mut Reading) -> Covers {
    project_of(map, reading);
    let name = name_of(map, "channel", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let channel = reading.draft.channel(self_mention(&octopus_id, name.as_str()));
    let lifecycle = reading.text(map, "LifecycleId");
    let lifecycle =
        (!lifecycle.is_empty()).then(|| reading.draft.lifecycle(Mention::of_json(lifecycle)));
    let slug = slug_of(map, &name, reading);
    let description = reading.text(map, "Description").to_owned();
    let is_default = reading.flag(map, "IsDefault");
    let tenant_tags = tenant_tags(map, "TenantTags", reading);
    let rules = reading.list(map, "Rules").to_vec();
    reading.draft.channels.change(&channel, |row| {
        row.name = name;
        row.slug = slug;
        row.description = description;
        row.lifecycle = lifecycle;
        row.is_default = is_default;
        row.tenant_tags = tenant_tags;
        row.rules = rules;
        row.octopus_id = octopus_id;
        row.extra = extra(map, CHANNEL);
    });
    Covers::Rows(Kind::Channel)
}

/// Reads a runbook, whose process is another document.
pub(super) fn runbook(map: &Object, reading: &mut Reading) -> Covers {
    project_of(map, reading);
    let name = name_of(map, "runbook", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let runbook = reading.draft.runbook(self_mention(&octopus_id, name.as_str()));
    let slug = slug_of(map, &name, reading);
    let description = reading.text(map, "Description").to_owned();
    let scope = word(map, "EnvironmentScope", RunbookEnvironments::from_word, reading);
    let list = environments(map, "Environments", reading);
    let tenanted = word(map, "MultiTenancyMode", TenantedMode::from_word, reading);
    reading.draft.runbooks.change(&runbook, |row| {
        row.name = name;
        row.slug = slug;
        row.description = description;
        row.environment_scope = scope;
        row.environments = list;
        row.tenanted = tenanted;
        row.octopus_id = octopus_id;
        row.extra = extra(map, RUNBOOK);
    });
    Covers::Rows(Kind::Runbook)
}
