//! What the first page can be shown without: dialogs, and what changes the
//! Board's cells. One part of the app that is loaded right after the first
//! page; what is done before it is there waits for it.

use leptos::prelude::*;

use super::pages::board::{At, Desk, Editing, act, editor};
use super::pages::part;
use super::shell::{drops, opening, palette, question};
use crate::edit::board::Change;
use crate::state::App;

/// What is wanted of the part.
pub enum Late {
    /// The dialogs of the frame, and what takes files that are dropped.
    Dialogs(App),
    /// The editor of a cell of the Board.
    Editor(Desk, Editing),
    /// Changes of cells of the Board, and the one to tell of afterwards.
    Change(Desk, Vec<(At, Change)>, Option<At>),
}

/// Does what is wanted, once the part is there, and gives what is to be shown.
#[cfg_attr(feature = "split", leptos::lazy)]
pub async fn late(wanted: Late) -> AnyView {
    match wanted {
        Late::Dialogs(app) => view! {
            {palette::palette(app)}
            {question::question(app)}
            {opening::opening(app)}
            {drops::drops(app)}
        }
        .into_any(),
        Late::Editor(desk, editing) => editor(desk, editing),
        Late::Change(desk, cells, told) => {
            act(desk, cells, told);
            ().into_any()
        }
    }
}

/// What is to be shown, in the place where it is wanted.
pub fn late_view(wanted: Late) -> AnyView {
    part(late(wanted))
}
