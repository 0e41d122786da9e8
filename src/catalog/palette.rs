//! The kinds of steps that people pick from: Pulpo's own first.

use super::action_type;
use super::community::{by_parameters, community};
use crate::model::process::{ConfigOverrideStep, ExtractStep, ExtractStyle, keys};
use crate::model::{Action, ActionId, ActionType, Name, PulumiStep, process::PulumiOperation};

/// A part of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Steps whose script Pulpo writes.
    Pulumi,
    /// Step templates of the community library.
    Community,
    /// Steps that wait or tell somebody.
    People,
    /// Scripts of one's own.
    Script,
    /// Everything else.
    Octopus,
}

impl Group {
    /// The words a person reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pulumi => "Pulumi",
            Self::Community => "Community step templates",
            Self::People => "Approvals and messages",
            Self::Script => "Scripts",
            Self::Octopus => "Deployments",
        }
    }
}

/// A kind of step that can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Extract a package, to a folder of this run's own.
    Extract,
    /// Write a settings file.
    ConfigOverride,
    /// `pulumi preview`.
    Preview,
    /// `pulumi up`.
    Up,
    /// The drift check.
    Drift,
    /// `pulumi destroy`.
    Destroy,
    /// One of Octopus's types, by its id.
    Octopus(&'static str),
    /// A step template of the community library, by Pulpo's id of it.
    Community(&'static str),
}

/// A kind of step as the palette shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepKind {
    /// Stable, for links and the command line.
    pub id: &'static str,
    /// Its name, and that of a new step.
    pub label: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// The part it stands in.
    pub group: Group,
    /// What it makes.
    pub kind: Kind,
}

const fn kind(
    id: &'static str,
    label: &'static str,
    about: &'static str,
    group: Group,
    kind: Kind,
) -> StepKind {
    StepKind { id, label, about, group, kind }
}

/// The kinds in the order in which they are offered.
pub static PALETTE: [StepKind; 19] = [
    kind(
        "extract-package",
        "Extract package",
        "Unpacks the Pulumi program for later steps on the same worker.",
        Group::Pulumi,
        Kind::Extract,
    ),
    kind(
        "config-override",
        "Write config override",
        "Writes a stack settings file from variables.",
        Group::Pulumi,
        Kind::ConfigOverride,
    ),
    kind(
        "pulumi-preview",
        "Pulumi preview",
        "Shows what would change, publishes the counts and a digest.",
        Group::Pulumi,
        Kind::Preview,
    ),
    kind(
        "pulumi-up",
        "Pulumi up",
        "Makes the changes, if they are still those of the preview.",
        Group::Pulumi,
        Kind::Up,
    ),
    kind(
        "pulumi-drift",
        "Pulumi drift check",
        "Says whether the cloud still is what the stack says; changes nothing.",
        Group::Pulumi,
        Kind::Drift,
    ),
    kind(
        "pulumi-destroy",
        "Pulumi destroy",
        "Takes a stack's resources down, behind guards.",
        Group::Pulumi,
        Kind::Destroy,
    ),
    kind(
        "run-pulumi-linux",
        "Run Pulumi (Linux)",
        "The template of 2019, with bash. Hides failures; Pulumi up is better.",
        Group::Community,
        Kind::Community("run-pulumi-linux"),
    ),
    kind(
        "run-pulumi-windows",
        "Run Pulumi (Windows)",
        "The template of 2019, with PowerShell, for Windows workers.",
        Group::Community,
        Kind::Community("run-pulumi-windows"),
    ),
    kind(
        "manual",
        "Manual intervention",
        "Waits until somebody approves.",
        Group::People,
        Kind::Octopus("Octopus.Manual"),
    ),
    kind(
        "email",
        "Send an email",
        "Sends a message to people or teams.",
        Group::People,
        Kind::Octopus("Octopus.Email"),
    ),
    kind(
        "script",
        "Run a script",
        "Runs bash on a worker or on targets.",
        Group::Script,
        Kind::Octopus("Octopus.Script"),
    ),
    kind(
        "aws-script",
        "Run an AWS script",
        "Runs bash with an AWS account's credentials.",
        Group::Script,
        Kind::Octopus("Octopus.AwsRunScript"),
    ),
    kind(
        "azure-script",
        "Run an Azure script",
        "Runs bash with the Azure CLI signed in.",
        Group::Script,
        Kind::Octopus("Octopus.AzurePowerShell"),
    ),
    kind(
        "google-script",
        "Run a Google Cloud script",
        "Runs bash with the Google Cloud CLI signed in.",
        Group::Script,
        Kind::Octopus("Octopus.GoogleCloudScripting"),
    ),
    kind(
        "kubernetes-script",
        "Run a kubectl script",
        "Runs bash with kubectl set up for each Kubernetes target.",
        Group::Script,
        Kind::Octopus("Octopus.KubernetesRunScript"),
    ),
    kind(
        "deploy-release",
        "Deploy a release",
        "Deploys a release of another project.",
        Group::Octopus,
        Kind::Octopus("Octopus.DeployRelease"),
    ),
    kind(
        "health-check",
        "Health check",
        "Checks deployment targets.",
        Group::Octopus,
        Kind::Octopus("Octopus.HealthCheck"),
    ),
    kind(
        "deploy-package",
        "Deploy a package",
        "Unpacks a package on each target.",
        Group::Octopus,
        Kind::Octopus("Octopus.TentaclePackage"),
    ),
    kind(
        "transfer-package",
        "Transfer a package",
        "Copies a package, still packed, to each target.",
        Group::Octopus,
        Kind::Octopus("Octopus.TransferPackage"),
    ),
];

/// The kind with this id.
#[must_use]
pub fn step_kind(id: &str) -> Option<&'static StepKind> {
    PALETTE.iter().find(|one| one.id == id)
}

/// The kind that `action` is of, if the palette has it.
#[must_use]
pub fn kind_of(action: &Action) -> Option<&'static StepKind> {
    if let Some(one) = by_parameters(action) {
        return PALETTE.iter().find(|kind| kind.kind == one.kind());
    }
    let is_of = |kind: Kind| match (kind, action.pulumi_step()) {
        (Kind::Octopus(id), None) => {
            action.octopus_type().is_some_and(|own| own.eq_ignore_ascii_case(id))
        }
        (Kind::Extract, Some(PulumiStep::Extract(_)))
        | (Kind::ConfigOverride, Some(PulumiStep::ConfigOverride(_))) => true,
        (kind, Some(PulumiStep::Run(run))) => operation(kind) == Some(run.operation),
        _ => false,
    };
    PALETTE.iter().find(|one| is_of(one.kind))
}

fn operation(kind: Kind) -> Option<PulumiOperation> {
    Some(match kind {
        Kind::Preview => PulumiOperation::Preview,
        Kind::Up => PulumiOperation::Up,
        Kind::Drift => PulumiOperation::Refresh,
        Kind::Destroy => PulumiOperation::Destroy,
        _ => return None,
    })
}

/// A new action of `kind` with every property that its type starts with.
#[must_use]
pub fn new_action(kind: Kind, id: ActionId, name: Name) -> Action {
    let step = match kind {
        Kind::Octopus(type_id) => return octopus_action(type_id, id, name),
        Kind::Community(known) => {
            let mut action = octopus_action("Octopus.Script", id, name);
            if let Some(known) = community(known) {
                known.fill(&mut action);
            }
            return action;
        }
        Kind::ConfigOverride => PulumiStep::ConfigOverride(ConfigOverrideStep::default()),
        Kind::Preview | Kind::Up | Kind::Drift | Kind::Destroy => {
            PulumiStep::run(operation(kind).unwrap_or_default())
        }
        Kind::Extract => PulumiStep::Extract(ExtractStep {
            style: ExtractStyle::Hardened,
            ..ExtractStep::default()
        }),
    };
    Action::pulumi(id, name, step)
}

fn octopus_action(type_id: &'static str, id: ActionId, name: Name) -> Action {
    let Ok(action_type_name) = ActionType::parse(type_id) else {
        // The palette's own ids are types; a test holds that.
        return Action::pulumi(id, name, PulumiStep::run(PulumiOperation::Preview));
    };
    let mut action = Action::octopus(id, name, action_type_name);
    let Some(info) = action_type(type_id) else { return action };
    for property in info.properties() {
        if info.is_shown(property, &action.properties) {
            action.properties.set_text(property.key, property.default);
        }
    }
    if info.property(keys::SCRIPT_BODY).is_some() {
        action.properties.set_text(keys::SCRIPT_BODY, NEW_SCRIPT);
    }
    action
}

/// What a new script step runs.
const NEW_SCRIPT: &str = "echo \"Hello from $(hostname)\" || fail_step \"echo failed\"\nexit 0\n";
