//! What one row says.

use super::{Chip, Row, chips, choice_of, choices, secret_doubt};
use crate::edit::variables::VariableOwner;
use crate::model::{Design, Scope, VariableContent};

/// How the value of a row is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// By typing.
    Text,
    /// By choosing.
    Choice,
    /// Not here: it is closed or made by export.
    Nothing,
}

/// The words of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The row's key.
    pub key: String,
    /// The variable's name.
    pub name: String,
    /// Whether the name is said here.
    pub is_first: bool,
    /// How many values the variable has.
    pub count: usize,
    /// Whether its values are hidden.
    pub is_closed: bool,
    /// How the value is given.
    pub holds: Holds,
    /// What the value is, to read.
    pub text: String,
    /// The value as it is kept: the text, or what is chosen.
    pub raw: String,
    /// Whether `text` stands for something that is not there yet.
    pub is_missing: bool,
    /// The label of the type, unless it is text.
    pub kind: &'static str,
    /// The scope, in the fixed order of dimensions.
    pub chips: Vec<Chip>,
    /// Whether another value of the name has exactly the same scope.
    pub is_tie: bool,
    /// What secret the text looks like.
    pub secret: Option<&'static str>,
    /// Whether people are asked for it.
    pub is_prompted: bool,
    /// The set that it comes from, in the project's tab.
    pub set: Option<String>,
    /// Whether export makes it.
    pub is_generated: bool,
    /// Where it comes from then.
    pub made: &'static str,
    /// What it is for.
    pub description: String,
}

/// The words of `row`, in a tab.
#[must_use]
pub fn cells(design: &Design, tab: &VariableOwner, row: &Row) -> Cells {
    let variable = &row.variable;
    let name = variable.name.to_string();
    let set = match &row.owner {
        VariableOwner::Set(id) if row.owner != *tab => {
            design.space.library_sets.get(id).map(|set| set.name.to_string())
        }
        _ => None,
    };
    let mut cells = Cells {
        key: row.key(),
        name,
        is_first: row.is_first,
        count: variable.values.len(),
        is_closed: row.index.is_none(),
        holds: Holds::Nothing,
        text: String::new(),
        raw: String::new(),
        is_missing: false,
        kind: "",
        chips: Vec::new(),
        is_tie: false,
        secret: None,
        is_prompted: false,
        set,
        is_generated: row.is_generated,
        made: match row.is_generated {
            true if variable.name.is_same(design.pulumi.stack_variable()) => "made from Stacks",
            true => "added by export",
            false => "",
        },
        description: String::new(),
    };
    let Some(value) = row.value() else {
        cells.text = format!("{} values", cells.count);
        cells.chips = closed_chips(design, row);
        return cells;
    };
    let mut values = variable.values.iter();
    cells.is_tie = values.any(|other| other.id != value.id && other.scope.is_same(&value.scope));
    cells.chips = chips(design, &value.scope);
    cells.is_prompted = value.prompt.is_some();
    cells.description.clone_from(&value.description);
    if let VariableContent::Text(content) = &value.content {
        cells.holds = Holds::Text;
        cells.raw.clone_from(&content.text);
        let mut lines = content.text.lines();
        cells.text = lines.next().unwrap_or_default().to_owned();
        let more = lines.count();
        if more > 0 {
            cells.text = format!("{} … {} lines", cells.text, more + 1);
        }
        cells.is_missing = content.text.is_empty();
        if cells.is_missing {
            cells.text = "empty".to_owned();
        }
        cells.secret = secret_doubt(&cells.name, &content.text);
    } else {
        cells.holds = Holds::Choice;
        cells.kind = value.content.label();
        cells.raw = choice_of(&value.content);
        let all = choices(design, &value.content).unwrap_or_default();
        let chosen = all.into_iter().find(|(value, _)| *value == cells.raw);
        cells.text = chosen.map(|(_, label)| label).unwrap_or_default();
        cells.is_missing = cells.raw.is_empty();
    }
    if row.is_generated {
        cells.holds = Holds::Nothing;
    }
    cells
}

/// All environments that the values of a closed variable name.
fn closed_chips(design: &Design, row: &Row) -> Vec<Chip> {
    let mut scope = Scope::default();
    for environment in &design.space.environments {
        let mut values = row.variable.values.iter();
        if values.any(|value| value.scope.environments.contains(&environment.id)) {
            scope.environments.push(environment.id.clone());
        }
    }
    chips(design, &scope)
}
