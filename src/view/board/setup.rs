//! The rows above the process: the stack, where steps run, who logs in.

use super::Column;
use super::cell::{Cell, Holds, Mark, listed};
use crate::model::{Action, Design, EnvironmentId, Step, WorkerPoolChoice};
use crate::scope::{Outcome, Resolver};
use crate::view::process::{has_worker, pool_name};

/// The stack of an environment.
pub(super) fn stack_cell(design: &Design, columns: &[Column], at: usize) -> Cell {
    let Some(column) = columns.get(at) else { return Cell::default() };
    let mut cell = Cell { holds: Holds::Text, ..Cell::default() };
    let Some(stack) = design.pulumi.stack_of(&column.id) else {
        cell.mark(Mark::Hole);
        cell.say("no stack yet, type organization/project/stack");
        return cell;
    };
    cell.mark(Mark::Code);
    cell.mark(Mark::Tail);
    cell.text = stack.to_string();
    let others = design.pulumi.stacks.iter().filter(|one| one.stack == *stack);
    let others = others.filter(|one| one.environment != column.id);
    let same = listed(others.filter_map(|one| {
        columns.iter().find(|column| column.id == one.environment).map(|one| one.name.as_str())
    }));
    if !same.is_empty() {
        cell.mark(Mark::Wrong);
        cell.say(format!("{same} has the same stack"));
    } else if let Some(project) = &design.pulumi.project
        && *project != stack.project
    {
        cell.mark(Mark::Wrong);
        cell.say(format!("Pulumi.yaml says project {project}"));
    }
    cell
}

/// The name of the variable that chooses the pool of the steps, if just one does.
pub(super) fn pool_variable(design: &Design) -> Option<&str> {
    let mut found: Option<&str> = None;
    for (_, action) in design.project.process.actions() {
        let WorkerPoolChoice::Variable(pick) = &action.worker_pool else { continue };
        let name = pick.variable.as_str();
        if found.is_some_and(|other| !other.eq_ignore_ascii_case(name)) {
            return None;
        }
        found = Some(name);
    }
    found
}

/// Where the steps of an environment run.
pub(super) fn place_cell(design: &Design, resolver: &Resolver, column: &Column) -> Cell {
    let runs = |step: &Step, action: &Action| {
        !action.is_disabled
            && !action.is_manual()
            && has_worker(step, action)
            && action.runs_in(&column.id)
    };
    let mut places: Vec<String> = Vec::new();
    let actions = design.project.process.actions();
    for (_, action) in actions.filter(|(step, action)| runs(step, action)) {
        let pool = pool_of(design, resolver, action, &column.id);
        let image = action.container.as_ref().map(|one| one.image.as_str()).unwrap_or_default();
        let place = if image.is_empty() { pool } else { format!("{image} on {pool}") };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let is_chosen = pool_variable(design).is_some();
    let mut cell =
        Cell { holds: if is_chosen { Holds::Choice } else { Holds::Nothing }, ..Cell::default() };
    match places.as_slice() {
        [] => {
            "—".clone_into(&mut cell.text);
            cell.mark(Mark::Skipped);
            cell.say("no step runs on a worker");
        }
        [one] => cell.text.clone_from(one),
        [first, others @ ..] => {
            cell.text = format!("{first} +{}", others.len());
            cell.say(listed(places.iter().map(String::as_str)));
        }
    }
    if !is_chosen && !places.is_empty() {
        cell.mark(Mark::Inherited);
        cell.say("the same in every environment, as the steps say");
    }
    cell
}

fn pool_of(
    design: &Design,
    resolver: &Resolver,
    action: &Action,
    environment: &EnvironmentId,
) -> String {
    let WorkerPoolChoice::Variable(pick) = &action.worker_pool else {
        return pool_name(design, &action.worker_pool);
    };
    let context = super::context().in_environment(environment.clone());
    let Some(candidates) = resolver.candidates(pick.variable.as_str()) else {
        return pool_name(design, &action.worker_pool);
    };
    let result = resolver.resolve_one(candidates, &context);
    let chosen = match result.outcome() {
        Outcome::Value(at) => candidates.get(at),
        _ => None,
    };
    let pool = chosen.and_then(|entry| match entry.content() {
        crate::model::VariableContent::WorkerPool(own) => own.pool.as_ref()?.known().cloned(),
        _ => None,
    });
    match pool.and_then(|id| design.space.worker_pools.get(&id).cloned()) {
        Some(pool) => pool.name.to_string(),
        None => pool_name(design, &action.worker_pool),
    }
}

/// Whose credentials Pulumi gets, and how it logs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// The cloud account.
    Cloud,
    /// The token, passphrase or account for the backend.
    Backend,
}

impl Login {
    /// The head of its row.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Cloud => "Credentials",
            Self::Backend => "Pulumi login",
        }
    }

    /// The variable that holds it.
    #[must_use]
    pub fn variable(self, design: &Design) -> Option<&str> {
        match self {
            Self::Cloud => design.pulumi.credential_variable(),
            Self::Backend => design.pulumi.login_variable(),
        }
    }

    /// What its cells say where the design has no such variable.
    pub(super) fn absent(self, design: &Design) -> Cell {
        let mut cell = Cell::default();
        match (self, self.variable(design)) {
            (Self::Cloud, None) => {
                "worker’s own".clone_into(&mut cell.text);
                cell.mark(Mark::Inherited);
                cell.say("steps get no cloud account, only what the worker has by itself");
            }
            (Self::Backend, None) => {
                "—".clone_into(&mut cell.text);
                cell.mark(Mark::Skipped);
                cell.say("no secret is needed");
            }
            (Self::Cloud, Some(name)) => {
                cell.mark(Mark::Hole);
                cell.holds = Holds::Choice;
                cell.say(format!("there is no variable {name} yet"));
            }
            (Self::Backend, Some(name)) => {
                cell.mark(Mark::Unset);
                cell.holds = Holds::Choice;
                "not set".clone_into(&mut cell.text);
                cell.say(format!(
                    "there is no variable {name} yet; export adds it, to be filled in"
                ));
            }
        }
        cell
    }
}
