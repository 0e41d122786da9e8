//! The heads of the columns: environments are renamed and reordered there.

use leptos::prelude::*;

use super::state::{At, Desk};
use crate::edit::environments;

/// Moves the environment of a head one place, by key.
pub fn shift(desk: Desk, at: At, later: bool) -> bool {
    let Some(place) = at.column.checked_sub(1).filter(|_| at.row == 0) else { return false };
    let to = if later { place + 1 } else { place.saturating_sub(1) };
    move_to(desk, place, to.min(desk.column_count().saturating_sub(1)));
    true
}

fn move_to(desk: Desk, from: usize, to: usize) {
    let Some(id) = desk.environment(from + 1).filter(|_| from != to) else { return };
    if desk.app.run(environments::move_to(id, to)).is_ok() {
        let name = desk.board.with_value(|board| {
            board.design().space.environments.nth(from).map(|one| one.name.to_string())
        });
        let name = name.unwrap_or_default();
        desk.app.say(&format!("{name} is now number {} of {}", to + 1, desk.column_count()));
        desk.go(At { row: 0, column: to + 1 });
    }
}

/// Asks for another name of the environment of a head.
pub fn rename(desk: Desk, at: At) -> bool {
    let Some(id) = desk.environment(at.column) else { return false };
    let app = desk.app;
    let name = app.peek(|design| {
        design.space.environments.get(&id).map(|one| one.name.to_string()).unwrap_or_default()
    });
    app.ask("Rename environment", "Name", name, move |text| {
        app.run(environments::rename(id.clone(), &text))
    });
    true
}

/// Takes hold of an environment by its head.
pub fn grab(desk: Desk, at: At) {
    if let Some(place) = at.column.checked_sub(1) {
        desk.dragged.set(Some((place, place)));
    }
}

/// Says where the environment that is held would go.
pub fn drag(desk: Desk, at: At) {
    if let Some(place) = at.column.checked_sub(1) {
        desk.dragged.update(|dragged| {
            if let Some((_, to)) = dragged {
                *to = place;
            }
        });
    }
}

/// Lets go of the environment that is held.
pub fn drop(desk: Desk) {
    let Some((from, to)) = desk.dragged.get_untracked() else { return };
    desk.dragged.set(None);
    move_to(desk, from, to);
}
