//! Edits of runbooks; their steps are edited by [`super::steps`].

use super::steps::forget_actions;
use super::{Edit, Refusal, refuse};
use crate::model::project::{RunbookEnvironments, TenantedMode};
use crate::model::{
    ActionId, Design, EnvironmentId, Name, ProcessOwner, Runbook, RunbookId, Scope,
};

fn gone<T>() -> Result<T, Refusal> {
    refuse("This runbook is no longer there.")
}

fn name_of(design: &Design, id: &RunbookId) -> String {
    design.project.runbooks.get(id).map_or_else(String::new, |one| one.name.to_string())
}

/// The name, if it follows the rules and no other runbook has it.
fn free(design: &Design, name: &str, own: Option<&RunbookId>) -> Result<Name, Refusal> {
    let name = Name::parse(name.trim()).map_err(|error| Refusal(error.rule))?;
    let is_taken = design.project.runbooks.iter().any(|one| {
        Some(&one.id) != own && one.name.as_str().to_lowercase() == name.as_str().to_lowercase()
    });
    if is_taken { refuse(format!("Another runbook is called “{name}”.")) } else { Ok(name) }
}

/// Adds a runbook without steps.
#[must_use]
pub fn add(name: &str, id: &str) -> Edit {
    let (name, id) = (name.to_owned(), id.to_owned());
    Edit::new(format!("Add runbook “{}”", name.trim()), move |design| {
        let name = free(design, &name, None)?;
        let id = RunbookId::parse(&id).map_err(|error| Refusal(error.rule))?;
        if !design.project.runbooks.push(Runbook::new(id, name)) {
            return refuse("This id is taken; try again.");
        }
        Ok(())
    })
}

/// Gives a runbook another name.
#[must_use]
pub fn rename(design: &Design, id: &RunbookId, name: &str) -> Edit {
    let (id, name) = (id.clone(), name.to_owned());
    Edit::new(format!("Rename runbook “{}”", name_of(design, &id)), move |design| {
        let name = free(design, &name, Some(&id))?;
        if design.project.runbooks.update(&id, |one| one.name = name) { Ok(()) } else { gone() }
    })
}

/// Deletes a runbook, and what only it had.
#[must_use]
pub fn delete(design: &Design, id: &RunbookId) -> Edit {
    let id = id.clone();
    Edit::new(format!("Delete runbook “{}”", name_of(design, &id)), move |design| {
        let Some(runbook) = design.project.runbooks.remove(&id) else { return gone() };
        let actions: Vec<ActionId> =
            runbook.process.actions().map(|(_, action)| action.id.clone()).collect();
        forget_actions(design, &ProcessOwner::Deployment, &actions);
        forget_process(design, &ProcessOwner::Runbook(id));
        Ok(())
    })
}

/// Values for this process alone go with it: without their scope they would
/// apply everywhere.
fn forget_process(design: &mut Design, owner: &ProcessOwner) {
    let is_lost = |scope: &Scope| scope.processes.len() == 1 && scope.processes.contains(owner);
    let mut emptied = Vec::new();
    design.project.variables.update_each(|variable| {
        if !variable.values.iter().any(|value| value.scope.processes.contains(owner)) {
            return None;
        }
        let mut variable = variable.clone();
        let kept = variable.values.iter().filter(|value| !is_lost(&value.scope)).map(|value| {
            let mut value = (**value).clone();
            value.scope.processes.retain(|one| one != owner);
            value
        });
        variable.values = kept.collect();
        if variable.values.is_empty() {
            emptied.push(variable.id.clone());
        }
        Some(variable)
    });
    for id in emptied {
        design.project.variables.remove(&id);
    }
}

/// Sets a field of a runbook's form: `description`, `scope`, `environments` or `tenanted`.
#[must_use]
pub fn set(design: &Design, id: &RunbookId, key: &str, text: &str) -> Edit {
    let (id, key, text) = (id.clone(), key.to_owned(), text.to_owned());
    Edit::new(format!("Change runbook “{}”", name_of(design, &id)), move |design| {
        let environments: Vec<EnvironmentId> =
            text.lines().filter_map(|line| EnvironmentId::parse(line).ok()).collect();
        let found = design.project.runbooks.update(&id, |one| match key.as_str() {
            "scope" => {
                one.environment_scope = RunbookEnvironments::from_word(&text).unwrap_or_default();
            }
            "environments" => one.environments = environments,
            "tenanted" => one.tenanted = TenantedMode::from_word(&text).unwrap_or_default(),
            _ => one.description = text,
        });
        if found { Ok(()) } else { gone() }
    })
}
