//! Settings of the scripts that run Pulumi.

use super::access::StackAccess;
use super::block::Block;
use super::value::ScriptValue;

/// How the program's dependencies are restored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Restore {
    /// The package has all of them.
    None,
    /// `pulumi install`.
    #[default]
    PulumiInstall,
    /// These commands, each run by bash in the program's folder.
    Commands(Vec<String>),
}

/// What every script that runs Pulumi is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PulumiSettings {
    /// The stack and how to reach it.
    pub access: StackAccess,
    /// Make the stack when it is not there yet.
    pub create_stack: bool,
    /// Secrets provider of a stack that is made; empty for the backend's own.
    pub secrets_provider: ScriptValue,
    /// How dependencies are restored.
    pub restore: Restore,
    /// File for `--config-file`, a relative one being in the program's folder;
    /// empty for the stack's own.
    pub config_file: ScriptValue,
    /// Message for Pulumi's history; empty for none.
    pub message: ScriptValue,
    /// Operations at a time; none for Pulumi's default.
    pub parallel: Option<u32>,
    /// Show the differences in full.
    pub diff: bool,
    /// Refresh the state first.
    pub refresh: bool,
    /// Further arguments, the same for each preview and operation of the step.
    pub arguments: Vec<ScriptValue>,
    /// Publish reports of the run as artifacts: `preview.json` (a summary
    /// without properties) and `preview.txt`, `outputs.json` of an `up` (secrets
    /// masked by Pulumi), `drift.txt`, `destroy.txt`. Octopus does not mask
    /// anything in them.
    pub artifacts: bool,
}

impl PulumiSettings {
    /// A message that names the release and the environment.
    #[must_use]
    pub fn default_message() -> ScriptValue {
        ScriptValue::joined(vec![
            "Octopus release ".into(),
            ScriptValue::variable("Octopus.Release.Number"),
            " to ".into(),
            ScriptValue::variable("Octopus.Environment.Name"),
        ])
    }

    pub(super) fn block(&self) -> Block {
        let mut block = Block::default();
        self.access.write(&mut block);
        block.flag("create_stack", self.create_stack);
        block.one("secrets_provider", &self.secrets_provider);
        let (word, commands) = match &self.restore {
            Restore::None => ("none", Vec::new()),
            Restore::PulumiInstall => ("pulumi-install", Vec::new()),
            Restore::Commands(list) => {
                ("commands", list.iter().map(ScriptValue::literal).collect())
            }
        };
        block.text("restore", word);
        block.many("restore_commands", &commands);
        block.one("config_file", &self.config_file);
        block.one("message", &self.message);
        block.text("parallel", &self.parallel.map_or_else(String::new, |count| count.to_string()));
        block.flag("show_diff", self.diff);
        block.flag("refresh", self.refresh);
        block.many("arguments", &self.arguments);
        block.flag("publish_files", self.artifacts);
        block
    }

    pub(super) fn read(block: &Block) -> Option<Self> {
        let parallel = block.get_text("parallel")?;
        Some(Self {
            access: StackAccess::read(block)?,
            create_stack: block.get_flag("create_stack")?,
            secrets_provider: block.get_one("secrets_provider")?,
            restore: match block.get_text("restore")?.as_str() {
                "none" => Restore::None,
                "commands" => Restore::Commands(
                    block
                        .get_many("restore_commands")?
                        .into_iter()
                        .map(|command| match command {
                            ScriptValue::Literal(text) => Some(text),
                            _ => None,
                        })
                        .collect::<Option<_>>()?,
                ),
                _ => Restore::PulumiInstall,
            },
            config_file: block.get_one("config_file")?,
            message: block.get_one("message")?,
            parallel: if parallel.is_empty() { None } else { Some(parallel.parse().ok()?) },
            diff: block.get_flag("show_diff")?,
            refresh: block.get_flag("refresh")?,
            arguments: block.get_many("arguments")?,
            artifacts: block.get_flag("publish_files")?,
        })
    }
}

/// Which outputs of the stack become output variables of the step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PublishOutputs {
    /// None of them.
    #[default]
    None,
    /// Those that are not secret.
    Plain,
    /// All; secrets as sensitive output variables.
    All,
}

/// What the `up` script is told besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpSettings {
    /// The digest that the changes must still have, see [`UpSettings::digest_of`];
    /// with none, `up` applies what it finds.
    pub expected_digest: Option<ScriptValue>,
    /// Arguments for `up` alone.
    pub arguments: Vec<ScriptValue>,
    /// Which outputs of the stack are published.
    pub outputs: PublishOutputs,
}

impl UpSettings {
    /// The digest that the preview step `step` published.
    #[must_use]
    pub fn digest_of(step: &str) -> ScriptValue {
        super::output_of(step, "Digest")
    }

    pub(super) fn write(&self, block: &mut Block) {
        block.flag("verify_preview", self.expected_digest.is_some());
        block.one("expected_digest", &self.expected_digest.clone().unwrap_or_default());
        block.many("up_arguments", &self.arguments);
        let word = match self.outputs {
            PublishOutputs::None => "none",
            PublishOutputs::Plain => "plain",
            PublishOutputs::All => "all",
        };
        block.text("publish", word);
    }

    pub(super) fn read(block: &Block) -> Option<Self> {
        let digest = block.get_one("expected_digest")?;
        Some(Self {
            expected_digest: block.get_flag("verify_preview")?.then_some(digest),
            arguments: block.get_many("up_arguments")?,
            outputs: match block.get_text("publish")?.as_str() {
                "plain" => PublishOutputs::Plain,
                "all" => PublishOutputs::All,
                _ => PublishOutputs::None,
            },
        })
    }
}

/// What the drift check is told besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RefreshSettings {
    /// Fail the step when there is drift.
    pub fail_on_drift: bool,
}

impl RefreshSettings {
    pub(super) fn write(&self, block: &mut Block) {
        block.flag("fail_on_drift", self.fail_on_drift);
    }

    pub(super) fn read(block: &Block) -> Option<Self> {
        Some(Self { fail_on_drift: block.get_flag("fail_on_drift")? })
    }
}

/// What must be so before a stack is destroyed, and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DestroySettings {
    /// What the person typed; it must be the stack's full name, byte for byte.
    pub confirmation: ScriptValue,
    /// Names of the environments whose stacks may be destroyed; with none, no stack may.
    pub allowed_environments: Vec<ScriptValue>,
    /// Words that protect an environment or a stack that has them in its name, in any case.
    pub protected_words: Vec<ScriptValue>,
    /// Leave protected resources be, instead of failing at them.
    pub exclude_protected: bool,
    /// Show what would go, and stop.
    pub preview_only: bool,
    /// Remove the empty stack and its settings file as well.
    pub remove_stack: bool,
}

impl Default for DestroySettings {
    fn default() -> Self {
        Self {
            confirmation: ScriptValue::variable("Pulumi.ConfirmStack"),
            allowed_environments: Vec::new(),
            protected_words: vec!["prod".into()],
            exclude_protected: false,
            preview_only: false,
            remove_stack: false,
        }
    }
}

impl DestroySettings {
    pub(super) fn write(&self, block: &mut Block) {
        block.one("confirmation", &self.confirmation);
        block.many("allowed_environments", &self.allowed_environments);
        block.many("protected_words", &self.protected_words);
        block.flag("exclude_protected", self.exclude_protected);
        block.flag("preview_only", self.preview_only);
        block.flag("remove_stack", self.remove_stack);
    }

    pub(super) fn read(block: &Block) -> Option<Self> {
        Some(Self {
            confirmation: block.get_one("confirmation")?,
            allowed_environments: block.get_many("allowed_environments")?,
            protected_words: block.get_many("protected_words")?,
            exclude_protected: block.get_flag("exclude_protected")?,
            preview_only: block.get_flag("preview_only")?,
            remove_stack: block.get_flag("remove_stack")?,
        })
    }
}
