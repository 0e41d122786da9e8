//! Environments & stacks: the promotion order, the stack of each environment,
//! the lifecycle, the program and where it runs.

mod config;
mod environments;
mod fill;
mod phases;
mod place;
mod program;

use leptos::prelude::*;

use super::frame;
use crate::state::App;

const LEAD: &str = "Each environment deploys one Pulumi stack. Releases are promoted from the first \
                    environment to the last.";

/// The page.
pub fn stacks(app: App) -> AnyView {
    let body = view! {
        {environments::environments(app)}
        <div class="columns">
            {program::program(app)}
            {place::place(app)}
        </div>
        {phases::phases(app)}
        {config::config(app)}
    }
    .into_any();
    frame(app, "Environments & stacks", LEAD, ().into_any(), body)
}

/// A card with a heading and tools at its end.
fn card(title: &'static str, tools: AnyView, body: AnyView) -> AnyView {
    let id = crate::ui::widgets::unique("card");
    let labelled = id.clone();
    view! {
        <section class="card" aria-labelledby=labelled>
            <div class="card__head"><h2 id=id>{title}</h2>{tools}</div>
            {body}
        </section>
    }
    .into_any()
}
