//! Changes the selected cells. Loaded a moment after the page, see `ui::late`.

use super::state::{At, Desk};
use crate::edit::board::{CellEdit, Change, Skipped, change};

/// Changes all of `cells` that can be, as one edit; then says what `told` holds now.
pub fn act(desk: Desk, cells: Vec<(At, Change)>, told: Option<At>) {
    let mut edits = Vec::new();
    let is_beyond = |at: &At| at.row > desk.row_count() || at.column > desk.column_count();
    let beyond = cells.iter().filter(|(at, _)| is_beyond(at)).count();
    for (at, change) in cells {
        let line = desk.line(at.row);
        let spot = line.as_ref().and_then(|line| desk.spot(line));
        if let (Some(spot), Some(environment)) = (spot, desk.environment(at.column)) {
            edits.push(CellEdit { spot, environment, change });
        }
    }
    let count = edits.len();
    if count == 0 && beyond == 0 {
        desk.app.tell("There is nothing here to change. What the steps say is changed in Process.");
        return;
    }
    let skipped = Skipped::default();
    let edit = change(edits, &desk.app.new_id("value"), Skipped::clone(&skipped));
    if desk.app.run(edit).is_err() {
        return;
    }
    let skipped = skipped.borrow();
    if beyond > 0 {
        let verb = if beyond == 1 { "cell is" } else { "cells are" };
        desk.app.tell(format!(
            "{count} cells changed. {beyond} {verb} beyond the last row or environment."
        ));
    } else if let Some(first) = skipped.first() {
        let left = skipped.len();
        desk.app.tell(format!("{left} of {count} cells stay as they were. {first}"));
    } else if count > 1 {
        desk.app.say(&format!("{count} cells changed"));
    } else if let Some(now) = told.and_then(|at| desk.cell(at)) {
        desk.app.say(&now.words());
    }
}
