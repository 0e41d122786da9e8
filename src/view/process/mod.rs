//! What the process and runbook pages show.

mod choices;
mod form;
mod packages;
mod palette;
mod pipeline;
mod pulumi;
mod sections;
mod template;

pub use choices::Choice;
pub use form::{Control, Field, Form, Section, form};
pub use palette::{PaletteRow, palette};
pub use pipeline::{Card, Mark, MarkKind, Pipeline, StepRow, pipeline};
pub(crate) use pipeline::{pool_name, responsible};
pub(crate) use sections::has_worker;

use crate::catalog;
use crate::edit::{Edit, steps};
use crate::export;
use crate::model::process::keys;
use crate::model::{Design, ProcessOwner, RunbookId};

/// A script as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptText {
    /// The property that holds it; empty for a script that Pulpo writes.
    pub key: &'static str,
    /// Its text.
    pub text: String,
    /// Whether it is bash.
    pub is_bash: bool,
}

/// The script of the item at `address`, if it has one: inline, or Pulpo's own.
#[must_use]
pub fn script(design: &Design, owner: &ProcessOwner, address: &str) -> Option<ScriptText> {
    let process = steps::process(design, owner)?;
    let item = steps::find(process, address)?;
    let (step, action) = (steps::step_of(process, item)?, steps::action_of(process, item)?);
    if action.pulumi_step().is_some() {
        let text = export::final_script(design, step, action)?;
        return Some(ScriptText { key: "", text, is_bash: true });
    }
    let info = catalog::action_type(action.octopus_type()?)?;
    let body = info.property(keys::SCRIPT_BODY)?;
    if action.template.is_some() && action.properties.text(keys::SCRIPT_BODY).is_empty() {
        // The script is the template's.
        return None;
    }
    if !info.is_shown(body, &action.properties) {
        return None;
    }
    let is_bash = info.value(keys::SCRIPT_SYNTAX, &action.properties) == "Bash";
    let text = action.properties.text(keys::SCRIPT_BODY).to_owned();
    Some(ScriptText { key: keys::SCRIPT_BODY, text, is_bash })
}

/// The edit that turns one of Pulpo's own steps into a script step.
#[must_use]
pub fn detach(design: &Design, owner: &ProcessOwner, address: &str) -> Option<Edit> {
    let process = steps::process(design, owner)?;
    let item = steps::find(process, address)?;
    let (step, action) = (steps::step_of(process, item)?, steps::action_of(process, item)?);
    action.pulumi_step()?;
    let lowered = export::lower_action(design, step, action);
    let (kind, properties) = (lowered.action_type, lowered.properties);
    Some(steps::detach(owner, address, &kind, properties, lowered.packages))
}

/// A place on the page of runbooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The runbook that is shown.
    pub runbook: RunbookId,
    /// The address of the step that is open; empty for none.
    pub address: String,
}

/// What `selected` names: a runbook, a step of it behind a `/`, or a step of
/// any runbook by its id alone. Nothing names the first runbook.
#[must_use]
pub fn place(design: &Design, selected: &str) -> Option<Place> {
    let runbooks = &design.project.runbooks;
    let (start, rest) = selected.split_once('/').unwrap_or((selected, ""));
    if let Some(runbook) = runbooks.iter().find(|one| one.id.as_str() == start) {
        return Some(Place { runbook: runbook.id.clone(), address: rest.to_owned() });
    }
    let holder = runbooks.iter().find(|one| steps::find(&one.process, selected).is_some());
    if let (Some(holder), false) = (holder, selected.is_empty()) {
        return Some(Place { runbook: holder.id.clone(), address: selected.to_owned() });
    }
    let first = runbooks.iter().next()?;
    Some(Place { runbook: first.id.clone(), address: String::new() })
}

#[cfg(test)]
mod tests;
