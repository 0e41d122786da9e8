//! Nothing may refer to what is no longer there.

use crate::model::{ActionId, Design, Process, ProcessOwner, PulumiStep};
use crate::record::Table;

/// Takes references to these actions out of the design, once they are deleted
/// from the process of `owner`. A value that was for them alone is taken out:
/// without its scope it would apply everywhere. Gives how many such there were.
pub fn forget_actions(design: &mut Design, owner: &ProcessOwner, deleted: &[ActionId]) -> usize {
    super::process_mut(design, owner, |process| {
        forget_previews(process, deleted);
        Ok(())
    })
    .ok();
    // Another process may have an action of the same id.
    let gone: Vec<&ActionId> = deleted.iter().filter(|id| !is_anywhere(design, id)).collect();
    if gone.is_empty() {
        return 0;
    }
    let (mut count, mut emptied) = (0, Vec::new());
    design.project.variables.update_each(|variable| {
        let touched = variable
            .values
            .iter()
            .any(|value| value.scope.actions.iter().any(|id| gone.contains(&id)));
        if !touched {
            return None;
        }
        let mut variable = variable.clone();
        let kept: Table<_> = variable
            .values
            .iter()
            .filter_map(|value| {
                let mut value = (**value).clone();
                let was_limited = !value.scope.actions.is_empty();
                value.scope.actions.retain(|id| !gone.contains(&id));
                let is_lost = was_limited && value.scope.actions.is_empty();
                count += usize::from(is_lost);
                (!is_lost).then_some(value)
            })
            .collect();
        variable.values = kept;
        if variable.values.is_empty() {
            emptied.push(variable.id.clone());
        }
        Some(variable)
    });
    for id in emptied {
        design.project.variables.remove(&id);
    }
    count
}

fn is_anywhere(design: &Design, id: &ActionId) -> bool {
    let runbooks = design.project.runbooks.iter().map(|one| &one.process);
    std::iter::once(&design.project.process)
        .chain(runbooks)
        .any(|process| process.actions().any(|(_, action)| action.id == *id))
}

/// An `up` that should agree with a deleted preview agrees with none.
fn forget_previews(process: &mut Process, deleted: &[ActionId]) {
    process.steps.update_each(|step| {
        let verifies = |action: &crate::model::Action| match action.pulumi_step() {
            Some(PulumiStep::Run(run)) => {
                run.verifies.as_ref().is_some_and(|id| deleted.contains(id))
            }
            _ => false,
        };
        if !step.actions.iter().any(verifies) {
            return None;
        }
        let mut step = step.clone();
        for action in step.actions.iter_mut() {
            if verifies(action)
                && let crate::model::ActionKind::Pulumi(pulumi) = &mut action.kind
                && let PulumiStep::Run(run) = &mut pulumi.step
            {
                run.verifies = None;
            }
        }
        Some(step)
    });
}
