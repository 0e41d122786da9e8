//! One row of the grid.

use leptos::prelude::*;

use super::editor;
use super::state::{ACTIONS, Grid, NAME, Placed, SCOPE, VALUE, cell_id};
use crate::edit::variables as edit;
use crate::state::{Derived, Page};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, text, when};
use crate::view::variables::{Cells, Chip, DIMENSIONS, Holds, chips_shown};

/// The row with this key. What is pressed in it is heard by the grid.
pub fn row(grid: Grid, key: String) -> AnyView {
    let wanted = key.clone();
    let placed = Derived::new(move || {
        grid.window.with(|rows| rows.iter().find(|row| row.cells.key == wanted).cloned())
    });
    let wanted = key.clone();
    // Which of its columns is edited.
    let edited = Derived::new(move || {
        grid.editing.with(|editing| {
            editing.as_ref().filter(|one| one.0 == wanted).map(|(_, column, _)| *column)
        })
    });
    let top = move || {
        let index = placed.with(|row| row.as_ref().map_or(0, |row| row.index));
        format!("{}px", index as f64 * grid.row_height)
    };
    let place =
        text(move || placed.with(|row| row.as_ref().map_or(0, |row| row.index) + 2).to_string());
    let selected = grid.app.selected(Page::Variables);
    let wanted = key.clone();
    let is_selected = text(move || selected.with(|selected| *selected == wanted).to_string());
    let marks = text(move || {
        placed.with(|row| {
            let last = row.as_ref().is_some_and(|row| row.is_last);
            let made = row.as_ref().is_some_and(|row| row.cells.is_generated);
            match (last, made) {
                (false, false) => "",
                (true, false) => "last",
                (false, true) => "made",
                (true, true) => "last made",
            }
            .to_owned()
        })
    });
    let cells: Vec<_> =
        [NAME, VALUE, SCOPE, ACTIONS].map(|column| cell(grid, &key, column, placed, edited)).into();
    view! {
        <div
            role="row"
            class="vars__row"
            style:top=top
            aria-rowindex=place
            aria-selected=is_selected
            data-marks=marks
        >
            {cells}
        </div>
    }
    .into_any()
}

fn cell(
    grid: Grid,
    key: &str,
    column: usize,
    placed: Derived<Option<Placed>>,
    edited: Derived<Option<usize>>,
) -> AnyView {
    let owned = key.to_owned();
    let content = live(move || {
        if edited.get() == Some(column) {
            return editor::editor(grid, &owned, column);
        }
        placed.with(|row| {
            let Some(row) = row else { return ().into_any() };
            match column {
                NAME => name(grid, &row.cells),
                VALUE => value(grid, &row.cells),
                SCOPE => scope(&row.cells),
                _ => actions(grid, &row.cells),
            }
        })
    });
    let is_made =
        placed.with_untracked(|row| row.as_ref().is_some_and(|row| row.cells.is_generated));
    let is_active = grid.active.with_untracked(|(active, at)| *at == column && active == key);
    view! {
        <div
            id=cell_id(key, column)
            role=if column == NAME { "rowheader" } else { "gridcell" }
            class=match column {
                NAME => "vars__cell vars__name",
                VALUE => "vars__cell vars__value",
                SCOPE => "vars__cell vars__scope",
                _ => "vars__cell vars__actions",
            }
            tabindex=if is_active { "0" } else { "-1" }
            aria-readonly=(is_made || column == ACTIONS).then_some("true")
        >
            {content}
        </div>
    }
    .into_any()
}

fn name(grid: Grid, cells: &Cells) -> AnyView {
    if !cells.is_first {
        return view! { <span class="unseen">{cells.name.clone()}</span> }.into_any();
    }
    let toggle = (cells.count > 1).then(|| {
        let is_closed = cells.is_closed;
        let key = cells.key.clone();
        let verb = if is_closed { "Show" } else { "Hide" };
        view! {
            <button
                type="button"
                class="vars__toggle"
                tabindex="-1"
                aria-expanded=(!is_closed).to_string()
                aria-label=format!("{verb} the {} values of {}", cells.count, cells.name)
                on:click=move |event| {
                    event.prevent_default();
                    if let Some(row) = grid.row(&key) {
                        grid.toggle(&row.variable.id);
                    }
                }
            >
                {icon(if is_closed { Icon::Right } else { Icon::Down })}
            </button>
        }
    });
    let set = cells.set.clone().map(|set| {
        let title = format!("From the library variable set {set}");
        view! { <span class="vars__from" title=title>{set}</span> }
    });
    let made = cells.is_generated.then(|| {
        view! { <span class="vars__from" title="Export adds it, unless a variable of this name is there">{cells.made}</span> }
    });
    view! {
        {toggle}
        <span class="vars__text" title=cells.name.clone()>{cells.name.clone()}</span>
        {set}
        {made}
    }
    .into_any()
}

fn value(grid: Grid, cells: &Cells) -> AnyView {
    let lock = (cells.kind == "Sensitive").then(|| icon(Icon::Lock));
    let kind = (!cells.kind.is_empty() && lock.is_none())
        .then(|| view! { <span class="vars__kind">{cells.kind}</span> });
    let prompt = cells.is_prompted.then(|| {
        view! { <span class="vars__kind" title="Asked when a deployment is created">"prompt"</span> }
    });
    let doubt = cells.secret.map(|what| {
        let key = cells.key.clone();
        let label = format!("Make sensitive: looks like {what}");
        view! {
            <button
                type="button"
                class="vars__fix"
                data-severity="warning"
                tabindex="-1"
                title=label.clone()
                aria-label=label
                on:click=move |event| {
                    event.prevent_default();
                    if let Some(at) = grid.row(&key).and_then(|row| row.at()) {
                        grid.app.run_with_undo(edit::make_sensitive(at));
                        grid.focus(&key, VALUE);
                    }
                }
            >
                {icon(Icon::Warning)}
                "Make sensitive"
            </button>
        }
    });
    let title =
        if cells.description.is_empty() { cells.raw.clone() } else { cells.description.clone() };
    view! {
        {lock}
        <span
            class="vars__text"
            data-missing=cells.is_missing.then_some("")
            data-mono=(cells.holds == Holds::Text && !cells.is_missing).then_some("")
            title=title
        >
            {cells.text.clone()}
        </span>
        {kind}
        {prompt}
        {doubt}
    }
    .into_any()
}

fn scope(cells: &Cells) -> AnyView {
    let none = (cells.chips.is_empty() && !cells.is_closed)
        .then(|| view! { <span class="muted">"Everywhere"</span> });
    let (chips, rest) = cells.chips.split_at(chips_shown(&cells.chips));
    let chips: Vec<_> = chips.iter().map(chip).collect();
    let rest: Vec<_> = rest.iter().map(|chip| chip.label.as_str()).collect();
    let more = (!rest.is_empty()).then(|| {
        let (count, names) = (format!("+{}", rest.len()), rest.join(", "));
        view! { <span class="vars__kind" title=names.clone()>{count}<span class="unseen">{format!(": {names}")}</span></span> }
    });
    let tie = cells.is_tie.then(|| {
        view! {
            <span
                class="mark vars__tie"
                data-severity="warning"
                title="Another value of this name has exactly the same scope: Octopus does not say which one it takes."
            >
                {icon(Icon::Warning)}
                "Tie"
            </span>
        }
    });
    view! { <span class="vars__chips">{none}{chips}</span>{more}{tie} }.into_any()
}

fn chip(chip: &Chip) -> AnyView {
    let group = DIMENSIONS.get(chip.dimension).map_or("", |(_, label)| *label);
    let dot = (chip.hue > 0).then(|| view! { <span class="dot" data-hue=chip.hue></span> });
    view! {
        <span class="chip" title=format!("{group}: {}", chip.label)>
            {dot}
            <span class="chip__text">{chip.label.clone()}</span>
        </span>
    }
    .into_any()
}

/// Details on every row; the other verbs where the pointer or the focus is,
/// because they would be half of all that is on the page.
fn actions(grid: Grid, cells: &Cells) -> AnyView {
    if cells.is_generated {
        return ().into_any();
    }
    let (key, name, is_closed) = (cells.key.clone(), cells.name.clone(), cells.is_closed);
    let details = verb(grid, &key, Icon::Right, format!("Details of {name}"), false, Grid::select);
    let wanted = key.clone();
    let more = when(
        move || {
            grid.active.with(|(active, _)| *active == wanted)
                || grid.hovered.with(|hovered| *hovered == wanted)
        },
        move || {
            let gone = match is_closed {
                true => format!("Delete {name}"),
                false => format!("Delete this value of {name}"),
            };
            view! {
                {verb(grid, &key, Icon::Plus, format!("Add a value to {name}"), true, Grid::add_to)}
                {verb(grid, &key, Icon::Trash, gone, true, Grid::delete)}
            }
            .into_any()
        },
    );
    view! { {more}{details} }.into_any()
}

fn verb(
    grid: Grid,
    key: &str,
    sign: Icon,
    label: String,
    is_stop: bool,
    run: fn(Grid, &str),
) -> AnyView {
    let key = key.to_owned();
    view! {
        <button
            type="button"
            class="button vars__verb"
            data-look="icon"
            tabindex=if is_stop { "0" } else { "-1" }
            title=label.clone()
            aria-label=label
            on:click=move |event| {
                event.prevent_default();
                run(grid, &key);
            }
        >
            {icon(sign)}
        </button>
    }
    .into_any()
}
