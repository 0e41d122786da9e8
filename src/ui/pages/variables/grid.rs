//! The grid. Pattern: grid, one tab stop, arrows between cells; only rows near
//! the window are on the page.

use std::collections::HashSet;

use leptos::prelude::*;

use super::state::Grid;
use super::{entry, keys, pointer, row};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{each, live, text, when};

const HEADS: [&str; 4] = ["Name", "Value", "Scope", "Actions"];

/// The grid with the row for new variables.
pub fn grid(grid: Grid) -> AnyView {
    let on_scroll = move |_| {
        if let Some(scroller) = grid.scroller.get_untracked() {
            let rows = f64::from(scroller.scroll_top()) / grid.row_height;
            grid.scrolled.set(rows.max(0.0) as usize);
        }
    };
    let count = move || grid.rows.with(|rows| rows.len());
    let height = move || format!("{}px", count() as f64 * grid.row_height);
    let heads: Vec<_> = HEADS
        .iter()
        .map(|head| {
            let class = if *head == "Actions" { "vars__cell vars__actions" } else { "vars__cell" };
            let label = if *head == "Actions" {
                view! { <span class="unseen">{*head}</span> }.into_any()
            } else if *head == "Name" {
                view! { {fold(grid)}<span class="vars__text">{*head}</span> }.into_any()
            } else {
                (*head).into_any()
            };
            view! { <div role="columnheader" class=class>{label}</div> }.into_any()
        })
        .collect();
    view! {
        <div class="vars__scroll" node_ref=grid.scroller on:scroll=on_scroll>
            <div
                role="grid"
                aria-label="Variables"
                aria-rowcount=text(move || (count() + 1).to_string())
                aria-colcount="4"
                class="vars__grid"
                on:keydown=move |event| keys::on_key(grid, &event)
                on:click=move |event| pointer::on_click(grid, &event)
                on:dblclick=move |event| pointer::on_double(grid, &event)
                on:focusin=move |event| pointer::on_focus(grid, &event)
                on:mouseover=move |event| pointer::on_over(grid, &event)
            >
                <div role="row" class="vars__row vars__head" aria-rowindex="1">{heads}</div>
                <div role="presentation" class="vars__body" style:height=height>
                    {each(
                        move || grid.window.with(|rows| rows.iter().map(|row| row.cells.key.clone()).collect()),
                        move |key| row::row(grid, key),
                    )}
                </div>
            </div>
            {when(move || count() == 0, move || nothing(grid))}
            {entry::entry(grid)}
        </div>
    }
    .into_any()
}

/// Shows or hides the values of all names that have several.
fn fold(grid: Grid) -> AnyView {
    let are_open = move || grid.closed.with(HashSet::is_empty);
    let name = text(move || {
        let verb = if are_open() { "Hide" } else { "Show" };
        format!("{verb} the values of all names")
    });
    let fold = move |_| {
        let all = if grid.closed.with_untracked(HashSet::is_empty) {
            grid.rows.with_untracked(|rows| {
                let many = rows.iter().filter(|row| row.variable.values.len() > 1);
                many.map(|row| row.variable.id.clone()).collect()
            })
        } else {
            HashSet::new()
        };
        grid.closed.set(all);
    };
    view! {
        <button
            type="button"
            class="vars__toggle"
            title=name
            aria-label=name
            aria-expanded=text(move || are_open().to_string())
            on:click=fold
        >
            {live(move || icon(if are_open() { Icon::Down } else { Icon::Right }))}
        </button>
    }
    .into_any()
}

/// Instead of rows, where there are none.
fn nothing(grid: Grid) -> AnyView {
    if grid.query.with_untracked(|query| !query.is_all()) {
        empty(
            "No value fits what you look for.",
            button(Look::Plain, None, "Show all", move || grid.query.set(Default::default())),
        )
    } else {
        empty(
            "A variable has a name and values; each value applies where its scope says, such as one environment. Type the first one below.",
            button(Look::Plain, None, "Add variable", || {
                crate::platform::focus::focus_soon(entry::NAME_ID)
            }),
        )
    }
}
