//! The Board: what holds in each environment, on one surface, and edited there.

mod act;
mod clipboard;
mod editor;
mod grid;
mod heads;
mod keys;
mod layout;
mod paint;
mod pointer;
mod state;
mod tools;
mod why;

use leptos::prelude::*;

use super::frame;
use crate::state::{App, Derived};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{live, when};
pub use act::act;
pub use editor::editor;
pub use state::{At, Desk, Editing};

const LEAD: &str =
    "What holds in each environment, and why. Type in a cell to change it there alone.";

/// The page.
pub fn board(app: App) -> AnyView {
    let desk = Desk::new(app);
    let has_columns = app.memo(|design| !design.space.environments.is_empty());
    let has_rows = Derived::new(move || {
        desk.version.get();
        desk.row_count() > 0
    });
    let body = live(move || {
        if !has_columns.get() {
            // Before anything was opened there is nothing to say.
            if app.revision().get() == 0 {
                return ().into_any();
            }
            return empty(
                "The columns of the Board are environments, the stages that a release is promoted through, such as Development and Production.",
                button(Look::Main, Some(Icon::Plus), "Add environment", move || {
                    tools::add_environment(app);
                }),
            );
        }
        view! {
            <div class="board" data-fills="">
                {grid::grid(desk)}
                {when(move || !has_rows.get(), move || empty(
                    "No step or variable fits what you look for.",
                    button(Look::Plain, None, "Show all", move || {
                        desk.query.update(|query| {
                            query.search.clear();
                            query.only_problems = false;
                        });
                    }),
                ))}
                {tools::legend()}
            </div>
        }
        .into_any()
    });
    let tools = when(move || has_columns.get(), move || tools::tools(desk));
    view! {
        {frame(app, "Board", LEAD, tools, body)}
        {why::explainer(desk)}
    }
    .into_any()
}
