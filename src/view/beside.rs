//! Documents beside a design, to be compared with it.

use std::collections::HashMap;

use serde_json::Value;

use crate::export::lower_design;
use crate::format::fragment::Covers;
use crate::format::octopus_json;
use crate::import::{How, Imported, Mode, edit, gather};
use crate::model::{Design, Process, Step, Variable, VariableContent};
use crate::record::Table;

/// What the documents would make of `open`: a design is one of its own, all
/// else takes the place of what `open` has of its kind. What no document can
/// say is as in `open`, or it would be told as a difference: whether a secret
/// is set, that a script is one of Pulpo's steps, and what exports add of their
/// own. `None` where nothing was recognised.
#[must_use]
pub fn beside(imported: &Imported, open: &Design) -> Option<Design> {
    if let [document] = &imported.documents[..]
        && document.fragment.covers == [Covers::Design]
    {
        return Some(document.fragment.design.clone());
    }
    let how = How { process: Mode::Replace, variables: Mode::Replace, ..How::default() };
    let mut after = edit(gather(imported, |_| true), how).apply(open).ok()?;
    forget_stacks(&mut after, open);
    keep_steps(&mut after, open);
    keep_secrets(&mut after.project.variables, &open.project.variables);
    let sets: Vec<_> = after.space.library_sets.iter().map(|set| set.id.clone()).collect();
    for id in sets {
        if let Some(before) = open.space.library_sets.get(&id) {
            after.space.library_sets.update(&id, |set| {
                keep_secrets(&mut set.variables, &before.variables);
            });
        }
    }
    Some(after)
}

/// The variable that exports make of the stacks, where it says just that.
fn forget_stacks(after: &mut Design, open: &Design) {
    let name = open.pulumi.stack_variable();
    let is_it = |one: &Variable| one.name.is_same(name);
    if open.project.variables.iter().any(|one| is_it(one)) {
        return;
    }
    let is_stack = |environment, text: &str| {
        open.pulumi.stack_of(environment).is_some_and(|stack| stack.to_string() == text)
    };
    let made = after.project.variables.iter().find(|one| {
        is_it(one)
            && one.values.iter().all(|value| {
                match (&value.content, &value.scope.environments[..]) {
                    (VariableContent::Text(content), [environment]) => {
                        is_stack(environment, &content.text)
                    }
                    _ => false,
                }
            })
    });
    if let Some(id) = made.map(|one| one.id.clone()) {
        after.project.variables.remove(&id);
    }
}

/// Steps that say to Octopus what those of `open` say are those of `open`.
fn keep_steps(after: &mut Design, open: &Design) {
    let (lowered, made) = (lower_design(after).0, lower_design(open).0);
    let wanted = octopus_json::deployment_process(&made).value;
    let written = octopus_json::deployment_process(&lowered).value;
    keep(&mut after.project.process, &written, &open.project.process, &wanted);
    for runbook in &open.project.runbooks {
        let (Some(one), Some(own)) =
            (lowered.project.runbooks.get(&runbook.id), made.project.runbooks.get(&runbook.id))
        else {
            continue;
        };
        let wanted = octopus_json::runbook_process(&made, own).value;
        let written = octopus_json::runbook_process(&lowered, one).value;
        after.project.runbooks.update(&runbook.id, |one| {
            keep(&mut one.process, &written, &runbook.process, &wanted);
        });
    }
}

/// The steps of a document, each without what only a server gives it.
fn steps(document: &Value) -> Vec<Value> {
    fn without_ids(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.shift_remove("Id");
                map.values_mut().for_each(without_ids);
            }
            Value::Array(items) => items.iter_mut().for_each(without_ids),
            _ => {}
        }
    }
    let mut steps = document["Steps"].as_array().cloned().unwrap_or_default();
    steps.iter_mut().for_each(without_ids);
    steps
}

fn keep(after: &mut Process, written: &Value, open: &Process, wanted: &Value) {
    let own: HashMap<String, (Value, &Step)> = open
        .steps
        .iter()
        .zip(steps(wanted))
        .map(|(step, value)| (step.slug(), (value, &**step)))
        .collect();
    let written = steps(written);
    let mut at = 0;
    after.steps.update_each(|step| {
        let value = written.get(at);
        at += 1;
        let (wanted, same) = own.get(&step.slug())?;
        (value == Some(wanted)).then(|| Step { id: step.id.clone(), ..(*same).clone() })
    });
}

fn keep_secrets(after: &mut Table<Variable>, before: &Table<Variable>) {
    after.update_each(|variable| {
        let old = before.iter().find(|one| one.name.is_same(variable.name.as_str()))?;
        let mut changed = variable.clone();
        changed.values.update_each(|value| {
            let same = old.values.iter().find(|one| one.scope.is_same(&value.scope))?;
            match (&value.content, &same.content) {
                (VariableContent::Sensitive(now), VariableContent::Sensitive(then))
                    if then.is_set && !now.is_set =>
                {
                    let mut value = value.clone();
                    value.content = same.content.clone();
                    Some(value)
                }
                _ => None,
            }
        });
        (!changed.values.is_same(&variable.values)).then_some(changed)
    });
}
