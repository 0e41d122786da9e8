//! One row of the grid.

use leptos::prelude::*;

use super::editor;
use super::state::{ACTIONS, Grid, NAME, Placed, SCOPE, VALUE, cell_id};
use crate::edit::variables as edit;
use crate::state::{Derived, Page};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, text, text_if};
use crate::view::variables::{Cells, Chip, DIMENSIONS, Holds};

/// The row with this key.
pub fn row(grid: Grid, key: String) -> AnyView {
    let wanted = key.clone();
    let placed = Derived::new(move || {
        grid.window.with(|rows| rows.iter().find(|row| row.cells.key == wanted).cloned())
    });
    let top = move || {
        let index = placed.with(|row| row.as_ref().map_or(0, |row| row.index));
        format!("{}px", index as f64 * grid.row_height)
    };
    let selected = grid.app.selected(Page::Variables);
    let is_selected = {
        let key = key.clone();
        text(move || selected.with(|selected| *selected == key).to_string())
    };
    let flag = move |test: fn(&Placed) -> bool| {
        text_if(move || placed.with(|row| row.as_ref().is_some_and(test)).then(String::new))
    };
    view! {
        <div
            role="row"
            class="vars__row"
            style:top=top
            aria-rowindex=text(move || placed.with(|row| row.as_ref().map_or(0, |row| row.index) + 2).to_string())
            aria-selected=is_selected
            data-first=flag(|row| row.cells.is_first)
            data-last=flag(|row| row.is_last)
            data-made=flag(|row| row.cells.is_generated)
        >
            {cell(grid, &key, NAME, placed)}
            {cell(grid, &key, VALUE, placed)}
            {cell(grid, &key, SCOPE, placed)}
            {cell(grid, &key, ACTIONS, placed)}
        </div>
    }
    .into_any()
}

fn cell(grid: Grid, key: &str, column: usize, placed: Derived<Option<Placed>>) -> AnyView {
    let is_mine = {
        let key = key.to_owned();
        move || grid.active.with(|(active, at)| *at == column && *active == key)
    };
    let is_edited = {
        let key = key.to_owned();
        Derived::new(move || {
            grid.editing.with(|editing| {
                editing.as_ref().is_some_and(|(edited, at, _)| *at == column && *edited == key)
            })
        })
    };
    let content = {
        let key = key.to_owned();
        live(move || {
            if is_edited.get() {
                return editor::editor(grid, &key, column);
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
        })
    };
    let read_only = move || {
        let is_made = placed.with(|row| row.as_ref().is_some_and(|row| row.cells.is_generated));
        (is_made || column == ACTIONS).then(|| "true".to_owned())
    };
    let on_click = {
        let key = key.to_owned();
        move |event: web_sys::MouseEvent| {
            if event.default_prevented() || is_edited.get_untracked() {
                return;
            }
            grid.active.set((key.clone(), column));
            match column {
                NAME => grid.select(&key),
                VALUE | SCOPE => grid.edit(&key, column, None),
                _ => {}
            }
        }
    };
    let on_double = {
        let key = key.to_owned();
        move |_| {
            if column == NAME {
                grid.edit(&key, column, None);
            }
        }
    };
    let on_focus = {
        let key = key.to_owned();
        move |_| {
            let is_other =
                grid.active.with_untracked(|(active, at)| *at != column || *active != key);
            if is_other {
                grid.active.set((key.clone(), column));
            }
        }
    };
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
            tabindex=tab_stop(is_mine)
            aria-readonly=text_if(read_only)
            data-editing=text_if(move || is_edited.get().then(String::new))
            on:click=on_click
            on:dblclick=on_double
            on:focusin=on_focus
        >
            {content}
        </div>
    }
    .into_any()
}

/// Whether Tab stops at an element.
fn tab_stop(is_one: impl Fn() -> bool + Send + Sync + 'static) -> Signal<String> {
    text(move || if is_one() { "0".to_owned() } else { "-1".to_owned() })
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
        view! { <span class="vars__from" title="Export adds it, unless a variable of this name is there">"made from Stacks"</span> }
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
    let chips: Vec<_> = cells.chips.iter().map(chip).collect();
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
    view! { <span class="vars__chips">{none}{chips}</span>{tie} }.into_any()
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

fn actions(grid: Grid, cells: &Cells) -> AnyView {
    if cells.is_generated {
        return ().into_any();
    }
    let name = &cells.name;
    let verb = |sign: Icon, label: String, run: Box<dyn Fn(&str)>, key: String| {
        // The buttons of the active row only are stops of Tab.
        let is_active = {
            let key = key.clone();
            move || grid.active.with(|(active, _)| *active == key)
        };
        view! {
            <button
                type="button"
                class="button vars__verb"
                data-look="icon"
                tabindex=tab_stop(is_active)
                title=label.clone()
                aria-label=label
                on:click=move |event| {
                    event.prevent_default();
                    run(&key);
                }
            >
                {icon(sign)}
            </button>
        }
        .into_any()
    };
    let add = move |key: &str| {
        if let Some(row) = grid.row(key) {
            grid.add_value(row.owner.clone(), row.variable.id.clone());
        }
    };
    let gone = if cells.is_closed {
        format!("Delete {name}")
    } else {
        format!("Delete this value of {name}")
    };
    view! {
        {verb(Icon::Plus, format!("Add a value to {name}"), Box::new(add), cells.key.clone())}
        {verb(Icon::Trash, gone, Box::new(move |key| grid.delete(key)), cells.key.clone())}
        {verb(Icon::Right, format!("Details of {name}"), Box::new(move |key| grid.select(key)), cells.key.clone())}
    }
    .into_any()
}
