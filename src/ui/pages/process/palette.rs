//! The palette of step kinds.

use std::sync::Arc;

use leptos::prelude::*;

use super::card::icon_of;
use super::desk::Desk;
use crate::state::{follow, follow_from};
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::palette::{Line, Words, palette as list};
use crate::view::process::palette as rows;

/// The palette, while something is to be added.
pub fn palette(desk: Desk) -> AnyView {
    let is_open = RwSignal::new(false);
    follow(move || is_open.set(desk.adding.with(Option::is_some)));
    follow_from(move |was_open: Option<bool>| {
        let open = is_open.get();
        if was_open == Some(true) && !open {
            desk.adding.set(None);
        }
        open
    });
    dialog(is_open, "Add step", false, move || {
        let words = Words {
            label: "Kind of step",
            list: "Kinds of steps",
            placeholder: "Search all kinds of steps",
            nothing: "No kind has these words. A script step can do anything.",
        };
        list(words, move |query| lines(desk, query))
    })
}

fn lines(desk: Desk, query: &str) -> Vec<Line> {
    let line = |row: crate::view::process::PaletteRow| Line {
        group: row.group,
        sign: Some(icon_of(row.id)),
        label: row.label.to_owned(),
        about: row.about.to_owned(),
        hint: String::new(),
        run: Arc::new(move || desk.add(row.kind, row.label)),
    };
    rows(query).into_iter().map(line).collect()
}
