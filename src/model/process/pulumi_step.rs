//! Pulpo's own kinds of steps; their scripts are written by `crate::script`.
//!
//! What holds for the whole design (backend, credentials, stack variable) is in
//! [`crate::model::Pulumi`] and is not said again here.

use crate::model::ids::ActionId;
use crate::record::{Extra, choices, records, words};

words! {
    /// What Pulumi is told to do.
    pub enum PulumiOperation {
        /// Show what would change.
        Preview = "preview", "Pulumi preview";
        /// Make the changes.
        Up = "up", "Pulumi up";
        /// Look for drift.
        Refresh = "refresh", "Pulumi drift check";
        /// Take everything down.
        Destroy = "destroy", "Pulumi destroy";
    }

    /// How the package is handed to later steps.
    pub enum ExtractStyle {
        /// To a folder of this deployment's own.
        Hardened = "hardened", "A folder of this deployment's own";
        /// To one fixed folder, as the guide of 2019 does.
        Guide = "guide", "One fixed folder, as the 2019 guide has it";
    }

    /// How the program's dependencies are restored.
    pub enum RestoreKind {
        /// `pulumi install`.
        Pulumi = "pulumi", "pulumi install";
        /// Not at all.
        No = "no", "Not at all: they are in the package";
        /// A command of one's own.
        Command = "command", "A command of your own";
    }
}

records! {
    /// The program in a package of the step's own.
    #[derive(Default)]
    pub struct ProgramPackage {
        /// The package reference's name; empty takes the design's.
        reference: String = "reference",
        /// The folder in it; empty takes the design's.
        folder: String = "folder",
    }

    /// The program in a folder on the worker.
    #[derive(Default)]
    pub struct ProgramFolder {
        /// A path, or an expression such as an output variable.
        path: String = "path",
    }

    /// How dependencies are restored.
    #[derive(Default)]
    pub struct Restore {
        /// How.
        kind: RestoreKind = "by",
        /// The command, where the kind says so.
        command: String = "command",
    }

    /// Unpacks the program for later steps.
    #[derive(Default)]
    pub struct ExtractStep {
        /// How.
        style: ExtractStyle = "style",
        /// The package reference's name; empty takes the design's.
        reference: String = "reference",
        /// The folder of the package that is copied; empty takes the design's.
        folder: String = "folder",
        /// The fixed folder, for the guide's style.
        target: String = "target",
    }

    /// One line of a settings override.
    pub struct ConfigEntry {
        /// The configuration key, `namespace:name` or a name of the project.
        key: String = "key",
        /// Text, with `#{Name}` where a variable's value goes.
        value: String = "value",
        /// Whether the value is a secret; then it must be one variable.
        is_secret: bool = "secret",
    }

    /// Writes a stack settings file for later steps.
    #[derive(Default)]
    pub struct ConfigOverrideStep {
        /// Where the program is.
        source: ProgramSource = "source",
        /// The file it writes, from the program's folder; empty is `Pulumi.override.yaml`.
        file: String = "file",
        /// What it writes.
        entries: Vec<ConfigEntry> = "entries",
    }

    /// Runs Pulumi.
    #[derive(Default)]
    pub struct RunStep {
        /// What it is told to do.
        operation: PulumiOperation = "operation",
        /// Where the program is.
        source: ProgramSource = "source",
        /// Text for the stack, instead of the design's variable.
        stack: String = "stack",
        /// Whether a missing stack is created.
        creates_stack: bool = "createStack",
        /// The secrets provider of a created stack; empty is the backend's own.
        secrets_provider: String = "secretsProvider",
        /// How dependencies are restored.
        restore: Restore = "restore",
        /// A settings file in place of the stack's own, from the program's folder.
        config_file: String = "configFile",
        /// Whether differences are shown in full.
        shows_diff: bool = "diff",
        /// Whether state is refreshed first.
        refreshes: bool = "refresh",
        /// How many resources at once; empty is Pulumi's choice.
        parallel: String = "parallel",
        /// A message for the update's history.
        message: String = "message",
        /// Further arguments, one each.
        arguments: Vec<String> = "arguments",
        /// The preview that an `up` must still agree with.
        verifies: Option<ActionId> = "verifies",
        /// Whether stack outputs become output variables.
        publishes_outputs: bool = "publishOutputs",
        /// Whether secret stack outputs do too, as sensitive ones.
        publishes_secrets: bool = "publishSecretOutputs",
    }
}

choices! {
    /// Where the program is.
    pub enum ProgramSource by "from" or default {
        /// In a package of this step's own: nothing crosses steps.
        Package(ProgramPackage) = "package",
        /// In a folder that an earlier step left on the worker.
        Folder(ProgramFolder) = "folder",
    }

    /// What one of Pulpo's steps does.
    pub enum PulumiStep by "do" {
        /// Unpack the program.
        Extract(ExtractStep) = "extract",
        /// Write a settings file.
        ConfigOverride(ConfigOverrideStep) = "config-override",
        /// Run Pulumi.
        Run(RunStep) = "run",
    }
}

impl Default for ProgramSource {
    fn default() -> Self {
        Self::Package(ProgramPackage::default())
    }
}

impl PulumiStep {
    /// A run of `operation` with nothing else said.
    #[must_use]
    pub fn run(operation: PulumiOperation) -> Self {
        Self::Run(RunStep { operation, ..RunStep::default() })
    }

    /// What a person calls this kind of step.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Extract(_) => "Extract package",
            Self::ConfigOverride(_) => "Write config override",
            Self::Run(run) => run.operation.label(),
        }
    }
}

impl ConfigEntry {
    /// A plain entry.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        let (key, value) = (key.into(), value.into());
        Self { key, value, is_secret: false, extra: Extra::default() }
    }
}
