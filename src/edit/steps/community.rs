//! New steps of a community step template: the template comes into the space,
//! and the step begins with what the steps before it leave.

use super::add::{path_of, put};
use super::order::Spot;
use super::{action_id, free_name, gone, process, process_mut, settle};
use crate::catalog::{Community, community, new_action};
use crate::edit::{Edit, Refusal};
use crate::model::{Action, Design, Process, ProcessOwner, PulumiStep, StepTemplateId};

/// Adds a step of the template `known` at `spot`; its ids are made of `fresh`.
pub(super) fn add(
    design: &Design,
    owner: &ProcessOwner,
    known: &'static Community,
    spot: Spot,
    fresh: &str,
) -> Edit {
    let name = process(design, owner).map(|process| free_name(process, known.name).to_string());
    let title = format!("Add step “{}”", name.unwrap_or_else(|| known.name.to_owned()));
    let (owner, fresh) = (owner.clone(), fresh.to_owned());
    Edit::new(title, move |design| {
        let (template, version) = template(design, known)?;
        let pulumi = &design.pulumi;
        let stack = format!("#{{{}}}", pulumi.stack_variable());
        let token = pulumi.token_variable().map(|name| format!("#{{{name}}}")).unwrap_or_default();
        let usual = (pulumi.worker_pool.clone(), pulumi.container.clone());
        process_mut(design, &owner, |process| {
            let name = free_name(process, known.name);
            let mut action = new_action(known.kind(), action_id(&fresh, 0)?, name);
            if let Some(used) = &mut action.template {
                (used.template, used.version) = (template, version);
            }
            (action.worker_pool, action.container) = usual;
            action.properties.set_text(community::STACK, &stack);
            action.properties.set_text(community::TOKEN, &token);
            let before = match &spot {
                Spot::Step(at) => *at,
                Spot::Child(parent, _) => process.steps.position(parent).unwrap_or(0) + 1,
            };
            fit_in(process, before, &mut action);
            put(process, action, spot, &fresh)?;
            settle(process);
            Ok(())
        })
    })
}

/// The space's own row of the template, which is added where there is none, and
/// its version.
fn template(
    design: &mut Design,
    known: &'static Community,
) -> Result<(StepTemplateId, String), Refusal> {
    let rows = &design.space.step_templates;
    let row = rows.iter().find(|row| community::known(row) == Some(known));
    if let Some(found) = row.map(|row| (row.id.clone(), row.version.to_string())) {
        return Ok(found);
    }
    let Some(row) = known.template() else { return gone() };
    let found = (row.id.clone(), row.version.to_string());
    design.space.step_templates.push(row);
    Ok(found)
}

/// Takes the folder of an earlier extraction and its workers; after a preview, it updates.
fn fit_in(process: &Process, before: usize, action: &mut Action) {
    let earlier: Vec<&Action> =
        process.steps.iter().take(before).flat_map(|step| step.actions.iter()).collect();
    let extract =
        earlier.iter().rev().find(|one| matches!(one.pulumi_step(), Some(PulumiStep::Extract(_))));
    if let Some(extract) = extract {
        action.properties.set_text(community::FOLDER, &path_of(extract));
        action.worker_pool = extract.worker_pool.clone();
        action.container = extract.container.clone();
    }
    let previews = |one: &Action| {
        let words = one.properties.text(community::COMMAND);
        words.eq_ignore_ascii_case("preview") || super::add::is_preview(one)
    };
    if earlier.iter().any(|one| previews(one)) {
        action.properties.set_text(community::COMMAND, "up");
        action.properties.set_text(community::ARGUMENTS, "--yes");
    }
}
