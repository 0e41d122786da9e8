//! Approvals: which environments wait for a person before Pulumi changes them.
//!
//! An approval is a manual intervention step; this edit finds or makes it, so
//! that nobody has to know that before asking for one.

use super::{Edit, Refusal, refuse};
use crate::catalog;
use crate::model::process::{PulumiOperation, StartTrigger, keys};
use crate::model::{Action, ActionId, Design, EnvironmentId, Process, PulumiStep, Step, StepId};

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

fn does(action: &Action, operation: PulumiOperation) -> bool {
    matches!(action.pulumi_step(), Some(PulumiStep::Run(run)) if run.operation == operation)
}

/// Where a new approval stands: before the first `up` that comes after a
/// preview, so that there is something to look at; else before the first `up`;
/// else after the last preview, or at the end.
fn place(process: &Process) -> usize {
    let has = |step: &Step, operation| step.actions.iter().any(|action| does(action, operation));
    let at = |from: usize, operation| {
        let mut rest = process.steps.iter().enumerate().skip(from);
        rest.find(|(_, step)| has(step, operation)).map(|(index, _)| index)
    };
    let preview = at(0, PulumiOperation::Preview);
    let after = preview.and_then(|preview| at(preview + 1, PulumiOperation::Up));
    after.or_else(|| at(0, PulumiOperation::Up)).unwrap_or_else(|| {
        let last = |step: &std::sync::Arc<Step>| has(step, PulumiOperation::Preview);
        process.steps.iter().rposition(last).map_or(process.steps.len(), |preview| preview + 1)
    })
}

/// What an approval that stands before the step `at` asks a person to look at:
/// what the preview before it counted, or else that nothing shows the changes.
///
/// The counts are output variables that Pulpo's preview script sets.
pub(super) fn instructions(process: &Process, at: usize) -> String {
    let mut before = process.steps.iter().take(at).flat_map(|step| step.actions.iter()).rev();
    let preview = before.find(|action| does(action, PulumiOperation::Preview));
    let preview = preview.map(|action| &action.name);
    let next = process.steps.nth(at).map(|step| &step.name);
    let question = match next {
        Some(next) => format!("Proceed with **{next}**?"),
        None => "Proceed?".to_owned(),
    };
    let look = match preview {
        Some(preview) => {
            let counts = [
                ("Creates", "to create"),
                ("Updates", "to update"),
                ("Replaces", "to replace"),
                ("Deletes", "to delete"),
            ]
            .map(|(output, what)| format!("#{{Octopus.Action[{preview}].Output.{output}}} {what}"));
            format!(
                "Read the output of the step **{preview}** before you proceed: {}.",
                counts.join(", ")
            )
        }
        None => {
            "No preview ran before this step: make sure that you know what it changes.".to_owned()
        }
    };
    format!(
        "Release #{{Octopus.Release.Number}} to **#{{Octopus.Environment.Name}}**. {look} {question}"
    )
}

fn add_gate(
    design: &mut Design,
    environment: EnvironmentId,
    step: StepId,
    action: ActionId,
) -> Result<(), Refusal> {
    let process = &mut design.project.process;
    let place = place(process);
    let name = super::steps::free_name(process, "Approve");
    let mut gate = catalog::new_action(catalog::Kind::Octopus("Octopus.Manual"), action, name);
    gate.environments = vec![environment];
    let instructions = instructions(process, place);
    gate.properties.set_text(keys::MANUAL_INSTRUCTIONS, &instructions);
    let next = process.steps.nth(place).map(|step| step.id.clone());
    if !process.steps.insert(place, Step::single(step, gate)) {
        return refuse("This id is taken; try again.");
    }
    // What comes after it waits, or it would not be an approval.
    if let Some(next) = next {
        process.steps.update(&next, |step| step.start = StartTrigger::AfterPrevious);
    }
    Ok(())
}
