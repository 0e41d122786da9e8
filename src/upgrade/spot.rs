//! Where a change is made: an action of a process.

use crate::edit::steps::process;
use crate::edit::{Refusal, refuse};
use crate::model::process::ActionKind;
use crate::model::{Action, Design, Process, ProcessOwner, PulumiStep, Step};

/// An action, by its process and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Whose process.
    pub owner: ProcessOwner,
    /// The action's id.
    pub action: String,
}

/// All actions of all processes, in order.
pub fn actions(design: &Design) -> Vec<(Spot, &Step, &Action)> {
    let mut owners = vec![ProcessOwner::Deployment];
    let runbooks = design.project.runbooks.iter();
    owners.extend(runbooks.map(|one| ProcessOwner::Runbook(one.id.clone())));
    let mut all = Vec::new();
    for owner in owners {
        let Some(process) = process(design, &owner) else { continue };
        for (step, action) in process.actions() {
            let spot = Spot { owner: owner.clone(), action: action.id.to_string() };
            all.push((spot, step, action));
        }
    }
    all
}

/// The step and the action at `spot`.
pub fn at<'d>(design: &'d Design, spot: &Spot) -> Option<(&'d Step, &'d Action)> {
    let process = process(design, &spot.owner)?;
    process.actions().find(|(_, action)| action.id.as_str() == spot.action)
}

/// The actions before that at `spot` in its process, the nearest first.
pub fn before<'d>(design: &'d Design, spot: &Spot) -> Vec<(&'d Step, &'d Action)> {
    let Some(process) = process(design, &spot.owner) else { return Vec::new() };
    let is_before = |(_, action): &(&Step, &Action)| action.id.as_str() != spot.action;
    let mut all: Vec<_> = process.actions().take_while(is_before).collect();
    all.reverse();
    all
}

/// What people call the step at `spot`.
pub fn label(design: &Design, spot: &Spot) -> String {
    let name = at(design, spot).map_or("", |(_, action)| action.name.as_str());
    match &spot.owner {
        ProcessOwner::Deployment => name.to_owned(),
        ProcessOwner::Runbook(id) => {
            let runbook = design.project.runbooks.get(id).map_or("", |one| one.name.as_str());
            format!("{runbook}: {name}")
        }
    }
}

/// What is said when a change finds nothing to be made at.
pub fn gone<T>() -> Result<T, Refusal> {
    refuse("What was to be upgraded is no longer there.")
}

/// The process of `owner`, to change.
pub fn process_mut<'d>(design: &'d mut Design, owner: &ProcessOwner) -> Option<&'d mut Process> {
    match owner {
        ProcessOwner::Deployment => Some(&mut design.project.process),
        ProcessOwner::Runbook(id) => {
            design.project.runbooks.get_mut(id).map(|one| &mut one.process)
        }
    }
}

/// Changes the step and the action at `spot`.
pub fn change(
    design: &mut Design,
    spot: &Spot,
    change: impl FnOnce(&mut Step, usize) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let Some((step, _)) = at(design, spot) else { return gone() };
    let id = step.id.clone();
    let Some(step) = process_mut(design, &spot.owner).and_then(|one| one.steps.get_mut(&id)) else {
        return gone();
    };
    let child = step.actions.iter().position(|one| one.id.as_str() == spot.action);
    match child {
        Some(child) => change(step, child),
        None => gone(),
    }
}

/// Changes the action at `spot`.
pub fn change_action(
    design: &mut Design,
    spot: &Spot,
    change_it: impl FnOnce(&mut Action) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    change(design, spot, |step, child| match step.actions.get_mut(child) {
        Some(action) => change_it(action),
        None => gone(),
    })
}

/// What Pulpo writes for `action`, to change.
pub fn pulumi_mut(action: &mut Action) -> Option<&mut PulumiStep> {
    match &mut action.kind {
        ActionKind::Pulumi(pulumi) => Some(&mut pulumi.step),
        ActionKind::Octopus(_) => None,
    }
}
