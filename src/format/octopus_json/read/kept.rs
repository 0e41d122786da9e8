//! Keeps with each record what its document wrote in another way than Pulpo
//! writes it: see [`crate::format::fragment::AS_READ`].

use std::collections::HashMap;

use serde_json::Value;

use crate::format::fragment::{Covers, Fragment, remember, remember_as};
use crate::format::octopus_json::variables::{PLACE, SET_AS_READ};
use crate::format::octopus_json::{self, TemplateMeta};
use crate::model::{Process, StepTemplate, StepTemplateId, Variable};
use crate::record::{Extra, Table};

/// Writes what was read, and keeps the differences.
pub(super) fn remember_all(fragment: &mut Fragment, sources: &[(Covers, &Value)]) {
    // Of two documents about the same thing the later one was taken in.
    let by_what: HashMap<&Covers, &Value> =
        sources.iter().map(|(covers, value)| (covers, *value)).collect();
    let design = &mut fragment.design;
    if let Some(read) = by_what.get(&Covers::Process) {
        let written = octopus_json::deployment_process(design).value;
        let process = &mut design.project.process;
        remember(&mut process.extra, read, &written, &["Steps"]);
        steps(process, items(read, "Steps"), items(&written, "Steps"));
    }
    if by_what.contains_key(&Covers::Steps) {
        let loose = sources.iter().filter(|(covers, _)| *covers == Covers::Steps);
        let read: Vec<_> = loose.map(|(_, value)| *value).collect();
        let written = octopus_json::deployment_process(design).value;
        loose_steps(&mut design.project.process, &read, items(&written, "Steps"));
    }
    if let Some(read) = by_what.get(&Covers::Variables) {
        let written = octopus_json::project_variable_set(design).value;
        let project = &mut *design.project;
        remember_as(SET_AS_READ, &mut project.extra, read, &written, &["Variables"]);
        values(&mut project.variables, items(read, "Variables"), items(&written, "Variables"));
    }
    let before = design.clone();
    design.project.runbooks.update_each(|runbook| {
        let read = by_what.get(&Covers::Runbook(runbook.id.clone()))?;
        let written = octopus_json::runbook_process(&before, runbook).value;
        let mut changed = runbook.clone();
        remember(&mut changed.process.extra, read, &written, &["Steps"]);
        steps(&mut changed.process, items(read, "Steps"), items(&written, "Steps"));
        Some(changed)
    });
    design.space.library_sets.update_each(|set| {
        let read = by_what.get(&Covers::LibrarySet(set.id.clone()))?;
        read.get("Variables")?;
        let written = octopus_json::library_variable_set(&before, set).value;
        let mut changed = set.clone();
        remember_as(SET_AS_READ, &mut changed.extra, read, &written, &["Variables"]);
        values(&mut changed.variables, items(read, "Variables"), items(&written, "Variables"));
        Some(changed)
    });
    let templates: HashMap<&StepTemplateId, &Value> = by_what
        .iter()
        .filter_map(|(covers, value)| match covers {
            Covers::StepTemplate(id) => Some((id, *value)),
            _ => None,
        })
        .collect();
    design.space.step_templates.update_each(|row| {
        let read = templates.get(&row.id)?;
        let meta = TemplateMeta::default();
        let written = octopus_json::step_template(&before, row, meta).value;
        Some(template(row, read, &written))
    });
}

fn items<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn objects(items: &[Value]) -> impl Iterator<Item = &Value> {
    items.iter().filter(|item| item.is_object())
}

/// The items that became steps: those with an action.
fn taken(items: &[Value]) -> impl Iterator<Item = &Value> {
    objects(items).filter(|step| objects(self::items(step, "Actions")).next().is_some())
}

fn steps(process: &mut Process, read: &[Value], written: &[Value]) {
    let mut pairs = taken(read).zip(written);
    process.steps.update_each(|step| {
        let (read, written) = pairs.next()?;
        let mut changed = step.clone();
        remember(&mut changed.extra, read, written, &["Actions"]);
        let pairs = objects(items(read, "Actions")).zip(items(written, "Actions"));
        for (action, (read, written)) in changed.actions.iter_mut().zip(pairs) {
            remember(&mut action.extra, read, written, &[]);
        }
        (changed != *step).then_some(changed)
    });
}

/// Steps and actions that stand by themselves.
fn loose_steps(process: &mut Process, read: &[&Value], written: &[Value]) {
    let is_taken = |value: &&&Value| {
        value.get("Actions").is_none() || taken(std::slice::from_ref(value)).next().is_some()
    };
    let mut pairs = read.iter().filter(is_taken).zip(written);
    process.steps.update_each(|step| {
        let (read, written) = pairs.next()?;
        let mut changed = step.clone();
        let written_actions = items(written, "Actions");
        if read.get("Actions").is_some() {
            remember(&mut changed.extra, read, written, &["Actions"]);
            let pairs = objects(items(read, "Actions")).zip(written_actions);
            for (action, (read, written)) in changed.actions.iter_mut().zip(pairs) {
                remember(&mut action.extra, read, written, &[]);
            }
        } else if let Some(written) = written_actions.first() {
            remember(&mut changed.actions.first_mut().extra, read, written, &[]);
        }
        (changed != *step).then_some(changed)
    });
}

fn template(row: &StepTemplate, read: &Value, written: &Value) -> StepTemplate {
    let mut changed = row.clone();
    remember(&mut changed.extra, read, written, &["Parameters"]);
    let pairs = objects(items(read, "Parameters")).zip(items(written, "Parameters"));
    for (parameter, (read, written)) in changed.parameters.iter_mut().zip(pairs) {
        remember(&mut parameter.extra, read, written, &[]);
    }
    changed
}

/// What is written stands in the order of what was read.
fn values(variables: &mut Table<Variable>, read: &[Value], written: &[Value]) {
    let read: Vec<_> = objects(read).collect();
    let mut next = 0_usize;
    variables.update_each(|variable| {
        let mut changed = variable.clone();
        let kept = variable.values.iter().map(|value| {
            let mut value = (**value).clone();
            let place = place(&value.extra).unwrap_or(next);
            next += 1;
            if let (Some(read), Some(written)) = (read.get(place), written.get(place)) {
                remember(&mut value.extra, read, written, &[]);
            }
            value
        });
        changed.values = kept.collect();
        Some(changed)
    });
}

fn place(extra: &Extra) -> Option<usize> {
    usize::try_from(extra.get(PLACE)?.as_u64()?).ok()
}
