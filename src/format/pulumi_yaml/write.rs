//! The settings file of a stack, as far as it can be written without Pulumi.
//!
//! Source: reference, pulumi, section 2.2: only Pulumi can encrypt, so a secret
//! that the design does not carry encrypted stands as a comment with the
//! command that sets it.

use serde_json::Value;

use crate::base::{Finding, Place};
use crate::format::yaml::write_entry;
use crate::model::pulumi::{ConfigKey, settings_file as file_of};
use crate::model::{Design, StackMapping};

/// A settings file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Its name.
    pub file: String,
    /// Its text.
    pub text: String,
    /// What it could not carry.
    pub findings: Vec<Finding>,
}

/// The settings file of the stack of one environment.
#[must_use]
pub fn settings_file(design: &Design, mapping: &StackMapping) -> Settings {
    let file = file_of(mapping.stack.stack.as_str(), "yaml");
    let mut text = String::new();
    let mut findings = Vec::new();
    for (key, value) in mapping.settings.as_object().into_iter().flatten() {
        write_entry(&mut text, key, value, 0);
    }
    let project = design.pulumi.project.as_ref().map_or("", |one| one.as_str());
    let missing: Vec<_> = design
        .pulumi
        .config
        .iter()
        .filter(|one| one.default.is_null() && one.value.is_null())
        .filter(|one| !has(mapping, &one.key, project))
        .collect();
    if !mapping.config.is_empty() {
        text.push_str("config:\n");
        for one in &mapping.config {
            let is_empty = matches!(&one.value, Value::Object(map) if map.is_empty())
                || matches!(&one.value, Value::Array(list) if list.is_empty());
            match is_empty {
                true => {
                    text.push_str(&format!("  {}: {}\n", Value::from(one.key.as_str()), one.value))
                }
                false => write_entry(&mut text, &one.key, &one.value, 2),
            }
        }
    }
    for key in missing {
        text.push_str(&to_set(key, mapping));
        let secret = if key.is_secret { "secret " } else { "" };
        let what = format!("The {secret}\"{}\" of {} has no value.", key.key, mapping.stack);
        findings.push(
            Finding::warning("export/config-missing", Place::path(&key.key).in_file(&file), what)
                .because("The project declares it without a default, so Pulumi asks for it.")
                .do_this("Run the command that stands in its place."),
        );
    }
    if text.is_empty() {
        text.push_str(&format!("# The stack {} has no settings.\n{{}}\n", mapping.stack));
    }
    Settings { file, text, findings }
}

/// Whether the stack has the key, written with the project's namespace or not.
fn has(mapping: &StackMapping, key: &str, project: &str) -> bool {
    let plain = |key: &str| match key.split_once(':') {
        Some((namespace, name)) if namespace == project => name.to_owned(),
        _ => key.to_owned(),
    };
    mapping.config.iter().any(|one| plain(&one.key) == plain(key))
}

/// The command that sets a key. Names of keys and stacks are checked texts, but
/// a key comes from a file, so only plain ones are put into a command.
fn to_set(key: &ConfigKey, mapping: &StackMapping) -> String {
    let is_plain =
        key.key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
    let name = if is_plain { key.key.as_str() } else { "KEY" };
    let secret = if key.is_secret { "--secret " } else { "" };
    format!("# pulumi config set {secret}{name} --stack {}\n", mapping.stack)
}
