//! Settings of the script that writes a stack settings file for `--config-file`.
//!
//! Never: a secret in the file's plain text; secrets go through
//! `pulumi config set --secret`, and only ever come from an Octopus variable.

use super::access::StackAccess;
use super::block::Block;
use super::value::ScriptValue;

/// The config file and what stands in it. It replaces `Pulumi.<stack>.yaml`
/// as a whole for the commands that are given it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigOverride {
    /// Full path of the file, in a folder that later steps can reach; they are
    /// told it as output variable `ConfigFile`.
    pub file: ScriptValue,
    /// Config key (no `=` in it) and where its value comes from.
    pub entries: Vec<(String, ScriptValue)>,
    /// Secret entries, when there are any.
    pub secrets: Option<ConfigSecrets>,
}

/// Secret config, which needs Pulumi and the stack to be encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigSecrets {
    /// Config key (no `=` in it) and the sensitive Octopus variable with its value.
    pub entries: Vec<(String, String)>,
    /// The stack whose secrets provider encrypts them.
    pub access: StackAccess,
}

impl ConfigOverride {
    /// The output variable that holds the file's path.
    pub const OUTPUT: &'static str = "ConfigFile";

    pub(super) fn block(&self) -> Block {
        let mut block = Block::default();
        block.one("file", &self.file);
        let entries: Vec<_> =
            self.entries.iter().map(|(key, value)| entry(key, value.clone())).collect();
        block.many("config", &entries);
        if let Some(secrets) = &self.secrets {
            let entries: Vec<_> = secrets
                .entries
                .iter()
                .map(|(key, variable)| entry(key, ScriptValue::variable(variable)))
                .collect();
            block.many("secret_config", &entries);
            secrets.access.write(&mut block);
        }
        block
    }

    pub(super) fn read(block: &Block, with_secrets: bool) -> Option<Self> {
        let secrets = if with_secrets {
            let entries = block.get_many("secret_config")?;
            let entries = entries.iter().map(|value| {
                let (key, value) = split(value)?;
                match value {
                    ScriptValue::Variable(name) => Some((key, name)),
                    _ => None,
                }
            });
            Some(ConfigSecrets {
                entries: entries.collect::<Option<_>>()?,
                access: StackAccess::read(block)?,
            })
        } else {
            None
        };
        Some(Self {
            file: block.get_one("file")?,
            entries: block.get_many("config")?.iter().map(split).collect::<Option<_>>()?,
            secrets,
        })
    }
}

fn entry(key: &str, value: ScriptValue) -> ScriptValue {
    ScriptValue::joined(vec![ScriptValue::Literal([key, "="].concat()), value])
}

fn split(value: &ScriptValue) -> Option<(String, ScriptValue)> {
    let (first, rest) = value.parts().split_first()?;
    let ScriptValue::Literal(text) = first else { return None };
    let (key, text) = text.split_once('=')?;
    let mut parts = vec![ScriptValue::literal(text)];
    parts.extend_from_slice(rest);
    Some((key.to_owned(), ScriptValue::joined(parts)))
}
