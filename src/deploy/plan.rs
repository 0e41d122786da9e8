//! The steps of a scenario in order: what runs, what is skipped and why, who
//! is asked, and where it all runs.

use super::conditions::{self, Fate};
use super::ground::{Before, Earlier, Ground};
use super::place::{self, RunsOn};
use super::scenario::Scenario;
use super::simulation::Simulation;
use crate::catalog::{self, kind_of, type_name};
use crate::model::process::keys;
use crate::model::{Action, ActionId, Design, StartTrigger, Step, StepId};
use crate::scope::folded;

/// A scenario played through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is simulated.
    pub scenario: Scenario,
    /// Why Octopus would not offer it.
    pub obstacles: Vec<String>,
    /// The steps; those of one group start together.
    pub groups: Vec<Group>,
}

/// Steps that start together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// One step, or several in parallel.
    pub steps: Vec<PlannedStep>,
}

/// A step of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep {
    /// Its id.
    pub id: StepId,
    /// Its number in the process, from 1.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// How many targets at once, if it says so.
    pub window: String,
    /// Its actions: one, or the child steps.
    pub actions: Vec<PlannedAction>,
}

/// An action of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedAction {
    /// Its id.
    pub id: ActionId,
    /// `3`, or `3.1` for a child step.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The id of its kind in the palette, or its type's.
    pub kind: String,
    /// What people call the kind.
    pub kind_name: String,
    /// Whether it runs.
    pub fate: Fate,
    /// Who must agree before anything goes on; absent where it is no gate.
    pub gate: Option<Gate>,
    /// Where it runs.
    pub runs_on: RunsOn,
    /// Whether nobody may skip it.
    pub is_required: bool,
    /// The packages it takes, with the names that scripts know them by.
    pub packages: Vec<PlannedPackage>,
}

/// A package that an action takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPackage {
    /// The reference's name; empty is the primary package.
    pub reference: String,
    /// The package's id.
    pub id: String,
    /// Its feed's name.
    pub feed: String,
    /// Its version; empty is chosen with the release.
    pub version: String,
}

/// A manual intervention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The teams that may agree; none is anyone who may deploy.
    pub teams: Vec<String>,
}

impl Gate {
    /// Who is asked, in words.
    #[must_use]
    pub fn who(&self) -> String {
        if self.teams.is_empty() {
            "anyone who may deploy".to_owned()
        } else {
            self.teams.join(" or ")
        }
    }
}

impl Plan {
    /// All actions in order, each with its step.
    pub fn actions(&self) -> impl Iterator<Item = (&PlannedStep, &PlannedAction)> {
        let steps = self.groups.iter().flat_map(|group| &group.steps);
        steps.flat_map(|step| step.actions.iter().map(move |action| (step, action)))
    }

    /// The action with this id.
    #[must_use]
    pub fn action(&self, id: &ActionId) -> Option<(&PlannedStep, &PlannedAction)> {
        self.actions().find(|(_, action)| action.id == *id)
    }

    /// What earlier steps came to, for the action `id`.
    pub(super) fn before(&self, id: &ActionId) -> Before {
        let earlier = self.actions().take_while(|(_, action)| action.id != *id);
        let mut before: Before = earlier.map(|(_, action)| known(action)).collect();
        // Steps that start together do not wait for each other, but one may be
        // done before the other asks.
        let group = self.groups.iter().find(|group| {
            group.steps.iter().any(|step| step.actions.iter().any(|one| one.id == *id))
        });
        for step in group.iter().flat_map(|group| &group.steps) {
            if step.actions.iter().any(|one| one.id == *id) {
                continue;
            }
            before.extend(step.actions.iter().map(known));
        }
        before
    }
}

fn known(action: &PlannedAction) -> (String, Earlier) {
    let is_skipped = matches!(action.fate, Fate::Skipped(_));
    (folded(&action.name), Earlier { name: action.name.clone(), is_skipped })
}

impl Simulation {
    /// Plays `scenario` through.
    #[must_use]
    pub fn plan(&self, scenario: &Scenario) -> Plan {
        let mut plan = Plan {
            scenario: scenario.clone(),
            obstacles: scenario.obstacles(&self.original),
            groups: Vec::new(),
        };
        let Some(process) = scenario.process(&self.lowered) else { return plan };
        let original = scenario.process(&self.original);
        let mut before = Before::new();
        for (index, step) in process.steps.iter().enumerate() {
            let typed = original.and_then(|process| process.steps.get(&step.id));
            let step = self.step(scenario, index + 1, step, typed.map(|step| &**step), &before);
            before.extend(step.actions.iter().map(known));
            let joins = process
                .steps
                .nth(index)
                .is_some_and(|step| step.start == StartTrigger::WithPrevious);
            match plan.groups.last_mut().filter(|_| joins) {
                Some(group) => group.steps.push(step),
                None => plan.groups.push(Group { steps: vec![step] }),
            }
        }
        plan
    }

    fn step(
        &self,
        scenario: &Scenario,
        number: usize,
        step: &Step,
        typed: Option<&Step>,
        before: &Before,
    ) -> PlannedStep {
        let is_parent = step.has_children();
        let mut before = before.clone();
        let mut actions = Vec::new();
        for (index, action) in step.actions.iter().enumerate() {
            let number_of_action = match is_parent {
                true => format!("{number}.{}", index + 1),
                false => number.to_string(),
            };
            let typed = typed.and_then(|step| step.actions.iter().find(|one| one.id == action.id));
            let planned = {
                // Conditions are evaluated once, not for each target (reference:
                // variables, section 9, row 19).
                let at = (number, step, action);
                let mut ground = Ground::new(self, scenario, Some(at), &before);
                let fate = conditions::fate(&mut ground, step, action);
                let mut ground = self.ground(scenario, at, &before);
                let runs_on = place::runs_on(&mut ground, step, action);
                let (kind, kind_name) = kind(typed.unwrap_or(action));
                PlannedAction {
                    id: action.id.clone(),
                    number: number_of_action,
                    name: action.name.to_string(),
                    kind,
                    kind_name,
                    fate,
                    gate: gate(&self.original, action),
                    runs_on,
                    is_required: action.is_required,
                    packages: packages(&self.original, action),
                }
            };
            before.extend([known(&planned)]);
            actions.push(planned);
        }
        let name = step.name.to_string();
        PlannedStep { id: step.id.clone(), number, name, window: step.window.clone(), actions }
    }

    /// The action `id` with its step and the step's number.
    pub(super) fn place_of<'s>(
        &'s self,
        scenario: &Scenario,
        id: &ActionId,
    ) -> Option<(usize, &'s Step, &'s Action)> {
        let process = scenario.process(&self.lowered)?;
        process.steps.iter().enumerate().find_map(|(index, step)| {
            let action = step.actions.iter().find(|action| action.id == *id)?;
            Some((index + 1, &**step, action))
        })
    }

    /// The variables of an action, where it runs.
    pub(super) fn ground<'s>(
        &'s self,
        scenario: &'s Scenario,
        at: (usize, &'s Step, &'s Action),
        before: &'s Before,
    ) -> Ground<'s> {
        let (_, step, action) = at;
        let target = place::target(&self.lowered, scenario, step);
        let mut ground = Ground::new(self, scenario, Some(at), before);
        if let Some(target) = target {
            ground = ground.on_target(target);
        }
        let pool = place::pool(&mut ground, step, action);
        ground.in_pool(pool.as_deref());
        ground
    }
}

fn kind(action: &Action) -> (String, String) {
    let id = action.octopus_type().unwrap_or_default();
    match kind_of(action) {
        Some(kind)
            if action.octopus_type().is_none() || kind.group == catalog::Group::Community =>
        {
            (kind.id.to_owned(), kind.label.to_owned())
        }
        Some(kind) => (kind.id.to_owned(), type_name(id).to_owned()),
        None => (id.to_owned(), type_name(id).to_owned()),
    }
}

fn gate(design: &Design, action: &Action) -> Option<Gate> {
    if !action.is_manual() {
        return None;
    }
    let ids = action.properties.text(keys::MANUAL_TEAMS).split(',').map(str::trim);
    let name = |id: &str| {
        let mut teams = design.space.teams.iter();
        let team = teams.find(|team| team.id.as_str() == id);
        team.map_or_else(|| id.to_owned(), |team| team.name.to_string())
    };
    Some(Gate { teams: ids.filter(|id| !id.is_empty()).map(name).collect() })
}

fn packages(design: &Design, action: &Action) -> Vec<PlannedPackage> {
    let of = |reference: &crate::model::PackageReference| {
        let package = reference.package.as_ref().and_then(|key| design.project.packages.get(key));
        let feed = match package.and_then(|package| package.feed.as_ref()) {
            Some(crate::record::Bound::Is(id)) => {
                let feed = design.space.feeds.get(id);
                feed.map_or_else(|| id.to_string(), |feed| feed.name.to_string())
            }
            Some(crate::record::Bound::Expression(text)) => text.clone(),
            None => String::new(),
        };
        PlannedPackage {
            reference: reference.name.clone(),
            id: package.map_or(reference.name.as_str(), |one| &one.package_id).to_owned(),
            feed,
            version: reference.version.clone(),
        }
    };
    action.packages.iter().map(of).collect()
}
