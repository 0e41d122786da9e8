//! The Variables page: rows, what their cells say, what can be chosen in them.
//!
//! Invariants: rows keep the order of the design, values under their name;
//! what export adds stands after the project's own, marked and read-only;
//! a row is cheap, its words are made only for rows on screen.

mod cells;
mod choices;
mod scope;
mod secret;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

pub use cells::{Cells, Holds, cells};
pub use choices::{choice_of, choices};
pub use scope::{Chip, DIMENSIONS, chips, chips_shown, scope_codes, scope_of, scope_options};
pub use secret::secret_doubt;

use crate::edit::variables::{ValueAt, VariableOwner};
use crate::model::{Design, Variable, VariableContent, VariableId, VariableValue};
use crate::record::Table;

/// One line of the page: a value, or all values of a name that is closed.
#[derive(Debug, Clone)]
pub struct Row {
    /// Whose variable it is.
    pub owner: VariableOwner,
    /// The variable.
    pub variable: Arc<Variable>,
    /// Which of its values; `None` for all of them, closed.
    pub index: Option<usize>,
    /// Whether the name is said here: the first row of its variable.
    pub is_first: bool,
    /// Whether export makes it, so that it can't be changed here.
    pub is_generated: bool,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        // The very same variable is enough; comparing deeply would cost more than drawing anew.
        (Arc::ptr_eq(&self.variable, &other.variable) || self.is_generated)
            && self.index == other.index
            && self.is_first == other.is_first
            && self.owner == other.owner
            && self.is_generated == other.is_generated
            && (!self.is_generated || self.variable == other.variable)
    }
}

impl Row {
    /// The value, unless it is closed.
    #[must_use]
    pub fn value(&self) -> Option<&Arc<VariableValue>> {
        self.variable.values.nth(self.index?)
    }

    /// Where the value is; for a closed one, the first.
    #[must_use]
    pub fn at(&self) -> Option<ValueAt> {
        let value = self.variable.values.nth(self.index.unwrap_or(0))?;
        let (owner, variable) = (self.owner.clone(), self.variable.id.clone());
        Some(ValueAt { owner, variable, value: value.id.clone() })
    }

    /// What tells it from other rows, as the URL has it.
    #[must_use]
    pub fn key(&self) -> String {
        match self.value() {
            Some(value) => key(self.variable.id.as_str(), value.id.as_str()),
            None => self.variable.id.to_string(),
        }
    }
}

/// The key of a value's row.
#[must_use]
pub fn key(variable: &str, value: &str) -> String {
    let mut key = String::with_capacity(variable.len() + value.len() + 1);
    key.push_str(variable);
    key.push('/');
    key.push_str(value);
    key
}

/// What is looked for; empty texts take everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Part of a name, a value or a description, ignoring case.
    pub search: String,
    /// The id of an environment in which a value must be able to apply.
    pub environment: String,
    /// The word of a type.
    pub kind: String,
}

impl Query {
    /// Whether it takes everything.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    fn takes(&self, name_fits: bool, value: &VariableValue, wanted: &str) -> bool {
        let scope = &value.scope.environments;
        (self.kind.is_empty() || value.content.word() == self.kind)
            && (self.environment.is_empty()
                || scope.is_empty()
                || scope.iter().any(|id| id.as_str() == self.environment))
            && (name_fits
                || has(&value.description, wanted)
                || matches!(&value.content, VariableContent::Text(own) if has(&own.text, wanted)))
    }
}

/// Whether `text` holds `wanted`, which is in lower case.
fn has(text: &str, wanted: &str) -> bool {
    text.len() >= wanted.len() && text.to_lowercase().contains(wanted)
}

/// The rows of a tab: the project's with what export adds and the sets it
/// includes, or those of one set.
#[must_use]
pub fn rows(
    design: &Design,
    tab: &VariableOwner,
    query: &Query,
    closed: &HashSet<VariableId>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let wanted = query.search.trim().to_lowercase();
    let mut add = |owner: &VariableOwner, variables: &Table<Variable>, is_generated: bool| {
        for variable in variables {
            let name_fits = wanted.is_empty() || has(variable.name.as_str(), &wanted);
            let takes = |value: &VariableValue| query.takes(name_fits, value, &wanted);
            let mut row = Row {
                owner: owner.clone(),
                variable: Arc::clone(variable),
                index: None,
                is_first: true,
                is_generated,
            };
            if closed.contains(&variable.id) && variable.values.len() > 1 {
                if variable.values.iter().any(|value| takes(value)) {
                    rows.push(row);
                }
                continue;
            }
            for (index, value) in variable.values.iter().enumerate() {
                if takes(value) {
                    row.index = Some(index);
                    rows.push(row.clone());
                    row.is_first = false;
                }
            }
        }
    };
    match tab {
        VariableOwner::Project => {
            add(tab, &design.project.variables, false);
            add(tab, &generated(design), true);
            for id in &design.project.included_sets {
                if let Some(set) = design.space.library_sets.get(id) {
                    add(&VariableOwner::Set(id.clone()), &set.variables, false);
                }
            }
        }
        VariableOwner::Set(id) => {
            if let Some(set) = design.space.library_sets.get(id) {
                add(tab, &set.variables, false);
            }
        }
    }
    rows
}

/// What export adds because the Pulumi steps read it: the stack of each
/// environment, the access token, unless a variable of that name says it.
#[must_use]
pub fn generated(design: &Design) -> Table<Variable> {
    crate::export::generated_variables(design).variables.into_iter().collect()
}

/// The value that a key or the id of a variable or value names.
#[must_use]
pub fn resolve(design: &Design, text: &str) -> Option<ValueAt> {
    let (first, second) = text.split_once('/').unwrap_or((text, ""));
    let sets = design.space.library_sets.iter();
    let owners = std::iter::once((VariableOwner::Project, &design.project.variables))
        .chain(sets.map(|set| (VariableOwner::Set(set.id.clone()), &set.variables)));
    let mut by_value = None;
    for (owner, variables) in owners {
        for variable in variables {
            let at = |value: &Arc<VariableValue>| ValueAt {
                owner: owner.clone(),
                variable: variable.id.clone(),
                value: value.id.clone(),
            };
            if variable.id.as_str() == first {
                let own = variable.values.iter().find(|value| value.id.as_str() == second);
                return own.or_else(|| variable.values.nth(0)).map(at);
            }
            if second.is_empty() && by_value.is_none() {
                by_value = variable.values.iter().find(|value| value.id.as_str() == first).map(at);
            }
        }
    }
    by_value
}

/// How many values a tab has, without what export adds.
#[must_use]
pub fn count(variables: &Table<Variable>) -> usize {
    variables.iter().map(|variable| variable.values.len()).sum()
}
