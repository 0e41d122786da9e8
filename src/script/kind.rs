//! The kinds of script: name, version, what each is for, and its body.

use super::block;

/// A kind of script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScriptKind {
    /// The 2019 guide's extraction.
    ExtractGuide,
    /// The extraction that shares nothing.
    ExtractHardened,
    /// The config file without secrets.
    ConfigOverride,
    /// The config file with secrets.
    ConfigSecrets,
    /// `pulumi preview`.
    Preview,
    /// `pulumi up`.
    Up,
    /// The check for drift.
    Refresh,
    /// The guarded `pulumi destroy`.
    Destroy,
}

use ScriptKind::{
    ConfigOverride, ConfigSecrets, Destroy, ExtractGuide, ExtractHardened, Preview, Refresh, Up,
};

const TOOLS: &str = include_str!("bash/tools.sh");
const WORKDIR: &str = include_str!("bash/workdir.sh");
const ACCESS: &str = include_str!("bash/access.sh");
const RUN: &str = include_str!("bash/run.sh");
const CREATE: &str = include_str!("bash/create.sh");
const CHANGES: &str = include_str!("bash/changes.sh");
const ARTIFACT: &str = include_str!("bash/artifact.sh");
const VALUES: &str = include_str!("bash/config_values.sh");
const END: &str = include_str!("bash/config_end.sh");

impl ScriptKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        ExtractGuide,
        ExtractHardened,
        ConfigOverride,
        ConfigSecrets,
        Preview,
        Up,
        Refresh,
        Destroy,
    ];

    /// The word in the script's first lines.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            ExtractGuide => "extract-guide",
            ExtractHardened => "extract-hardened",
            ConfigOverride => "config-override",
            ConfigSecrets => "config-override-secrets",
            Preview => "pulumi-preview",
            Up => "pulumi-up",
            Refresh => "pulumi-refresh",
            Destroy => "pulumi-destroy",
        }
    }

    /// Version of its body; raised with every change to it.
    #[must_use]
    pub fn version(self) -> u32 {
        1
    }

    /// The prefix of its parameters in a step template.
    #[must_use]
    pub fn default_prefix(self) -> &'static str {
        match self {
            ExtractGuide => "ExtractGuide",
            ExtractHardened => "ExtractApp",
            ConfigOverride => "PulumiConfig",
            ConfigSecrets => "PulumiSecretConfig",
            Preview => "PulumiPreview",
            Up => "PulumiUp",
            Refresh => "PulumiRefresh",
            Destroy => "PulumiDestroy",
        }
    }

    /// What it is for, one sentence a line.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            ExtractGuide => "Copies the Pulumi app out of its package into a fixed folder.",
            ExtractHardened => {
                "Copies the Pulumi app out of its package into a folder of this run alone.\n\
                 Later steps find it in output variable AppPath, on this worker only."
            }
            ConfigOverride => {
                "Writes a stack settings file for --config-file.\n\
                 Later steps find it in output variable ConfigFile, on this worker only."
            }
            ConfigSecrets => {
                "Writes a stack settings file for --config-file, with secrets encrypted by Pulumi.\n\
                 Later steps find it in output variable ConfigFile, on this worker only."
            }
            Preview => {
                "Previews the changes to a stack.\n\
                 Output variables: Creates, Updates, Replaces, Deletes, HasChanges, Digest."
            }
            Up => "Applies the changes to a stack.",
            Refresh => {
                "Looks for drift in a stack and changes nothing.\n\
                 Output variable: HasDrift."
            }
            Destroy => "Destroys what a stack holds, when all guards agree.",
        }
    }

    /// The output variables that it sets, besides the outputs of a stack.
    #[must_use]
    pub fn outputs(self) -> &'static [&'static str] {
        match self {
            ExtractGuide | Up | Destroy => &[],
            ExtractHardened => &["AppPath"],
            ConfigOverride | ConfigSecrets => &["ConfigFile"],
            Preview => &["Creates", "Updates", "Replaces", "Deletes", "HasChanges", "Digest"],
            Refresh => &["HasDrift"],
        }
    }

    /// The settings that all scripts that run Pulumi share, but this one has no use for.
    pub(super) fn unused(self) -> &'static [&'static str] {
        match self {
            Refresh => &["create_stack", "secrets_provider", "refresh"],
            Destroy => &["create_stack", "secrets_provider"],
            _ => &[],
        }
    }

    pub(super) fn body(self) -> &'static [&'static str] {
        match self {
            ExtractGuide => &[include_str!("bash/extract_guide.sh")],
            ExtractHardened => &[TOOLS, include_str!("bash/extract_hardened.sh")],
            ConfigOverride => &[TOOLS, VALUES, END],
            ConfigSecrets => {
                &[TOOLS, VALUES, WORKDIR, ACCESS, include_str!("bash/config_secrets.sh"), END]
            }
            Preview => &[
                TOOLS,
                WORKDIR,
                ACCESS,
                RUN,
                CREATE,
                CHANGES,
                ARTIFACT,
                include_str!("bash/preview.sh"),
            ],
            Up => &[
                TOOLS,
                WORKDIR,
                ACCESS,
                RUN,
                CREATE,
                CHANGES,
                ARTIFACT,
                include_str!("bash/up.sh"),
            ],
            Refresh => &[TOOLS, WORKDIR, ACCESS, RUN, ARTIFACT, include_str!("bash/refresh.sh")],
            Destroy => &[
                TOOLS,
                include_str!("bash/guard.sh"),
                WORKDIR,
                ACCESS,
                RUN,
                ARTIFACT,
                include_str!("bash/destroy.sh"),
            ],
        }
    }

    /// The whole script; `template` says which template it is, empty for none.
    pub(super) fn frame(self, template: &str, settings: &str) -> String {
        let version = self.version().to_string();
        let title = [self.id(), " ", &version, template].concat();
        block::frame(&title, self.about(), settings, self.body())
    }

    /// The kind and the rest of the title, when the version is the present one.
    pub(super) fn of_title(title: &str) -> Option<(Self, Option<&str>)> {
        let (id, rest) = title.split_once(' ')?;
        let (version, template) = match rest.split_once(' ') {
            Some((version, template)) => (version, Some(template)),
            None => (rest, None),
        };
        let kind = Self::ALL.into_iter().find(|kind| kind.id() == id)?;
        (version == kind.version().to_string()).then_some((kind, template))
    }
}
