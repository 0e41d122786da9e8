//! The configuration of the Pulumi stacks: keys down, environments across.

use serde_json::Value;

use crate::model::Design;
use crate::model::pulumi::ConfigKey;

/// What stands for a value that Pulumi has encrypted.
pub const ENCRYPTED: &str = "encrypted";

/// One key with its value in each stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key.
    pub key: String,
    /// What the project says of it.
    pub about: String,
    /// The value of each stack; empty where it has none.
    pub values: Vec<String>,
}

/// All keys, and the environments that have a stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The environments' names.
    pub environments: Vec<String>,
    /// The keys.
    pub rows: Vec<Row>,
}

/// The configuration of `design`; no rows where no key is known.
#[must_use]
pub fn config(design: &Design) -> Config {
    let pulumi = &design.pulumi;
    let stacks: Vec<_> = design
        .space
        .environments
        .iter()
        .filter_map(|row| {
            let stack = pulumi.stacks.iter().find(|one| one.environment == row.id)?;
            Some((row.name.to_string(), stack))
        })
        .collect();
    let row = |key: &str| Row {
        key: key.to_owned(),
        about: pulumi.config.iter().find(|one| one.key == key).map(about).unwrap_or_default(),
        values: stacks
            .iter()
            .map(|(_, stack)| stack.config_value(key).map(shown).unwrap_or_default())
            .collect(),
    };
    Config {
        rows: pulumi.config_keys().into_iter().map(row).collect(),
        environments: stacks.into_iter().map(|(name, _)| name).collect(),
    }
}

fn about(key: &ConfigKey) -> String {
    let mut parts = Vec::new();
    if !key.kind.is_empty() {
        parts.push(key.kind.clone());
    }
    if key.is_secret {
        parts.push("secret".to_owned());
    }
    for (word, value) in [("default", &key.default), ("all stacks", &key.value)] {
        if !value.is_null() {
            parts.push(format!("{word} {}", shown(value)));
        }
    }
    parts.join(", ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(map) if map.len() == 1 && map.contains_key("secure") => ENCRYPTED.to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::pulumi_yaml::{Source, read};

    #[test]
    fn ciphertext_is_not_shown() {
        let source = |path, text| Source { path, text };
        let design = read(&[
            source(
                "Pulumi.yaml",
                "name: shop\nruntime: go\nconfig:\n  size: {type: integer, default: 1}\n",
            ),
            source("Pulumi.dev.yaml", "config:\n  shop:key:\n    secure: v1:abc\n"),
        ])
        .design;
        let config = config(&design);
        assert_eq!(config.environments, ["dev"]);
        assert_eq!(config.rows[0].about, "integer, default 1");
        assert_eq!(config.rows[1].values, [ENCRYPTED]);
    }
}
