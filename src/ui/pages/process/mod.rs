//! The process: its steps as a pipeline, the form of the open step at the side.

mod card;
mod desk;
mod drag;
mod fields;
mod inspector;
mod menu;
mod palette;
mod pipeline;
mod row;
mod row_signals;
mod script;

pub use card::icon_of;
pub use desk::Desk;

use leptos::prelude::*;

use super::frame;
use super::upgrade::hint::hint;
use crate::model::ProcessOwner;
use crate::state::{App, Page};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::icon::Icon;

const LEAD: &str = "The steps that Octopus runs for each deployment, from top to bottom.";

/// The page.
pub fn process(app: App) -> AnyView {
    let selected = app.selected(Page::Process);
    let desk = Desk::new(
        app,
        ProcessOwner::Deployment,
        Signal::derive(move || selected.get()),
        |app, address| {
            app.select(Page::Process, address);
        },
    );
    let tools = add_button(desk);
    view! {
        {frame(app, "Process", LEAD, tools, view! { {hint(app)}{whole(desk)} }.into_any())}
        {inspector::inspector(desk)}
    }
    .into_any()
}

/// The button that adds a step after the open one, or at the end.
pub fn add_button(desk: Desk) -> AnyView {
    button(Look::Main, Some(Icon::Plus), "Add step", move || desk.add_after_selected())
}

/// The pipeline with the dialogs that belong to it.
pub fn whole(desk: Desk) -> AnyView {
    view! {
        {pipeline::pipeline(desk)}
        {palette::palette(desk)}
        {script::script(desk)}
    }
    .into_any()
}

/// The form of what is open on `desk`.
pub fn side(desk: Desk) -> AnyView {
    inspector::inspector(desk)
}
