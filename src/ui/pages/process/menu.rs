//! What can be done to a step, as the items of its menus.

use super::desk::Desk;
use crate::edit::steps::{self, Move};
use crate::ui::widgets::menu::MenuItem;

/// The moves of a menu.
pub fn moves(desk: Desk, address: &str) -> Vec<MenuItem> {
    let item = |label: &'static str, keys: &'static str, to: Move| {
        let is_off =
            desk.peek(|process| steps::spot(process, steps::find(process, address)?, to)).is_none();
        let address = address.to_owned();
        MenuItem::new(label, move || desk.move_by(&address, to)).hint(keys).off_when(is_off)
    };
    let asked = address.to_owned();
    vec![
        item("Move to the top", "", Move::First),
        item("Move up", "Alt ↑", Move::Up),
        item("Move down", "Alt ↓", Move::Down),
        item("Move to the end", "", Move::Last),
        item("Nest under the step before", "Alt →", Move::Nest),
        item("Un-nest", "Alt ←", Move::UnNest),
        MenuItem::new("Move to position…", move || ask_position(desk, asked.clone())),
    ]
}

fn ask_position(desk: Desk, address: String) {
    desk.app.ask("Move to position", "Position, from 1", String::new(), move |text| {
        match text.trim().parse::<usize>() {
            Ok(position @ 1..) => {
                desk.move_by(&address, Move::To(position - 1));
                Ok(())
            }
            _ => crate::edit::refuse("A number from 1."),
        }
    });
}

/// Everything that can be done to a card.
pub fn items(desk: Desk, address: &str) -> Vec<MenuItem> {
    let item = |label: &'static str, keys: &'static str, run: fn(Desk, &str)| {
        let address = address.to_owned();
        MenuItem::new(label, move || run(desk, &address)).hint(keys)
    };
    let is_child = address.contains('/');
    let mut items = vec![
        item("Add step before…", "", |desk, address| desk.add_beside(address, false)),
        item("Add step after…", "", |desk, address| desk.add_beside(address, true)),
    ];
    if !is_child {
        items.push(item("Add child step…", "", |desk, address| desk.add_child(address)));
        items.push(item("Add approval before", "", |desk, address| desk.add_gate(address)));
        let joins = desk.rows.with_untracked(|rows| {
            let at = rows.iter().position(|row| row.id == address)?;
            (at > 0).then(|| matches!(rows[at].parallel, "middle" | "last"))
        });
        match joins {
            Some(true) => items.push(item("Wait for the step before", "", |desk, address| {
                desk.set(address, "start", "StartAfterPrevious").ok();
            })),
            Some(false) => {
                items.push(item("Run in parallel with the step before", "", |desk, address| {
                    desk.set(address, "start", "StartWithPrevious").ok();
                }))
            }
            None => {}
        }
    }
    let has_script = desk
        .app
        .peek(|design| crate::view::process::script(design, &desk.owner(), address))
        .is_some();
    if has_script {
        items.push(item("Show script", "", super::script::open));
    }
    items.extend(moves(desk, address));
    items.push(item("Duplicate", "", |desk, address| desk.duplicate(address)));
    let word = if desk.is_disabled(address) { "Enable" } else { "Disable" };
    items.push(item(word, "", |desk, address| desk.switch(address)));
    items.push(item("Delete", "Del", |desk, address| desk.delete(address)));
    items
}
