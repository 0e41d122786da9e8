//! The parameters of the step templates, as tables.
//!
//! Never: a field that sets a setting which its script does not use.

use super::template::Control::{
    self, Checkbox, MultiLineText, Package, Select, Sensitive, SingleLineText, StepName,
};

/// One setting of a script and the parameter that gives it.
pub(super) struct Field {
    pub(super) setting: &'static str,
    pub(super) how: How,
    /// Parameter name without the prefix; empty when nothing is asked.
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) help: &'static str,
    pub(super) control: Control,
    pub(super) default: &'static str,
    pub(super) options: &'static [(&'static str, &'static str)],
}

/// How the setting is read from the parameter.
pub(super) enum How {
    /// Not at all: it is always this.
    Fixed(&'static str),
    /// Its text.
    Text,
    /// The extracted path of the package that it chooses.
    Package,
    /// Its lines, without empty ones.
    Lines,
    /// Its lines `key=variable`, the variable's value taken for its name.
    SecretLines,
    /// The digest that the step it names has published.
    Digest,
}

const fn field(
    setting: &'static str,
    name: &'static str,
    control: Control,
    default: &'static str,
    label: &'static str,
    help: &'static str,
) -> Field {
    Field { setting, how: How::Text, name, label, help, control, default, options: &[] }
}

const fn lines(
    setting: &'static str,
    name: &'static str,
    default: &'static str,
    label: &'static str,
    help: &'static str,
) -> Field {
    let field = field(setting, name, MultiLineText, default, label, help);
    Field { how: How::Lines, ..field }
}

const fn fixed(setting: &'static str, value: &'static str) -> Field {
    let field = field(setting, "", SingleLineText, "", "", "");
    Field { how: How::Fixed(value), ..field }
}

const fn package(setting: &'static str) -> Field {
    let field = field(
        setting,
        "Package",
        Package,
        "",
        "Package",
        "The package that holds the Pulumi program.",
    );
    Field { how: How::Package, ..field }
}

const FOLDER: Field = field(
    "folder",
    "Folder",
    SingleLineText,
    "infrastructure",
    "Folder in the package",
    "The folder that holds `Pulumi.yaml`.",
);

pub(super) const EXTRACT_GUIDE: &[Field] = &[
    package("extracted"),
    FOLDER,
    field(
        "target",
        "Target",
        SingleLineText,
        "/tmp/pulumi-app",
        "Target folder",
        "Removed and made again at each run. Two runs on one worker must not share it.",
    ),
];

pub(super) const EXTRACT_HARDENED: &[Field] = &[
    package("extracted"),
    FOLDER,
    field(
        "root",
        "Root",
        SingleLineText,
        "",
        "Folder for the copy",
        "A new folder is made in it for each run. Empty: the worker's temporary folder. Later steps read output variable `AppPath` of this step.",
    ),
    field(
        "keep_days",
        "KeepDays",
        SingleLineText,
        "30",
        "Days to keep old copies",
        "Copies that are older are removed. Make it longer than an approval may take.",
    ),
];

pub(super) const CONFIG: &[Field] = &[
    field(
        "file",
        "File",
        SingleLineText,
        "",
        "Config file",
        "Full path of the file to write. Later steps read output variable `ConfigFile` of this step.",
    ),
    lines(
        "config",
        "Config",
        "",
        "Config",
        "One entry a line, as `namespace:key=value`. Not for secrets: they would be readable in the file.",
    ),
];

pub(super) const SECRETS: &[Field] = &[Field {
    how: How::SecretLines,
    ..field(
        "secret_config",
        "SecretConfig",
        MultiLineText,
        "",
        "Secret config",
        "One entry a line, as `namespace:key=Name of a sensitive variable`. Write the variable's name alone, without `#` and braces.",
    )
}];

pub(super) const IN_PACKAGE: &[Field] = &[
    fixed("program_source", "package"),
    package("program_root"),
    Field { setting: "program_folder", ..FOLDER },
];

pub(super) const IN_FOLDER: &[Field] = &[
    fixed("program_source", "folder"),
    field(
        "program_root",
        "Folder",
        SingleLineText,
        "/tmp/pulumi-app",
        "Folder of the program",
        "Full path of the folder that holds `Pulumi.yaml`, as an earlier step has left it on this worker.",
    ),
    fixed("program_folder", ""),
];

pub(super) const ACCESS: &[Field] = &[
    field(
        "stack",
        "Stack",
        SingleLineText,
        "",
        "Stack",
        "The full name, as `organization/project/stack`.",
    ),
    Field {
        options: &[
            ("cloud", "Pulumi Cloud with an access token"),
            ("oidc", "Pulumi Cloud with an OpenID Connect account"),
            ("self-managed", "Self-managed"),
        ],
        ..field(
            "backend",
            "Backend",
            Select,
            "cloud",
            "Backend",
            "Where the state of the stack is kept.",
        )
    },
    field(
        "backend_url",
        "BackendUrl",
        SingleLineText,
        "",
        "Backend address",
        "Such as `s3://bucket`. Empty for Pulumi's own cloud.",
    ),
    field(
        "access_token",
        "AccessToken",
        Sensitive,
        "",
        "Access token",
        "For Pulumi Cloud with an access token. Bind it to a sensitive variable such as `PULUMI_ACCESS_TOKEN`.",
    ),
    field(
        "oidc_account",
        "OidcAccount",
        SingleLineText,
        "",
        "OpenID Connect account variable",
        "The name of a variable of type Generic OIDC account, without `#` and braces.",
    ),
    field(
        "oidc_organization",
        "OidcOrganization",
        SingleLineText,
        "",
        "Organization for OpenID Connect",
        "The Pulumi organization that trusts this Octopus server.",
    ),
    field(
        "passphrase",
        "Passphrase",
        Sensitive,
        "",
        "Passphrase",
        "For stacks whose secrets are encrypted by passphrase.",
    ),
    field(
        "aws_account",
        "AwsAccount",
        SingleLineText,
        "",
        "AWS account variable",
        "The name of an AWS account variable, without `#` and braces. Empty to use what the worker has.",
    ),
    field("aws_region", "AwsRegion", SingleLineText, "", "AWS region", "Such as `eu-west-1`."),
    field(
        "azure_account",
        "AzureAccount",
        SingleLineText,
        "",
        "Azure account variable",
        "The name of an Azure account variable, without `#` and braces. Empty to use what the worker has.",
    ),
    field(
        "google_account",
        "GoogleAccount",
        SingleLineText,
        "",
        "Google account variable",
        "The name of a Google Cloud account variable, without `#` and braces. Empty to use what the worker has.",
    ),
    field(
        "google_project",
        "GoogleProject",
        SingleLineText,
        "",
        "Google project",
        "Empty to leave it to the stack's config.",
    ),
    field(
        "share_plugins",
        "SharePlugins",
        Checkbox,
        "True",
        "Use the worker's plugins",
        "Saves fetching Pulumi's plugins at each run.",
    ),
];

pub(super) const CREATE: &[Field] = &[
    field(
        "create_stack",
        "CreateStack",
        Checkbox,
        "False",
        "Create the stack",
        "Make the stack when it is not there yet.",
    ),
    field(
        "secrets_provider",
        "SecretsProvider",
        SingleLineText,
        "",
        "Secrets provider",
        "For a stack that is made. Empty for the backend's own.",
    ),
];

pub(super) const RUN: &[Field] = &[
    Field {
        options: &[
            ("pulumi-install", "pulumi install"),
            ("commands", "The commands below"),
            ("none", "Not at all"),
        ],
        ..field(
            "restore",
            "Restore",
            Select,
            "pulumi-install",
            "Restore dependencies",
            "How the program's dependencies are restored before it runs.",
        )
    },
    lines(
        "restore_commands",
        "RestoreCommands",
        "",
        "Restore commands",
        "One a line, run by bash in the program's folder.",
    ),
    field(
        "config_file",
        "ConfigFile",
        SingleLineText,
        "",
        "Config file",
        "Used instead of the stack's own settings file. Empty for that one.",
    ),
    field(
        "message",
        "Message",
        SingleLineText,
        "Octopus release #{Octopus.Release.Number} to #{Octopus.Environment.Name}",
        "Message",
        "Shown in Pulumi's history of the stack.",
    ),
    field(
        "parallel",
        "Parallel",
        SingleLineText,
        "",
        "Operations at a time",
        "A number. Empty for Pulumi's default.",
    ),
    field(
        "show_diff",
        "Diff",
        Checkbox,
        "False",
        "Show differences",
        "Show each changed property in the log.",
    ),
    lines(
        "arguments",
        "Arguments",
        "",
        "Further arguments",
        "One a line, without quotes. The same for the preview and what follows it.",
    ),
    field(
        "publish_files",
        "Artifacts",
        Checkbox,
        "True",
        "Keep reports",
        "Keep the reports of the run as artifacts of the deployment.",
    ),
];

pub(super) const REFRESH_FIRST: &[Field] = &[field(
    "refresh",
    "Refresh",
    Checkbox,
    "False",
    "Refresh first",
    "Read what is really there before comparing.",
)];

pub(super) const UP: &[Field] = &[
    field(
        "verify_preview",
        "VerifyPreview",
        Checkbox,
        "False",
        "Only what was previewed",
        "Stop when the changes are no longer those of the preview step.",
    ),
    Field {
        how: How::Digest,
        ..field(
            "expected_digest",
            "PreviewStep",
            StepName,
            "",
            "Preview step",
            "The step that previewed this stack.",
        )
    },
    lines(
        "up_arguments",
        "UpArguments",
        "",
        "Arguments for up alone",
        "One a line, without quotes.",
    ),
    Field {
        options: &[
            ("none", "None"),
            ("plain", "Those that are not secret"),
            ("all", "All, secrets as sensitive ones"),
        ],
        ..field(
            "publish",
            "Outputs",
            Select,
            "none",
            "Publish stack outputs",
            "Which outputs of the stack become output variables of the step.",
        )
    },
];

pub(super) const DRIFT: &[Field] = &[field(
    "fail_on_drift",
    "FailOnDrift",
    Checkbox,
    "False",
    "Fail on drift",
    "Fail the step when the stack has drifted.",
)];

pub(super) const DESTROY: &[Field] = &[
    field(
        "confirmation",
        "Confirmation",
        SingleLineText,
        "",
        "Confirmation",
        "The full name of the stack, typed by the person who runs this. Bind it to a prompted variable.",
    ),
    lines(
        "allowed_environments",
        "AllowedEnvironments",
        "",
        "Allowed environments",
        "One name a line. Stacks of other environments are never destroyed.",
    ),
    lines(
        "protected_words",
        "ProtectedWords",
        "prod",
        "Protected words",
        "One a line. An environment or stack with one of them in its name is never destroyed.",
    ),
    field(
        "exclude_protected",
        "ExcludeProtected",
        Checkbox,
        "False",
        "Leave protected resources",
        "Leave protected resources be, instead of failing at them.",
    ),
    field(
        "preview_only",
        "PreviewOnly",
        Checkbox,
        "False",
        "Preview only",
        "Show what would go, and stop.",
    ),
    field(
        "remove_stack",
        "RemoveStack",
        Checkbox,
        "False",
        "Remove the stack",
        "Remove the empty stack and its settings file as well.",
    ),
];
