//! `Pulumi.yaml`.
//!
//! Source: reference, pulumi, section 2.1.

use serde_json::{Map, Value};

use super::say;
use crate::base::{Finding, Place};
use crate::format::fragment::{Covers, Draft};
use crate::format::yaml::Yaml;
use crate::model::pulumi::{ConfigKey, PulumiCloud, SelfManaged};
use crate::model::{Backend, PulumiProjectName};
use crate::record::{Extra, write_member};

/// The members of a declared key.
const DECLARED: [&str; 6] = ["type", "items", "description", "secret", "default", "value"];

/// Reads the project's own file.
pub(super) fn read(yaml: &Yaml, path: &str, draft: &mut Draft) {
    draft.findings.extend(yaml.findings.iter().cloned().map(|one| super::in_file(one, path)));
    let Some(map) = yaml.value.as_object() else { return };
    let name = map.get("name").and_then(Value::as_str).unwrap_or_default();
    match PulumiProjectName::parse(name) {
        Ok(name) => draft.design.pulumi.project = Some(name),
        Err(error) => {
            let finding = Finding::error("import/bad-name", Place::default(), error.rule);
            say(draft, yaml, path, "$.name", finding);
        }
    }
    draft.design.pulumi.runtime = match map.get("runtime") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Object(inner)) => {
            inner.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    };
    if let Some(text) = map.get("description").and_then(Value::as_str) {
        text.clone_into(&mut draft.design.notes);
    }
    if let Some(url) = map.get("backend").and_then(|one| one.get("url")).and_then(Value::as_str) {
        draft.design.pulumi.backend = backend(url);
    }
    match map.get("config") {
        Some(Value::Object(config)) => {
            let keys = config.iter().map(|(key, value)| declared(key, value, name));
            draft.design.pulumi.config = keys.collect();
            for (key, value) in config {
                check(key, value, name, yaml, path, draft);
            }
        }
        // A text is the old way to say where settings files are.
        None | Some(Value::String(_) | Value::Null) => {}
        Some(_) => {
            let what = "\"config\" should be a map of keys; it is left out.";
            let finding = Finding::warning("import/wrong-kind", Place::default(), what);
            say(draft, yaml, path, "$.config", finding);
        }
    }
    let known = |key: &str| {
        matches!(key, "name" | "description")
            || (key == "config" && map.get("config").is_some_and(Value::is_object))
            || (key == "runtime" && map.get("runtime").is_some_and(Value::is_string))
    };
    let rest: Map<_, _> = map
        .iter()
        .filter(|(key, _)| !known(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if !rest.is_empty() {
        draft.design.pulumi.project_file = Value::Object(rest);
    }
    draft.cover(Covers::Pulumi);
}

/// Where state is kept.
fn backend(url: &str) -> Backend {
    if url.starts_with("https://") || url.starts_with("http://") {
        let url = if url == "https://api.pulumi.com" { "" } else { url };
        Backend::Cloud(PulumiCloud { url: url.to_owned(), ..PulumiCloud::default() })
    } else {
        Backend::SelfManaged(SelfManaged { url: url.to_owned(), ..SelfManaged::default() })
    }
}

fn is_own(key: &str, project: &str) -> bool {
    key.split_once(':').is_none_or(|(namespace, _)| namespace == project)
}

/// A declared key; a bare value is a default, or a value for other namespaces.
fn declared(key: &str, value: &Value, project: &str) -> ConfigKey {
    let mut one = ConfigKey {
        key: key.to_owned(),
        kind: String::new(),
        description: String::new(),
        is_secret: false,
        default: Value::Null,
        value: Value::Null,
        extra: Extra::default(),
    };
    match value.as_object() {
        Some(map) => {
            let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
            one.kind = text("type").to_owned();
            one.description = text("description").to_owned();
            one.is_secret = map.get("secret") == Some(&Value::Bool(true));
            one.default = map.get("default").cloned().unwrap_or_default();
            one.value = map.get("value").cloned().unwrap_or_default();
            for (key, value) in map {
                if key == "items" || !DECLARED.contains(&key.as_str()) {
                    one.extra.set(key, value.clone());
                }
            }
            if one.is_secret && one.default.is_string() {
                // A declared secret's default is no secret to Pulumi, but it reads like one.
                one.default = Value::Null;
            }
        }
        None if is_own(key, project) => one.default = value.clone(),
        None => one.value = value.clone(),
    }
    one
}

/// The rules that Pulumi itself holds declarations to.
fn check(key: &str, value: &Value, project: &str, yaml: &Yaml, path: &str, draft: &mut Draft) {
    let Some(map) = value.as_object() else { return };
    let mut at = "$.config".to_owned();
    write_member(&mut at, key);
    let mut warn = |what: String| {
        let finding = Finding::warning("import/declaration", Place::default(), what)
            .because("Pulumi refuses such a project.");
        say(draft, yaml, path, &at, finding);
    };
    if map.contains_key("default") && map.contains_key("value") {
        warn(format!("\"{key}\" has both a default and a value."));
    }
    if !is_own(key, project) && (map.contains_key("type") || map.contains_key("default")) {
        warn(format!("\"{key}\" is of another namespace, so it takes neither type nor default."));
    }
    if map.get("type").and_then(Value::as_str) == Some("array") && !map.contains_key("items") {
        warn(format!("\"{key}\" is an array, but does not say what of."));
    }
    if map.get("secret") == Some(&Value::Bool(true)) && map.get("default").is_some() {
        let what = format!("The default of the secret \"{key}\" was left out.");
        let finding = Finding::warning("import/secret-dropped", Place::default(), what)
            .because("A design keeps no secrets.");
        say(draft, yaml, path, &at, finding);
    }
    for unknown in map.keys().filter(|key| !DECLARED.contains(&key.as_str())) {
        let mut what = format!("\"{unknown}\" is nothing that a declaration says.");
        if let Some(near) = DECLARED.iter().find(|known| distance(known, unknown) <= 2) {
            what.push_str(&format!(" Did you mean \"{near}\"?"));
        }
        let mut at = at.clone();
        write_member(&mut at, unknown);
        let finding = Finding::warning("import/declaration", Place::default(), what);
        say(draft, yaml, path, &at, finding);
    }
}

/// How many letters are to be put in, taken out or changed, as Pulumi counts for
/// its own "did you mean"; texts of over 20 letters are far from everything.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<_>, Vec<_>) = (left.chars().collect(), right.chars().collect());
    if left.len().max(right.len()) > 20 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.iter().enumerate() {
        let mut diagonal = at;
        let mut before = at + 1;
        for (other, slot) in right.iter().zip(row.iter_mut().skip(1)) {
            let cost = diagonal + usize::from(letter != other);
            diagonal = *slot;
            before = cost.min(before + 1).min(*slot + 1);
            *slot = before;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}
