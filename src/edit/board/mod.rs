//! Edits of the Board's cells: each says what shall be true in one environment,
//! and changes nothing in any other.
//!
//! Invariants: after putting a value into a cell it is the one that wins there,
//! and what wins in other environments is what won before; clearing takes away
//! only what names the environment; the text of a secret is never taken.

mod names;
mod steps;
#[cfg(test)]
mod tests;
mod values;

use std::cell::RefCell;
use std::rc::Rc;

use names::Names;

use super::{Edit, Refusal, approvals, refuse, stacks};
use crate::model::pulumi::{PLACEHOLDER, expand};
use crate::model::{ActionId, Design, EnvironmentId, StepId};

/// What a cell is about, beside its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The Pulumi stack.
    Stack,
    /// Whether somebody has to approve.
    Gate,
    /// Whether the step or child step at an address runs.
    Step(String),
    /// The value of a variable.
    Variable {
        /// Its name.
        name: String,
        /// The type that it gets where there is no such variable yet.
        word: &'static str,
    },
}

/// What shall become of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It holds this text; for what is chosen, the name of the choice.
    Text(String),
    /// It holds this choice, as it is kept: an id, `set`, or nothing.
    Choice(String),
    /// It holds nothing of its own.
    Clear,
    /// It is on or off.
    On(bool),
}

/// A change of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellEdit {
    /// What the cell is about.
    pub spot: Spot,
    /// Its environment.
    pub environment: EnvironmentId,
    /// What shall become of it.
    pub change: Change,
}

/// Why some cells of many were left as they were.
pub type Skipped = Rc<RefCell<Vec<Refusal>>>;

/// Changes cells, all as one edit. Of several, those that can't take the
/// change are left alone and told of in `skipped`; if none can, it refuses.
/// `fresh` is an id that nothing has yet, which those of new things begin with.
#[must_use]
pub fn change(cells: Vec<CellEdit>, fresh: &str, skipped: Skipped) -> Edit {
    let fresh = fresh.to_owned();
    Edit::new(label(&cells), move |design| {
        let mut ids = Ids { fresh, count: 0 };
        let mut names = Names::new(design, cells.len());
        let mut done = 0_usize;
        for cell in &cells {
            match apply(design, cell, &mut names, &mut ids) {
                Ok(()) => done += 1,
                Err(refusal) => skipped.borrow_mut().push(refusal),
            }
        }
        match skipped.borrow().first() {
            Some(refusal) if done == 0 => Err(refusal.clone()),
            _ => names.finish(design),
        }
    })
}

fn label(cells: &[CellEdit]) -> String {
    let [cell] = cells else { return format!("Change {} cells", cells.len()) };
    let what = match &cell.spot {
        Spot::Stack => "stack".to_owned(),
        Spot::Gate => "approval".to_owned(),
        Spot::Step(_) => "step".to_owned(),
        Spot::Variable { name, .. } => name.clone(),
    };
    match (&cell.change, &cell.spot) {
        (Change::Clear, _) => format!("Clear {what} in one environment"),
        (Change::On(true), Spot::Gate) => "Ask for approval".to_owned(),
        (Change::On(_), Spot::Gate) => "Do without approval".to_owned(),
        (Change::On(true), _) => format!("Run {what} in one environment"),
        (Change::On(false), _) => format!("Skip {what} in one environment"),
        _ => format!("Set {what} in one environment"),
    }
}

/// Makes ids that nothing has.
struct Ids {
    fresh: String,
    count: usize,
}

impl Ids {
    fn next<T>(
        &mut self,
        parse: impl Fn(&str) -> Result<T, crate::record::NameError>,
    ) -> Result<T, Refusal> {
        self.count += 1;
        parse(&format!("{}-{}", self.fresh, self.count)).map_err(|error| Refusal(error.rule))
    }
}

fn apply(
    design: &mut Design,
    cell: &CellEdit,
    names: &mut Names,
    ids: &mut Ids,
) -> Result<(), Refusal> {
    let environment = &cell.environment;
    if design.space.environments.get(environment).is_none() {
        return refuse("This environment is not there any more.");
    }
    match (&cell.spot, &cell.change) {
        (Spot::Stack, Change::Clear) => set_stack(design, environment, ""),
        (Spot::Stack, Change::Text(text) | Change::Choice(text)) => {
            set_stack(design, environment, text)
        }
        (Spot::Gate, change) => match switched(change)? {
            Some(is_on) => {
                let (step, action) = (ids.next(StepId::parse)?, ids.next(ActionId::parse)?);
                let edit = approvals::set(environment.clone(), is_on, step, action);
                *design = edit.apply(design)?;
                Ok(())
            }
            None => Ok(()),
        },
        (Spot::Step(address), change) => match switched(change)? {
            Some(is_on) => steps::switch(design, address, environment, is_on),
            None => Ok(()),
        },
        (Spot::Variable { name, .. }, Change::Clear) => {
            values::clear(design, names, name, environment)
        }
        (Spot::Variable { name, word }, change) => {
            values::put(design, names, (name, word), environment, change, ids)
        }
        (Spot::Stack, Change::On(_)) => refuse("A stack is typed, such as my-org/my-project/dev."),
    }
}

/// Whether a step or gate is switched on or off by `change`; a text may say so
/// in words, as copied cells do.
fn switched(change: &Change) -> Result<Option<bool>, Refusal> {
    let text = match change {
        Change::On(is_on) => return Ok(Some(*is_on)),
        Change::Clear => return Ok(Some(false)),
        Change::Text(text) | Change::Choice(text) => text.trim().to_lowercase(),
    };
    match text.as_str() {
        "" => Ok(None),
        "runs" | "yes" | "true" | "on" | "1" | "x" => Ok(Some(true)),
        "not here" | "—" | "-" | "no" | "false" | "off" | "0" => Ok(Some(false)),
        _ => refuse("A step takes “runs” or “not here”."),
    }
}

fn set_stack(design: &mut Design, environment: &EnvironmentId, text: &str) -> Result<(), Refusal> {
    let text = text.trim();
    let expanded = match design.space.environments.get(environment) {
        Some(own) if text.contains(PLACEHOLDER) => {
            expand(text, own).map_err(|error| Refusal(error.rule))?.to_string()
        }
        _ => text.to_owned(),
    };
    *design = stacks::set(environment.clone(), &expanded).apply(design)?;
    Ok(())
}
