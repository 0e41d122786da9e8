//! The order of steps, and which are children of others.

use super::names::free_name_but;
use super::{
    Item, action_of, edit, find, gone, name_of, process, settle, step_id, step_mut, step_of,
};
use crate::edit::{Edit, Refusal, refuse};
use crate::model::process::{StepCondition, keys};
use crate::model::{Action, ActionCondition, Design, Process, ProcessOwner, Step, StepId};

/// A place in a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// A step of its own, at this place among the others.
    Step(usize),
    /// A child of that step, at this place among its other children.
    Child(StepId, usize),
}

/// A move that a person asks for by key or menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// To the start of its list.
    First,
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// To the end of its list.
    Last,
    /// Under the step before it.
    Nest,
    /// Out of its step.
    UnNest,
    /// To this place of its list, from 0.
    To(usize),
}

/// Where `to` takes `item`; none where it can't be taken there.
#[must_use]
pub fn spot(process: &Process, item: Item, to: Move) -> Option<Spot> {
    let (now, count) = match item {
        Item::Step(at) => (at, process.steps.len()),
        Item::Child(_, child) => (child, step_of(process, item)?.actions.len()),
    };
    let last = count.checked_sub(1)?;
    let place = match to {
        Move::First => 0,
        Move::Up => now.checked_sub(1)?,
        Move::Down => now + 1,
        Move::Last => last,
        Move::To(place) => place,
        Move::Nest => {
            let Item::Step(at) = item else { return None };
            if step_of(process, item)?.has_children() {
                return None;
            }
            let parent = process.steps.nth(at.checked_sub(1)?)?;
            return Some(Spot::Child(parent.id.clone(), parent.actions.len()));
        }
        Move::UnNest => {
            let Item::Child(at, _) = item else { return None };
            return Some(Spot::Step(at + 1));
        }
    };
    if place > last || place == now {
        return None;
    }
    Some(match item {
        Item::Step(_) => Spot::Step(place),
        Item::Child(..) => Spot::Child(step_of(process, item)?.id.clone(), place),
    })
}

/// Where on another item something is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drop {
    /// Before it.
    Before,
    /// After it.
    After,
    /// Among its children, last.
    Into,
}

/// Where dropping `item` on `target` takes it; none where it stays or can't go.
#[must_use]
pub fn drop_spot(process: &Process, item: Item, target: Item, place: Drop) -> Option<Spot> {
    let step = step_of(process, target)?;
    let is_parent = matches!(item, Item::Step(_)) && step_of(process, item)?.has_children();
    if item == target {
        return None;
    }
    // What is taken out before moves the rest up.
    let after = |now: usize, at: usize| {
        at + usize::from(place == Drop::After)
            - usize::from(now < at || now == at && place == Drop::After)
    };
    let found = match (target, place, item) {
        (Item::Step(_), Drop::Into, Item::Child(at, child)) if Item::Step(at) == target => {
            (child + 1 < step.actions.len())
                .then(|| Spot::Child(step.id.clone(), step.actions.len() - 1))
        }
        (Item::Step(_), Drop::Into, _) => {
            (!is_parent).then(|| Spot::Child(step.id.clone(), step.actions.len()))
        }
        (Item::Step(at), _, Item::Step(now)) => Some(Spot::Step(after(now, at))),
        (Item::Step(at), _, Item::Child(..)) => {
            Some(Spot::Step(at + usize::from(place == Drop::After)))
        }
        (Item::Child(parent, at), _, Item::Child(own, now)) if parent == own => {
            Some(Spot::Child(step.id.clone(), after(now, at)))
        }
        (Item::Child(parent, at), _, _) => {
            let is_own = item == Item::Step(parent);
            let at = at + usize::from(place == Drop::After);
            (!is_parent && !is_own).then(|| Spot::Child(step.id.clone(), at))
        }
    };
    let stays = match (item, &found) {
        (Item::Step(now), Some(Spot::Step(to))) => now == *to,
        (Item::Child(_, now), Some(Spot::Child(parent, to))) => {
            now == *to && step_of(process, item).is_some_and(|own| own.id == *parent)
        }
        _ => false,
    };
    found.filter(|_| !stays)
}

/// Where `item` stands, in words: what is said after a move.
#[must_use]
pub fn standing(process: &Process, item: Item) -> String {
    let name = name_of(process, item);
    match (item, step_of(process, item)) {
        (Item::Step(at), _) => {
            format!("“{name}” is step {} of {}", at + 1, process.steps.len())
        }
        (Item::Child(_, at), Some(step)) => {
            format!("“{name}” is child {} of {} of “{}”", at + 1, step.actions.len(), step.name)
        }
        (Item::Child(..), None) => String::new(),
    }
}

/// Moves the item at `address` to `spot`. An item that becomes a step of its
/// own takes an id made of `fresh`.
#[must_use]
pub fn move_to(
    design: &Design,
    owner: &ProcessOwner,
    address: &str,
    spot: Spot,
    fresh: &str,
) -> Edit {
    let found = process(design, owner).and_then(|process| {
        let item = find(process, address)?;
        Some((name_of(process, item).to_owned(), matches!(item, Item::Child(..))))
    });
    let (name, is_child) = found.unwrap_or_default();
    let verb = match (&spot, is_child) {
        (Spot::Child(..), false) => "Nest",
        (Spot::Step(_), true) => "Un-nest",
        _ => "Move",
    };
    let (address, fresh) = (address.to_owned(), fresh.to_owned());
    edit(owner, format!("{verb} step “{name}”"), move |process| {
        let Some(item) = find(process, &address) else { return gone() };
        match (item, spot) {
            (Item::Step(at), Spot::Step(to)) => {
                if let Some(step) = process.steps.nth(at) {
                    let id = step.id.clone();
                    process.steps.move_to(&id, to);
                }
                Ok(())
            }
            (Item::Step(_), Spot::Child(parent, to)) => nest(process, item, &parent, to),
            (Item::Child(..), Spot::Step(to)) => un_nest(process, item, to, &fresh),
            (Item::Child(at, child), Spot::Child(parent, to)) => {
                move_child(process, at, child, &parent, to)
            }
        }
    })
}

fn nest(process: &mut Process, item: Item, parent: &StepId, to: usize) -> Result<(), Refusal> {
    let Some(step) = step_of(process, item) else { return gone() };
    if step.id == *parent {
        return refuse("A step can't be its own child.");
    }
    if step.has_children() {
        return refuse("This step has child steps of its own. Move them one by one.");
    }
    let (id, condition) = (step.id.clone(), step.condition.clone());
    let mut action = step.actions.first().clone();
    // A child has no other conditions than these two.
    if let StepCondition::Variable(variable) = condition {
        action.condition = ActionCondition::Variable;
        action.properties.set_text(keys::ACTION_CONDITION, &variable.expression);
    }
    let mut is_there = false;
    process.steps.update(parent, |parent| {
        is_there = true;
        parent.actions.insert(to, action);
    });
    if !is_there {
        return gone();
    }
    process.steps.remove(&id);
    Ok(())
}

fn un_nest(process: &mut Process, item: Item, to: usize, fresh: &str) -> Result<(), Refusal> {
    let (Item::Child(at, child), Some(action)) = (item, action_of(process, item).cloned()) else {
        return gone();
    };
    let tags = step_of(process, item).map(|step| step.target_tags.clone()).unwrap_or_default();
    take_child(process, at, child)?;
    let mut step = single(step_id(fresh)?, action);
    // Where it ran, it goes on running.
    step.target_tags = tags;
    // The step it stood in may have been called after it.
    rename_parent(process, at, step.name.as_str());
    if super::names::is_taken(process, step.name.as_str(), None) {
        step.name = free_name_but(process, step.name.as_str(), None);
        step.actions.first_mut().name = step.name.clone();
    }
    if !process.steps.insert(to, step) {
        return refuse("This id is taken; try again.");
    }
    settle(process);
    Ok(())
}

/// A step of `action` alone, with the condition that it had as a child.
fn single(id: StepId, mut action: Action) -> Step {
    let expression = action.properties.text(keys::ACTION_CONDITION).to_owned();
    let condition = std::mem::take(&mut action.condition);
    action.properties.remove(keys::ACTION_CONDITION);
    let mut step = Step::single(id, action);
    if condition == ActionCondition::Variable {
        step.condition = StepCondition::from_octopus("Variable", &expression).unwrap_or_default();
    }
    step
}

/// Names the step at `at` after its first child if it is called `taken`.
fn rename_parent(process: &mut Process, at: usize, taken: &str) {
    let Some(step) = process.steps.nth(at) else { return };
    if step.name.as_str().to_lowercase() != taken.to_lowercase() {
        return;
    }
    let id = step.id.clone();
    let name = free_name_but(process, step.actions.first().name.as_str(), Some(Item::Step(at)));
    process.steps.update(&id, |step| step.name = name);
}

fn take_child(process: &mut Process, at: usize, child: usize) -> Result<(), Refusal> {
    step_mut(process, at, |step| {
        if step.actions.remove(child).is_none() {
            return gone();
        }
        Ok(())
    })
}

fn move_child(
    process: &mut Process,
    at: usize,
    child: usize,
    parent: &StepId,
    to: usize,
) -> Result<(), Refusal> {
    let Some(action) = action_of(process, Item::Child(at, child)).cloned() else { return gone() };
    let to_at = process.steps.position(parent);
    let Some(to_at) = to_at else { return gone() };
    take_child(process, at, child)?;
    if to_at != at {
        rename_parent(process, at, action.name.as_str());
    }
    step_mut(process, to_at, |step| {
        step.actions.insert(to, action);
        Ok(())
    })
}
