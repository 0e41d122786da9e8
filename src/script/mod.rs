//! The bash that Pulpo writes for Octopus's *Run a Script* steps.
//!
//! A script is a settings block and a body. The body is the same for every
//! script of its kind and version, so a script that nobody edited is
//! recognised, and its settings are read back: `recognise(write(s)) == s`.
//! Each kind has a second form for a step template, whose settings block reads
//! the template's parameters.
//!
//! Never:
//! - a secret in the text; secrets are read from Octopus variables at run time;
//! - the characters `#{` in the text, so Octostache leaves it as it is;
//! - reliance on `set -e`, which has no effect under Octopus's Azure wrapper:
//!   each command that matters ends in `|| fail_step`, and the script in `exit 0`;
//! - a folder shared with another run, but for the guide's own extraction.
//!
//! Sources: Octopus's bash helper functions as Calamari has them, Pulumi's CLI
//! reference, and the hazards found in the 2019 guide and its community steps.

mod access;
mod block;
mod config;
mod extract;
mod kind;
mod pulumi;
pub mod quote;
mod template;
mod template_fields;
mod value;

pub use access::{Backend, Clouds, Program, StackAccess, extracted_path, package_reference};
pub use config::{ConfigOverride, ConfigSecrets};
pub use extract::{ExtractGuide, ExtractHardened};
pub use kind::ScriptKind;
pub use pulumi::{
    DestroySettings, PublishOutputs, PulumiSettings, RefreshSettings, Restore, UpSettings,
};
pub use template::{Control, TemplatePackage, TemplateParameter, TemplateProgram, TemplateScript};
pub use value::{ScriptValue, Unsupported};

use block::{Block, Setting};

/// A script with its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Script {
    /// The 2019 guide's extraction.
    ExtractGuide(ExtractGuide),
    /// The extraction that shares nothing.
    ExtractHardened(ExtractHardened),
    /// The config file for `--config-file`.
    ConfigOverride(ConfigOverride),
    /// `pulumi preview`.
    Preview(PulumiSettings),
    /// `pulumi up`.
    Up(PulumiSettings, UpSettings),
    /// The check for drift.
    Refresh(PulumiSettings, RefreshSettings),
    /// The guarded `pulumi destroy`.
    Destroy(PulumiSettings, DestroySettings),
}

impl Script {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ScriptKind {
        match self {
            Self::ExtractGuide(_) => ScriptKind::ExtractGuide,
            Self::ExtractHardened(_) => ScriptKind::ExtractHardened,
            Self::ConfigOverride(settings) if settings.secrets.is_some() => {
                ScriptKind::ConfigSecrets
            }
            Self::ConfigOverride(_) => ScriptKind::ConfigOverride,
            Self::Preview(_) => ScriptKind::Preview,
            Self::Up(..) => ScriptKind::Up,
            Self::Refresh(..) => ScriptKind::Refresh,
            Self::Destroy(..) => ScriptKind::Destroy,
        }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        self.kind().frame("", &self.block().lines())
    }

    /// The Octopus variables that its settings read, sorted, each once. An
    /// account is named as itself, though its parts are what is read; what the
    /// body reads of the system's own variables is not among them.
    #[must_use]
    pub fn variables(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (name, setting) in self.block().settings {
            let values = match setting {
                Setting::One(value) => vec![value],
                Setting::Many(values) => values,
            };
            for value in values {
                names.extend(value.variables().into_iter().map(str::to_owned));
                if let ScriptValue::Literal(account) = value
                    && name.ends_with("_account")
                    && !account.is_empty()
                {
                    names.push(account);
                }
            }
        }
        names.sort();
        names.dedup();
        names
    }

    fn block(&self) -> Block {
        let mut block = match self {
            Self::ExtractGuide(settings) => settings.block(),
            Self::ExtractHardened(settings) => settings.block(),
            Self::ConfigOverride(settings) => settings.block(),
            Self::Preview(settings) => settings.block(),
            Self::Up(settings, up) => {
                let mut block = settings.block();
                up.write(&mut block);
                block
            }
            Self::Refresh(settings, refresh) => {
                let mut block = settings.block();
                refresh.write(&mut block);
                block
            }
            Self::Destroy(settings, destroy) => {
                let mut block = settings.block();
                destroy.write(&mut block);
                block
            }
        };
        let unused = self.kind().unused();
        block.settings.retain(|(name, _)| !unused.contains(&name.as_str()));
        block
    }

    fn read(kind: ScriptKind, mut block: Block) -> Option<Self> {
        for name in kind.unused() {
            block.text(name, "");
        }
        Some(match kind {
            ScriptKind::ExtractGuide => Self::ExtractGuide(ExtractGuide::read(&block)?),
            ScriptKind::ExtractHardened => Self::ExtractHardened(ExtractHardened::read(&block)?),
            ScriptKind::ConfigOverride => {
                Self::ConfigOverride(ConfigOverride::read(&block, false)?)
            }
            ScriptKind::ConfigSecrets => Self::ConfigOverride(ConfigOverride::read(&block, true)?),
            ScriptKind::Preview => Self::Preview(PulumiSettings::read(&block)?),
            ScriptKind::Up => Self::Up(PulumiSettings::read(&block)?, UpSettings::read(&block)?),
            ScriptKind::Refresh => {
                Self::Refresh(PulumiSettings::read(&block)?, RefreshSettings::read(&block)?)
            }
            ScriptKind::Destroy => {
                Self::Destroy(PulumiSettings::read(&block)?, DestroySettings::read(&block)?)
            }
        })
    }
}

/// The extraction as the 2019 guide has it.
#[must_use]
pub fn extract_guide(settings: &ExtractGuide) -> String {
    Script::ExtractGuide(settings.clone()).text()
}

/// The extraction that shares nothing with other runs.
#[must_use]
pub fn extract_hardened(settings: &ExtractHardened) -> String {
    Script::ExtractHardened(settings.clone()).text()
}

/// The script that writes a config file for `--config-file`.
#[must_use]
pub fn config_override(settings: &ConfigOverride) -> String {
    Script::ConfigOverride(settings.clone()).text()
}

/// The script that previews, and publishes what it found.
#[must_use]
pub fn pulumi_preview(settings: &PulumiSettings) -> String {
    Script::Preview(settings.clone()).text()
}

/// The script that applies.
#[must_use]
pub fn pulumi_up(settings: &PulumiSettings, up: &UpSettings) -> String {
    Script::Up(settings.clone(), up.clone()).text()
}

/// The script that looks for drift and changes nothing. It has no use for
/// `settings.refresh`, `create_stack` and `secrets_provider`.
#[must_use]
pub fn pulumi_refresh(settings: &PulumiSettings, refresh: &RefreshSettings) -> String {
    Script::Refresh(settings.clone(), refresh.clone()).text()
}

/// The script that destroys, behind its guards. It has no use for
/// `settings.create_stack` and `secrets_provider`.
#[must_use]
pub fn pulumi_destroy(settings: &PulumiSettings, destroy: &DestroySettings) -> String {
    Script::Destroy(settings.clone(), destroy.clone()).text()
}

/// The output variable `name` that the step `step` has set, for a setting of a later step.
#[must_use]
pub fn output_of(step: &str, name: &str) -> ScriptValue {
    ScriptValue::Variable(["Octopus.Action[", step, "].Output.", name].concat())
}

/// What [`recognise`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a passing value, of which there is one at a time")]
pub enum Recognised {
    /// A script with its settings.
    Step(Script),
    /// A script in the form for a step template.
    Template(TemplateScript),
}

/// Reads back a script that this module wrote and nobody edited, but for
/// settings changed in the module's own way of writing them.
///
/// Line ends and blanks at the end do not count as edits.
#[must_use]
pub fn recognise(text: &str) -> Option<Recognised> {
    let text = text.replace("\r\n", "\n");
    let framed = block::unframe(&text)?;
    let (kind, template) = ScriptKind::of_title(framed.title)?;
    let found = match template {
        Some(template) => Recognised::Template(TemplateScript::of_title(kind, template)?),
        None => Recognised::Step(Script::read(kind, Block::read(framed.settings)?)?),
    };
    let written = match &found {
        Recognised::Step(script) => script.text(),
        Recognised::Template(template) => template.text(),
    };
    (written.trim_end() == text.trim_end()).then_some(found)
}

#[cfg(test)]
mod tests;
