//! Names and slugs of steps and actions, unique in their process.

use std::collections::HashSet;

use super::{Item, find, gone, name_of, process, process_mut, settle, step_mut};
use crate::edit::{Edit, Refusal, refuse};
use crate::model::{Design, Name, Process, ProcessOwner, Slug};
use crate::record::{Field, Reader};

/// Gives the step or child at `address` another name. Texts of the same
/// process and of the project's variables that speak of it by its name follow.
#[must_use]
pub fn rename(design: &Design, owner: &ProcessOwner, address: &str, name: &str) -> Edit {
    let old = process(design, owner)
        .and_then(|process| find(process, address).map(|item| name_of(process, item).to_owned()))
        .unwrap_or_default();
    let (address, name, owner) = (address.to_owned(), name.trim().to_owned(), owner.clone());
    Edit::new(format!("Rename step “{old}”"), move |design| {
        process_mut(design, &owner, |process| {
            give_name(process, &address, &name)?;
            follow(process, &old, &name);
            settle(process);
            Ok(())
        })?;
        follow_in_variables(design, &old, &name);
        Ok(())
    })
}

fn give_name(process: &mut Process, address: &str, name: &str) -> Result<(), Refusal> {
    let Some(item) = find(process, address) else { return gone() };
    let name = Name::parse(name).map_err(|error| Refusal(error.rule))?;
    if is_taken(process, name.as_str(), Some(item)) {
        return refuse(format!(
            "Another step is called “{name}”. Octopus asks for different names, ignoring case."
        ));
    }
    let (Item::Step(at) | Item::Child(at, _)) = item;
    step_mut(process, at, |step| {
        let is_single = !step.has_children();
        match item {
            Item::Step(_) => {
                let own = std::mem::replace(&mut step.name, name.clone());
                let action = step.actions.first_mut();
                if is_single || action.name == own {
                    action.name = name;
                }
            }
            Item::Child(_, child) => {
                if let Some(action) = step.actions.get_mut(child) {
                    action.name = name;
                }
            }
        }
        Ok(())
    })
}

/// Whether `name` is that of a step or an action other than `item`'s own.
pub(super) fn is_taken(process: &Process, name: &str, item: Option<Item>) -> bool {
    let is_same = |other: &str| other.to_lowercase() == name.to_lowercase();
    process.steps.iter().enumerate().any(|(at, step)| {
        let is_own_step = item == Some(Item::Step(at));
        let own = |child: usize| {
            item == Some(Item::Child(at, child))
                // A step shares its name with its only action, or its first one.
                || is_own_step && child == 0
        };
        // The first child may be called as its step is.
        let is_own_parent = item == Some(Item::Child(at, 0));
        (!is_own_step && !is_own_parent && is_same(step.name.as_str()))
            || step
                .actions
                .iter()
                .enumerate()
                .any(|(child, action)| !own(child) && is_same(action.name.as_str()))
    })
}

/// `wanted`, or with the first number behind it that makes it free.
#[must_use]
pub fn free_name(process: &Process, wanted: &str) -> Name {
    free_name_but(process, wanted, None)
}

pub(super) fn free_name_but(process: &Process, wanted: &str, item: Option<Item>) -> Name {
    let mut count = 1_u32;
    loop {
        let name = if count == 1 {
            wanted.trim().to_owned()
        } else {
            format!("{} {count}", wanted.trim())
        };
        if !is_taken(process, &name, item)
            && let Ok(name) = Name::parse(&name)
        {
            return name;
        }
        if count == u32::MAX {
            // Not reached: a process holds fewer steps than numbers.
            return Name::parse("Step").unwrap_or_else(|_| unreachable!("a plain word is a name"));
        }
        count += 1;
    }
}

/// Gives a slug of its own to what would share one with something before it.
pub(super) fn settle_slugs(process: &mut Process) {
    let (mut steps, mut actions) = (HashSet::new(), HashSet::new());
    let mut changed = Vec::new();
    for step in &process.steps {
        let mut settled = (**step).clone();
        let mut is_changed = false;
        let mut settle = |slug: &mut Option<Slug>, shown: String, taken: &mut HashSet<String>| {
            if taken.insert(shown.clone()) {
                return;
            }
            for count in 2_u32.. {
                let longest = Slug::LONGEST.saturating_sub(6);
                let start: String = shown.chars().take(longest).collect();
                let Ok(free) = Slug::parse(&format!("{}-{count}", start.trim_end_matches('-')))
                else {
                    return;
                };
                if taken.insert(free.to_string()) {
                    *slug = Some(free);
                    is_changed = true;
                    return;
                }
            }
        };
        let shown = settled.slug();
        settle(&mut settled.slug, shown, &mut steps);
        for action in settled.actions.iter_mut() {
            let shown = action.slug();
            settle(&mut action.slug, shown, &mut actions);
        }
        if is_changed {
            changed.push(settled);
        }
    }
    for settled in changed {
        let id = settled.id.clone();
        process.steps.update(&id, |step| *step = settled);
    }
}

/// Lets texts such as `#{Octopus.Action[Old].Output.X}` follow a new name.
fn follow(process: &mut Process, old: &str, new: &str) {
    if old.is_empty() || old == new {
        return;
    }
    let mut pairs = Vec::new();
    for start in ["Octopus.Action[", "Octopus.Step["] {
        pairs.push((format!("{start}{old}]"), format!("{start}{new}]")));
    }
    let replace = |value: &mut serde_json::Value| replace_texts(value, &pairs);
    process.steps.update_each(|step| {
        let mut value = step.write();
        if replace(&mut value) { Field::read(&value, &mut Reader::new()) } else { None }
    });
}

fn replace_texts(value: &mut serde_json::Value, pairs: &[(String, String)]) -> bool {
    match value {
        serde_json::Value::String(text) => {
            let mut is_changed = false;
            for (old, new) in pairs {
                if text.contains(old.as_str()) {
                    *text = text.replace(old.as_str(), new);
                    is_changed = true;
                }
            }
            is_changed
        }
        // Every item is looked at, so no short cut at the first change.
        serde_json::Value::Array(items) => items
            .iter_mut()
            .map(|item| replace_texts(item, pairs))
            .fold(false, |any, one| any | one),
        serde_json::Value::Object(map) => map
            .values_mut()
            .map(|item| replace_texts(item, pairs))
            .fold(false, |any, one| any | one),
        _ => false,
    }
}

/// The same for the values of the project's variables, unless another process
/// has a step of the old name.
fn follow_in_variables(design: &mut Design, old: &str, new: &str) {
    let runbooks = design.project.runbooks.iter().map(|one| &one.process);
    let is_there = std::iter::once(&design.project.process)
        .chain(runbooks)
        .any(|process| process.actions().any(|(_, action)| action.name.as_str() == old));
    if old.is_empty() || old == new || is_there {
        return;
    }
    let pairs = [(format!("Octopus.Action[{old}]"), format!("Octopus.Action[{new}]"))];
    design.project.variables.update_each(|variable| {
        let mut value = variable.write();
        if replace_texts(&mut value, &pairs) {
            Field::read(&value, &mut Reader::new())
        } else {
            None
        }
    });
}
