//! The lifecycle of the project: its phases and the environments in them.

use super::environments::project_lifecycle;
use super::{Edit, Refusal, refuse};
use crate::model::{Design, EnvironmentId, Lifecycle, LifecycleId, Name, Phase};

/// Changes the project's lifecycle, making it first where there is none.
fn with_lifecycle(
    design: &mut Design,
    fresh: LifecycleId,
    change: impl FnOnce(&mut Lifecycle) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let id = match project_lifecycle(design) {
        Some(id) if design.space.lifecycles.get(&id).is_some() => id,
        _ => {
            let name = Name::parse("Default Lifecycle").map_err(|error| Refusal(error.rule))?;
            design.space.lifecycles.push(Lifecycle::new(fresh.clone(), name));
            fresh
        }
    };
    design.project.lifecycle = Some(id.clone());
    let mut result = Ok(());
    design.space.lifecycles.update(&id, |lifecycle| result = change(lifecycle));
    result
}

/// One phase for each environment, in promotion order; the first is deployed
/// to by itself where the phase it has now is.
#[must_use]
pub fn one_phase_each(fresh: LifecycleId) -> Edit {
    Edit::new("Make a phase for each environment", move |design| {
        let environments: Vec<_> = design.space.environments.iter().cloned().collect();
        if environments.is_empty() {
            return refuse("There is no environment yet.");
        }
        with_lifecycle(design, fresh, |lifecycle| {
            let automatic: Vec<EnvironmentId> =
                lifecycle.phases.iter().flat_map(|phase| phase.automatic.clone()).collect();
            lifecycle.phases = Vec::new();
            for environment in environments {
                let name =
                    Name::parse(environment.name.as_str()).map_err(|error| Refusal(error.rule))?;
                let mut phase = Phase::manual(name, environment.id.clone());
                if automatic.contains(&environment.id) {
                    std::mem::swap(&mut phase.automatic, &mut phase.manual);
                }
                lifecycle.phases.push(phase);
            }
            Ok(())
        })
    })
}

/// Adds a phase without environments at the end.
#[must_use]
pub fn add_phase(fresh: LifecycleId) -> Edit {
    Edit::new("Add phase", move |design| {
        with_lifecycle(design, fresh, |lifecycle| {
            let is_taken =
                |name: &str| lifecycle.phases.iter().any(|phase| phase.name.as_str() == name);
            let name = (lifecycle.phases.len() + 1..)
                .map(|count| format!("Phase {count}"))
                .find(|name| !is_taken(name))
                .unwrap_or_default();
            let name = Name::parse(&name).map_err(|error| Refusal(error.rule))?;
            lifecycle.phases.push(Phase::empty(name));
            Ok(())
        })
    })
}

/// Changes the phase at `index`.
fn with_phase(
    label: &str,
    index: usize,
    change: impl FnOnce(&mut Lifecycle, usize) -> Result<(), Refusal> + 'static,
) -> Edit {
    Edit::new(label, move |design| {
        let Some(id) = project_lifecycle(design) else {
            return refuse("The project has no lifecycle yet.");
        };
        let mut result = refuse("This phase is not there any more.");
        design.space.lifecycles.update(&id, |lifecycle| {
            if index < lifecycle.phases.len() {
                result = change(lifecycle, index);
            }
        });
        result
    })
}

/// Renames a phase.
#[must_use]
pub fn rename_phase(index: usize, text: &str) -> Edit {
    let text = text.trim().to_owned();
    with_phase("Rename phase", index, move |lifecycle, index| {
        let name = Name::parse(&text).map_err(|error| Refusal(error.rule))?;
        let is_taken = lifecycle.phases.iter().enumerate().any(|(other, phase)| {
            other != index && phase.name.as_str().eq_ignore_ascii_case(name.as_str())
        });
        if is_taken {
            return refuse(format!("There is a phase “{name}” already."));
        }
        lifecycle.phases[index].name = name;
        Ok(())
    })
}

/// Sets the environments of a phase. An environment belongs to one phase only,
/// so it leaves the one where it was.
#[must_use]
pub fn set_phase_environments(
    index: usize,
    environments: Vec<EnvironmentId>,
    is_automatic: bool,
) -> Edit {
    with_phase("Change phase", index, move |lifecycle, index| {
        for phase in &mut lifecycle.phases {
            phase.automatic.retain(|one| !environments.contains(one));
            phase.manual.retain(|one| !environments.contains(one));
        }
        let phase = &mut lifecycle.phases[index];
        *(if is_automatic { &mut phase.automatic } else { &mut phase.manual }) = environments;
        Ok(())
    })
}

/// Says whether a phase may be left out.
#[must_use]
pub fn set_optional(index: usize, is_optional: bool) -> Edit {
    with_phase("Change phase", index, move |lifecycle, index| {
        lifecycle.phases[index].is_optional = is_optional;
        if lifecycle.phases.iter().all(|phase| phase.is_optional) {
            return refuse("Octopus wants at least one phase that is not optional.");
        }
        Ok(())
    })
}

/// Moves a phase to `to`.
#[must_use]
pub fn move_phase(index: usize, to: usize) -> Edit {
    with_phase("Move phase", index, move |lifecycle, index| {
        let phase = lifecycle.phases.remove(index);
        lifecycle.phases.insert(to.min(lifecycle.phases.len()), phase);
        Ok(())
    })
}

/// Deletes a phase; its environments are then in none.
#[must_use]
pub fn delete_phase(index: usize) -> Edit {
    with_phase("Delete phase", index, |lifecycle, index| {
        lifecycle.phases.remove(index);
        Ok(())
    })
}
