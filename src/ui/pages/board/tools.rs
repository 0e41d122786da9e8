//! Search, the filter for problems, and what the marks mean.

use leptos::prelude::*;

use super::state::Desk;
use crate::edit::environments;
use crate::model::EnvironmentId;
use crate::state::App;
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::field::checkbox;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::text;

/// The tools at the page's head.
pub fn tools(desk: Desk) -> AnyView {
    view! {
        <div class="board__tools" role="search" aria-label="Board">
            <div class="board__search">
                {icon(Icon::Search)}
                <input
                    class="input"
                    type="search"
                    autocomplete="off"
                    aria-label="Search steps and variables"
                    placeholder="Step or variable"
                    prop:value=text(move || desk.query.with(|query| query.search.clone()))
                    on:input:target=move |event| {
                        let typed = event.target().value();
                        desk.query.update(|query| query.search = typed);
                    }
                />
            </div>
            {checkbox(
                "Only with problems",
                move || desk.query.with(|query| query.only_problems),
                move |is_on| desk.query.update(|query| query.only_problems = is_on),
            )}
            {button(Look::Plain, Some(Icon::Plus), "Environment", move || add_environment(desk.app))}
        </div>
    }
    .into_any()
}

/// Asks for the name of one more environment.
pub fn add_environment(app: App) {
    app.ask("Add environment", "Name", String::new(), move |name| {
        match EnvironmentId::parse(&app.new_id("env")) {
            Ok(id) => app.run(environments::add(id, &name)),
            Err(error) => crate::edit::refuse(error.rule),
        }
    });
}

/// The marks with their meaning, as the style sheet draws them.
const MARKS: [(&str, &str); 9] = [
    ("inherited", "from a wider scope"),
    ("shared", "shared with other environments"),
    ("hole", "no value here"),
    ("tie", "a tie"),
    ("leak", "a protected credential, readable here"),
    ("prompted", "asked for"),
    ("varies", "another value for some step, channel, target or tenant"),
    ("runs", "runs"),
    ("gate", "waits for a person"),
];

/// What the marks mean, and of which situation all cells speak.
pub fn legend() -> AnyView {
    let marks: Vec<_> = MARKS
        .iter()
        .map(|(mark, meaning)| {
            view! {
                <li><span class="board__sign" data-marks=*mark aria-hidden="true"></span>{*meaning}</li>
            }
            .into_any()
        })
        .collect();
    view! {
        <footer class="board__foot">
            <p>"Shown for a deployment that names no channel, target, step or tenant."</p>
            <ul class="board__legend" aria-label="Marks">{marks}</ul>
        </footer>
    }
    .into_any()
}
