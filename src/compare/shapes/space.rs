//! Facts of the space.

use super::variables::{TEMPLATES, VARIABLES};
use crate::compare::shape::{
    Area, By, DESCRIPTION, ID, Kind, NAME, OCTOPUS_ID, Record, Rows, SLUG, Shape, of, word,
};
use crate::model::space::FeedKind;
use crate::model::{AccountKind, ControlType};

pub(super) static SPACE: Record = Record {
    members: &[
        of("name", "Space", Shape::Plain).within(Area::Infrastructure),
        of("environments", "", Shape::Rows(&ENVIRONMENTS)).within(Area::Environments),
        of("lifecycles", "", Shape::Rows(&LIFECYCLES)).within(Area::Lifecycles),
        of("workerPools", "", Shape::Rows(&WORKER_POOLS)).within(Area::Infrastructure),
        of("feeds", "", Shape::Rows(&FEEDS)).within(Area::Infrastructure),
        of("accounts", "", Shape::Rows(&ACCOUNTS)).within(Area::Accounts),
        of("certificates", "", Shape::Rows(&CERTIFICATES)).within(Area::Accounts),
        of("teams", "", Shape::Rows(&TEAMS)).within(Area::Infrastructure),
        of("targets", "", Shape::Rows(&TARGETS)).within(Area::Infrastructure),
        of("tagSets", "", Shape::Rows(&TAG_SETS)).within(Area::Tenants),
        of("tenants", "", Shape::Rows(&TENANTS)).within(Area::Tenants),
        of("librarySets", "", Shape::Rows(&LIBRARY_SETS)).within(Area::Library),
        of("stepTemplates", "", Shape::Rows(&STEP_TEMPLATES)).within(Area::Templates),
        of("octopusId", "Octopus's id of the space", Shape::Known).within(Area::Infrastructure),
    ],
};

static ENVIRONMENTS: Rows = Rows {
    noun: "",
    kind: Some(Kind::Environment),
    by: By::Slug,
    is_ordered: true,
    row: &Record {
        members: &[
            ID,
            NAME,
            SLUG,
            DESCRIPTION,
            of("protected", "Protected", Shape::Flag),
            of("hue", "Colour", Shape::Plain),
            of("guidedFailure", "Guided failure", Shape::Flag),
            of("dynamicInfrastructure", "Dynamic infrastructure", Shape::Flag),
            OCTOPUS_ID,
        ],
    },
};

static LIFECYCLES: Rows = Rows {
    noun: "",
    kind: Some(Kind::Lifecycle),
    by: By::Slug,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            SLUG,
            DESCRIPTION,
            of("phases", "", Shape::Rows(&PHASES)),
            of("releaseRetention", "Release retention", Shape::Plain),
            of("targetRetention", "Target retention", Shape::Plain),
            OCTOPUS_ID,
        ],
    },
};

static PHASES: Rows = Rows {
    noun: "phase",
    kind: None,
    by: By::Members(&["name"]),
    is_ordered: true,
    row: &Record {
        members: &[
            NAME,
            of("automatic", "Deployed automatically", Shape::Refs(Kind::Environment)),
            of("manual", "Deployed by hand", Shape::Refs(Kind::Environment)),
            of("minimum", "Environments before the next phase", Shape::Plain),
            of("optional", "Optional", Shape::Flag),
            of("priority", "Priority", Shape::Flag),
            OCTOPUS_ID,
        ],
    },
};

static WORKER_POOLS: Rows = Rows {
    noun: "worker pool",
    kind: Some(Kind::WorkerPool),
    by: By::Slug,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            SLUG,
            DESCRIPTION,
            of("default", "Default pool", Shape::Flag),
            of("singleWorker", "A single worker", Shape::Flag),
            OCTOPUS_ID,
        ],
    },
};

static FEEDS: Rows = Rows {
    noun: "feed",
    kind: Some(Kind::Feed),
    by: By::Slug,
    is_ordered: false,
    row: &Record { members: &[ID, NAME, SLUG, of("kind", "Kind", word!(FeedKind)), OCTOPUS_ID] },
};

static ACCOUNTS: Rows = Rows {
    noun: "account",
    kind: Some(Kind::Account),
    by: By::Slug,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            SLUG,
            of("kind", "Kind", word!(AccountKind)),
            DESCRIPTION,
            of("environments", "Only for environments", Shape::Refs(Kind::Environment)),
            of("tenants", "Only for tenants", Shape::Refs(Kind::Tenant)),
            of("tenantTags", "Only for tenant tags", Shape::Texts),
            OCTOPUS_ID,
        ],
    },
};

static CERTIFICATES: Rows = Rows {
    noun: "certificate",
    kind: Some(Kind::Certificate),
    by: By::Name,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            of("environments", "Only for environments", Shape::Refs(Kind::Environment)),
            OCTOPUS_ID,
        ],
    },
};

static TEAMS: Rows = Rows {
    noun: "team",
    kind: Some(Kind::Team),
    by: By::Name,
    is_ordered: false,
    row: &Record {
        members: &[ID, NAME, of("system", "Of the whole server", Shape::Flag), OCTOPUS_ID],
    },
};

static TARGETS: Rows = Rows {
    noun: "target",
    kind: Some(Kind::Target),
    by: By::Name,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            of("tags", "Target tags", Shape::Texts),
            of("environments", "Environments", Shape::Refs(Kind::Environment)),
            OCTOPUS_ID,
        ],
    },
};

static TAG_SETS: Rows = Rows {
    noun: "tag set",
    kind: Some(Kind::TagSet),
    by: By::Name,
    is_ordered: false,
    row: &Record { members: &[ID, NAME, of("tags", "Tags", Shape::List), OCTOPUS_ID] },
};

static TENANTS: Rows = Rows {
    noun: "tenant",
    kind: Some(Kind::Tenant),
    by: By::Name,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            of("tags", "Tags", Shape::Texts),
            of("environments", "Environments", Shape::Refs(Kind::Environment)),
            of("values", "", Shape::Rows(&TENANT_VALUES)),
            OCTOPUS_ID,
        ],
    },
};

static TENANT_VALUES: Rows = Rows {
    noun: "value of",
    kind: None,
    by: By::Members(&["template", "environments"]),
    is_ordered: false,
    row: &Record {
        members: &[
            of("template", "Variable template", Shape::Ref(Kind::Template)),
            of("environments", "Environments", Shape::Refs(Kind::Environment)),
            of("value", "Value", Shape::Plain),
            of("sensitive", "Sensitive", Shape::Flag),
        ],
    },
};

static LIBRARY_SETS: Rows = Rows {
    noun: "",
    kind: Some(Kind::LibrarySet),
    by: By::Name,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            DESCRIPTION,
            of("variables", "", Shape::Rows(&VARIABLES)),
            of("templates", "", Shape::Rows(&TEMPLATES)),
            OCTOPUS_ID,
        ],
    },
};

static STEP_TEMPLATES: Rows = Rows {
    noun: "",
    kind: Some(Kind::StepTemplate),
    by: By::Name,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            DESCRIPTION,
            of("actionType", "Action type", Shape::Type),
            of("version", "Version", Shape::Plain),
            of("parameters", "", Shape::Rows(&PARAMETERS)),
            of("properties", "", Shape::Properties),
            of("packages", "", Shape::Rows(&super::process::PACKAGES)),
            of("communityId", "Id in the community library", Shape::Known),
            OCTOPUS_ID,
        ],
    },
};

static PARAMETERS: Rows = Rows {
    noun: "parameter",
    kind: None,
    by: By::Members(&["name"]),
    is_ordered: true,
    row: &Record {
        members: &[
            NAME,
            of("label", "Label", Shape::Plain),
            of("help", "Help", Shape::Text),
            of("defaultValue", "Default", Shape::Plain),
            of("control", "Control", word!(ControlType)),
            of("options", "Options", Shape::Text),
            OCTOPUS_ID,
        ],
    },
};
