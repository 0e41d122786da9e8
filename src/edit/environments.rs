//! Environments: add, rename, reorder, protect, delete.
//!
//! Invariant: deleting an environment never widens anything. A value that only
//! applied there goes with it, as does an account or certificate that was only
//! for it; a step that only ran there is disabled.

use super::{Edit, Refusal, refuse};
use crate::model::{
    AccountId, Action, CertificateId, Design, Environment, EnvironmentId, EnvironmentName,
    LifecycleId, Name, Phase, Process, Variable, VariableContent,
};
use crate::record::{Bound, Table};

/// The name, if no other environment has it.
fn free_name(
    design: &Design,
    text: &str,
    own: Option<&EnvironmentId>,
) -> Result<EnvironmentName, Refusal> {
    let name = EnvironmentName::parse(text.trim()).map_err(|error| Refusal(error.rule))?;
    let is_taken = design.space.environments.iter().any(|other| {
        Some(&other.id) != own && other.name.as_str().to_lowercase() == name.as_str().to_lowercase()
    });
    if is_taken {
        return refuse(format!("There is an environment “{name}” already."));
    }
    Ok(name)
}

/// Adds an environment as the last one, with a phase of its own where the
/// project's lifecycle has phases.
#[must_use]
pub fn add(id: EnvironmentId, text: &str) -> Edit {
    let text = text.to_owned();
    Edit::new("Add environment", move |design| {
        let name = free_name(design, &text, None)?;
        let phase = Name::parse(name.as_str()).map_err(|error| Refusal(error.rule))?;
        design.space.environments.push(Environment::new(id.clone(), name));
        if let Some(lifecycle) = project_lifecycle(design) {
            design.space.lifecycles.update(&lifecycle, |lifecycle| {
                if !lifecycle.phases.is_empty() {
                    lifecycle.phases.push(Phase::manual(phase, id));
                }
            });
        }
        Ok(())
    })
}

/// The lifecycle that the project follows: its own, or the only one.
#[must_use]
pub fn project_lifecycle(design: &Design) -> Option<LifecycleId> {
    let only = || match design.space.lifecycles.len() {
        1 => design.space.lifecycles.nth(0).map(|lifecycle| lifecycle.id.clone()),
        _ => None,
    };
    design.project.lifecycle.clone().or_else(only)
}

/// Renames an environment; a phase that had its name gets the new one too.
#[must_use]
pub fn rename(id: EnvironmentId, text: &str) -> Edit {
    let text = text.to_owned();
    Edit::new("Rename environment", move |design| {
        let name = free_name(design, &text, Some(&id))?;
        let phase_name = Name::parse(name.as_str()).map_err(|error| Refusal(error.rule))?;
        let Some(old) = design.space.environments.get(&id).map(|one| one.name.to_string()) else {
            return refuse("This environment is not there any more.");
        };
        design.space.environments.update(&id, |environment| environment.name = name);
        design.space.lifecycles.update_each(|lifecycle| {
            let mut changed = lifecycle.clone();
            for phase in &mut changed.phases {
                if phase.name.as_str() == old && phase.environments().eq([&id]) {
                    phase.name = phase_name.clone();
                }
            }
            (changed != *lifecycle).then_some(changed)
        });
        Ok(())
    })
}

/// Moves an environment to `index` of the promotion order.
#[must_use]
pub fn move_to(id: EnvironmentId, index: usize) -> Edit {
    Edit::new("Move environment", move |design| {
        design.space.environments.move_to(&id, index);
        Ok(())
    })
}

/// Marks an environment as one where a mistake hurts, or takes the mark away.
#[must_use]
pub fn protect(id: EnvironmentId, is_protected: bool) -> Edit {
    let label = if is_protected { "Protect environment" } else { "Unprotect environment" };
    Edit::new(label, move |design| {
        design
            .space
            .environments
            .update(&id, |environment| environment.is_protected = is_protected);
        Ok(())
    })
}

/// Gives an environment a colour, 1 to 12; 0 takes the one of its place.
#[must_use]
pub fn set_hue(id: EnvironmentId, hue: u32) -> Edit {
    Edit::new("Change colour of environment", move |design| {
        design.space.environments.update(&id, |environment| environment.hue = hue.min(12));
        Ok(())
    })
}

/// Sets what an environment is for.
#[must_use]
pub fn describe(id: EnvironmentId, text: String) -> Edit {
    Edit::new("Describe environment", move |design| {
        design.space.environments.update(&id, |environment| environment.description = text);
        Ok(())
    })
}

/// Deletes an environment and what only held for it.
#[must_use]
pub fn delete(id: EnvironmentId) -> Edit {
    Edit::new("Delete environment", move |design| {
        if design.space.environments.remove(&id).is_none() {
            return refuse("This environment is not there any more.");
        }
        forget(design, &id);
        Ok(())
    })
}

fn forget(design: &mut Design, id: &EnvironmentId) {
    let space = &mut *design.space;
    space.lifecycles.update_each(|lifecycle| {
        let mut changed = lifecycle.clone();
        changed.phases.retain_mut(|phase| {
            let before = phase.environments().count();
            phase.automatic.retain(|one| one != id);
            phase.manual.retain(|one| one != id);
            before == 0 || phase.environments().count() > 0
        });
        (changed != *lifecycle).then_some(changed)
    });
    // Without their only environment they would be for all of them.
    let only = |list: &[EnvironmentId]| list == [id.clone()];
    let accounts = space.accounts.iter().filter(|one| only(&one.environments));
    let accounts: Vec<_> = accounts.map(|one| one.id.clone()).collect();
    let certificates = space.certificates.iter().filter(|one| only(&one.environments));
    let certificates: Vec<_> = certificates.map(|one| one.id.clone()).collect();
    for account in &accounts {
        space.accounts.remove(account);
    }
    for certificate in &certificates {
        space.certificates.remove(certificate);
    }
    space.accounts.update_each(|one| without(one, id, |one| &mut one.environments));
    space.certificates.update_each(|one| without(one, id, |one| &mut one.environments));
    space.targets.update_each(|one| without(one, id, |one| &mut one.environments));
    space.tenants.update_each(|tenant| {
        let mut changed = tenant.clone();
        changed.environments.retain(|one| one != id);
        changed.values.retain_mut(|value| {
            let was_limited = !value.environments.is_empty();
            value.environments.retain(|one| one != id);
            !was_limited || !value.environments.is_empty()
        });
        (changed != *tenant).then_some(changed)
    });
    space.library_sets.update_each(|set| {
        let mut changed = set.clone();
        forget_values(&mut changed.variables, id);
        forget_choices(&mut changed.variables, &accounts, &certificates);
        (!changed.variables.is_same(&set.variables)).then_some(changed)
    });
    let project = &mut *design.project;
    forget_values(&mut project.variables, id);
    forget_choices(&mut project.variables, &accounts, &certificates);
    forget_process(&mut project.process, id);
    project.runbooks.update_each(|runbook| {
        let mut changed = runbook.clone();
        changed.environments.retain(|one| one != id);
        forget_process(&mut changed.process, id);
        (changed != *runbook).then_some(changed)
    });
    if design.pulumi.stack_of(id).is_some() {
        design.pulumi.set_stack(id, None);
    }
}

fn without<T: Clone>(
    row: &T,
    id: &EnvironmentId,
    list: fn(&mut T) -> &mut Vec<EnvironmentId>,
) -> Option<T> {
    let mut changed = row.clone();
    let environments = list(&mut changed);
    let before = environments.len();
    environments.retain(|one| one != id);
    (environments.len() != before).then_some(changed)
}

fn forget_values(variables: &mut Table<Variable>, id: &EnvironmentId) {
    let mut emptied = Vec::new();
    variables.update_each(|variable| {
        let touched = variable.values.iter().any(|value| value.scope.environments.contains(id));
        if !touched {
            return None;
        }
        let mut changed = variable.clone();
        changed.values = variable
            .values
            .iter()
            .filter(|value| value.scope.environments != [id.clone()])
            .map(|value| {
                let mut value = (**value).clone();
                value.scope.environments.retain(|one| one != id);
                value
            })
            .collect();
        if changed.values.is_empty() {
            emptied.push(changed.id.clone());
        }
        Some(changed)
    });
    for variable in &emptied {
        variables.remove(variable);
    }
}

/// Values that chose an account or certificate that is gone choose nothing yet.
fn forget_choices(
    variables: &mut Table<Variable>,
    accounts: &[AccountId],
    certificates: &[CertificateId],
) {
    let is_gone = |content: &VariableContent| {
        let account = content.account().and_then(|content| content.account.as_ref()?.known());
        let certificate = match content {
            VariableContent::Certificate(content) => content.certificate.as_ref(),
            _ => None,
        };
        account.is_some_and(|id| accounts.contains(id))
            || certificate.and_then(Bound::known).is_some_and(|id| certificates.contains(id))
    };
    variables.update_each(|variable| {
        if !variable.values.iter().any(|value| is_gone(&value.content)) {
            return None;
        }
        let mut changed = variable.clone();
        changed.values.update_each(|value| {
            if !is_gone(&value.content) {
                return None;
            }
            let mut changed = value.clone();
            // The same type, with nothing chosen.
            changed.content = VariableContent::empty(value.content.word())?;
            Some(changed)
        });
        Some(changed)
    });
}

fn forget_process(process: &mut Process, id: &EnvironmentId) {
    process.steps.update_each(|step| {
        let touched = |action: &Action| {
            action.environments.contains(id) || action.excluded_environments.contains(id)
        };
        if !step.actions.iter().any(touched) {
            return None;
        }
        let mut changed = step.clone();
        for action in changed.actions.iter_mut() {
            action.excluded_environments.retain(|one| one != id);
            if action.environments == [id.clone()] {
                // It ran nowhere else; an empty list would mean everywhere.
                action.is_disabled = true;
            }
            action.environments.retain(|one| one != id);
        }
        Some(changed)
    });
}
