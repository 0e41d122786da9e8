//! Variables: a grid of names with their scoped values, a last row to type new
//! ones into, an inspector for the rest.

mod editor;
mod entry;
mod grid;
mod inspector;
mod keys;
mod pointer;
mod prompt;
mod row;
mod sets;
mod state;
mod tools;

use leptos::prelude::*;

use super::frame;
use crate::state::{App, Derived, Page, follow};
use crate::ui::widgets::live::live;
use crate::view::variables as shown;
use state::Grid;

/// The page.
pub fn variables(app: App) -> AnyView {
    let grid = Grid::new(app);
    let selected = app.selected(Page::Variables);
    // A link to a value shows the tab it stands in.
    follow(move || {
        let text = selected.get();
        if let Some(at) = app.peek(|design| shown::resolve(design, &text)) {
            let tab = grid.tab.get_untracked();
            let is_seen =
                grid.rows.with_untracked(|rows| rows.iter().any(|row| row.owner == at.owner));
            if at.owner != tab && !is_seen {
                grid.tab.set(at.owner.clone());
            }
            grid.show(&text, &at);
        }
    });
    let at = Derived::new(move || {
        let text = selected.get();
        if text.is_empty() { None } else { app.read(|design| shown::resolve(design, &text)) }
    });
    let body = view! {
        <div class="vars" data-fills="">
            {sets::sets(grid)}
            {grid::grid(grid)}
        </div>
    };
    view! {
        {frame(
            app,
            "Variables",
            "A name and its values; each applies where its scope says, the narrowest wins.",
            tools::tools(grid),
            body.into_any(),
        )}
        {live(move || match at.get() {
            Some(at) => inspector::inspector(grid, at),
            None => ().into_any(),
        })}
    }
    .into_any()
}
