//! Environments, lifecycles, accounts, feeds and worker pools.
//!
//! Source: reference, process, sections 11.1 and 11.2; variables, section 5.

use super::action::environments;
use super::common::{name_of, owner, slug_of, tenant_tags};
use super::project::self_mention;
use super::reading::{Object, Reading, extra};
use crate::format::fragment::{Covers, Kind, Mention, tame_environment_name};
use crate::model::{AccountKind, FeedKind, Phase};

const ENVIRONMENT: &[&str] = &[
    "Id",
    "Name",
    "Slug",
    "SpaceId",
    "Description",
    "UseGuidedFailure",
    "AllowDynamicInfrastructure",
];
const LIFECYCLE: &[&str] = &[
    "Id",
    "Name",
    "Slug",
    "SpaceId",
    "Description",
    "Phases",
    "ReleaseRetentionPolicy",
    "TentacleRetentionPolicy",
];
const PHASE: &[&str] = &[
    "Id",
    "Name",
    "AutomaticDeploymentTargets",
    "OptionalDeploymentTargets",
    "MinimumEnvironmentsBeforePromotion",
    "IsOptionalPhase",
    "IsPriorityPhase",
];
const ACCOUNT: &[&str] = &[
    "Id",
    "Name",
    "Slug",
    "SpaceId",
    "Description",
    "AccountType",
    "EnvironmentIds",
    "TenantIds",
    "TenantTags",
];

/// Reads an environment.
pub(super) fn environment(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "environment", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let row = reading.draft.environment(self_mention(&octopus_id, name.as_str()));
    let short = tame_environment_name(name.as_str());
    if short.as_str() != name.as_str() {
        let what = "The name has more than 50 characters; Octopus takes no more.";
        reading.within("Name", |reading| reading.warning("import/name", what));
    }
    let slug = slug_of(map, &name, reading);
    let description = reading.text(map, "Description").to_owned();
    let guided = reading.flag(map, "UseGuidedFailure");
    let dynamic = reading.flag(map, "AllowDynamicInfrastructure");
    reading.draft.environments.change(&row, |row| {
        row.name = short;
        row.slug = slug;
        row.description = description;
        row.uses_guided_failure = guided;
        row.allows_dynamic_infrastructure = dynamic;
        row.octopus_id = octopus_id;
        row.extra = extra(map, ENVIRONMENT);
    });
    Covers::Rows(Kind::Environment)
}

/// Reads a lifecycle.
pub(super) fn lifecycle(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "lifecycle", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let row = reading.draft.lifecycle(self_mention(&octopus_id, name.as_str()));
    let mut phases = Vec::new();
    reading.objects(map, "Phases", |map, reading| {
        phases.push(Phase {
            name: name_of(map, "phase", reading),
            automatic: environments(map, "AutomaticDeploymentTargets", reading),
            manual: environments(map, "OptionalDeploymentTargets", reading),
            minimum: reading.number(map, "MinimumEnvironmentsBeforePromotion"),
            is_optional: reading.flag(map, "IsOptionalPhase"),
            is_priority: reading.flag(map, "IsPriorityPhase"),
            octopus_id: reading.text(map, "Id").to_owned(),
            extra: extra(map, PHASE),
        });
    });
    let slug = slug_of(map, &name, reading);
    let description = reading.text(map, "Description").to_owned();
    let kept = |key: &str| map.get(key).cloned().unwrap_or_default();
    reading.draft.lifecycles.change(&row, |row| {
        row.name = name;
        row.slug = slug;
        row.description = description;
        row.phases = phases;
        row.release_retention = kept("ReleaseRetentionPolicy");
        row.target_retention = kept("TentacleRetentionPolicy");
        row.octopus_id = octopus_id;
        row.extra = extra(map, LIFECYCLE);
    });
    Covers::Rows(Kind::Lifecycle)
}

/// Reads an account; its secrets are gone already.
pub(super) fn account(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "account", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let word = reading.text(map, "AccountType");
    let kind = AccountKind::from_word(word).unwrap_or_else(|| {
        let what = format!("The account type \"{word}\" is not known; taken for a token.");
        reading.within("AccountType", |reading| reading.warning("import/unknown-word", what));
        AccountKind::Token
    });
    let row = reading.draft.account(self_mention(&octopus_id, name.as_str()), kind);
    let slug = slug_of(map, &name, reading);
    let description = reading.text(map, "Description").to_owned();
    let environments = environments(map, "EnvironmentIds", reading);
    let tenants = reading.texts(map, "TenantIds", |text, reading| {
        Some(reading.draft.tenant(Mention::of_json(text)))
    });
    let tags = tenant_tags(map, "TenantTags", reading);
    reading.draft.accounts.change(&row, |row| {
        row.name = name;
        row.slug = slug;
        row.kind = kind;
        row.description = description;
        row.environments = environments;
        row.tenants = tenants;
        row.tenant_tags = tags;
        row.octopus_id = octopus_id;
        row.extra = extra(map, ACCOUNT);
    });
    Covers::Rows(Kind::Account)
}

/// Reads a feed; its secrets are gone already.
pub(super) fn feed(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "feed", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let word = reading.text(map, "FeedType");
    let kind = FeedKind::from_word(word).unwrap_or(FeedKind::Other);
    let row = reading.draft.feed(self_mention(&octopus_id, name.as_str()), kind);
    let slug = slug_of(map, &name, reading);
    reading.draft.feeds.change(&row, |row| {
        row.name = name;
        row.slug = slug;
        row.kind = kind;
        row.octopus_id = octopus_id;
        row.extra = extra(map, &["Id", "Name", "Slug", "SpaceId"]);
    });
    Covers::Rows(Kind::Feed)
}

/// Reads a worker pool.
pub(super) fn worker_pool(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "worker pool", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let row = reading.draft.worker_pool(self_mention(&octopus_id, name.as_str()));
    let slug = slug_of(map, &name, reading);
    let description = reading.text(map, "Description").to_owned();
    let is_default = reading.flag(map, "IsDefault");
    reading.draft.worker_pools.change(&row, |row| {
        row.name = name;
        row.slug = slug;
        row.description = description;
        row.is_default = is_default;
        row.octopus_id = octopus_id;
        row.extra = extra(map, &["Id", "Name", "Slug", "SpaceId", "Description", "IsDefault"]);
    });
    Covers::Rows(Kind::WorkerPool)
}
