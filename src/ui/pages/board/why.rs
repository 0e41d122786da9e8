//! The explainer for the active cell: it follows the cell while it is open.

use std::sync::Arc;

use leptos::prelude::*;

use super::state::{At, Desk};
use crate::state::{Derived, Page, follow_from};
use crate::view::board::context;
use crate::view::why::Question;

/// Opens it; says whether it did.
pub fn open(desk: Desk) -> bool {
    let at = desk.active.get_untracked();
    let Some(line) = desk.line(at.row) else { return false };
    let has_name = desk.board.with_value(|board| board.variable_of(&line)).is_some();
    match (desk.cell(at), desk.environment(at.column)) {
        (Some(_), Some(environment)) if has_name => {
            desk.app.select(Page::Board, &format!("{}/{environment}", line.key()));
        }
        (Some(cell), Some(_)) => desk.app.tell(format!("{}.", cell.words())),
        _ => {}
    }
    true
}

/// Closes it.
pub fn close(desk: Desk) {
    if !desk.app.selected(Page::Board).get_untracked().is_empty() {
        desk.app.select(Page::Board, "");
        desk.focus();
    }
}

/// The explainer, while a cell is selected in the URL.
pub fn explainer(desk: Desk) -> AnyView {
    let selected = desk.app.selected(Page::Board);
    let is_open = Derived::new(move || selected.with(|selected| !selected.is_empty()));
    // A link to a cell makes it the active one, once its row is there.
    follow_from(move |done: Option<String>| {
        let wanted = selected.get();
        desk.version.track();
        if wanted.is_empty() || done.as_ref() == Some(&wanted) {
            return wanted;
        }
        match place_of(desk, &wanted) {
            Some(at) => {
                if at != desk.active.get_untracked() {
                    desk.go(at);
                    request_animation_frame(move || desk.reveal());
                }
                wanted
            }
            None => String::new(),
        }
    });
    let question = Derived::new(move || {
        desk.version.track();
        let at = desk.active.get();
        let line = desk.line(at.row)?;
        let name = desk.board.with_value(|board| board.variable_of(&line))?;
        let environment = desk.environment(at.column)?;
        Some(Question { name, context: context().in_environment(environment) })
    });
    crate::ui::widgets::live::when(
        move || is_open.get() && question.with(Option::is_some),
        move || {
            let question = Signal::derive(move || question.get());
            crate::ui::pages::why(desk.app, question, Arc::new(move || close(desk)))
        },
    )
}

/// The cell that a text of the URL names.
fn place_of(desk: Desk, text: &str) -> Option<At> {
    let (key, environment) = text.rsplit_once('/')?;
    let row = desk.lines.with_value(|lines| lines.iter().position(|line| line.key() == key))?;
    let column = desk.board.with_value(|board| {
        board.columns().iter().position(|one| one.id.as_str() == environment)
    })?;
    Some(At { row: row + 1, column: column + 1 })
}
