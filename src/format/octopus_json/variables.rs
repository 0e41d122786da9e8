//! Variable sets, as bodies of a PUT.

use std::collections::HashSet;

use serde_json::Value;

use super::ids::{IdKind, Ids};
use super::{Members, Written};
use crate::base::{Finding, Place, Severity};
use crate::model::variable::SensitiveContent;
use crate::model::{
    Design, LibrarySet, ProcessOwner, Prompt, Scope, Variable, VariableContent, VariableValue,
};
use crate::record::{Bound, Extra, Table};

/// The body of a PUT of the project's variables.
#[must_use]
pub fn project_variable_set(design: &Design) -> Written {
    let mut ids = Ids::new(design);
    let name = design.project.name.as_str();
    let name = if name.is_empty() { "this project" } else { name };
    let mut body = Members::default();
    body.put("Id", ids.id(IdKind::VARIABLE_SET, "", name)).put("OwnerId", ids.project());
    finish(body, &design.project.variables, &design.project.extra, ids)
}

/// The body of a PUT of a library set's variables.
#[must_use]
pub fn library_variable_set(design: &Design, set: &LibrarySet) -> Written {
    let mut ids = Ids::new(design);
    let mut body = Members::default();
    body.put("Id", ids.id(IdKind::VARIABLE_SET, "", set.name.as_str()));
    body.put("OwnerId", ids.id(IdKind::LIBRARY_SET, &set.octopus_id, set.name.as_str()));
    finish(body, &set.variables, &set.extra, ids)
}

/// The member of a project's or a library set's extra ones that holds how its
/// variable set was read.
pub(super) const SET_AS_READ: &str = "variableSetAsRead";
/// The member of a value's extra ones that says where in its set it was read.
pub(super) const PLACE: &str = "place";

fn finish(mut body: Members, variables: &Table<Variable>, read: &Extra, mut ids: Ids) -> Written {
    let mut list = Vec::new();
    let mut places = Vec::new();
    for variable in variables {
        let before = ids.findings.len();
        for value in &variable.values {
            let path = format!("$.Variables[{}]", list.len());
            list.push(variable_value(variable, value, &path, &mut ids));
            places.push(value.extra.get(PLACE).and_then(Value::as_u64).unwrap_or(u64::MAX));
        }
        once(&mut ids.findings, before);
    }
    if !places.is_sorted() {
        let mut both: Vec<_> = places.into_iter().zip(list).collect();
        both.sort_by_key(|(place, _)| *place);
        list = both.into_iter().map(|(_, value)| value).collect();
    }
    body.put("Version", 0).put("Variables", list);
    crate::format::fragment::apply(SET_AS_READ, &mut body.0, read);
    if body.0.get("Version").and_then(Value::as_u64) == Some(0) {
        let what = "The Version is 0, because none was read from your server.";
        let finding = Finding::info("export/no-version", Place::path("$.Version"), what)
            .because("Octopus takes a variable set only with the Version that it has itself.")
            .do_this("Copy the Version from a GET; the commands in README.md do.");
        ids.findings.insert(0, finding);
    }
    ids.done(body.done())
}

/// Keeps, of what was said of one variable, each sentence once.
fn once(findings: &mut Vec<Finding>, from: usize) {
    let said = findings.split_off(from.min(findings.len()));
    let mut seen = HashSet::new();
    findings.extend(said.into_iter().filter(|one| seen.insert(one.what.clone())));
}

fn variable_value(variable: &Variable, value: &VariableValue, path: &str, ids: &mut Ids) -> Value {
    let place = format!("{path}.Value");
    let is_known = !value.octopus_id.is_empty();
    let text = content(variable, &value.content, is_known, &place, ids);
    let mut body = Members::default();
    body.put_known("Id", &value.octopus_id).put("Name", variable.name.as_str());
    body.put("Value", text).put("Description", value.description.as_str());
    body.put("Scope", scope(&value.scope, &format!("{path}.Scope"), ids));
    body.put("IsEditable", true);
    body.put("Prompt", value.prompt.as_ref().map_or(Value::Null, prompt));
    body.put("Type", value.content.word()).put("IsSensitive", value.content.is_sensitive());
    body.put_extra(&value.extra).put_back(&value.extra).done()
}

fn content(
    variable: &Variable,
    content: &VariableContent,
    is_known: bool,
    path: &str,
    ids: &mut Ids,
) -> Value {
    let bound = |text: Option<String>| text.map_or(Value::Null, Value::from);
    let value = match content {
        VariableContent::Text(text) => return Value::from(text.text.as_str()),
        VariableContent::Sensitive(secret) => {
            secret_left_out(variable, secret, is_known, path, ids);
            return Value::Null;
        }
        VariableContent::Certificate(one) => bound(one.certificate.as_ref().map(|one| match one {
            Bound::Is(id) => ids.certificate(id, path),
            Bound::Expression(text) => text.clone(),
        })),
        VariableContent::WorkerPool(one) => bound(one.pool.as_ref().map(|one| match one {
            Bound::Is(id) => ids.worker_pool(id, path),
            Bound::Expression(text) => text.clone(),
        })),
        account => {
            let chosen = account.account().and_then(|one| one.account.as_ref());
            bound(chosen.map(|one| match one {
                Bound::Is(id) => ids.account(id, path),
                Bound::Expression(text) => text.clone(),
            }))
        }
    };
    if value.is_null() {
        let what = format!("A value of \"{}\" has nothing chosen yet.", variable.name);
        ids.say(Severity::Warning, "export/nothing-chosen", path, what);
    }
    value
}

fn secret_left_out(
    variable: &Variable,
    secret: &SensitiveContent,
    is_known: bool,
    path: &str,
    ids: &mut Ids,
) {
    if is_known && secret.is_set {
        // The server keeps the secret of a value that comes back with its id.
        return;
    }
    let what = format!("The secret of \"{}\" is not in the file.", variable.name);
    ids.findings.push(
        Finding::warning("export/secret-left-out", Place::path(path), what)
            .because("Pulpo keeps no secrets.")
            .do_this("Type it in Octopus after the import."),
    );
}

fn scope(scope: &Scope, path: &str, ids: &mut Ids) -> Value {
    let mut body = Members::default();
    let mut put = |key: &str, list: Vec<String>| {
        // Octopus takes an empty list and a missing one for the same.
        if !list.is_empty() {
            body.put(key, list);
        }
    };
    put("Environment", scope.environments.iter().map(|id| ids.environment(id, path)).collect());
    put("Channel", scope.channels.iter().map(|id| ids.channel(id, path)).collect());
    put("Action", scope.actions.iter().map(|id| ids.action(id, path)).collect());
    put("Role", scope.target_tags.iter().map(ToString::to_string).collect());
    put("Machine", scope.targets.iter().map(|id| ids.target(id, path)).collect());
    put("TenantTag", scope.tenant_tags.iter().map(ToString::to_string).collect());
    let owners = scope.processes.iter().map(|owner| match owner {
        ProcessOwner::Deployment => ids.project(),
        ProcessOwner::Runbook(id) => ids.runbook(id, path),
    });
    put("ProcessOwner", owners.collect());
    body.put_extra(&scope.extra).done()
}

fn prompt(prompt: &Prompt) -> Value {
    let mut body = Members::default();
    body.put("Label", prompt.label.as_str()).put("Description", prompt.description.as_str());
    body.put("Required", prompt.required);
    body.put("DisplaySettings", super::control_setting(prompt.control, &prompt.options));
    body.put_extra(&prompt.extra).done()
}
