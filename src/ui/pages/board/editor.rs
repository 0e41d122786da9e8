//! The editor of a cell, over it: a text, or a list that typing narrows down.
//! With several cells selected, what is given goes to all of them. Loaded a
//! moment after the page, see `ui::late`.
//! Pattern of the list: combobox with a listbox.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::layout::in_pixels;
use super::state::{At, Desk, Editing};
use crate::edit::board::Change;
use crate::platform::focus;
use crate::platform::layer;
use crate::state::{Derived, follow};
use crate::ui::widgets::live::{live, text as attribute, text_if};
use crate::view::board::Holds;

const FIELD: &str = "board-field";
const LIST: &str = "board-choices";

/// The editor of the cell that `editing` names.
pub fn editor(desk: Desk, editing: Editing) -> AnyView {
    let at = editing.at;
    let layout = desk.layout.get_value();
    let field = match desk.cell(at).map(|cell| cell.holds) {
        Some(Holds::Choice) => choice(desk, editing),
        _ => text(desk, editing),
    };
    focus::focus_soon(FIELD);
    view! {
        <div
            class="board__editor"
            style:left=in_pixels(layout.left(at.column))
            style:top=in_pixels(layout.top(at.row))
            style:min-width=in_pixels(layout.column)
            style:min-height=in_pixels(layout.row)
        >
            {field}
        </div>
    }
    .into_any()
}

/// The name of the field: the cell, or how many.
fn label(desk: Desk, at: At) -> String {
    match desk.selected_count() {
        0 | 1 => desk.name_of(at),
        count => format!("{} and {} more cells", desk.name_of(at), count - 1),
    }
}

/// Gives `change` to all selected cells.
fn commit(desk: Desk, change: &Change) {
    let cells = desk.selected();
    desk.change(cells.into_iter().map(|at| (at, change.clone())).collect());
}

/// Ends the edit and goes on as the key says.
fn leave(desk: Desk, at: At, event: &web_sys::KeyboardEvent) {
    desk.editing.set(None);
    desk.focus();
    let is_many = desk.selected_count() > 1;
    let (rows, columns) = (desk.row_count(), desk.column_count());
    let At { row, column } = at;
    let to = match (event.key().as_str(), event.shift_key()) {
        _ if is_many => at,
        ("Enter", false) => At { row: (row + 1).min(rows), column },
        ("Enter", true) => At { row: row.saturating_sub(1).max(1), column },
        ("Tab", false) => At { row, column: (column + 1).min(columns) },
        ("Tab", true) => At { row, column: column.saturating_sub(1).max(1) },
        _ => at,
    };
    event.prevent_default();
    event.stop_propagation();
    if to != at {
        desk.go(to);
        desk.reveal();
    }
}

/// A text of one or more lines; Enter takes it, Alt+Enter is a new line.
fn text(desk: Desk, editing: Editing) -> AnyView {
    let at = editing.at;
    let start = desk.text_of(at);
    let was_typed = editing.typed.is_some();
    let draft = RwSignal::new(editing.typed.unwrap_or_else(|| start.clone()));
    let is_done = StoredValue::new(false);
    let finish = Arc::new(move || {
        if is_done.try_get_value().unwrap_or(true) {
            return;
        }
        is_done.set_value(true);
        let text = draft.get_untracked();
        if text != start || (was_typed && desk.selected_count() > 1) {
            commit(desk, &Change::Text(text));
        }
    });
    let on_key = {
        let finish = Arc::clone(&finish);
        move |event: web_sys::KeyboardEvent| match event.key().as_str() {
            "Enter" if event.alt_key() => {
                event.prevent_default();
                draft.update(|text| text.push('\n'));
            }
            "Enter" | "Tab" => {
                finish();
                leave(desk, at, &event);
            }
            "Escape" => {
                is_done.set_value(true);
                leave(desk, at, &event);
            }
            _ => {}
        }
    };
    let on_blur = move |_| {
        if !is_done.try_get_value().unwrap_or(true) {
            finish();
            desk.editing.set(None);
        }
    };
    let lines =
        attribute(move || draft.with(|text| text.split('\n').count().clamp(1, 8)).to_string());
    view! {
        <textarea
            id=FIELD
            class="input board__input"
            data-mono=""
            rows=lines
            spellcheck="false"
            autocomplete="off"
            aria-label=label(desk, at)
            prop:value=draft
            on:input:target=move |event| draft.set(event.target().value())
            on:keydown=on_key
            on:blur=on_blur
        ></textarea>
    }
    .into_any()
}

/// One of a list.
fn choice(desk: Desk, editing: Editing) -> AnyView {
    let at = editing.at;
    let options = desk.choices(at);
    let now = desk.cell(at).map(|cell| cell.text).unwrap_or_default();
    let draft = RwSignal::new(editing.typed.unwrap_or_default());
    let active = RwSignal::new(0_usize);
    let (input, list) = (NodeRef::<html::Input>::new(), NodeRef::<html::Ul>::new());
    let found = Derived::new(move || {
        let wanted = draft.get().trim().to_lowercase();
        let fits = |label: &str| label.to_lowercase().contains(&wanted);
        options.iter().filter(|(_, label)| fits(label)).cloned().collect::<Vec<_>>()
    });
    follow(move || {
        found.with(Vec::len);
        if let (Some(input), Some(list)) = (input.get(), list.get()) {
            layer::show_at(&input, &list);
        }
    });
    let take = move |index: usize| {
        let picked = found.with_untracked(|found| found.get(index).cloned());
        let typed = draft.get_untracked();
        desk.editing.set(None);
        desk.focus();
        match picked {
            Some((value, _)) => commit(desk, &Change::Choice(value)),
            // Such as `#{Pool}`; what fits nothing is refused in words.
            None => commit(desk, &Change::Text(typed)),
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" => {
                take(active.get_untracked());
                leave(desk, at, &event);
                return;
            }
            "Escape" => {
                leave(desk, at, &event);
                return;
            }
            _ => return,
        }
        event.prevent_default();
    };
    let lines = live(move || {
        let lines: Vec<_> = found
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, (_, label))| {
                view! {
                    <li
                        id=format!("{LIST}-{index}")
                        class="option"
                        role="option"
                        aria-selected=attribute(move || (active.get() == index).to_string())
                        data-active=text_if(move || (active.get() == index).then(String::new))
                        on:mousedown=move |event| event.prevent_default()
                        on:click=move |_| take(index)
                    >
                        {label}
                    </li>
                }
                .into_any()
            })
            .collect();
        lines.into_any()
    });
    let name = label(desk, at);
    view! {
        <input
            id=FIELD
            class="input board__input"
            node_ref=input
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck="false"
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls=LIST
            aria-activedescendant=attribute(move || format!("{LIST}-{}", active.get()))
            aria-label=name.clone()
            placeholder=now
            prop:value=draft
            on:input:target=move |event| {
                draft.set(event.target().value());
                active.set(0);
            }
            on:keydown=on_key
            on:blur=move |_| desk.editing.set(None)
        />
        <ul id=LIST class="popup" node_ref=list popover="manual" role="listbox" aria-label=name>
            {lines}
        </ul>
    }
    .into_any()
}
