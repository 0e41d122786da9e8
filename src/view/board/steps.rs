//! Rows of steps: where each runs, where it is skipped and why, what it waits for.

use std::sync::Arc;

use super::Column;
use super::cell::{Cell, Holds, Mark, Marks, listed};
use crate::model::{
    Action, ActionCondition, Design, EnvironmentId, Process, StartTrigger, Step, StepCondition,
};
use crate::view::process::responsible;

/// A step or child step as a row.
#[derive(Debug, Clone)]
pub struct StepLine {
    /// The step.
    pub step: Arc<Step>,
    /// Which of its children; none for the step itself.
    pub child: Option<usize>,
    /// `3`, or `3.1` for a child.
    pub number: String,
    /// The gate just before it, that it waits for where the gate is.
    gate: Option<(Arc<Step>, usize)>,
    /// The number of the step that it starts together with.
    with: Option<usize>,
}

impl StepLine {
    /// What tells it from other rows.
    #[must_use]
    pub fn key(&self) -> String {
        ["step/", &self.address()].concat()
    }

    /// Its address, as the process page has it.
    #[must_use]
    pub fn address(&self) -> String {
        match self.child.and_then(|child| self.step.actions.get(child)) {
            Some(action) => format!("{}/{}", self.step.id, action.id),
            None => self.step.id.to_string(),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.child.and_then(|child| self.step.actions.get(child)) {
            Some(action) => action.name.as_str(),
            None => self.step.name.as_str(),
        }
    }

    /// The actions that it is about.
    fn actions(&self) -> Vec<&Action> {
        match self.child {
            Some(child) => self.step.actions.get(child).into_iter().collect(),
            None => self.step.actions.iter().collect(),
        }
    }

    /// What is not right with it anywhere.
    pub(super) fn faults(&self, columns: &[Column]) -> Marks {
        let actions = self.actions();
        let runs = |action: &Action| columns.iter().any(|one| action.runs_in(&one.id));
        let is_lost = actions.iter().any(|one| !one.is_disabled && !runs(one));
        Marks::NONE.with_if(is_lost && !columns.is_empty(), Mark::Wrong)
    }

    /// What the row says in the environment at a place.
    pub(super) fn cell(&self, design: &Design, columns: &[Column], at: usize) -> Cell {
        let Some(column) = columns.get(at) else { return Cell::default() };
        let mut cell = Cell { holds: Holds::Switch, ..Cell::default() };
        let actions = self.actions();
        let running: Vec<&Action> =
            actions.iter().copied().filter(|one| runs(one, &column.id)).collect();
        let Some(first) = running.first() else {
            skipped(&actions, columns, column, &mut cell);
            return cell;
        };
        let gates: Vec<&&Action> = running.iter().filter(|one| one.is_manual()).collect();
        match gates.first() {
            Some(gate) => {
                cell.mark(Mark::Gate);
                let teams = responsible(design, gate);
                cell.say(format!("waits for {teams}"));
                cell.text = teams;
            }
            None => {
                cell.mark(Mark::Runs);
                cell.say("runs");
            }
        }
        if running.len() < actions.len() {
            cell.text = format!("{} of {}", running.len(), actions.len());
            cell.say(format!("{} of its {} steps run here", running.len(), actions.len()));
        }
        let mut note = |text: String, says: String| {
            if cell.text.is_empty() {
                cell.text = text;
            }
            cell.say(says);
        };
        if self.child.is_none() {
            if let Some(with) = self.with {
                note(format!("with {with}"), format!("starts together with step {with}"));
            } else if let Some((gate, number)) = &self.gate
                && gate.actions.iter().any(|one| one.is_manual() && runs(one, &column.id))
            {
                note(format!("after {number}"), format!("waits for {}", gate.name));
            }
            match &self.step.condition {
                StepCondition::Success => {}
                StepCondition::Failure => {
                    note("on failure".to_owned(), "only when a previous step failed".to_owned())
                }
                StepCondition::Always => {
                    note("always".to_owned(), "even when a previous step failed".to_owned())
                }
                StepCondition::Variable(own) => {
                    note("if …".to_owned(), format!("only if this is true: {}", own.expression));
                }
            }
        } else if first.condition == ActionCondition::Variable {
            note("if …".to_owned(), "only if its expression is true".to_owned());
        }
        if !first.channels.is_empty() {
            let names = design.project.channels.iter();
            let names = names.filter(|one| first.channels.contains(&one.id));
            let names = listed(names.map(|one| one.name.as_str()));
            note(names.clone(), format!("only for the channels {names}"));
        }
        if !first.tenant_tags.is_empty() {
            let tags = listed(first.tenant_tags.iter().map(|tag| tag.as_str()));
            note(tags.clone(), format!("only for tenants tagged {tags}"));
        }
        cell
    }
}

fn runs(action: &Action, environment: &EnvironmentId) -> bool {
    !action.is_disabled && action.runs_in(environment)
}

/// Why nothing of `actions` runs here.
fn skipped(actions: &[&Action], columns: &[Column], column: &Column, cell: &mut Cell) {
    if actions.iter().all(|one| one.is_disabled) {
        cell.mark(Mark::Disabled);
        "disabled".clone_into(&mut cell.text);
        cell.say("it runs nowhere");
        return;
    }
    cell.mark(Mark::Skipped);
    "not here".clone_into(&mut cell.text);
    let Some(first) = actions.iter().find(|one| !one.is_disabled) else { return };
    if first.excluded_environments.contains(&column.id) {
        cell.say(format!("skipped, because {} is excluded", column.name));
    } else {
        let named = columns.iter().filter(|one| first.environments.contains(&one.id));
        let names = listed(named.map(|one| one.name.as_str()));
        cell.say(if names.is_empty() {
            "skipped, because it runs in no environment of the design".to_owned()
        } else {
            format!("skipped, because it runs only in {names}")
        });
    }
}

/// The rows of a process, children below their step.
pub(super) fn lines(process: &Process) -> Vec<Arc<StepLine>> {
    let mut lines = Vec::new();
    // The last step that began a new moment, and the gate of the moment before.
    let (mut gate, mut next_gate): (Option<(Arc<Step>, usize)>, _) = (None, None);
    let mut began = 1;
    for (at, step) in process.steps.iter().enumerate() {
        let number = at + 1;
        let joins = at > 0 && step.start == StartTrigger::WithPrevious;
        if !joins {
            (gate, began) = (next_gate.take(), number);
        }
        if step.actions.iter().any(|one| one.is_manual() && !one.is_disabled) {
            next_gate = Some((Arc::clone(step), number));
        }
        let line = |child: Option<usize>| {
            Arc::new(StepLine {
                step: Arc::clone(step),
                child,
                number: match child {
                    None => number.to_string(),
                    Some(child) => format!("{number}.{}", child + 1),
                },
                gate: gate.clone(),
                with: joins.then_some(began),
            })
        };
        lines.push(line(None));
        if step.has_children() {
            lines.extend((0..step.actions.len()).map(|child| line(Some(child))));
        }
    }
    lines
}

/// The gates of an environment: who is waited for, and by which steps.
pub(super) fn gate_cell(design: &Design, column: &Column) -> Cell {
    let process = &design.project.process;
    let gates = process.actions().filter(|(_, one)| one.is_manual() && runs(one, &column.id));
    let mut cell = Cell { holds: Holds::Switch, ..Cell::default() };
    let mut count = 0;
    for (step, gate) in gates {
        count += 1;
        let teams = responsible(design, gate);
        if count == 1 {
            cell.text.clone_from(&teams);
        }
        cell.say(format!("{} waits for {teams}", step.name));
    }
    match count {
        0 => {
            "—".clone_into(&mut cell.text);
            cell.mark(Mark::Skipped);
            cell.say("nobody has to approve");
        }
        1 => cell.mark(Mark::Gate),
        _ => {
            cell.text = format!("{count} gates");
            cell.mark(Mark::Gate);
        }
    }
    cell
}
