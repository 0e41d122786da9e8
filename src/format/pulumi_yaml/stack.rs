//! `Pulumi.<stack>.yaml`.
//!
//! Source: reference, pulumi, sections 1.4 and 2.2.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{file_name, say};
use crate::base::{Finding, Place};
use crate::format::fragment::{Covers, Draft, Mention};
use crate::format::yaml::Yaml;
use crate::model::pulumi::{ConfigValue, Organization, StackName};
use crate::model::{PulumiProjectName, StackMapping, StackReference};
use crate::record::{Extra, Field, write_member};

/// What stands where no file tells the organization; it is also the word that
/// backends of one's own want.
pub(crate) const ORGANIZATION: &str = "organization";

/// Reads the settings of a stack.
pub(super) fn read(yaml: &Yaml, path: &str, draft: &mut Draft) {
    draft.findings.extend(yaml.findings.iter().cloned().map(|one| super::in_file(one, path)));
    let Some(map) = yaml.value.as_object() else { return };
    let told = file_name(path).unwrap_or_default();
    let stack = match StackName::parse(told) {
        Ok(stack) => stack,
        Err(_) => {
            let what = "The file's name does not tell the stack: it is called \"stack\" here.";
            let finding = Finding::warning("import/no-stack-name", Place::default(), what)
                .do_this("Name the file as Pulumi does: Pulumi.<stack>.yaml.");
            say(draft, yaml, path, "$", finding);
            StackName::parse("stack").unwrap_or_else(|_| StackName::blank())
        }
    };
    let config = config(map, yaml, path, draft);
    let project = draft.design.pulumi.project.clone().unwrap_or_else(|| project_of(&config));
    let organization = Organization::parse(ORGANIZATION).unwrap_or_else(|_| Organization::blank());
    let environment = draft.environment(Mention::Name(stack.as_str()));
    if draft.design.pulumi.stack_of(&environment).is_some() {
        let what =
            format!("The settings of the stack \"{stack}\" came before; these are left out.");
        let finding = Finding::warning("import/stack-twice", Place::default(), what);
        say(draft, yaml, path, "$", finding);
        return;
    }
    let reference = StackReference { organization, project, stack };
    let mut mapping = StackMapping::new(environment.clone(), reference);
    mapping.config = config;
    let settings: Map<_, _> = map
        .iter()
        .filter(|(key, _)| key.as_str() != "config")
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if !settings.is_empty() {
        mapping.settings = Value::Object(settings);
    }
    draft.design.pulumi.stacks.push(mapping);
    draft.cover(Covers::Stack(environment));
}

fn config(
    map: &Map<String, Value>,
    yaml: &Yaml,
    path: &str,
    draft: &mut Draft,
) -> Vec<ConfigValue> {
    let config = match map.get("config") {
        Some(Value::Object(config)) => config,
        None | Some(Value::Null) => return Vec::new(),
        Some(_) => {
            let what = "\"config\" should be a map of keys and values; it is left out.";
            let finding = Finding::error("import/wrong-kind", Place::default(), what);
            say(draft, yaml, path, "$.config", finding);
            return Vec::new();
        }
    };
    let mut values = Vec::new();
    for (key, value) in config {
        if looks_secret(key) && value.is_string() {
            let mut at = "$.config".to_owned();
            write_member(&mut at, key);
            let what = format!("\"{key}\" reads like a secret, but is not encrypted.");
            let finding = Finding::warning("import/plain-secret", Place::default(), what)
                .because("Whoever sees the file, or the design, sees the value.")
                .do_this("Set it with: pulumi config set --secret.");
            say(draft, yaml, path, &at, finding);
        }
        let (key, value) = (key.clone(), value.clone());
        values.push(ConfigValue { key, value, extra: Extra::default() });
    }
    values
}

/// Whether the last word of a key is that of a secret.
fn looks_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["password", "secret", "token", "apikey", "secretkey", "privatekey", "passphrase"]
        .iter()
        .any(|word| key.ends_with(word))
}

/// Without a `Pulumi.yaml`, the namespace that most keys have and no provider does.
fn project_of(config: &[ConfigValue]) -> PulumiProjectName {
    const PROVIDERS: [&str; 10] = [
        "aws",
        "aws-native",
        "azure",
        "azure-native",
        "gcp",
        "google-native",
        "kubernetes",
        "docker",
        "random",
        "pulumi",
    ];
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for namespace in config.iter().filter_map(|one| Some(one.key.split_once(':')?.0)) {
        if !PROVIDERS.contains(&namespace) {
            *counts.entry(namespace).or_default() += 1;
        }
    }
    // Of several as frequent ones the first by name, so that it is always the same.
    let best = counts.into_iter().max_by(|left, right| (left.1, right.0).cmp(&(right.1, left.0)));
    let name = best.map_or("project", |(name, _)| name);
    let name = PulumiProjectName::parse(name).or_else(|_| PulumiProjectName::parse("project"));
    name.unwrap_or_else(|_| PulumiProjectName::blank())
}
