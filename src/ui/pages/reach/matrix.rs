//! The matrix. Pattern: grid of buttons with one tab stop; arrows, Home and End
//! move among the cells, Enter opens one.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Desk, below};
use crate::platform::focus;
use crate::state::Derived;
use crate::ui::widgets::environment::{environment, marks};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{each, live, on_key, press, text};
use crate::view::reach::{Look, ReachRow};

/// The id of a cell's button; column 0 is the credential itself.
pub fn cell_id(key: &str, column: usize) -> String {
    format!("reach-{key}-{column}")
}

/// The grid.
pub fn matrix(desk: Desk) -> AnyView {
    let environments = desk.app.memo(marks);
    let active = RwSignal::new((String::new(), 0_usize));
    let keys = Derived::new(move || {
        desk.table.with(|table| {
            let found = desk.found.get();
            let rows =
                found.iter().take(desk.most.get()).filter_map(|place| table.rows.get(*place));
            rows.map(|row| row.key.clone()).collect::<Vec<_>>()
        })
    });
    // The cell that Tab reaches: the active one, or the first.
    let stop = Derived::new(move || {
        let (key, column) = active.get();
        let keys = keys.get();
        if keys.contains(&key) {
            (key, column)
        } else {
            (keys.first().cloned().unwrap_or_default(), 0)
        }
    });
    let heads = live(move || {
        let heads = environments.with(|all| {
            all.iter()
                .map(|mark| {
                    view! { <th scope="col" class="reach__head">{environment(mark)}</th> }
                        .into_any()
                })
                .collect::<Vec<_>>()
        });
        heads.into_any()
    });
    let on_cell_key = move |event: web_sys::KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let target = event.target().and_then(|one| one.dyn_into::<web_sys::Element>().ok());
        let Some(id) = target.map(|one| one.id()) else { return };
        let at = id.strip_prefix("reach-").and_then(|rest| rest.rsplit_once('-'));
        let Some((key, column)) = at else { return };
        let (keys, last) = (keys.get_untracked(), environments.with_untracked(Vec::len));
        let Some(row) = keys.iter().position(|one| one == key) else { return };
        let column = column.parse::<usize>().unwrap_or(0);
        // Column 0 is the credential itself.
        let (row, column) = match event.key().as_str() {
            "ArrowDown" => (row + 1, column),
            "ArrowUp" => (row.saturating_sub(1), column),
            "ArrowRight" => (row, (column + 1).min(last)),
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "Home" => (row, 0),
            "End" => (row, last),
            _ => return,
        };
        event.prevent_default();
        if let Some(key) = keys.get(row.min(keys.len().saturating_sub(1))) {
            active.set((key.clone(), column));
            focus::focus_id(&cell_id(key, column));
        }
    };
    view! {
        <div class="scroll reach__scroll">
            <table
                class="table reach"
                role="grid"
                aria-label="Credentials by environment"
                on:keydown=on_key(on_cell_key)
            >
                <thead><tr><th scope="col" class="reach__first">"Credential"</th>{heads}</tr></thead>
                <tbody>{each(move || keys.get(), move |key| row(desk, key, stop, active))}</tbody>
            </table>
        </div>
        {below(desk)}
    }
    .into_any()
}

fn row(
    desk: Desk,
    key: String,
    stop: Derived<(String, usize)>,
    active: RwSignal<(String, usize)>,
) -> AnyView {
    let own = {
        let key = key.clone();
        Derived::new(move || {
            desk.table.with(|table| {
                let place = table.rows.iter().position(|row| row.key == key)?;
                let before = place.checked_sub(1).and_then(|before| table.rows.get(before));
                let row = table.rows.get(place)?.clone();
                let is_first = before.is_none_or(|before| before.variable != row.variable);
                Some((row, is_first))
            })
        })
    };
    let cells = live(move || {
        let Some((shown, is_first)) = own.get() else { return ().into_any() };
        let key = key.clone();
        let button = |column: usize,
                      environment: String,
                      class: &'static str,
                      title: String,
                      inside: AnyView| {
            let (mine, opened, focused) = (key.clone(), key.clone(), key.clone());
            let open = if environment.is_empty() {
                opened.clone()
            } else {
                format!("{opened}/{environment}")
            };
            view! {
                <button
                    type="button"
                    id=cell_id(&mine, column)
                    class=class
                    title=title
                    aria-pressed=text(move || desk.selected.with(|selected| *selected == open).to_string())
                    tabindex=text(move || stop.with(|(key, at)| if *at == column && *key == mine { "0" } else { "-1" }.to_owned()))
                    on:focus=move |_| active.set((focused.clone(), column))
                    on:click=press(move || desk.open(&opened, &environment))
                >
                    {inside}
                </button>
            }
            .into_any()
        };
        let ids = desk.app.peek(|design| {
            design.space.environments.iter().map(|one| one.id.to_string()).collect::<Vec<_>>()
        });
        let head = button(0, String::new(), "reach__name", name_of(&shown), face(&shown, is_first));
        let cells: Vec<_> = shown
            .cells
            .iter()
            .zip(ids)
            .enumerate()
            .map(|(place, (cell, id))| {
                let sign = (cell.look == Look::Leak).then(|| icon(Icon::Warning));
                let word = (cell.look == Look::Leak)
                    .then(|| view! { " "<span class="reach__word">"leak"</span> });
                // What is heard begins with what is seen, and says where.
                let inside = view! {
                    {sign}
                    <span>{cell.text.clone()}</span>
                    {word}
                    <span class="unseen">{cell.rest.clone()}</span>
                }
                .into_any();
                let button = button(place + 1, id, "reach__cell", cell.title.clone(), inside);
                view! { <td data-look=cell.look.word()>{button}</td> }.into_any()
            })
            .collect();
        view! { <th scope="row" class="reach__first">{head}</th>{cells} }.into_any()
    });
    let is_first = text(move || own.with(|own| own.as_ref().is_some_and(|own| own.1)).to_string());
    view! { <tr data-first=is_first>{cells}</tr> }.into_any()
}

fn name_of(row: &ReachRow) -> String {
    // Word for word what is to be seen, then what only the colour says.
    let leak = if row.leaks { " leaks" } else { "" };
    format!("{} {} {}{leak}", row.variable, row.label, row.kind)
}

/// What is seen of a row's name.
pub fn face(row: &ReachRow, is_first: bool) -> AnyView {
    let class = if is_first { "reach__variable" } else { "reach__variable reach__again" };
    view! {
        <span class=class>{row.variable.clone()}</span>
        " "
        <span class="reach__label">
            <span class="chip__text">{row.label.clone()}</span>
            " "
            <span class="muted">{row.kind.clone()}</span>
        </span>
        {row.leaks.then(|| view! { <span class="unseen">"leaks"</span> })}
    }
    .into_any()
}
