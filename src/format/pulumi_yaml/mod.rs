//! Pulumi's files: `Pulumi.yaml` and the settings files of its stacks.
//!
//! A file is known by what it holds; its path only tells the name of the stack
//! and which files belong together. Encrypted values are carried as they are,
//! neither read nor changed.
//! Source: reference, pulumi, sections 1.4, 1.5 and 2.

mod project;
mod stack;
mod write;

pub use write::{Settings, settings_file};

use serde_json::Value;

use super::fragment::{Draft, Fragment};
use super::yaml::{self, Yaml};
use crate::base::{Finding, Place};

/// A file by its path and its text.
#[derive(Debug, Clone, Copy)]
pub struct Source<'t> {
    /// With `/` between; empty where the text was pasted.
    pub path: &'t str,
    /// The text.
    pub text: &'t str,
}

/// What a YAML file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A `Pulumi.yaml`.
    Project,
    /// The settings of a stack.
    Stack,
}

/// The members of a settings file.
const SETTINGS: [&str; 5] =
    ["config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/// What a YAML value is, if it is one of Pulumi's files.
#[must_use]
pub fn shape_of(value: &Value, path: &str) -> Option<Shape> {
    let map = value.as_object()?;
    if map.contains_key("name") && map.contains_key("runtime") {
        return Some(Shape::Project);
    }
    if !map.is_empty() && map.keys().all(|key| SETTINGS.contains(&key.as_str())) {
        return Some(Shape::Stack);
    }
    // A name may be all that a project file has; an unknown member is no reason
    // to leave a settings file out.
    match file_name(path) {
        Some("") if map.contains_key("name") => Some(Shape::Project),
        Some(stack) if !stack.is_empty() => Some(Shape::Stack),
        _ => None,
    }
}

/// The stack that a file's name tells: empty for the project's own file.
fn file_name(path: &str) -> Option<&str> {
    let name = path.rsplit(['/', '\\']).next()?;
    let inner = name.strip_prefix("Pulumi")?;
    let inner = inner.strip_suffix(".yaml").or_else(|| inner.strip_suffix(".yml"))?;
    match inner {
        "" => Some(""),
        _ => inner.strip_prefix('.').filter(|stack| !stack.is_empty()),
    }
}

/// Reads one file, or all files of a project together.
#[must_use]
pub fn read(files: &[Source]) -> Fragment {
    let mut draft = Draft::default();
    let mut stacks = Vec::new();
    let mut has_project = false;
    for file in files {
        match yaml::parse(file.text) {
            Err(finding) => draft.say(in_file(*finding, file.path)),
            Ok(read) => match shape_of(&read.value, file.path) {
                Some(Shape::Project) if has_project => draft.say(in_file(
                    Finding::warning("import/two-projects", Place::default(), "A second project.")
                        .because("A design has one Pulumi project; this one was left out."),
                    file.path,
                )),
                Some(Shape::Project) => {
                    has_project = true;
                    project::read(&read, file.path, &mut draft);
                }
                Some(Shape::Stack) => stacks.push((*file, read)),
                None => draft.say(in_file(unknown(), file.path)),
            },
        }
    }
    // After the project, whose name they need.
    for (file, read) in &stacks {
        stack::read(read, file.path, &mut draft);
    }
    draft.finish()
}

fn unknown() -> Finding {
    let what = "It is YAML, but neither a Pulumi.yaml nor the settings of a stack.";
    Finding::error("import/unknown-yaml", Place::path("$"), what)
        .do_this("A Pulumi.yaml has a name and a runtime, a settings file a config.")
}

fn in_file(mut finding: Finding, path: &str) -> Finding {
    if !path.is_empty() {
        finding.place.file = Some(path.to_owned());
    }
    finding
}

/// Says something of a place in a file.
fn say(draft: &mut Draft, yaml: &Yaml, path: &str, at: &str, finding: Finding) {
    let finding = Finding { place: yaml.place(at), ..finding };
    draft.say(in_file(finding, path));
}

#[cfg(test)]
mod tests;
