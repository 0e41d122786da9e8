//! Properties of the types that run a script.

use super::form::{Control, Property, Section};
use crate::model::process::keys;

const INLINE: &[&str] = &["Inline"];
const FROM_FILE: &[&str] = &["Package", "GitRepository"];
const TRUE: &[&str] = &["True"];
const FALSE: &[&str] = &["False"];

const WHERE: &[(&str, &str)] = &[
    ("true", "Run once on a worker, or for each deployment target if the step has target tags"),
    ("false", "Run on each deployment target"),
];

/// Where the action runs, on a worker unless it says otherwise.
pub(super) const ON_WORKER: Property = Property::new(
    keys::RUN_ON_SERVER,
    "Execution Location",
    "On targets, the step needs target tags.",
    Control::Select(WHERE),
)
.required()
.usually("true");

/// Written always, because Octopus would add it.
pub(super) const TOOLING: Property = Property::new(
    keys::BUNDLED_TOOLING,
    "Use bundled tooling",
    "Octopus no longer has tools of its own: the worker or its container has them.",
    Control::Hidden,
)
.usually("False");

pub(super) const EXECUTION: Section =
    Section { title: "Execution Location", properties: &[ON_WORKER, TOOLING] };

pub(super) const LIMITS: Section = Section {
    title: "Retries and Time Limits",
    properties: &[
        Property::new(
            keys::RETRIES,
            "Number of retries",
            "How often a failed step is tried again.",
            Control::Select(&[("", "No retries"), ("1", "1"), ("2", "2"), ("3", "3")]),
        ),
        Property::new(
            keys::RETRY_BACKOFF,
            "Minimum wait before retry",
            "In seconds; 15 if nothing is said.",
            Control::Text,
        )
        .when(keys::RETRIES, &["1", "2", "3"]),
        Property::new(
            keys::TIMEOUT,
            "Execution timeout",
            "In minutes; nothing means no limit.",
            Control::Text,
        ),
    ],
};

const SOURCE: Property = Property::new(
    keys::SCRIPT_SOURCE,
    "Script Source",
    "Where the script is kept.",
    Control::Select(&[
        ("Inline", "Inline source code"),
        ("GitRepository", "Script file inside a Git repository"),
        ("Package", "Script file inside a package"),
    ]),
)
.required()
.usually("Inline");

const fn syntax(languages: &'static [(&'static str, &'static str)]) -> Property {
    Property::new(
        keys::SCRIPT_SYNTAX,
        "Inline Source Code: language",
        "Bash scripts can't run on the Octopus Server itself: choose a Linux worker or target.",
        Control::Select(languages),
    )
    .required()
    .usually("Bash")
    .when(keys::SCRIPT_SOURCE, INLINE)
}

const BODY: Property = Property::new(
    keys::SCRIPT_BODY,
    "Inline Source Code",
    "Octopus fills in #{Name} before the script starts, unquoted; get_octopusvariable is safer.",
    Control::Script,
)
.required()
.when(keys::SCRIPT_SOURCE, INLINE);

const FILE: Property = Property::new(
    keys::SCRIPT_FILE,
    "Script file name",
    "Its path in the package or repository; the ending says the language.",
    Control::Text,
)
.required()
.when(keys::SCRIPT_SOURCE, FROM_FILE);

const PARAMETERS: Property = Property::new(
    keys::SCRIPT_PARAMETERS,
    "Script parameters",
    "Appended to the script's name as they are, so quote them for the shell.",
    Control::Text,
)
.when(keys::SCRIPT_SOURCE, FROM_FILE);

pub(super) const SCRIPT: Section = Section {
    title: "Script",
    properties: &[
        SOURCE,
        syntax(&[
            ("Bash", "Bash"),
            ("PowerShell", "PowerShell"),
            ("Python", "Python"),
            ("CSharp", "C#"),
            ("FSharp", "F#"),
        ]),
        BODY,
        FILE,
        PARAMETERS,
    ],
};

pub(super) const CLOUD_SCRIPT: Section = Section {
    title: "Script",
    properties: &[
        SOURCE,
        syntax(&[("Bash", "Bash"), ("PowerShell", "PowerShell")]),
        BODY,
        FILE,
        PARAMETERS,
    ],
};

const ASSUMES_ROLE: (&str, &[&str]) = (keys::AWS_ASSUME_ROLE, TRUE);

pub(super) const AWS: Section = Section {
    title: "Amazon Web Services",
    properties: &[
        Property::new(
            keys::AWS_INSTANCE_ROLE,
            "Execute using the AWS service role for an EC2 instance",
            "Takes the worker's own credentials instead of an account.",
            Control::Checkbox,
        )
        .usually("False"),
        Property::new(
            keys::AWS_ACCOUNT,
            "AWS Account",
            "The name of an AWS account variable, without #{}.",
            Control::AccountVariable("AmazonWebServicesAccount"),
        )
        .required()
        .when(keys::AWS_INSTANCE_ROLE, FALSE),
        Property::new(
            keys::AWS_REGION,
            "Region",
            "Such as us-west-2, or an expression.",
            Control::Text,
        )
        .required(),
        Property::new(
            keys::AWS_ASSUME_ROLE,
            "Assume a different AWS service role",
            "Whether the script runs under another role than the account's.",
            Control::Checkbox,
        )
        .usually("False"),
        Property::new(
            "Octopus.Action.Aws.AssumedRoleArn",
            "Role ARN",
            "The Amazon Resource Name of the role.",
            Control::Text,
        )
        .required()
        .when(ASSUMES_ROLE.0, ASSUMES_ROLE.1),
        Property::new(
            "Octopus.Action.Aws.AssumedRoleSession",
            "Session name",
            "What AWS logs call the session.",
            Control::Text,
        )
        .when(ASSUMES_ROLE.0, ASSUMES_ROLE.1),
        Property::new(
            "Octopus.Action.Aws.AssumeRoleSessionDurationSeconds",
            "Session duration",
            "In seconds, 900 to 43200; nothing means 3600.",
            Control::Text,
        )
        .when(ASSUMES_ROLE.0, ASSUMES_ROLE.1),
        Property::new(
            "Octopus.Action.Aws.AssumeRoleExternalId",
            "External ID",
            "Where the role asks for one.",
            Control::Text,
        )
        .when(ASSUMES_ROLE.0, ASSUMES_ROLE.1),
    ],
};

pub(super) const AZURE: Section = Section {
    title: "Azure",
    properties: &[Property::new(
        keys::AZURE_ACCOUNT,
        "Account",
        "An account, or #{Name} of an Azure account variable.",
        Control::Account,
    )
    .required()],
};

const USES_VM: &str = "Octopus.Action.GoogleCloud.UseVMServiceAccount";
const IMPERSONATES: &str = "Octopus.Action.GoogleCloud.ImpersonateServiceAccount";

pub(super) const GOOGLE: Section = Section {
    title: "Google Cloud",
    properties: &[
        Property::new(
            USES_VM,
            "Use VM service account",
            "Takes the worker's own credentials instead of an account.",
            Control::Checkbox,
        )
        .required()
        .usually("False"),
        Property::new(
            keys::GOOGLE_ACCOUNT,
            "Google Cloud Account",
            "The name of a Google Cloud account variable, without #{}.",
            Control::AccountVariable("GoogleCloudAccount"),
        )
        .required()
        .when(USES_VM, FALSE),
        Property::new(
            IMPERSONATES,
            "Impersonate service account",
            "Whether the script acts as another service account.",
            Control::Checkbox,
        )
        .required()
        .usually("False"),
        Property::new(
            "Octopus.Action.GoogleCloud.ServiceAccountEmails",
            "Service account emails",
            "Joined by commas.",
            Control::Text,
        )
        .required()
        .when(IMPERSONATES, TRUE),
        Property::new(
            "Octopus.Action.GoogleCloud.Project",
            "Project",
            "The default project of gcloud.",
            Control::Text,
        ),
        Property::new(
            "Octopus.Action.GoogleCloud.Region",
            "Region",
            "The default region of gcloud.",
            Control::Text,
        ),
        Property::new(
            "Octopus.Action.GoogleCloud.Zone",
            "Zone",
            "The default zone of gcloud.",
            Control::Text,
        ),
    ],
};

pub(super) const KUBERNETES: Section = Section {
    title: "Kubernetes",
    properties: &[Property::new(
        "Octopus.Action.KubernetesContainers.Namespace",
        "Namespace",
        "Nothing means the namespace of the target.",
        Control::Text,
    )],
};
