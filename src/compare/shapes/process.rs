//! Processes: steps, actions, and Pulpo's own kinds of steps.

use crate::compare::shape::{
    By, Choice, ID, Kind, NAME, OCTOPUS_ID, Record, Rows, SLUG, Shape, Variant, of, word,
};
use crate::model::process::{
    Acquisition, ActionCondition, ExtractStyle, PackageRequirement, PulumiOperation, RestoreKind,
    StartTrigger,
};

pub(super) static PROCESS: Record = Record {
    members: &[
        of("steps", "", Shape::Rows(&STEPS)),
        OCTOPUS_ID,
        of("version", "Version on the server", Shape::Known),
    ],
};

static STEPS: Rows = Rows {
    noun: "",
    kind: Some(Kind::Step),
    by: By::Slug,
    is_ordered: true,
    row: &Record {
        members: &[
            ID,
            NAME,
            SLUG,
            of("condition", "Run condition", Shape::Choice(&CONDITION)),
            of("start", "Start trigger", word!(StartTrigger)),
            of("packageRequirement", "Package requirement", word!(PackageRequirement)),
            of("targetTags", "Target tags", Shape::Texts),
            of("window", "Targets at once", Shape::Plain),
            of("properties", "", Shape::Properties),
            of("actions", "", Shape::Rows(&ACTIONS)),
            OCTOPUS_ID,
        ],
    },
};

static CONDITION: Choice = Choice {
    tag: "when",
    variants: &[
        Variant { word: "success", label: "If all before succeeded", members: &[] },
        Variant { word: "failure", label: "If one before failed", members: &[] },
        Variant { word: "always", label: "Always", members: &[] },
        Variant {
            word: "variable",
            label: "By expression",
            members: &[of("expression", "Expression", Shape::Plain)],
        },
    ],
};

static ACTIONS: Rows = Rows {
    noun: "",
    kind: Some(Kind::Action),
    by: By::Slug,
    is_ordered: true,
    row: &Record {
        members: &[
            ID,
            NAME,
            SLUG,
            of("does", "", Shape::Choice(&DOES)),
            of("notes", "Notes", Shape::Text),
            of("disabled", "Disabled", Shape::Flag),
            of("required", "Required", Shape::Flag),
            of("numbersReleases", "Numbers the releases", Shape::Flag),
            of("workerPool", "Worker pool", Shape::Choice(&POOL)),
            of("container", "Container", Shape::Maybe(&CONTAINER)),
            of("environments", "Environments", Shape::Refs(Kind::Environment)),
            of("excludedEnvironments", "Not in environments", Shape::Refs(Kind::Environment)),
            of("channels", "Channels", Shape::Refs(Kind::Channel)),
            of("tenantTags", "Tenant tags", Shape::Texts),
            of("packages", "", Shape::Rows(&PACKAGES)),
            of("gitDependencies", "", Shape::Rows(&REPOSITORIES)),
            of("condition", "Run condition of the child step", word!(ActionCondition)),
            of("template", "Step template", Shape::Maybe(&TEMPLATE)),
            of("properties", "", Shape::Properties),
            of("inputs", "Inputs", Shape::Plain),
            OCTOPUS_ID,
        ],
    },
};

static TEMPLATE: Record = Record {
    members: &[
        of("template", "", Shape::Ref(Kind::StepTemplate)),
        of("version", "Version", Shape::Plain),
    ],
};

pub(super) static CONTAINER: Record = Record {
    members: &[of("image", "Image", Shape::Plain), of("feed", "Feed", Shape::Ref(Kind::Feed))],
};

pub(super) static POOL: Choice = Choice {
    tag: "by",
    variants: &[
        Variant { word: "default", label: "The default pool", members: &[] },
        Variant {
            word: "pool",
            label: "",
            members: &[of("pool", "", Shape::Ref(Kind::WorkerPool))],
        },
        Variant {
            word: "variable",
            label: "By variable",
            members: &[of("variable", "", Shape::Plain)],
        },
    ],
};

pub(super) static PACKAGES: Rows = Rows {
    noun: "package reference",
    kind: None,
    by: By::Members(&["name"]),
    is_ordered: false,
    row: &Record {
        members: &[
            NAME,
            of("package", "Package", Shape::Ref(Kind::Package)),
            of("acquisition", "Acquisition", word!(Acquisition)),
            of("acquisitionExpression", "Acquisition by expression", Shape::Plain),
            of("version", "Version", Shape::Plain),
            of("properties", "", Shape::Properties),
            OCTOPUS_ID,
        ],
    },
};

static REPOSITORIES: Rows = Rows {
    noun: "Git repository",
    kind: None,
    by: By::Members(&["name"]),
    is_ordered: false,
    row: &Record {
        members: &[
            NAME,
            of("repository", "URL", Shape::Plain),
            of("defaultBranch", "Default branch", Shape::Plain),
            of("credentialType", "Credential", Shape::Plain),
            of("credentialId", "Id of the credential", Shape::Plain),
            of("connectionId", "Id of the GitHub connection", Shape::Plain),
            of("pathFilters", "Path filters", Shape::Texts),
        ],
    },
};

static DOES: Choice = Choice {
    tag: "kind",
    variants: &[
        Variant { word: "pulumi", label: "", members: &[of("step", "", Shape::Choice(&PULUMI))] },
        Variant { word: "octopus", label: "", members: &[of("type", "Type", Shape::Type)] },
    ],
};

static PULUMI: Choice = Choice {
    tag: "do",
    variants: &[
        Variant {
            word: "extract",
            label: "Extract package",
            members: &[
                of("style", "To", word!(ExtractStyle)),
                of("reference", "Package reference", Shape::Plain),
                of("folder", "Folder in the package", Shape::Plain),
                of("target", "Fixed folder", Shape::Plain),
            ],
        },
        Variant {
            word: "config-override",
            label: "Write config override",
            members: &[
                of("source", "Program", Shape::Choice(&SOURCE)),
                of("file", "File", Shape::Plain),
                of("entries", "", Shape::Rows(&ENTRIES)),
            ],
        },
        Variant {
            word: "run",
            label: "Run Pulumi",
            members: &[
                of("operation", "Operation", word!(PulumiOperation)),
                of("source", "Program", Shape::Choice(&SOURCE)),
                of("stack", "Stack", Shape::Plain),
                of("createStack", "Create a missing stack", Shape::Flag),
                of("secretsProvider", "Secrets provider", Shape::Plain),
                of("restore", "Restore dependencies", Shape::Record(&RESTORE)),
                of("configFile", "Config file", Shape::Plain),
                of("diff", "Show differences in full", Shape::Flag),
                of("refresh", "Refresh first", Shape::Flag),
                of("parallel", "Resources at once", Shape::Plain),
                of("message", "Message", Shape::Plain),
                of("arguments", "Further arguments", Shape::List),
                of("verifies", "Preview it must agree with", Shape::Ref(Kind::Action)),
                of("publishOutputs", "Publish stack outputs", Shape::Flag),
                of("publishSecretOutputs", "Publish secret stack outputs", Shape::Flag),
            ],
        },
    ],
};

static RESTORE: Record =
    Record { members: &[of("by", "", word!(RestoreKind)), of("command", "Command", Shape::Plain)] };

static SOURCE: Choice = Choice {
    tag: "from",
    variants: &[
        Variant {
            word: "package",
            label: "In a package of the step's own",
            members: &[
                of("reference", "Package reference", Shape::Plain),
                of("folder", "Folder", Shape::Plain),
            ],
        },
        Variant {
            word: "folder",
            label: "In a folder on the worker",
            members: &[of("path", "Path", Shape::Plain)],
        },
    ],
};

static ENTRIES: Rows = Rows {
    noun: "entry",
    kind: None,
    by: By::Members(&["key"]),
    is_ordered: false,
    row: &Record {
        members: &[
            of("key", "Key", Shape::Plain),
            of("value", "Value", Shape::Plain),
            of("secret", "Secret", Shape::Flag),
        ],
    },
};
