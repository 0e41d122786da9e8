//! Actions, with their packages and Git references.

use serde_json::{Value as Json, json};

use super::names::Names;
use super::out::Out;
use crate::base::{Finding, Place, Severity};
use crate::format::octopus_ocl::kept::KEY;
use crate::format::octopus_ocl::{UNKNOWN_TYPE, extras};
use crate::model::process::{ActionKind, keys};
use crate::model::{
    Action, ActionCondition, Container, GitDependency, PackageReference, Properties, PropertyValue,
    Step, WorkerPoolChoice,
};
use crate::ocl::{Element, Entry, Value};
use crate::record::Extra;

pub(super) fn action(action: &Action, step: &Step, names: &mut Names) -> Out {
    let mut out = Out::keeping(&action.extra, KEY);
    let place = action.name.as_str();
    let action_type = match &action.kind {
        ActionKind::Octopus(kind) => kind.action_type.as_str(),
        ActionKind::Pulumi(_) => {
            let what = format!("\"{}\" has no script yet: it was not lowered.", action.name);
            names.say(Severity::Error, "export/not-lowered", place, what);
            "Octopus.Script"
        }
    };
    if action.numbers_releases {
        let what = format!("That \"{}\" may number the releases is not in the file.", action.name);
        names.findings.push(
            Finding::info("export/no-place", Place::path(place), what)
                .because("OCL names the package that does, in deployment_settings.ocl."),
        );
    }
    let mut settings = action.properties.clone();
    let packages = packages(action, action_type, &mut settings, names);
    // An action of a step template has no type (A4).
    let is_made = action.template.is_some() || !settings.text(keys::TEMPLATE_ID).is_empty();
    let has_type = !is_made && action_type != UNKNOWN_TYPE;
    out.put("action_type", Value::String(action_type.to_owned()), !has_type);
    let channels = action.channels.iter().map(|id| names.channel(id, place));
    out.list("channels", channels.collect());
    out.text("condition", action.condition.word(), ActionCondition::default().word());
    let environments = action.environments.iter().map(|id| names.environment(id, place));
    out.list("environments", environments.collect());
    let excluded = action.excluded_environments.iter().map(|id| names.environment(id, place));
    out.list("excluded_environments", excluded.collect());
    out.flag("is_disabled", action.is_disabled);
    out.flag("is_required", action.is_required);
    let is_steps = !step.has_children() && action.name == step.name;
    out.put("name", Value::String(action.name.to_string()), is_steps);
    out.text("notes", &action.notes, "");
    out.map("properties", properties(&settings, place, names));
    known(&mut out, &action.extra, extras::STEP_PACKAGE, "step_package_version");
    let tags = action.tenant_tags.iter().map(ToString::to_string);
    out.list("tenant_tags", tags.collect());
    let (pool, variable) = match &action.worker_pool {
        WorkerPoolChoice::Default => (String::new(), ""),
        WorkerPoolChoice::Pool(pick) => (names.pool(&pick.pool, place), ""),
        WorkerPoolChoice::Variable(pick) => (String::new(), pick.variable.as_str()),
    };
    out.text("worker_pool", &pool, "");
    out.text("worker_pool_variable", variable, "");
    if let Some(one) = &action.container {
        let body = container(one, place, names);
        out.block("container", Vec::new(), body.done());
    }
    for dependency in &action.git_dependencies {
        let labels = labels(&dependency.name);
        out.block("git_dependencies", labels, git_dependency(dependency).done());
    }
    for (name, body) in packages {
        out.block("packages", labels(&name), body);
    }
    if !action.inputs.is_null() {
        let what = format!("The inputs of \"{}\" are written as blocks.", action.name);
        names.findings.push(
            Finding::warning("export/step-package", Place::path(place), what)
                .because("How Octopus lays out the inputs of a step package is unverified.")
                .do_this("Compare the file with one that Octopus wrote."),
        );
        out.block("inputs", Vec::new(), inputs(&action.inputs));
    }
    out
}

fn labels(name: &str) -> Vec<String> {
    if name.is_empty() { Vec::new() } else { vec![name.to_owned()] }
}

/// A member that came with Octopus's JSON name.
fn known(out: &mut Out, extra: &Extra, member: &str, name: &str) {
    if let Some(text) = extra.get(member).and_then(Json::as_str) {
        out.put(name, Value::String(text.to_owned()), false);
    }
}

/// Properties as entries of a map; a secret is left out.
pub(super) fn properties(properties: &Properties, path: &str, names: &mut Names) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (key, value) in properties.iter() {
        let value = match value {
            PropertyValue::Text(text) => Value::String(names.property(key, text, path)),
            PropertyValue::Sensitive { .. } => {
                let what = format!("The secret of \"{key}\" is not in the file.");
                names.findings.push(
                    Finding::warning("export/secret-left-out", Place::path(path), what)
                        .because("OCL holds no secrets.")
                        .do_this("Let a sensitive variable hold it, and refer to that."),
                );
                continue;
            }
            PropertyValue::Other(json) => value_of(json),
        };
        entries.push(Entry::new(key, value));
    }
    entries
}

/// A JSON value that is neither list nor object; those stand as their text.
fn value_of(json: &Json) -> Value {
    let integer = |json: &Json| json.as_i64().and_then(|number| i32::try_from(number).ok());
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::String(text) => Value::String(text.clone()),
        other => integer(other)
            .filter(|number| *number != i32::MIN)
            .map_or_else(|| Value::String(other.to_string()), Value::Integer),
    }
}

fn container(container: &Container, path: &str, names: &mut Names) -> Out {
    let mut out = Out::keeping(&container.extra, KEY);
    known(&mut out, &container.extra, extras::DOCKERFILE, "dockerfile");
    let feed = names.bound_feed(container.feed.as_ref(), path);
    out.text("feed", &feed, "");
    out.text("image", &container.image, "");
    out
}

fn git_dependency(dependency: &GitDependency) -> Out {
    let mut out = Out::keeping(&dependency.extra, KEY);
    out.text("default_branch", &dependency.default_branch, "");
    // Unverified: likely names for members of Octopus's JSON.
    out.list("file_path_filters", dependency.path_filters.clone());
    out.text("git_credential_id", &dependency.credential_id, "");
    out.text("git_credential_type", &dependency.credential_type, "");
    out.text("github_connection_id", &dependency.connection_id, "");
    out.text("repository_uri", &dependency.repository, "");
    let name = "step_package_inputs_reference_id";
    known(&mut out, &dependency.extra, extras::INPUTS_REFERENCE, name);
    out
}

/// The packages of an action, by name. A package parameter stands twice: there,
/// and in the properties as a text of JSON (P3).
fn packages(
    action: &Action,
    action_type: &str,
    properties: &mut Properties,
    names: &mut Names,
) -> Vec<(String, Vec<Element>)> {
    let place = action.name.as_str();
    let mut list = Vec::new();
    for reference in &action.packages {
        let parameter = reference.properties.text(PackageReference::PARAMETER);
        let is_deferred = reference.properties.text(PackageReference::SELECTION_MODE) == "deferred";
        if is_deferred
            && !parameter.is_empty()
            && let Some(key) = &reference.package
        {
            let (package, feed) = names.package(key, place);
            let chosen = json!({ "PackageId": package, "FeedId": feed }).to_string();
            properties.set(parameter, PropertyValue::Text(chosen));
        }
        list.push((reference.name.clone(), package(reference, false, place, names).done()));
    }
    let has_primary = action.packages.iter().any(|reference| reference.name.is_empty());
    let project = action.properties.text(keys::RELEASE_PROJECT);
    if action_type == "Octopus.DeployRelease" && !has_primary && !project.is_empty() {
        let project = names.property(keys::RELEASE_PROJECT, project, place);
        let feed = names.releases_feed(place);
        let mut out = Out::default();
        out.text("acquisition_location", "NotAcquired", "");
        out.text("feed", &feed, "");
        out.text("package_id", &project, "");
        list.push((String::new(), out.done()));
    }
    list
}

/// A package; as a parameter of a process template it has no more than feed and
/// id.
pub(super) fn package(
    reference: &PackageReference,
    is_parameter: bool,
    path: &str,
    names: &mut Names,
) -> Out {
    let mut out = Out::keeping(&reference.extra, KEY);
    let (package, feed) = match &reference.package {
        Some(key) => names.package(key, path),
        None => (String::new(), String::new()),
    };
    if !is_parameter {
        let location = match reference.acquisition_expression.as_str() {
            "" => reference.acquisition.word(),
            expression => expression,
        };
        out.text("acquisition_location", location, "");
    }
    out.text("feed", &feed, "");
    out.text("package_id", &package, "");
    let mut entries = properties(&reference.properties, path, names);
    // The server leaves an empty parameter name out.
    entries
        .retain(|entry| entry.key != PackageReference::PARAMETER || entry.value.text() != Some(""));
    out.map("properties", entries);
    let name = "step_package_inputs_reference_id";
    known(&mut out, &reference.extra, extras::INPUTS_REFERENCE, name);
    // Unverified: a member of Octopus's JSON that no file was seen with.
    out.text("version", &reference.version, "");
    out
}

/// The inputs of a step package: members as attributes, objects as blocks,
/// lists of objects as blocks of one name.
fn inputs(json: &Json) -> Vec<Element> {
    let mut out = Out::default();
    for (name, value) in json.as_object().into_iter().flatten() {
        match value {
            Json::Object(_) => out.block(name, Vec::new(), inputs(value)),
            Json::Array(items) if items.iter().any(Json::is_object) => {
                for item in items {
                    out.block(name, Vec::new(), inputs(item));
                }
            }
            Json::Array(items) => {
                out.put(name, Value::Array(items.iter().map(value_of).collect()), false);
            }
            other => out.put(name, value_of(other), false),
        }
    }
    out.done()
}
