//! Approvals: which environments wait for a person before Pulumi changes them.
//!
//! An approval is a manual intervention step; this edit finds or makes it, so
//! that nobody has to know that before asking for one.

use super::{Edit, Refusal, refuse};
use crate::catalog;
use crate::model::{
    Action, ActionId, Design, EnvironmentId, Name, PulumiStep, Step, StepId,
    process::PulumiOperation,
};

/// Where the first manual intervention stands: step and action.
fn find(design: &Design) -> Option<(StepId, ActionId)> {
    design
        .project
        .process
        .actions()
        .find(|(_, action)| action.is_manual() && !action.is_disabled)
        .map(|(step, action)| (step.id.clone(), action.id.clone()))
}

/// Whether a deployment to `environment` waits for a person.
#[must_use]
pub fn needs_approval(design: &Design, environment: &EnvironmentId) -> bool {
    design
        .project
        .process
        .actions()
        .any(|(_, action)| action.is_manual() && !action.is_disabled && action.runs_in(environment))
}

/// Lets deployments to `environment` wait for a person, or not. `step` and
/// `action` are the ids of the step that is made if there is none yet.
#[must_use]
pub fn set(environment: EnvironmentId, wanted: bool, step: StepId, action: ActionId) -> Edit {
    let label = if wanted { "Ask for approval" } else { "Do without approval" };
    Edit::new(label, move |design| {
        if needs_approval(design, &environment) == wanted {
            return Ok(());
        }
        let Some((step_id, action_id)) = find(design) else {
            return add_gate(design, environment, step, action);
        };
        if wanted {
            change(design, &step_id, &action_id, |action| {
                action.excluded_environments.retain(|one| *one != environment);
                if !action.environments.is_empty() {
                    action.environments.push(environment);
                }
            });
            return Ok(());
        }
        let all: Vec<_> = design.space.environments.iter().map(|one| one.id.clone()).collect();
        let mut left: Vec<EnvironmentId> = Vec::new();
        change(design, &step_id, &action_id, |action| {
            let now =
                if action.environments.is_empty() { all } else { action.environments.clone() };
            left = now.into_iter().filter(|one| *one != environment).collect();
            action.environments.clone_from(&left);
        });
        if left.is_empty() {
            remove_gate(design, &step_id, &action_id);
        }
        if needs_approval(design, &environment) {
            return refuse("Another manual intervention still asks for approval there.");
        }
        Ok(())
    })
}

fn change(design: &mut Design, step: &StepId, action: &ActionId, change: impl FnOnce(&mut Action)) {
    design.project.process.steps.update(step, |step| {
        if let Some(found) = step.actions.iter_mut().find(|one| one.id == *action) {
            change(found);
        }
    });
}

fn remove_gate(design: &mut Design, step: &StepId, action: &ActionId) {
    let steps = &mut design.project.process.steps;
    let Some(row) = steps.get(step) else { return };
    if row.has_children() {
        let index = row.actions.iter().position(|one| one.id == *action);
        steps.update(step, |step| {
            if let Some(index) = index {
                step.actions.remove(index);
            }
        });
    } else {
        steps.remove(step);
    }
}

fn add_gate(
    design: &mut Design,
    environment: EnvironmentId,
    step: StepId,
    action: ActionId,
) -> Result<(), Refusal> {
    let is_up = |action: &Action| matches!(action.pulumi_step(), Some(PulumiStep::Run(run)) if run.operation == PulumiOperation::Up);
    let steps = &design.project.process.steps;
    let place =
        steps.iter().position(|step| step.actions.iter().any(is_up)).unwrap_or_else(|| steps.len());
    let is_taken = |name: &str| {
        design.project.process.actions().any(|(step, action)| {
            step.name.as_str().eq_ignore_ascii_case(name)
                || action.name.as_str().eq_ignore_ascii_case(name)
        })
    };
    let name = (1..)
        .map(|count| if count == 1 { "Approve".to_owned() } else { format!("Approve {count}") })
        .find(|name| !is_taken(name))
        .unwrap_or_default();
    let name = Name::parse(&name).map_err(|error| Refusal(error.rule))?;
    let mut gate = catalog::new_action(catalog::Kind::Octopus("Octopus.Manual"), action, name);
    gate.environments = vec![environment];
    design.project.process.steps.insert(place, Step::single(step, gate));
    Ok(())
}
