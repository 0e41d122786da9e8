//! The pointer on the Board, heard in one place for all cells.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::heads;
use super::state::{At, Desk};
use crate::view::board::{Holds, Line};

/// The cell that an event is in.
pub fn cell_of(event: &web_sys::Event) -> Option<At> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let cell = target.closest("[id^='cell-']").ok()??;
    let id = cell.id();
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some(At { row: row.parse().ok()?, column: column.parse().ok()? })
}

/// A press makes a cell active; with Shift it selects a block, with Ctrl one
/// cell more. Moving on selects as well.
pub fn on_down(desk: Desk, event: &web_sys::MouseEvent) {
    let Some(at) = cell_of(event) else { return };
    if event.button() != 0 {
        return;
    }
    let is_alone = desk.others.with_untracked(|others| others.is_empty());
    desk.was_active.set_value(desk.active.get_untracked() == at && is_alone);
    if at.row == 0 {
        heads::grab(desk, at);
    }
    if event.shift_key() {
        desk.extend(at);
        // Or the browser selects text.
        event.prevent_default();
        desk.focus();
    } else if event.ctrl_key() || event.meta_key() {
        desk.toggle_selected(at);
    } else {
        desk.go(at);
    }
}

/// Says in full what a cell says, where the pointer rests: to give each cell its
/// own title would take as long as all the rest of it.
fn explain(desk: Desk, at: At, event: &web_sys::MouseEvent) {
    let Some(cell) = desk.cell(at) else { return };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(Some(element)) = target.and_then(|one| one.closest("[id^='cell-']").ok()) {
        // An attribute of such a name can always be set.
        element.set_attribute("title", &cell.words()).ok();
    }
}

/// While a button is held, the block grows, or the environment moves.
pub fn on_over(desk: Desk, event: &web_sys::MouseEvent) {
    let Some(at) = cell_of(event) else { return };
    explain(desk, at, event);
    if event.buttons() & 1 == 0 {
        if desk.dragged.with_untracked(Option::is_some) {
            desk.dragged.set(None);
        }
        return;
    }
    if desk.dragged.with_untracked(Option::is_some) {
        heads::drag(desk, at);
        return;
    }
    let anchor = desk.anchor.get_untracked();
    let is_value = |at: At| at.row > 0 && at.column > 0;
    if is_value(at) && is_value(anchor) && at != desk.active.get_untracked() {
        desk.extend(at);
        // At the edge it goes on scrolling.
        desk.reveal();
    }
}

/// A press on a step switches it; on a value that is active already, edits it.
pub fn on_click(desk: Desk, event: &web_sys::MouseEvent) {
    let Some(at) = cell_of(event) else { return };
    if event.shift_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    // The end of a block that was drawn with the pointer.
    if desk.anchor.get_untracked() != at {
        return;
    }
    let Some(line) = desk.line(at.row) else { return };
    if let (Line::Group(_), true) = (&line, at.column == 0) {
        desk.toggle_group(&line);
        return;
    }
    match desk.cell(at).map(|cell| cell.holds) {
        Some(Holds::Switch) => desk.switch(at),
        Some(Holds::Text | Holds::Choice) if desk.was_active.get_value() => desk.edit(at, None),
        _ => {}
    }
}

/// Pressing twice edits, or goes to where a row is defined.
pub fn on_double(desk: Desk, event: &web_sys::MouseEvent) {
    let Some(at) = cell_of(event) else { return };
    let Some(line) = desk.line(at.row) else {
        heads::rename(desk, at);
        return;
    };
    let is_open = desk.editing.with_untracked(Option::is_some);
    let is_switch = desk.cell(at).is_some_and(|cell| cell.holds == Holds::Switch);
    if !is_open && !is_switch && !matches!(line, Line::Group(_)) {
        desk.edit(at, None);
    }
}
