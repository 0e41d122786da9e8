//! Variables and their values.

use crate::compare::shape::{
    By, Choice, DESCRIPTION, ID, Kind, Member, NAME, OCTOPUS_ID, Record, Rows, Shape, Variant, of,
    word,
};
use crate::model::ControlType;

pub(super) static VARIABLES: Rows = Rows {
    noun: "",
    kind: Some(Kind::Variable),
    by: By::Name,
    is_ordered: false,
    row: &Record { members: &[ID, NAME, of("values", "", Shape::Rows(&VALUES))] },
};

static VALUES: Rows = Rows {
    noun: "for",
    kind: Some(Kind::Value),
    by: By::Scope,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            of("content", "Value", Shape::Choice(&CONTENT)),
            of("scope", "Scope", Shape::Scope(&SCOPE)),
            DESCRIPTION,
            of("prompt", "Prompt", Shape::Maybe(&PROMPT)),
            OCTOPUS_ID,
        ],
    },
};

static PROMPT: Record = Record {
    members: &[
        of("label", "Label", Shape::Plain),
        DESCRIPTION,
        of("required", "Required", Shape::Flag),
        of("control", "Control", word!(ControlType)),
        of("options", "Options", Shape::Text),
    ],
};

const ACCOUNT: &[Member] = &[of("account", "", Shape::Ref(Kind::Account))];

static CONTENT: Choice = Choice {
    tag: "type",
    variants: &[
        Variant { word: "String", label: "", members: &[of("value", "", Shape::Text)] },
        Variant {
            word: "Sensitive",
            label: "Sensitive",
            members: &[of("set", "Secret is set", Shape::Flag)],
        },
        Variant { word: "AmazonWebServicesAccount", label: "AWS account", members: ACCOUNT },
        Variant { word: "AzureAccount", label: "Azure account", members: ACCOUNT },
        Variant { word: "GoogleCloudAccount", label: "Google Cloud account", members: ACCOUNT },
        Variant {
            word: "UsernamePasswordAccount",
            label: "Username/password account",
            members: ACCOUNT,
        },
        Variant { word: "GenericOidcAccount", label: "Generic OIDC account", members: ACCOUNT },
        Variant {
            word: "Certificate",
            label: "Certificate",
            members: &[of("certificate", "", Shape::Ref(Kind::Certificate))],
        },
        Variant {
            word: "WorkerPool",
            label: "Worker pool",
            members: &[of("pool", "", Shape::Ref(Kind::WorkerPool))],
        },
    ],
};

static SCOPE: Record = Record {
    members: &[
        of("environments", "", Shape::Refs(Kind::Environment)),
        of("channels", "channel", Shape::Refs(Kind::Channel)),
        of("actions", "step", Shape::Refs(Kind::Action)),
        of("targets", "target", Shape::Refs(Kind::Target)),
        of("targetTags", "target tag", Shape::Texts),
        of("tenantTags", "tenant tag", Shape::Texts),
        of("processes", "process", Shape::Owners),
    ],
};

pub(super) static TEMPLATES: Rows = Rows {
    noun: "variable template",
    kind: Some(Kind::Template),
    by: By::Name,
    is_ordered: false,
    row: &Record {
        members: &[
            ID,
            NAME,
            of("label", "Label", Shape::Plain),
            of("help", "Help", Shape::Text),
            of("defaultValue", "Default", Shape::Plain),
            of("control", "Control", word!(ControlType)),
            of("options", "Options", Shape::Text),
        ],
    },
};
