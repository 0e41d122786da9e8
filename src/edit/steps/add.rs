//! New steps, copies, and the end of steps.

use super::order::Spot;
use super::{
    Item, action_id, action_of, edit, find, forget_actions, free_name, gone, name_of, process,
    process_mut, settle, step_id, step_mut, step_of,
};
use crate::catalog::{Kind, new_action};
use crate::edit::{Edit, Refusal, refuse};
use crate::model::process::{
    ActionKind, ExtractStyle, OctopusAction, ProgramFolder, ProgramSource, PulumiOperation, keys,
};
use crate::model::{
    Action, ActionId, ActionType, Design, Name, PackageReference, Process, ProcessOwner,
    Properties, PulumiStep, StartTrigger, Step,
};
use crate::record::Extra;

/// Adds a step of `kind` at `spot`; its ids are made of `fresh`.
#[must_use]
pub fn add(
    design: &Design,
    owner: &ProcessOwner,
    kind: Kind,
    label: &str,
    spot: Spot,
    fresh: &str,
) -> Edit {
    if let Kind::Community(known) = kind
        && let Some(known) = crate::catalog::community::community(known)
    {
        return super::community::add(design, owner, known, spot, fresh);
    }
    let reference = super::packages::program_reference(design);
    let name = process(design, owner).map(|process| free_name(process, label).to_string());
    let title = format!("Add step “{}”", name.unwrap_or_else(|| label.to_owned()));
    let (label, fresh) = (label.to_owned(), fresh.to_owned());
    let usual = (design.pulumi.worker_pool.clone(), design.pulumi.container.clone());
    edit(owner, title, move |process| {
        let name = free_name(process, &label);
        let mut action = new_action(kind, action_id(&fresh, 0)?, name);
        if action.pulumi_step().is_some() {
            (action.worker_pool, action.container) = usual;
        }
        let before = match &spot {
            Spot::Step(at) => *at,
            Spot::Child(parent, _) => process.steps.position(parent).unwrap_or(0) + 1,
        };
        fit_in(process, before, &mut action);
        if let Some(reference) = reference
            && needs_program(&action)
        {
            action.packages.push(reference);
        }
        put(process, action, spot, &fresh)
    })
}

pub(super) fn put(
    process: &mut Process,
    action: Action,
    spot: Spot,
    fresh: &str,
) -> Result<(), Refusal> {
    match spot {
        Spot::Step(at) => {
            if !process.steps.insert(at, Step::single(step_id(fresh)?, action)) {
                return refuse("This id is taken; try again.");
            }
            Ok(())
        }
        Spot::Child(parent, at) => {
            let Some(index) = process.steps.position(&parent) else { return gone() };
            step_mut(process, index, |step| {
                step.actions.insert(at, action);
                Ok(())
            })
        }
    }
}

/// Whether the step reads the program from a package of its own.
fn needs_program(action: &Action) -> bool {
    match action.pulumi_step() {
        Some(PulumiStep::Extract(_)) => true,
        Some(PulumiStep::ConfigOverride(config)) => {
            matches!(config.source, ProgramSource::Package(_))
        }
        Some(PulumiStep::Run(run)) => matches!(run.source, ProgramSource::Package(_)),
        None => false,
    }
}

/// Lets a new step begin with what the steps before it leave: the folder of an
/// extraction, a settings file, a preview to agree with; and on the same workers.
fn fit_in(process: &Process, before: usize, action: &mut Action) {
    let earlier: Vec<&Action> =
        process.steps.iter().take(before).flat_map(|step| step.actions.iter()).collect();
    let last = |is: &dyn Fn(&PulumiStep) -> bool| {
        earlier.iter().rev().copied().find(|one| one.pulumi_step().is_some_and(is))
    };
    let extract = last(&|step| matches!(step, PulumiStep::Extract(_)));
    let config = last(&|step| matches!(step, PulumiStep::ConfigOverride(_)));
    let preview = last(&|step| is_run(step, PulumiOperation::Preview));
    let path = extract.map(path_of);
    let folder =
        path.map(|path| ProgramSource::Folder(ProgramFolder { path, ..ProgramFolder::default() }));
    let neighbour = last(&|_| true);
    let ActionKind::Pulumi(pulumi) = &mut action.kind else { return };
    match &mut pulumi.step {
        PulumiStep::ConfigOverride(own) => own.source = folder.unwrap_or_default(),
        PulumiStep::Run(own) => {
            if let Some(folder) = folder {
                own.source = folder;
                if let Some(PulumiStep::ConfigOverride(config)) =
                    config.and_then(Action::pulumi_step)
                {
                    let file =
                        if config.file.is_empty() { "Pulumi.override.yaml" } else { &config.file };
                    file.clone_into(&mut own.config_file);
                }
            }
            if own.operation == PulumiOperation::Up {
                own.verifies = preview.map(|one| one.id.clone());
            }
        }
        PulumiStep::Extract(_) => {}
    }
    if let Some(neighbour) = neighbour {
        action.worker_pool = neighbour.worker_pool.clone();
        action.container = neighbour.container.clone();
    }
}

/// Where the guide's style extracts to unless the step says another folder.
const GUIDE_FOLDER: &str = "/tmp/pulumi-app";

/// Where the extraction `action` leaves the program.
pub(super) fn path_of(action: &Action) -> String {
    match action.pulumi_step() {
        Some(PulumiStep::Extract(extract)) if extract.style == ExtractStyle::Guide => {
            if extract.target.is_empty() { GUIDE_FOLDER.to_owned() } else { extract.target.clone() }
        }
        _ => format!("#{{Octopus.Action[{}].Output.AppPath}}", action.name),
    }
}

/// Whether it is a preview that Pulpo writes.
pub(super) fn is_preview(action: &Action) -> bool {
    action.pulumi_step().is_some_and(|step| is_run(step, PulumiOperation::Preview))
}

fn is_run(step: &PulumiStep, operation: PulumiOperation) -> bool {
    matches!(step, PulumiStep::Run(run) if run.operation == operation)
}

/// Adds a manual intervention before the step at `address`, in protected
/// environments only where there are such.
#[must_use]
pub fn add_gate(design: &Design, owner: &ProcessOwner, address: &str, fresh: &str) -> Edit {
    let environments = &design.space.environments;
    let guarded: Vec<_> =
        environments.iter().filter(|one| one.is_protected).map(|one| one.id.clone()).collect();
    let guarded = if guarded.len() == environments.len() { Vec::new() } else { guarded };
    let name = process(design, owner)
        .and_then(|process| find(process, address).map(|item| name_of(process, item).to_owned()));
    let name = name.unwrap_or_default();
    let (address, fresh) = (address.to_owned(), fresh.to_owned());
    edit(owner, format!("Add approval before “{name}”"), move |process| {
        let Some(item) = find(process, &address) else { return gone() };
        let (Item::Step(at) | Item::Child(at, _)) = item;
        let gate = free_name(process, "Approve");
        let mut action = new_action(Kind::Octopus("Octopus.Manual"), action_id(&fresh, 0)?, gate);
        action.environments = guarded;
        let instructions = crate::edit::approvals::instructions(process, at);
        action.properties.set_text(keys::MANUAL_INSTRUCTIONS, &instructions);
        put(process, action, Spot::Step(at), &fresh)?;
        // What comes after it waits, or it would not be an approval.
        step_mut(process, at + 1, |step| {
            step.start = StartTrigger::AfterPrevious;
            Ok(())
        })
    })
}

/// Puts a copy of the item at `address` right after it.
#[must_use]
pub fn duplicate(design: &Design, owner: &ProcessOwner, address: &str, fresh: &str) -> Edit {
    let name = process(design, owner)
        .and_then(|process| find(process, address).map(|item| name_of(process, item).to_owned()));
    let (address, fresh) = (address.to_owned(), fresh.to_owned());
    let label = format!("Duplicate step “{}”", name.unwrap_or_default());
    edit(owner, label, move |process| match find(process, &address) {
        Some(Item::Step(at)) => duplicate_step(process, at, &fresh),
        Some(Item::Child(at, child)) => {
            let Some(mut copy) = action_of(process, Item::Child(at, child)).cloned() else {
                return gone();
            };
            let name = free_name(process, copy.name.as_str());
            refresh(&mut copy, action_id(&fresh, 0)?, name);
            step_mut(process, at, |step| {
                step.actions.insert(child + 1, copy);
                Ok(())
            })
        }
        None => gone(),
    })
}

fn duplicate_step(process: &mut Process, at: usize, fresh: &str) -> Result<(), Refusal> {
    let Some(mut copy) = step_of(process, Item::Step(at)).cloned() else { return gone() };
    copy.id = step_id(fresh)?;
    copy.slug = None;
    copy.octopus_id = String::new();
    let name = free_name(process, copy.name.as_str());
    let shares = !copy.has_children() || copy.actions.first().name == copy.name;
    copy.name = name.clone();
    for (count, action) in copy.actions.iter_mut().enumerate() {
        let own = if count == 0 && shares {
            name.clone()
        } else {
            free_name(process, action.name.as_str())
        };
        refresh(action, action_id(fresh, count)?, own);
    }
    if !process.steps.insert(at + 1, copy) {
        return refuse("This id is taken; try again.");
    }
    Ok(())
}

fn refresh(action: &mut Action, id: ActionId, name: Name) {
    action.id = id;
    action.name = name;
    action.slug = None;
    action.octopus_id = String::new();
    for package in &mut action.packages {
        package.octopus_id = String::new();
    }
}

/// Deletes the item at `address`, and what only it had.
#[must_use]
pub fn delete(design: &Design, owner: &ProcessOwner, address: &str) -> Edit {
    let name = process(design, owner)
        .and_then(|process| find(process, address).map(|item| name_of(process, item).to_owned()));
    let mut label = format!("Delete step “{}”", name.unwrap_or_default());
    let mut trial = design.clone();
    if let Ok(count @ 1..) = delete_now(&mut trial, owner, address) {
        let values = if count == 1 { "value" } else { "values" };
        label.push_str(&format!(" and {count} {values} that only it had"));
    }
    let (owner, address) = (owner.clone(), address.to_owned());
    Edit::new(label, move |design| delete_now(design, &owner, &address).map(|_| ()))
}

fn delete_now(design: &mut Design, owner: &ProcessOwner, address: &str) -> Result<usize, Refusal> {
    let mut deleted = Vec::new();
    process_mut(design, owner, |process| {
        let Some(item) = find(process, address) else { return gone() };
        let Some(step) = step_of(process, item) else { return gone() };
        match item {
            Item::Step(_) => {
                deleted.extend(step.actions.iter().map(|action| action.id.clone()));
                let id = step.id.clone();
                process.steps.remove(&id);
            }
            Item::Child(at, child) => step_mut(process, at, |step| {
                deleted.extend(step.actions.remove(child).map(|action| action.id));
                Ok(())
            })?,
        }
        settle(process);
        Ok(())
    })?;
    Ok(forget_actions(design, owner, &deleted))
}

/// Turns one of Pulpo's own steps into a script step of `action_type` with
/// these properties and packages, which from then on is the person's to change.
#[must_use]
pub fn detach(
    owner: &ProcessOwner,
    address: &str,
    action_type: &str,
    properties: Properties,
    packages: Vec<PackageReference>,
) -> Edit {
    let action_type = ActionType::parse(action_type);
    super::edit_action(owner, address, "Turn into a script step".to_owned(), move |step, child| {
        let Some(action) = step.actions.get_mut(child) else { return gone() };
        if action.pulumi_step().is_none() {
            return refuse("This step is a script step already.");
        }
        let action_type = action_type.map_err(|error| Refusal(error.rule))?;
        action.kind = ActionKind::Octopus(OctopusAction { action_type, extra: Extra::default() });
        action.properties = properties;
        action.packages = packages;
        Ok(())
    })
}
