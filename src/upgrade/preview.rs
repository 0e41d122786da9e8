//! What the preview is good for: the update must agree with it, and what has
//! nothing to do is skipped.
//!
//! Source: reference, pulumi, section 5.4.

use super::package::needs;
use super::spot::{Spot, actions, at, before, change, change_action, gone, pulumi_mut};
use super::{Change, Finds, Kind};
use crate::edit::Refusal;
use crate::model::process::{PulumiOperation, RunStep, VariableCondition};
use crate::model::{Action, Design, PulumiStep, Step, StepCondition};
use crate::record::Extra;

fn run_of(action: &Action, operation: PulumiOperation) -> Option<&RunStep> {
    match action.pulumi_step() {
        Some(PulumiStep::Run(run)) if run.operation == operation => Some(run),
        _ => None,
    }
}

/// The nearest preview before `spot` that has run wherever the step at `spot` runs.
fn preview_before<'d>(
    design: &'d Design,
    spot: &Spot,
    action: &Action,
) -> Option<(Spot, &'d Action)> {
    let covers = |(step, one): &(&Step, &Action)| {
        run_of(one, PulumiOperation::Preview).is_some()
            && !one.is_disabled
            && step.condition == StepCondition::Success
            && (one.channels.is_empty() || one.channels == action.channels)
            && (one.tenant_tags.is_empty() || one.tenant_tags == action.tenant_tags)
            && design
                .space
                .environments
                .iter()
                .all(|each| one.runs_in(&each.id) || !action.runs_in(&each.id))
    };
    let (_, found) = before(design, spot).into_iter().find(covers)?;
    let owner = spot.owner.clone();
    Some((Spot { owner, action: found.id.to_string() }, found))
}

/// Finds updates that agree with no preview.
pub fn find_up(design: &Design, earlier: &[Change], finds: &mut Finds) {
    for (spot, _, action) in actions(design) {
        let Some((preview, shown)) = unchecked(design, &spot, action) else { continue };
        let mut needed = needs(earlier, &preview, &[Kind::OwnStep]);
        needed.extend(needs(earlier, &spot, &[Kind::OwnStep]));
        let what = format!(
            "“{}” stops when its changes are no longer those of “{}”.",
            action.name, shown.name
        );
        finds.offer(&spot, what, needed);
    }
}

/// The preview that `action` should agree with and does not.
fn unchecked<'d>(design: &'d Design, spot: &Spot, action: &Action) -> Option<(Spot, &'d Action)> {
    let run = run_of(action, PulumiOperation::Up)?;
    let found = preview_before(design, spot, action)?;
    let shown = run_of(found.1, PulumiOperation::Preview)?;
    (run.verifies.is_none() && run.stack == shown.stack).then_some(found)
}

/// Lets the update at `spot` agree with the preview before it.
pub fn agree(design: &mut Design, spot: &Spot) -> Result<(), Refusal> {
    let Some((_, action)) = at(design, spot) else { return gone() };
    let Some((_, preview)) = unchecked(design, spot, action) else { return gone() };
    let id = preview.id.clone();
    change_action(design, spot, |action| match pulumi_mut(action) {
        Some(PulumiStep::Run(run)) => {
            run.verifies = Some(id);
            Ok(())
        }
        _ => gone(),
    })
}

/// Finds approvals and updates that run though there is nothing to change.
pub fn find_skipped(design: &Design, earlier: &[Change], finds: &mut Finds) {
    for (spot, step, action) in actions(design) {
        let Some((preview, shown)) = skippable(design, &spot, step, action) else { continue };
        let what =
            format!("“{}” is skipped where “{}” finds nothing to change.", action.name, shown.name);
        let mut needed = needs(earlier, &preview, &[Kind::OwnStep]);
        // What it is skipped for has to be an update that Pulpo knows: the step
        // itself, or the one that an approval waits for.
        let update = actions(design)
            .into_iter()
            .filter(|(one, _, _)| one.owner == spot.owner)
            .skip_while(|(one, _, _)| one.action != spot.action)
            .find(|(_, _, one)| run_of(one, PulumiOperation::Up).is_some());
        if let Some((update, _, _)) = update {
            let more = needs(earlier, &update, &[Kind::OwnStep]);
            let more: Vec<_> = more.into_iter().filter(|id| !needed.contains(id)).collect();
            needed.extend(more);
        }
        finds.offer(&spot, what, needed);
    }
}

/// The preview that says whether `action` has anything to do.
fn skippable<'d>(
    design: &'d Design,
    spot: &Spot,
    step: &Step,
    action: &Action,
) -> Option<(Spot, &'d Action)> {
    let is_up = run_of(action, PulumiOperation::Up).is_some();
    // An approval is for the update only where one follows.
    let is_asked = action.is_manual()
        && actions(design)
            .iter()
            .filter(|(one, _, _)| one.owner == spot.owner)
            .skip_while(|(one, _, _)| one.action != spot.action)
            .any(|(_, _, one)| run_of(one, PulumiOperation::Up).is_some());
    let is_open = step.condition == StepCondition::Success && !step.has_children();
    ((is_up || is_asked) && is_open).then_some(())?;
    preview_before(design, spot, action)
}

/// Lets the step at `spot` run only where the preview found changes.
pub fn skip(design: &mut Design, spot: &Spot) -> Result<(), Refusal> {
    let Some((step, action)) = at(design, spot) else { return gone() };
    let Some((_, preview)) = skippable(design, spot, step, action) else { return gone() };
    let has_changes = format!("#{{Octopus.Action[{}].Output.HasChanges}}", preview.name);
    // Success of earlier steps is not implied by an expression.
    let expression = format!("#{{unless Octopus.Deployment.Error}}{has_changes}#{{/unless}}");
    change(design, spot, |step, _| {
        step.condition =
            StepCondition::Variable(VariableCondition { expression, extra: Extra::default() });
        Ok(())
    })
}
