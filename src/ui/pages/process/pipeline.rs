//! The pipeline: a line of cards. Pattern: a list with one tab stop; arrows
//! move along it, Alt with arrows moves the step itself.

use leptos::prelude::*;

use super::card::MOST_DOTS;
use super::desk::Desk;
use super::drag;
use super::row::{Nearness, row};
use crate::edit::steps;
use crate::state::{Derived, settled};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::environment::{environment, marks};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{live, on_key, on_pointer, text_if};
use crate::ui::widgets::rows::rows;

/// The pipeline.
pub fn pipeline(desk: Desk) -> AnyView {
    let environments = settled(move || desk.app.read(marks));
    let is_empty = Derived::new(move || desk.rows.with(Vec::is_empty));
    let ids =
        move || desk.rows.with(|rows| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>());
    let on_escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && desk.drag.with_untracked(Option::is_some) {
            event.stop_propagation();
            desk.drag.set(None);
        }
    };
    let is_dragging = text_if(move || {
        desk.drag.with(|drag| drag.as_ref().is_some_and(|one| one.is_under_way)).then(String::new)
    });
    let list = move || {
        let nearness = Nearness::new();
        view! {
            <div class="pipe__legend" aria-hidden="true">
                {live(move || environments.with(|all| {
                    // Of more, cards tell the number.
                    let few = if all.len() > MOST_DOTS { &[][..] } else { all };
                    few.iter().map(environment).collect::<Vec<_>>().into_any()
                }))}
            </div>
            <ol
                class="pipe"
                aria-label="Steps"
                data-dragging=is_dragging
                on:keydown=on_key(on_escape)
                on:pointermove=on_pointer(move |event| drag::follow(desk, &event))
                on:pointerup=on_pointer(move |_| drag::end(desk))
                on:pointercancel=on_pointer(move |_| desk.drag.set(None))
            >
                {rows(ids, move |id| row(desk, id, nearness, environments))}
            </ol>
            <div class="pipe__end">
                {button(Look::Quiet, Some(Icon::Plus), "Add step at the end", move || {
                    let end = desk.peek(|process| Some(process.steps.len())).unwrap_or(0);
                    desk.add_at(steps::Spot::Step(end));
                })}
            </div>
        }
        .into_any()
    };
    let nothing = move || {
        empty(
            "Nothing is deployed yet. Add what Octopus should do, such as a Pulumi preview, an \
             approval and a Pulumi up.",
            button(Look::Plain, Some(Icon::Plus), "Add first step", move || {
                desk.add_at(steps::Spot::Step(0));
            }),
        )
    };
    live(move || if is_empty.get() { nothing() } else { list() })
}
