//! The keys of the grid.
//!
//! | key | on a cell | while editing |
//! | --- | --- | --- |
//! | arrows, Home, End, Page Up, Page Down, with Ctrl | moves | the field's own |
//! | Enter, F2, typing | edits; on a closed name shows its values | Enter takes and goes down |
//! | Tab | the row's buttons, then out | takes and goes right |
//! | Space | details | the field's own |
//! | Delete | name: this value; value or scope: empties it | the field's own |
//! | Insert | adds a value to the name | |
//! | Escape | | leaves it as it was |

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::state::{ACTIONS, Grid, NAME, SCOPE, VALUE};
use crate::edit::variables as edit;
use crate::model::{Scope, VariableContent};

/// How many rows Page Up and Page Down go.
const PAGE: usize = 15;

/// Acts on a key in the grid.
pub fn on_key(grid: Grid, event: &web_sys::KeyboardEvent) {
    // While editing, and on a row's button, keys are theirs.
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_cell = target.is_some_and(|target| target.id().starts_with("cell-"));
    if event.default_prevented() || !is_cell || grid.editing.with_untracked(Option::is_some) {
        return;
    }
    let (key, column) = grid.active.get_untracked();
    let Some(index) = grid.position(&key) else { return };
    let control = event.ctrl_key() || event.meta_key();
    let go = |row: usize, column: usize| {
        if let Some(key) = grid.key_at(row) {
            grid.focus(&key, column);
        }
    };
    let pressed = event.key();
    match (pressed.as_str(), control) {
        ("ArrowUp", _) => go(index.saturating_sub(1), column),
        ("ArrowDown", _) => go(index + 1, column),
        ("ArrowLeft", _) if column == NAME => toggle(grid, &key, false),
        ("ArrowRight", _) if column == NAME && is_closed(grid, &key) => toggle(grid, &key, true),
        ("ArrowLeft", _) => go(index, column.saturating_sub(1)),
        ("ArrowRight", _) => go(index, (column + 1).min(ACTIONS)),
        ("Home", false) => go(index, NAME),
        ("End", false) => go(index, ACTIONS),
        ("Home", true) => go(0, NAME),
        ("End", true) => go(usize::MAX, ACTIONS),
        ("PageUp", _) => go(index.saturating_sub(PAGE), column),
        ("PageDown", _) => go(index.saturating_add(PAGE), column),
        ("Enter" | "F2", _) if is_closed(grid, &key) => toggle(grid, &key, true),
        ("Enter" | "F2", _) if column == ACTIONS => grid.select(&key),
        ("Enter" | "F2", _) => grid.edit(&key, column, None),
        (" ", _) => grid.select(&key),
        ("Insert", _) => grid.add_to(&key),
        ("Delete" | "Backspace", _) => clear(grid, &key, column),
        (letter, false) if letter.chars().count() == 1 && column < ACTIONS && !event.alt_key() => {
            grid.edit(&key, column, Some(pressed.clone()));
        }
        _ => return,
    }
    event.prevent_default();
}

fn is_closed(grid: Grid, key: &str) -> bool {
    grid.row(key).is_some_and(|row| row.index.is_none())
}

/// Shows or hides the values of a name that has several.
fn toggle(grid: Grid, key: &str, opens: bool) {
    if let Some(row) = grid.row(key)
        && row.variable.values.len() > 1
        && row.index.is_none() == opens
    {
        grid.toggle(&row.variable.id);
    }
}

fn clear(grid: Grid, key: &str, column: usize) {
    let Some(row) = grid.row(key) else { return };
    if row.is_generated {
        return;
    }
    let (Some(at), Some(value)) = (row.at(), row.value()) else {
        grid.delete(key);
        return;
    };
    match (column, &value.content) {
        (VALUE, VariableContent::Text(_)) => grid.run(edit::set_text(at, "")),
        (VALUE, VariableContent::Sensitive(_)) => grid.run(edit::set_secret(at, false)),
        (VALUE, _) => grid.run(edit::choose(at, "")),
        (SCOPE, _) => grid.run(edit::set_scope(at, Scope::default())),
        _ => grid.delete(key),
    }
}
