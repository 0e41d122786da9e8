//! The pointer and the focus in the grid, heard in one place for all cells.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::state::{Grid, NAME, SCOPE, VALUE};

/// The row's key and the column of the cell that an event is in.
fn cell_of(event: &web_sys::Event) -> Option<(String, usize)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let cell = target.closest("[id^='cell-']").ok()??;
    let id = cell.id();
    let (key, column) = id.strip_prefix("cell-")?.rsplit_once('-')?;
    Some((key.to_owned(), column.parse().ok()?))
}

fn is_edited(grid: Grid, key: &str, column: usize) -> bool {
    grid.editing.with_untracked(|editing| {
        editing.as_ref().is_some_and(|one| one.0 == key && one.1 == column)
    })
}

/// A name opens its details, a value or scope is edited.
pub fn on_click(grid: Grid, event: &web_sys::MouseEvent) {
    let Some((key, column)) = cell_of(event) else { return };
    // A button in the cell has acted already.
    if event.default_prevented() || is_edited(grid, &key, column) {
        return;
    }
    grid.activate(&key, column);
    match column {
        NAME => grid.select(&key),
        VALUE | SCOPE => grid.edit(&key, column, None),
        _ => {}
    }
}

/// A name is edited by pressing it twice.
pub fn on_double(grid: Grid, event: &web_sys::MouseEvent) {
    if let Some((key, NAME)) = cell_of(event)
        && !event.default_prevented()
        && !is_edited(grid, &key, NAME)
    {
        grid.edit(&key, NAME, None);
    }
}

/// Where the focus is, keys go.
pub fn on_focus(grid: Grid, event: &web_sys::FocusEvent) {
    if let Some((key, column)) = cell_of(event) {
        grid.activate(&key, column);
    }
}

/// The row under the pointer shows what can be done.
pub fn on_over(grid: Grid, event: &web_sys::MouseEvent) {
    let key = cell_of(event).map(|(key, _)| key).unwrap_or_default();
    if grid.hovered.get_untracked() != key {
        grid.hovered.set(key);
    }
}
