//! The Octopus project.

use super::process::PROCESS;
use super::variables::{TEMPLATES, VARIABLES};
use crate::compare::shape::{
    Area, By, DESCRIPTION, ID, Kind, NAME, OCTOPUS_ID, Record, Rows, SLUG, Shape, of, word,
};
use crate::model::project::{GuidedFailure, RunbookEnvironments, TenantedMode};

pub(super) static PROJECT: Record = Record {
    members: &[
        NAME,
        SLUG,
        DESCRIPTION,
        of("group", "Project group", Shape::Plain),
        of("lifecycle", "Lifecycle", Shape::Ref(Kind::Lifecycle)),
        of("tenanted", "Tenants", word!(TenantedMode)),
        of("guidedFailure", "Guided failure", word!(GuidedFailure)),
        of("packages", "", Shape::Rows(&PACKAGES)).within(Area::Packages),
        of("channels", "", Shape::Rows(&CHANNELS)).within(Area::Channels),
        of("includedSets", "Included library sets", Shape::Refs(Kind::LibrarySet)),
        of("variables", "", Shape::Rows(&VARIABLES)).within(Area::Variables),
        of("templates", "", Shape::Rows(&TEMPLATES)).within(Area::Variables),
        of("process", "", Shape::Record(&PROCESS)).within(Area::Process),
        of("runbooks", "", Shape::Rows(&RUNBOOKS)).within(Area::Runbooks),
        OCTOPUS_ID,
    ],
};

static PACKAGES: Rows = Rows {
    noun: "",
    kind: Some(Kind::Package),
    by: By::Package,
    is_ordered: false,
    row: &Record {
        members: &[
            of("key", "", Shape::Id),
            of("packageId", "Package id", Shape::Plain),
            of("feed", "Feed", Shape::Ref(Kind::Feed)),
        ],
    },
};

static CHANNELS: Rows = Rows {
    noun: "",
    kind: Some(Kind::Channel),
    by: By::Slug,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            SLUG,
            DESCRIPTION,
            of("lifecycle", "Lifecycle", Shape::Ref(Kind::Lifecycle)),
            of("default", "Default channel", Shape::Flag),
            of("tenantTags", "Only for tenant tags", Shape::Texts),
            of("rules", "Version rules", Shape::Plain),
            OCTOPUS_ID,
        ],
    },
};

static RUNBOOKS: Rows = Rows {
    noun: "",
    kind: Some(Kind::Runbook),
    by: By::Slug,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            SLUG,
            DESCRIPTION,
            of("environmentScope", "Runs in", word!(RunbookEnvironments)),
            of("environments", "Environments", Shape::Refs(Kind::Environment)),
            of("tenanted", "Tenants", word!(TenantedMode)),
            of("process", "", Shape::Record(&PROCESS)),
            OCTOPUS_ID,
        ],
    },
};
