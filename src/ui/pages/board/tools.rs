//! Search, the filter for problems, and what the marks mean.

use leptos::prelude::*;

use super::state::Desk;
use super::why;
use crate::edit::environments;
use crate::model::EnvironmentId;
use crate::state::App;
use crate::ui::widgets::button::{Look, button, icon_button};
use crate::ui::widgets::field::{checkbox, search_field};
use crate::ui::widgets::icon::Icon;

/// The tools at the page's head.
pub fn tools(desk: Desk) -> AnyView {
    view! {
        <div class="board__tools" role="search" aria-label="Board">
            {search_field(
                "board__search",
                "Search steps and variables",
                "Step or variable",
                move || desk.query.with(|query| query.search.clone()),
                move |typed| desk.query.update(|query| query.search = typed),
            )}
            {checkbox(
                "Only with problems",
                move || desk.query.with(|query| query.only_problems),
                move |is_on| desk.query.update(|query| query.only_problems = is_on),
            )}
            {icon_button(Icon::Help, || "Why this value".to_owned(), "?", || false, move || {
                why::open(desk);
            })}
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
const MARKS: [(&str, &str, &str); 9] = [
    ("inherited", "inherited", "The value applies in every environment."),
    ("shared", "shared", "The value names this environment and others."),
    ("hole", "hole", "The name exists, and no value applies here."),
    ("tie", "tie", "Several values apply with equal right; Octopus promises none of them."),
    ("leak", "leak", "A credential of a protected environment can be read here as well."),
    ("prompted", "asked for", "People are asked for it when they deploy."),
    ("varies", "varies", "For some step, channel, target or tenant another value may win."),
    ("runs", "runs", "The step runs here."),
    ("gate", "gate", "A person has to approve here."),
];

/// What the marks mean, and of which situation all cells speak.
pub fn legend() -> AnyView {
    let marks: Vec<_> = MARKS
        .iter()
        .map(|(mark, word, meaning)| {
            view! {
                <li title=*meaning>
                    <span class="board__sign" data-marks=*mark aria-hidden="true"></span>
                    {*word}
                    <span class="unseen">{format!(": {meaning}")}</span>
                </li>
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
