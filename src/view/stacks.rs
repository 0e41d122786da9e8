//! The table of environments and stacks, and what a pattern would make of it.

use std::collections::HashMap;

use crate::edit::approvals;
use crate::model::pulumi::expand;
use crate::model::{Design, EnvironmentId};

/// One environment as the table shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackRow {
    /// The environment.
    pub id: EnvironmentId,
    /// Its name.
    pub name: String,
    /// Whether it carries a shield.
    pub is_protected: bool,
    /// Its stack as text; empty for none.
    pub stack: String,
    /// The stack's settings file; empty for none.
    pub settings_file: String,
    /// Whether a deployment there waits for a person.
    pub needs_approval: bool,
    /// What to know about the stack, as a sentence; empty for nothing.
    pub problem: String,
}

/// The rows in promotion order.
#[must_use]
pub fn rows(design: &Design) -> Vec<StackRow> {
    let mut owners: HashMap<String, &str> = HashMap::new();
    design
        .space
        .environments
        .iter()
        .map(|environment| {
            let stack = design.pulumi.stack_of(&environment.id);
            let text = stack.map(ToString::to_string).unwrap_or_default();
            let project = design.pulumi.project.as_ref();
            let problem = match stack {
                Some(stack) if project.is_some_and(|project| *project != stack.project) => format!(
                    "Pulumi.yaml says project “{}”; this stack is of “{}”.",
                    project.map(ToString::to_string).unwrap_or_default(),
                    stack.project
                ),
                Some(_) => match owners.insert(text.clone(), environment.name.as_str()) {
                    Some(other) => format!("{other} has this stack too."),
                    None => String::new(),
                },
                None => String::new(),
            };
            StackRow {
                id: environment.id.clone(),
                name: environment.name.to_string(),
                is_protected: environment.is_protected,
                settings_file: stack.map(|stack| stack.settings_file()).unwrap_or_default(),
                stack: text,
                needs_approval: approvals::needs_approval(design, &environment.id),
                problem,
            }
        })
        .collect()
}

/// What a pattern makes of one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledRow {
    /// The environment's name.
    pub name: String,
    /// The stack, or why the pattern gives none.
    pub stack: Result<String, String>,
    /// Whether that differs from the stack it has now.
    pub changes: bool,
}

/// What `pattern` would map each environment to.
#[must_use]
pub fn fill_preview(design: &Design, pattern: &str) -> Vec<FilledRow> {
    design
        .space
        .environments
        .iter()
        .map(|environment| {
            let now = design.pulumi.stack_of(&environment.id).map(ToString::to_string);
            let stack = expand(pattern.trim(), environment)
                .map(|stack| stack.to_string())
                .map_err(|error| error.rule);
            let changes = stack.as_ref().is_ok_and(|stack| Some(stack) != now.as_ref());
            FilledRow { name: environment.name.to_string(), stack, changes }
        })
        .collect()
}

/// One phase of the project's lifecycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseRow {
    /// Its name.
    pub name: String,
    /// Environments deployed to by themselves.
    pub automatic: Vec<EnvironmentId>,
    /// Environments deployed to by hand.
    pub manual: Vec<EnvironmentId>,
    /// Whether it may be left out.
    pub is_optional: bool,
}

/// The phases of the project's lifecycle in order; none where it has none.
#[must_use]
pub fn phases(design: &Design) -> Vec<PhaseRow> {
    let lifecycle = crate::edit::environments::project_lifecycle(design)
        .and_then(|id| design.space.lifecycles.get(&id).cloned());
    let Some(lifecycle) = lifecycle else { return Vec::new() };
    lifecycle
        .phases
        .iter()
        .map(|phase| PhaseRow {
            name: phase.name.to_string(),
            automatic: phase.automatic.clone(),
            manual: phase.manual.clone(),
            is_optional: phase.is_optional,
        })
        .collect()
}
