//! The keys of the Board.
//!
//! | key | does |
//! | --- | --- |
//! | arrows, Home, End, Page Up, Page Down, with Ctrl to the ends | moves; with Shift selects |
//! | Enter, F2 | edits a value, switches a step, opens what a row's name names |
//! | Space | switches a step, opens or closes a group |
//! | typing | replaces the value of all selected cells |
//! | Delete, Backspace | takes the own values of all selected cells away |
//! | ? | why |
//! | Ctrl+A, Shift+Space, Ctrl+Space | selects all cells, whole rows, whole columns |
//! | Alt+Left, Alt+Right on a head | moves the environment |
//! | Escape | selects just the active cell |
//! | Ctrl+C, Ctrl+V | copies and pastes, as spreadsheets do |

use leptos::prelude::*;

use super::state::{At, Desk};
use super::{heads, why};
use crate::view::board::{Holds, Line};

/// Acts on a key in the grid.
pub fn on_key(desk: Desk, event: &web_sys::KeyboardEvent) {
    if event.default_prevented() {
        return;
    }
    let at = desk.active.get_untracked();
    let control = event.ctrl_key() || event.meta_key();
    let pressed = event.key();
    let is_word = pressed.chars().count() == 1 && !control && !event.alt_key();
    if desk.editing.with_untracked(Option::is_some) {
        // The editor has not got the focus yet; what is typed is for it.
        if is_word {
            event.prevent_default();
            type_on(desk, at, &pressed);
        }
        return;
    }
    let done = match pressed.as_str() {
        "ArrowLeft" | "ArrowRight" if event.alt_key() => {
            heads::shift(desk, at, pressed == "ArrowRight")
        }
        _ if event.alt_key() => false,
        "ArrowLeft" | "ArrowRight" if at.column == 0 && folds(desk, at, &pressed) => true,
        "Enter" | "F2" if at.row == 0 => heads::rename(desk, at),
        "Enter" | "F2" => {
            desk.edit(at, None);
            true
        }
        " " if event.shift_key() || control => {
            desk.widen(event.shift_key(), control);
            true
        }
        "a" if control => {
            desk.widen(true, true);
            true
        }
        " " => space(desk, at),
        "Delete" | "Backspace" => {
            desk.clear();
            true
        }
        "?" => why::open(desk),
        "Escape" => escape(desk, at),
        _ if is_word => type_in(desk, at, &pressed),
        _ => match target(desk, at, &pressed, control) {
            Some(to) => {
                if event.shift_key() {
                    desk.extend(to);
                } else {
                    desk.go(to);
                }
                desk.reveal();
                true
            }
            None => false,
        },
    };
    if done {
        event.prevent_default();
    }
}

/// Where a key goes from a cell.
fn target(desk: Desk, at: At, key: &str, control: bool) -> Option<At> {
    let (last_row, last) = (desk.row_count(), desk.column_count());
    let page = desk.layout.get_value().page(desk.window.get_untracked());
    let At { row, column } = at;
    Some(match (key, control) {
        ("ArrowUp", true) => At { row: usize::from(row > 1), column },
        ("ArrowDown", true) => At { row: last_row, column },
        ("ArrowLeft", true) | ("Home", false) => At { row, column: 0 },
        ("ArrowRight", true) | ("End", false) => At { row, column: last },
        ("ArrowUp", false) => At { row: row.saturating_sub(1), column },
        ("ArrowDown", false) => At { row: (row + 1).min(last_row), column },
        ("ArrowLeft", false) => At { row, column: column.saturating_sub(1) },
        ("ArrowRight", false) => At { row, column: (column + 1).min(last) },
        ("Home", true) => At { row: 0, column: 0 },
        ("End", true) => At { row: last_row, column: last },
        ("PageUp", _) => At { row: row.saturating_sub(page).max(usize::from(row > 0)), column },
        ("PageDown", _) => At { row: (row + page).min(last_row), column },
        _ => return None,
    })
}

/// Left closes the group of a heading, Right opens it.
fn folds(desk: Desk, at: At, key: &str) -> bool {
    let Some(Line::Group(group)) = desk.line(at.row) else { return false };
    let is_closed = desk.query.with_untracked(|query| query.closed.contains(&group));
    if is_closed == (key == "ArrowRight") {
        desk.toggle_group(&Line::Group(group));
        return true;
    }
    false
}

fn space(desk: Desk, at: At) -> bool {
    match desk.line(at.row) {
        Some(line @ Line::Group(_)) => desk.toggle_group(&line),
        Some(_) if desk.cell(at).is_some_and(|cell| cell.holds == Holds::Switch) => {
            desk.switch(at);
        }
        _ => return type_in(desk, at, " "),
    }
    true
}

fn type_in(desk: Desk, at: At, letter: &str) -> bool {
    let takes = desk.cell(at).is_some_and(|cell| matches!(cell.holds, Holds::Text | Holds::Choice));
    if takes {
        desk.edit(at, Some(letter.to_owned()));
    }
    takes
}

fn type_on(desk: Desk, at: At, letter: &str) {
    let start = desk.text_of(at);
    desk.editing.update(|editing| {
        if let Some(editing) = editing {
            editing.typed.get_or_insert(start).push_str(letter);
        }
    });
}

fn escape(desk: Desk, at: At) -> bool {
    if desk.selected_count() > 1 {
        desk.go(at);
    } else {
        why::close(desk);
    }
    true
}
