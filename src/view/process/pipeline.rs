//! The pipeline: a card a step, with what runs where, what waits for whom and
//! what is gated.

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::{self, kind_of};
use crate::edit::steps;
use crate::model::design::Shared;
use crate::model::process::keys;
use crate::model::{
    Action, ActionCondition, Channel, Design, EnvironmentId, Package, ProcessOwner, Space,
    StartTrigger, Step, StepCondition, StepId, WorkerPoolChoice,
};
use crate::record::Table;

/// What a mark on a card tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Where it runs: a pool, or target tags.
    Place,
    /// The container it runs in.
    Container,
    /// The packages it takes.
    Package,
    /// When it runs at all.
    Condition,
    /// Who has to agree.
    Gate,
    /// That it is left out.
    Disabled,
}

/// A mark at the end of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it tells.
    pub kind: MarkKind,
    /// In short.
    pub text: String,
    /// In full, as a sentence.
    pub title: String,
}

/// A step or child step as a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its address: see [`steps`].
    pub address: String,
    /// Its first action's id, which stays when its address changes.
    pub action: String,
    /// `3`, or `3.1` for a child.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The kind's id in the palette; the type's id where the palette has none.
    pub kind: String,
    /// What people call the kind.
    pub kind_name: String,
    /// For each environment in promotion order, whether it runs there.
    pub runs_in: Vec<bool>,
    /// Marks in a fixed order.
    pub marks: Vec<Mark>,
    /// Whether it waits for a person.
    pub is_gate: bool,
    /// Whether it is left out.
    pub is_disabled: bool,
    /// All of it in words.
    pub summary: String,
}

/// How a step stands to its neighbours that run at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// The step's id.
    pub id: String,
    /// The step itself.
    pub card: Arc<Card>,
    /// Its children, where there are several.
    pub children: Vec<Arc<Card>>,
    /// `first`, `middle` or `last` of steps that run in parallel; empty for none.
    pub parallel: &'static str,
    /// How many steps run in parallel with it, itself included.
    pub together: usize,
    /// What everything below waits for, where this is a gate.
    pub gates: String,
}

/// The steps of a process.
#[must_use]
pub fn pipeline(design: &Design, owner: &ProcessOwner) -> Vec<Arc<StepRow>> {
    Pipeline::default().rows(design, owner)
}

/// The rows of a process, kept up to its design: after an edit, a row whose step
/// and surroundings are the same is the very same row.
#[derive(Debug, Default)]
pub struct Pipeline {
    ground: Option<Ground>,
    rows: HashMap<StepId, Kept>,
}

/// What rows tell of besides their own step.
#[derive(Debug)]
struct Ground {
    space: Shared<Space>,
    channels: Table<Channel>,
    packages: Table<Package>,
}

impl Ground {
    fn of(design: &Design) -> Self {
        Self {
            space: design.space.clone(),
            channels: design.project.channels.clone(),
            packages: design.project.packages.clone(),
        }
    }

    fn is_of(&self, design: &Design) -> bool {
        self.space.is_same(&design.space)
            && self.channels.is_same(&design.project.channels)
            && self.packages.is_same(&design.project.packages)
    }
}

/// A row and what it was made of.
#[derive(Debug)]
struct Kept {
    step: Arc<Step>,
    place: Standing,
    row: Arc<StepRow>,
}

/// How a step stands in its process.
#[derive(Debug, PartialEq)]
struct Standing {
    at: usize,
    parallel: &'static str,
    together: usize,
    waits: String,
}

impl Pipeline {
    /// The rows of the process of `owner` in `design`.
    pub fn rows(&mut self, design: &Design, owner: &ProcessOwner) -> Vec<Arc<StepRow>> {
        let Some(process) = steps::process(design, owner) else { return Vec::new() };
        let mut before = std::mem::take(&mut self.rows);
        if !self.ground.as_ref().is_some_and(|ground| ground.is_of(design)) {
            self.ground = Some(Ground::of(design));
            before.clear();
        }
        let all: Vec<&Arc<Step>> = process.steps.iter().collect();
        let mut gate: Option<&str> = None;
        let mut rows = Vec::with_capacity(all.len());
        for (at, step) in all.iter().enumerate() {
            let place = Standing::of(&all, at, gate);
            let known = before.remove(&step.id);
            let kept = match known.filter(|one| Arc::ptr_eq(&one.step, step) && one.place == place)
            {
                Some(kept) => kept,
                None => {
                    let row = Arc::new(row(design, step, &place));
                    Kept { step: Arc::clone(step), place, row }
                }
            };
            if !kept.row.gates.is_empty() {
                gate = Some(step.name.as_str());
            }
            rows.push(Arc::clone(&kept.row));
            self.rows.insert(step.id.clone(), kept);
        }
        rows
    }
}

impl Standing {
    /// How the step `at` of `all` stands, below the step `gate` that others wait for.
    fn of(all: &[&Arc<Step>], at: usize, gate: Option<&str>) -> Self {
        let joins = |at: usize| {
            at > 0 && all.get(at).is_some_and(|step| step.start == StartTrigger::WithPrevious)
        };
        let parallel = match (joins(at), joins(at + 1)) {
            (false, true) => "first",
            (true, true) => "middle",
            (true, false) => "last",
            (false, false) => "",
        };
        let before = at.checked_sub(1).and_then(|before| all.get(before));
        let waits = match (joins(at), before) {
            (true, Some(before)) => format!("Starts together with {}.", before.name),
            (false, Some(_)) => match gate {
                Some(gate) => format!("Waits for {gate} and all steps before."),
                None => "Waits for all steps before.".to_owned(),
            },
            _ => String::new(),
        };
        let first = (0..=at).rev().find(|at| !joins(*at)).unwrap_or(0);
        let together = 1 + (first + 1..all.len()).take_while(|at| joins(*at)).count();
        Self { at, parallel, together, waits }
    }
}

fn row(design: &Design, step: &Step, place: &Standing) -> StepRow {
    let number = (place.at + 1).to_string();
    let first = step.actions.first();
    let children: Vec<Arc<Card>> = if step.has_children() {
        step.actions
            .iter()
            .enumerate()
            .map(|(child, action)| {
                let number = format!("{number}.{}", child + 1);
                Arc::new(card(design, step, action, number, Some(child), ""))
            })
            .collect()
    } else {
        Vec::new()
    };
    StepRow {
        id: step.id.to_string(),
        card: Arc::new(card(design, step, first, number, None, &place.waits)),
        children,
        parallel: place.parallel,
        together: place.together,
        gates: gates(design, step),
    }
}

/// Who must agree before what is below a gate goes on, and where.
fn gates(design: &Design, step: &Step) -> String {
    let gate = step.actions.iter().find(|action| action.is_manual() && !action.is_disabled);
    let Some(gate) = gate else { return String::new() };
    let environments: Vec<&str> = design
        .space
        .environments
        .iter()
        .filter(|one| gate.runs_in(&one.id))
        .map(|one| one.name.as_str())
        .collect();
    let all = environments.len() == design.space.environments.len();
    let of = design.space.environments.len();
    let place =
        if all { String::new() } else { format!(" in {}", few_or_count(&environments, of)) };
    if environments.is_empty() && !design.space.environments.is_empty() {
        return String::new();
    }
    format!("Below waits for {}{place}", responsible(design, gate))
}

/// Who must agree, in words.
pub(crate) fn responsible(design: &Design, action: &Action) -> String {
    let ids = action.properties.text(keys::MANUAL_TEAMS);
    let names: Vec<String> = ids
        .split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(|id| {
            let team = design.space.teams.iter().find(|team| team.id.as_str() == id);
            team.map_or_else(|| id.to_owned(), |team| team.name.to_string())
        })
        .collect();
    if names.is_empty() { "anyone who may deploy".to_owned() } else { names.join(" or ") }
}

/// How many environments are listed by name; of more, their number says more.
const MOST_NAMED: usize = 5;

fn few_or_count(names: &[&str], of: usize) -> String {
    match names.len() {
        0..=MOST_NAMED => listed(names),
        count => format!("{count} of {of} environments"),
    }
}

/// Names as a sentence lists them.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn card(
    design: &Design,
    step: &Step,
    action: &Action,
    number: String,
    child: Option<usize>,
    waits: &str,
) -> Card {
    let is_parent = child.is_none() && step.has_children();
    let actions: Vec<&Action> = match child {
        Some(_) => vec![action],
        None => step.actions.iter().collect(),
    };
    let runs_in: Vec<bool> = design
        .space
        .environments
        .iter()
        .map(|one| actions.iter().any(|action| runs_in(action, &one.id)))
        .collect();
    let is_disabled = actions.iter().all(|action| action.is_disabled);
    let is_gate = actions.iter().any(|action| action.is_manual());
    let (kind, kind_name) = if is_parent {
        ("parent".to_owned(), "Step with child steps".to_owned())
    } else {
        kind(action)
    };
    let mut marks = Vec::new();
    if child.is_none() {
        step_marks(step, &mut marks);
    } else {
        child_marks(action, &mut marks);
    }
    if !is_parent {
        action_marks(design, step, action, &mut marks);
    }
    if is_disabled {
        marks.push(mark(MarkKind::Disabled, "Disabled", "It is disabled: nothing runs."));
    }
    let name = if child.is_some() { &action.name } else { &step.name };
    let address = match child {
        Some(_) => format!("{}/{}", step.id, action.id),
        None => step.id.to_string(),
    };
    let summary = summary(design, &kind_name, &runs_in, &marks, waits);
    Card {
        address,
        action: action.id.to_string(),
        number,
        name: name.to_string(),
        kind,
        kind_name,
        runs_in,
        marks,
        is_gate,
        is_disabled,
        summary,
    }
}

fn runs_in(action: &Action, environment: &EnvironmentId) -> bool {
    !action.is_disabled && action.runs_in(environment)
}

fn kind(action: &Action) -> (String, String) {
    if let Some(kind) = kind_of(action) {
        let name = match action.octopus_type() {
            Some(id) if kind.group != catalog::Group::Community => catalog::type_name(id),
            _ => kind.label,
        };
        return (kind.id.to_owned(), name.to_owned());
    }
    let id = action.octopus_type().unwrap_or_default();
    (id.to_owned(), catalog::type_name(id).to_owned())
}

fn mark(kind: MarkKind, text: impl Into<String>, title: impl Into<String>) -> Mark {
    Mark { kind, text: text.into(), title: title.into() }
}

fn step_marks(step: &Step, marks: &mut Vec<Mark>) {
    let condition = match &step.condition {
        StepCondition::Success => None,
        StepCondition::Failure => {
            Some(("On failure", "Runs only when a previous step failed.".to_owned()))
        }
        StepCondition::Always => {
            Some(("Always", "Runs always, even when a previous step failed.".to_owned()))
        }
        StepCondition::Variable(variable) => {
            Some(("If", format!("Runs only if this is true: {}.", variable.expression)))
        }
    };
    if let Some((text, title)) = condition {
        marks.push(mark(MarkKind::Condition, text, title));
    }
    if !step.target_tags.is_empty() {
        let tags: Vec<&str> = step.target_tags.iter().map(|tag| tag.as_str()).collect();
        let window = match step.window.as_str() {
            "" => String::new(),
            window => format!(", {window} at a time"),
        };
        let title = format!("Runs for each target tagged {}{window}.", tags.join(" or "));
        marks.push(mark(MarkKind::Place, tags.join(", "), title));
    }
}

fn child_marks(action: &Action, marks: &mut Vec<Mark>) {
    if action.condition == ActionCondition::Variable {
        let expression = action.properties.text(keys::ACTION_CONDITION);
        let title = format!("Runs only if this is true: {expression}.");
        marks.push(mark(MarkKind::Condition, "If", title));
    }
}

fn action_marks(design: &Design, step: &Step, action: &Action, marks: &mut Vec<Mark>) {
    if !action.channels.is_empty() {
        let names: Vec<&str> = design
            .project
            .channels
            .iter()
            .filter(|one| action.channels.contains(&one.id))
            .map(|one| one.name.as_str())
            .collect();
        let title = format!("Runs only for the channels {}.", listed(&names));
        marks.push(mark(MarkKind::Condition, names.join(", "), title));
    }
    if !action.tenant_tags.is_empty() {
        let tags: Vec<&str> = action.tenant_tags.iter().map(|tag| tag.as_str()).collect();
        let title = format!("Runs only for tenants tagged {}.", listed(&tags));
        marks.push(mark(MarkKind::Condition, tags.join(", "), title));
    }
    let packages: Vec<String> = action
        .packages
        .iter()
        .map(|reference| {
            let package =
                reference.package.as_ref().and_then(|key| design.project.packages.get(key));
            package.map_or_else(|| reference.name.clone(), |one| one.package_id.clone())
        })
        .filter(|name| !name.is_empty())
        .collect();
    if !packages.is_empty() {
        let names: Vec<&str> = packages.iter().map(String::as_str).collect();
        let title = format!("Takes the package {}.", listed(&names));
        marks.push(mark(MarkKind::Package, packages.join(", "), title));
    }
    if action.is_manual() {
        let teams = responsible(design, action);
        marks.push(mark(MarkKind::Gate, teams.clone(), format!("Waits for {teams}.")));
    }
    if let Some(container) = action.container.as_ref().filter(|one| !one.image.is_empty()) {
        let title = format!("Runs in the container {}.", container.image);
        marks.push(mark(MarkKind::Container, container.image.clone(), title));
    }
    if super::sections::has_worker(step, action) {
        let pool = pool_name(design, &action.worker_pool);
        let title = if step.target_tags.is_empty() {
            format!("Runs once on a worker: {pool}.")
        } else {
            format!("Runs on a worker, for each target: {pool}.")
        };
        marks.push(mark(MarkKind::Place, pool, title));
    } else if step.target_tags.is_empty() && action.properties.text(keys::RUN_ON_SERVER) == "false"
    {
        let title = "Runs on targets, but no target tag says on which.";
        marks.push(mark(MarkKind::Place, "No target tag", title));
    }
}

pub(crate) fn pool_name(design: &Design, choice: &WorkerPoolChoice) -> String {
    match choice {
        WorkerPoolChoice::Default => "Default pool".to_owned(),
        WorkerPoolChoice::Pool(pick) => {
            let pool = design.space.worker_pools.get(&pick.pool);
            pool.map_or_else(|| format!("{} (gone)", pick.pool), |pool| pool.name.to_string())
        }
        WorkerPoolChoice::Variable(variable) => format!("#{{{}}}", variable.variable),
    }
}

fn summary(design: &Design, kind: &str, runs_in: &[bool], marks: &[Mark], waits: &str) -> String {
    let names: Vec<&str> = design
        .space
        .environments
        .iter()
        .zip(runs_in)
        .filter(|(_, runs)| **runs)
        .map(|(one, _)| one.name.as_str())
        .collect();
    let mut parts = vec![format!("{kind}.")];
    if names.len() == runs_in.len() {
        parts.push("In every environment.".to_owned());
    } else if names.is_empty() {
        parts.push("In no environment.".to_owned());
    } else {
        parts.push(format!("Only in {}.", few_or_count(&names, runs_in.len())));
    }
    parts.extend(marks.iter().map(|mark| mark.title.clone()));
    if !waits.is_empty() {
        parts.push(waits.to_owned());
    }
    parts.join(" ")
}
