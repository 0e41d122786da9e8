//! `variables.ocl`.

use super::Writer;
use super::names::Names;
use super::out::Out;
use super::slugs::Slugs;
use crate::base::{Finding, Place, Severity};
use crate::format::octopus_json::control_setting;
use crate::format::octopus_ocl::kept::KEY;
use crate::model::{ProcessOwner, Prompt, Scope, Variable, VariableContent, VariableValue};
use crate::ocl::{Entry, Value};
use crate::record::Bound;

impl Writer<'_> {
    pub(super) fn variables(&mut self) {
        let project = &self.names.design.project;
        let mut out = Out::keeping(&project.extra, "oclVariables");
        for row in &project.variables {
            if let Some(body) = variable(row, &self.slugs, &mut self.names) {
                out.block("variable", vec![row.name.to_string()], body.done());
            }
        }
        self.file("variables.ocl", out);
    }
}

/// A variable with its values, but for secrets (T3): none where nothing is left.
fn variable(variable: &Variable, slugs: &Slugs, names: &mut Names) -> Option<Out> {
    let place = variable.name.as_str();
    let plain = variable.values.iter().filter(|value| !value.content.is_sensitive());
    let plain: Vec<_> = plain.map(|value| &**value).collect();
    if plain.len() < variable.values.len() {
        let what = format!("The sensitive value of \"{place}\" is not in the file.");
        names.findings.push(
            Finding::warning("export/secret-left-out", Place::path(place), what)
                .because("Octopus keeps sensitive values in its database, and refuses them here.")
                .do_this("Enter it in Octopus, or put it there by the variables JSON."),
        );
    }
    let Some(first) = plain.first() else {
        if variable.values.is_empty() {
            let what = format!("The variable \"{place}\" has no value, so it is not in the file.");
            names.say(Severity::Info, "export/no-value", place, what);
        }
        return None;
    };
    let word = first.content.word();
    let is_one = plain.iter().all(|value| value.content.word() == word);
    if !is_one {
        let what = format!("The values of \"{place}\" are of several types.");
        names.findings.push(
            Finding::info("export/types-of-values", Place::path(place), what).because(
                "Each value says its type; that Octopus reads it there is documented only.",
            ),
        );
    }
    let mut out = Out::keeping(&variable.extra, KEY);
    out.put("type", Value::String(word.to_owned()), !is_one || word == "String");
    for one in plain {
        let (labels, body) = value(one, place, !is_one, slugs, names);
        out.block("value", labels, body.done());
    }
    Some(out)
}

/// A value: its text is the label, unless it has several lines.
fn value(
    value: &VariableValue,
    variable: &str,
    has_type: bool,
    slugs: &Slugs,
    names: &mut Names,
) -> (Vec<String>, Out) {
    let mut out = Out::keeping(&value.extra, KEY);
    let text = content(&value.content, variable, names);
    let is_bare = match &text {
        Some(text) if text.is_empty() => {
            // Without a text a prompted value has no label, any other an empty one.
            let usual = value.prompt.is_some();
            (usual && !out.is_said("empty value")) || out.is_said("no value")
        }
        Some(text) => text.contains('\n'),
        None => true,
    };
    let text = text.unwrap_or_default();
    let labels = if is_bare { Vec::new() } else { vec![text.clone()] };
    if text.contains('\n') {
        out.put("value", Value::String(text), false);
    }
    out.put("type", Value::String(value.content.word().to_owned()), !has_type);
    out.text("description", &value.description, "");
    scope(&mut out, &value.scope, variable, slugs, names);
    if let Some(one) = &value.prompt {
        out.block("prompt", Vec::new(), prompt(one).done());
    }
    (labels, out)
}

/// The text of a value; none where nothing is chosen.
fn content(content: &VariableContent, variable: &str, names: &mut Names) -> Option<String> {
    let text = match content {
        VariableContent::Text(text) => return Some(text.text.clone()),
        VariableContent::Sensitive(_) => return None,
        VariableContent::Certificate(one) => one.certificate.as_ref().map(|one| match one {
            Bound::Is(id) => names.certificate(id, variable),
            Bound::Expression(text) => text.clone(),
        }),
        VariableContent::WorkerPool(one) => one.pool.as_ref().map(|one| match one {
            Bound::Is(id) => names.pool(id, variable),
            Bound::Expression(text) => text.clone(),
        }),
        account => {
            let chosen = account.account().and_then(|one| one.account.as_ref());
            chosen.map(|one| match one {
                Bound::Is(id) => names.account(id, variable),
                Bound::Expression(text) => text.clone(),
            })
        }
    };
    if text.is_none() {
        let what = format!("A value of \"{variable}\" has nothing chosen yet.");
        names.say(Severity::Warning, "export/nothing-chosen", variable, what);
    }
    text
}

/// Scopes are lists under singular names (T1).
fn scope(out: &mut Out, scope: &Scope, variable: &str, slugs: &Slugs, names: &mut Names) {
    let mut actions: Vec<String> = Vec::new();
    for id in &scope.actions {
        let slug = match slugs.action(id) {
            Some(slug) => slug.to_owned(),
            None => names.unknown("step", id.as_str(), variable),
        };
        // One slug may stand for an action in each of several processes.
        if !actions.contains(&slug) {
            actions.push(slug);
        }
    }
    out.list("action", actions);
    let channels = scope.channels.iter().map(|id| names.channel(id, variable));
    out.list("channel", channels.collect());
    let environments = scope.environments.iter().map(|id| names.environment(id, variable));
    out.list("environment", environments.collect());
    let machines = scope.targets.iter().map(|id| names.target(id, variable));
    out.list("machine", machines.collect());
    let processes = scope.processes.iter().map(|owner| match owner {
        ProcessOwner::Deployment => "deployment-process".to_owned(),
        ProcessOwner::Runbook(id) => match slugs.runbook(id) {
            Some(slug) => ["runbook/", slug].concat(),
            None => ["runbook/", &names.unknown("runbook", id.as_str(), variable)].concat(),
        },
    });
    out.list("process", processes.collect());
    out.list("role", scope.target_tags.iter().map(ToString::to_string).collect());
    out.list("tenant_tag", scope.tenant_tags.iter().map(ToString::to_string).collect());
}

fn prompt(prompt: &Prompt) -> Out {
    let mut out = Out::keeping(&prompt.extra, KEY);
    out.put("description", Value::String(prompt.description.clone()), false);
    let settings = control_setting(prompt.control, &prompt.options);
    let settings = settings.as_object().into_iter().flatten();
    let settings = settings.map(|(key, value)| {
        Entry::new(key.as_str(), Value::String(value.as_str().unwrap_or_default().to_owned()))
    });
    out.map("display_settings", settings.collect());
    out.put("label", Value::String(prompt.label.clone()), false);
    out.flag("required", prompt.required);
    out
}
