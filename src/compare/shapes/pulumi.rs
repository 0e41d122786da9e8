//! The Pulumi program and its stacks.

use super::process::{CONTAINER, POOL};
use crate::compare::shape::{By, Choice, Kind, Member, Record, Rows, Shape, Variant, of};

pub(super) static PULUMI: Record = Record {
    members: &[
        of("project", "Pulumi project", Shape::Plain),
        of("runtime", "Runtime", Shape::Plain),
        of("package", "Program's package", Shape::Ref(Kind::Package)),
        of("reference", "Name of the package reference", Shape::Plain),
        of("folder", "Folder in the package", Shape::Plain),
        of("backend", "Backend", Shape::Choice(&BACKEND)),
        of("credentials", "Cloud credentials", Shape::Choice(&CREDENTIALS)),
        of("workerPool", "Workers of new steps", Shape::Choice(&POOL)),
        of("container", "Container of new steps", Shape::Maybe(&CONTAINER)),
        of("stackVariable", "Stack variable", Shape::Plain),
        of("pattern", "Stack pattern", Shape::Plain),
        of("config", "", Shape::Rows(&DECLARED)),
        of("projectFile", "Further members of Pulumi.yaml", Shape::Plain),
        of("stacks", "", Shape::Rows(&STACKS)),
    ],
};

static BACKEND: Choice = Choice {
    tag: "kind",
    variants: &[
        Variant {
            word: "cloud",
            label: "Pulumi Cloud with a token",
            members: &[
                of("tokenVariable", "Token variable", Shape::Plain),
                of("url", "URL", Shape::Plain),
            ],
        },
        Variant {
            word: "oidc",
            label: "Pulumi Cloud with OpenID Connect",
            members: &[
                of("accountVariable", "Account variable", Shape::Plain),
                of("organization", "Organization", Shape::Plain),
            ],
        },
        Variant {
            word: "self-managed",
            label: "A backend of one's own",
            members: &[
                of("url", "URL", Shape::Plain),
                of("passphraseVariable", "Passphrase variable", Shape::Plain),
            ],
        },
    ],
};

const ACCOUNT: &[Member] =
    &[of("variable", "Account variable", Shape::Plain), of("region", "Region", Shape::Plain)];

static CREDENTIALS: Choice = Choice {
    tag: "cloud",
    variants: &[
        Variant { word: "ambient", label: "The worker's own", members: &[] },
        Variant { word: "aws", label: "AWS", members: ACCOUNT },
        Variant { word: "azure", label: "Azure", members: ACCOUNT },
        Variant { word: "google", label: "Google Cloud", members: ACCOUNT },
    ],
};

static STACKS: Rows = Rows {
    noun: "stack of",
    kind: None,
    by: By::Members(&["environment"]),
    is_ordered: false,
    row: &Record {
        members: &[
            of("environment", "Environment", Shape::Ref(Kind::Environment)),
            of("stack", "Stack", Shape::Plain),
            of("config", "", Shape::Rows(&CONFIG)),
            of("settings", "Further settings", Shape::Plain),
        ],
    },
};

static CONFIG: Rows = Rows {
    noun: "configuration",
    kind: None,
    by: By::Members(&["key"]),
    is_ordered: false,
    row: &Record { members: &[of("key", "Key", Shape::Plain), of("value", "Value", Shape::Plain)] },
};

static DECLARED: Rows = Rows {
    noun: "configuration key",
    kind: None,
    by: By::Members(&["key"]),
    is_ordered: false,
    row: &Record {
        members: &[
            of("key", "Key", Shape::Plain),
            of("type", "Type", Shape::Plain),
            of("description", "Description", Shape::Text),
            of("secret", "Secret", Shape::Flag),
            of("default", "Default", Shape::Plain),
            of("value", "Value", Shape::Plain),
        ],
    },
};
