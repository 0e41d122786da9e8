//! Edits of steps and their actions, in the deployment process or a runbook's.
//!
//! An item of a process is a whole step, or one child of a step that has
//! several actions. Its address is the step's id, for a child followed by `/`
//! and the action's id, because a step and its action may share an id.
//!
//! Invariants after every edit: a step has an action; names and slugs are
//! unique in their process, ignoring case; the first step does not start with
//! the one before it; nothing refers to an action that was deleted.
//! Source: reference, process, sections 2 and 3.

mod add;
mod clean;
mod community;
mod field;
mod names;
mod order;
pub mod packages;
mod pulumi;

pub use add::{add, add_gate, delete, detach, duplicate};
pub use clean::forget_actions;
pub use field::set;
pub use names::{free_name, rename};
pub use order::{Drop, Move, Spot, drop_spot, move_to, spot, standing};

use super::{Edit, Refusal, refuse};
use crate::model::{Action, Design, Process, ProcessOwner, StartTrigger, Step, StepId};

/// One thing of a process that can be moved, named and deleted, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A step with all its actions.
    Step(usize),
    /// An action of a step that has several.
    Child(usize, usize),
}

/// The process of `owner`; none where its runbook is gone.
#[must_use]
pub fn process<'a>(design: &'a Design, owner: &ProcessOwner) -> Option<&'a Process> {
    match owner {
        ProcessOwner::Deployment => Some(&design.project.process),
        ProcessOwner::Runbook(id) => design.project.runbooks.get(id).map(|one| &one.process),
    }
}

/// The item at `address`: see the module. An action's id alone will do where
/// no step has it.
#[must_use]
pub fn find(process: &Process, address: &str) -> Option<Item> {
    let (step, action) = match address.split_once('/') {
        Some((step, action)) => (step, Some(action)),
        None => (address, None),
    };
    let found = process.steps.iter().position(|one| one.id.as_str() == step);
    match (found, action) {
        (Some(at), None) => Some(Item::Step(at)),
        (Some(at), Some(action)) => {
            let step = process.steps.nth(at)?;
            let child = step.actions.iter().position(|one| one.id.as_str() == action)?;
            Some(if step.has_children() { Item::Child(at, child) } else { Item::Step(at) })
        }
        (None, _) => with_action(process, action.unwrap_or(address)),
    }
}

/// The item that holds the action `id`.
#[must_use]
pub fn with_action(process: &Process, id: &str) -> Option<Item> {
    process.steps.iter().enumerate().find_map(|(at, step)| {
        let child = step.actions.iter().position(|one| one.id.as_str() == id)?;
        Some(if step.has_children() { Item::Child(at, child) } else { Item::Step(at) })
    })
}

/// The address of `item`; empty where there is none.
#[must_use]
pub fn address(process: &Process, item: Item) -> String {
    match (step_of(process, item), item) {
        (Some(step), Item::Step(_)) => step.id.to_string(),
        (Some(step), Item::Child(_, child)) => {
            step.actions.get(child).map(|one| format!("{}/{}", step.id, one.id)).unwrap_or_default()
        }
        (None, _) => String::new(),
    }
}

/// The step that `item` is or stands in.
#[must_use]
pub fn step_of(process: &Process, item: Item) -> Option<&Step> {
    let (Item::Step(at) | Item::Child(at, _)) = item;
    process.steps.nth(at).map(|step| &**step)
}

/// The action of `item`: the child, or the first one of the step.
#[must_use]
pub fn action_of(process: &Process, item: Item) -> Option<&Action> {
    let step = step_of(process, item)?;
    match item {
        Item::Step(_) => Some(step.actions.first()),
        Item::Child(_, child) => step.actions.get(child),
    }
}

/// What people call `item`.
#[must_use]
pub fn name_of(process: &Process, item: Item) -> &str {
    match item {
        Item::Step(_) => step_of(process, item).map_or("", |step| step.name.as_str()),
        Item::Child(..) => action_of(process, item).map_or("", |action| action.name.as_str()),
    }
}

fn process_mut<'a>(
    design: &'a mut Design,
    owner: &ProcessOwner,
    change: impl FnOnce(&mut Process) -> Result<(), Refusal> + 'a,
) -> Result<(), Refusal> {
    match owner {
        ProcessOwner::Deployment => change(&mut design.project.process),
        ProcessOwner::Runbook(id) => {
            let mut result = Ok(());
            let found = design.project.runbooks.update(id, |one| result = change(&mut one.process));
            if found { result } else { refuse("This runbook is no longer there.") }
        }
    }
}

/// What is said when something was deleted in between, such as by an undo.
fn gone<T>() -> Result<T, Refusal> {
    refuse("This step is no longer there.")
}

fn step_mut(
    process: &mut Process,
    at: usize,
    change: impl FnOnce(&mut Step) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let Some(id) = process.steps.nth(at).map(|step| step.id.clone()) else { return gone() };
    let mut result = Ok(());
    process.steps.update(&id, |step| result = change(step));
    result
}

/// An edit of the process of `owner` that leaves it settled.
fn edit(
    owner: &ProcessOwner,
    label: String,
    change: impl FnOnce(&mut Process) -> Result<(), Refusal> + 'static,
) -> Edit {
    let owner = owner.clone();
    Edit::new(label, move |design| {
        process_mut(design, &owner, |process| {
            change(process)?;
            settle(process);
            Ok(())
        })
    })
}

/// An edit of the step and the action at `address`.
fn edit_action(
    owner: &ProcessOwner,
    address: &str,
    label: String,
    change: impl FnOnce(&mut Step, usize) -> Result<(), Refusal> + 'static,
) -> Edit {
    let address = address.to_owned();
    edit(owner, label, move |process| match find(process, &address) {
        Some(Item::Step(at)) => step_mut(process, at, |step| change(step, 0)),
        Some(Item::Child(at, child)) => step_mut(process, at, |step| change(step, child)),
        None => gone(),
    })
}

/// What Octopus itself sees to: nothing is before the first step.
fn settle(process: &mut Process) {
    let first = process.steps.nth(0).filter(|one| one.start == StartTrigger::WithPrevious);
    if let Some(id) = first.map(|one| one.id.clone()) {
        process.steps.update(&id, |step| step.start = StartTrigger::AfterPrevious);
    }
    names::settle_slugs(process);
}

/// An id made of `fresh`, which nothing has yet, for another kind of thing.
fn other_id(fresh: &str, kind: &str, count: usize) -> String {
    let random = fresh.rsplit_once('-').map_or(fresh, |(_, random)| random);
    match count {
        0 => format!("{kind}-{random}"),
        _ => format!("{kind}-{random}-{count}"),
    }
}

fn step_id(fresh: &str) -> Result<StepId, Refusal> {
    StepId::parse(&other_id(fresh, "step", 0)).map_err(|error| Refusal(error.rule))
}

fn action_id(fresh: &str, count: usize) -> Result<crate::model::ActionId, Refusal> {
    crate::model::ActionId::parse(&other_id(fresh, "action", count))
        .map_err(|error| Refusal(error.rule))
}

#[cfg(test)]
mod tests;
