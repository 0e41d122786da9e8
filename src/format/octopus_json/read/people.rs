//! Certificates, deployment targets, tenants, tag sets and teams.
//!
//! Source: reference, variables, sections 2, 4 and 5.

use serde_json::Value;

use super::action::environments;
use super::common::{name_of, owner, tenant_tags};
use super::project::self_mention;
use super::reading::{Object, Reading, extra};
use crate::format::fragment::{Covers, Kind, Mention, tame_name};
use crate::model::{TagSet, TagSetId, TargetTag};
use crate::record::Field;

/// Reads a certificate; the certificate itself is no part of a design.
pub(super) fn certificate(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "certificate", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let row = reading.draft.certificate(self_mention(&octopus_id, name.as_str()));
    let environments = environments(map, "EnvironmentIds", reading);
    reading.draft.certificates.change(&row, |row| {
        row.name = name;
        row.environments = environments;
        row.octopus_id = octopus_id;
    });
    Covers::Rows(Kind::Certificate)
}

/// Reads a deployment target.
pub(super) fn target(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "deployment target", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let row = reading.draft.target(self_mention(&octopus_id, name.as_str()));
    let tags = reading.texts(map, "Roles", |text, _| TargetTag::parse(text).ok());
    let environments = environments(map, "EnvironmentIds", reading);
    reading.draft.targets.change(&row, |row| {
        row.name = name;
        row.tags = tags;
        row.environments = environments;
        row.octopus_id = octopus_id;
    });
    Covers::Rows(Kind::Target)
}

/// Reads a tenant, with the environments it is connected to, whatever the project.
pub(super) fn tenant(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "tenant", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let row = reading.draft.tenant(self_mention(&octopus_id, name.as_str()));
    let tags = tenant_tags(map, "TenantTags", reading);
    let mut connected = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let projects = reading.object(map, "ProjectEnvironments");
    for text in projects.into_iter().flat_map(|map| map.values()).filter_map(Value::as_array) {
        for text in text.iter().filter_map(Value::as_str) {
            let environment = reading.draft.environment(Mention::of_json(text));
            if seen.insert(environment.clone()) {
                connected.push(environment);
            }
        }
    }
    let projects = projects.map_or(0, serde_json::Map::len);
    if projects > 1 {
        let what = format!(
            "The tenant is connected to {projects} projects; a design has one. The environments \
             of all of them were taken in."
        );
        reading.within("ProjectEnvironments", |reading| reading.info("import/tenant", what));
    }
    reading.draft.tenants.change(&row, |row| {
        row.name = name;
        row.tags = tags;
        row.environments = connected;
        row.octopus_id = octopus_id;
        row.extra = extra(map, &["Id", "Name", "SpaceId", "TenantTags", "ProjectEnvironments"]);
    });
    Covers::Rows(Kind::Tenant)
}

/// Reads a tag set.
pub(super) fn tag_set(map: &Object, reading: &mut Reading) -> Covers {
    let name = name_of(map, "tag set", reading);
    let mut tags = Vec::new();
    reading.objects(map, "Tags", |map, reading| tags.push(tame_name(reading.text(map, "Name"))));
    let id = TagSetId::parse(&format!("tags-{}", reading.draft.tag_sets.len() + 1));
    reading.draft.tag_sets.push(TagSet {
        id: id.unwrap_or_else(|_| TagSetId::blank()),
        name,
        tags,
        octopus_id: map.get("Id").and_then(Value::as_str).unwrap_or_default().to_owned(),
        extra: extra(map, &["Id", "Name", "SpaceId", "Tags"]),
    });
    Covers::Rows(Kind::Tenant)
}

/// Reads a team; its members are no part of a design.
pub(super) fn team(map: &Object, reading: &mut Reading) -> Covers {
    let name = name_of(map, "team", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let is_system = map.get("SpaceId").is_none_or(Value::is_null);
    let row = reading.draft.team(self_mention(&octopus_id, name.as_str()));
    reading.draft.teams.change(&row, |row| {
        row.name = name;
        row.is_system = is_system;
        row.octopus_id = octopus_id;
    });
    Covers::Rows(Kind::Team)
}
