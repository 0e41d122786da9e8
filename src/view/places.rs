//! What has a name in a design and a place on a page: for going there by name.

use crate::model::{Design, EnvironmentId, Process, ProcessOwner, RunbookId};
use crate::view::variables::key;

/// Something that one can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An environment.
    Environment(EnvironmentId),
    /// A step or child step of a process, by its address.
    Step(ProcessOwner, String),
    /// A variable of the project or of a library set, by the key of its first value.
    Variable(String),
    /// A runbook.
    Runbook(RunbookId),
}

impl Place {
    /// What people call such a thing.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Environment(_) => "Environment",
            Self::Step(ProcessOwner::Deployment, _) => "Step",
            Self::Step(ProcessOwner::Runbook(_), _) => "Runbook step",
            Self::Variable(_) => "Variable",
            Self::Runbook(_) => "Runbook",
        }
    }
}

/// Up to `most` things whose names `fits` takes, with their names.
#[must_use]
pub fn places(design: &Design, fits: &dyn Fn(&str) -> bool, most: usize) -> Vec<(Place, String)> {
    let mut found = Vec::new();
    let mut add = |name: &str, place: &dyn Fn() -> Option<Place>| {
        if found.len() < most
            && fits(name)
            && let Some(place) = place()
        {
            found.push((place, name.to_owned()));
        }
    };
    for one in &design.space.environments {
        add(one.name.as_str(), &|| Some(Place::Environment(one.id.clone())));
    }
    steps(&design.project.process, &ProcessOwner::Deployment, &mut add);
    let sets = design.space.library_sets.iter().map(|set| &set.variables);
    for variable in std::iter::once(&design.project.variables).chain(sets).flatten() {
        add(variable.name.as_str(), &|| {
            let value = variable.values.nth(0)?;
            Some(Place::Variable(key(variable.id.as_str(), value.id.as_str())))
        });
    }
    for runbook in &design.project.runbooks {
        add(runbook.name.as_str(), &|| Some(Place::Runbook(runbook.id.clone())));
        steps(&runbook.process, &ProcessOwner::Runbook(runbook.id.clone()), &mut add);
    }
    found
}

fn steps(
    process: &Process,
    owner: &ProcessOwner,
    add: &mut impl FnMut(&str, &dyn Fn() -> Option<Place>),
) {
    for step in &process.steps {
        add(step.name.as_str(), &|| Some(Place::Step(owner.clone(), step.id.to_string())));
        if step.has_children() {
            for action in step.actions.iter() {
                let address = format!("{}/{}", step.id, action.id);
                add(action.name.as_str(), &|| Some(Place::Step(owner.clone(), address.clone())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::design_file;

    #[test]
    fn all_that_has_a_name_is_found_up_to_a_limit() {
        let text = include_str!("../../public/samples/aws-fargate.pulpo.json");
        let design = design_file::read(text).design.expect("a sample");
        let all = places(&design, &|_| true, usize::MAX);
        let count = |kind: &str| all.iter().filter(|(place, _)| place.kind() == kind).count();
        assert_eq!(count("Environment"), design.space.environments.len());
        assert_eq!(count("Step"), design.project.process.steps.len());
        assert!(count("Variable") >= design.project.variables.len());
        assert_eq!(count("Runbook"), design.project.runbooks.len());
        assert_eq!(places(&design, &|_| true, 3).len(), 3);
        let named = places(&design, &|name| name == "Production", 10);
        assert!(matches!(named.as_slice(), [(Place::Environment(_), _)]));
    }
}
