//! Copies cells as spreadsheets do, a row a line and tabs between, and takes
//! such a block back. Secrets are copied as the words "set" and "not set".

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::DataTransfer;

use super::state::{At, Desk};
use crate::edit::board::Change;
use crate::view::board::Mark;

/// What an event of the clipboard carries.
fn data(event: &web_sys::Event) -> Option<DataTransfer> {
    // By name, because the binding of the event is still marked as unstable.
    Reflect::get(event, &"clipboardData".into()).ok()?.dyn_into().ok()
}

fn is_idle(desk: Desk, event: &web_sys::Event) -> bool {
    !event.default_prevented() && desk.editing.with_untracked(Option::is_none)
}

/// Copies the selected cells.
pub fn on_copy(desk: Desk, event: &web_sys::Event) {
    let Some(data) = data(event).filter(|_| is_idle(desk, event)) else { return };
    if data.set_data("text/plain", &block(desk)).is_ok() {
        event.prevent_default();
        let count = desk.selected_count();
        desk.app.say(&if count == 1 {
            "Copied".to_owned()
        } else {
            format!("{count} cells copied")
        });
    }
}

/// The smallest block that holds all selected cells, as text.
fn block(desk: Desk) -> String {
    let all = desk.selected();
    let is_block = desk.others.with_untracked(|others| others.is_empty());
    let columns = || all.iter().map(|at| at.column);
    let (first, last) = (columns().min().unwrap_or(0), columns().max().unwrap_or(0));
    let mut rows: Vec<usize> = all.iter().map(|at| at.row).collect();
    rows.dedup();
    let lines: Vec<String> = rows
        .into_iter()
        .map(|row| {
            let cells = (first..=last).map(|column| At { row, column });
            let texts: Vec<String> = cells
                .map(|at| {
                    if is_block || all.binary_search(&at).is_ok() {
                        quoted(text_of(desk, at))
                    } else {
                        String::new()
                    }
                })
                .collect();
            texts.join("\t")
        })
        .collect();
    lines.join("\n")
}

fn text_of(desk: Desk, at: At) -> String {
    if at.column == 0 || at.row == 0 {
        return match desk.environment(at.column) {
            Some(id) => desk.app.peek(|design| {
                design
                    .space
                    .environments
                    .get(&id)
                    .map(|one| one.name.to_string())
                    .unwrap_or_default()
            }),
            None => desk.name_of(at),
        };
    }
    let text = desk.text_of(at);
    let Some(cell) = desk.cell(at).filter(|_| text.is_empty()) else { return text };
    if cell.marks.has(Mark::Secret) {
        return cell.text.trim_start_matches('•').trim().to_owned();
    }
    if cell.marks.has(Mark::Runs) || cell.marks.has(Mark::Gate) {
        return "runs".to_owned();
    }
    if cell.marks.has(Mark::Tie) { String::new() } else { cell.text }
}

/// A text of several lines is quoted, as spreadsheets do.
fn quoted(text: String) -> String {
    if text.contains(['\n', '\t', '"']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Pastes a block from the active cell on; a single text goes into all
/// selected cells.
pub fn on_paste(desk: Desk, event: &web_sys::Event) {
    let Some(data) = data(event).filter(|_| is_idle(desk, event)) else { return };
    let Ok(text) = data.get_data("text/plain") else { return };
    event.prevent_default();
    let rows = crate::view::board::table(&text);
    let selected = desk.selected();
    let cells: Vec<(At, Change)> = match rows.as_slice() {
        [row] if row.len() == 1 => {
            let text = row.first().cloned().unwrap_or_default();
            selected.into_iter().map(|at| (at, Change::Text(text.clone()))).collect()
        }
        rows => {
            // What comes to stand on heads and names is left out, and so is what is
            // empty: a copied hole must not become an empty value.
            let start = At {
                row: selected.first().map_or(1, |at| at.row),
                column: selected.iter().map(|at| at.column).min().unwrap_or(1),
            };
            rows.iter()
                .enumerate()
                .flat_map(|(down, row)| {
                    row.iter().enumerate().map(move |(right, text)| {
                        let at = At { row: start.row + down, column: start.column + right };
                        (at, Change::Text(text.clone()))
                    })
                })
                .filter(|(at, change)| {
                    let is_cell = at.row > 0 && at.column > 0;
                    is_cell && *change != Change::Text(String::new())
                })
                .collect()
        }
    };
    if !cells.is_empty() {
        desk.change(cells);
    }
}
