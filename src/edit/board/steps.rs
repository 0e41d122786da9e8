//! A step in or out of one environment.
//!
//! Octopus runs an action in the environments of its list, or in all where the
//! list is empty, but in none that is excluded (reference: process, fields of an action).
//! An empty list must therefore never come from taking the last one away: then
//! the action is disabled instead, which runs nowhere as well.

use crate::edit::Refusal;
use crate::edit::steps::{Item, find};
use crate::model::{Action, Design, EnvironmentId};

/// Lets the step or child step at `address` run in `environment`, or not; what
/// it does in other environments stays.
pub(super) fn switch(
    design: &mut Design,
    address: &str,
    environment: &EnvironmentId,
    is_on: bool,
) -> Result<(), Refusal> {
    let process = &mut design.project.process;
    let gone = || Refusal("This step is no longer there.".to_owned());
    let (Item::Step(at) | Item::Child(at, _)) = find(process, address).ok_or_else(gone)?;
    let child = match find(process, address) {
        Some(Item::Child(_, child)) => Some(child),
        _ => None,
    };
    let id = process.steps.nth(at).map(|step| step.id.clone()).ok_or_else(gone)?;
    process.steps.update(&id, |step| {
        let is_meant = |place: usize| child.is_none_or(|child| child == place);
        for (place, action) in step.actions.iter_mut().enumerate() {
            if is_meant(place) {
                set(action, environment, is_on);
            }
        }
    });
    Ok(())
}

fn set(action: &mut Action, environment: &EnvironmentId, is_on: bool) {
    let runs = !action.is_disabled && action.runs_in(environment);
    if runs == is_on {
        return;
    }
    if is_on {
        if action.is_disabled {
            // It ran nowhere, so that now it runs here alone.
            action.is_disabled = false;
            action.environments = vec![environment.clone()];
            action.excluded_environments.clear();
            return;
        }
        action.excluded_environments.retain(|one| one != environment);
        if !action.environments.is_empty() && !action.environments.contains(environment) {
            action.environments.push(environment.clone());
        }
        return;
    }
    if action.environments.is_empty() {
        action.excluded_environments.push(environment.clone());
    } else if action.environments.iter().all(|one| one == environment) {
        action.is_disabled = true;
    } else {
        action.environments.retain(|one| one != environment);
    }
}
