//! The palette of step kinds. Pattern: combobox with a listbox, in a dialog.

use leptos::prelude::*;

use super::desk::Desk;
use super::pipeline::icon_of;
use crate::state::Derived;
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::icon::icon;
use crate::ui::widgets::live::{live, on_key, press, text, text_if, when};
use crate::view::process::palette as rows;

/// The palette, while something is to be added.
pub fn palette(desk: Desk) -> AnyView {
    let is_open = RwSignal::new(false);
    Effect::new(move |_| is_open.set(desk.adding.with(Option::is_some)));
    Effect::new(move |was_open: Option<bool>| {
        let open = is_open.get();
        if was_open == Some(true) && !open {
            desk.adding.set(None);
        }
        open
    });
    dialog(is_open, "Add step", false, move || body(desk))
}

fn body(desk: Desk) -> AnyView {
    let query = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let found = Derived::new(move || rows(&query.get()));
    let take = move |index: usize| {
        let row = found.with_untracked(|found| found.get(index).cloned());
        if let Some(row) = row {
            desk.add(row.kind, row.label);
        }
    };
    let on_palette_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" => take(active.get_untracked()),
            _ => return,
        }
        event.prevent_default();
        let line = document().get_element_by_id(&format!("kind-{}", active.get_untracked()));
        if let Some(line) = line {
            line.scroll_into_view_with_bool(false);
        }
    };
    let lines = live(move || {
        let mut group = "";
        let mut lines = Vec::new();
        for (index, row) in found.get().into_iter().enumerate() {
            if row.group != group {
                group = row.group;
                lines.push(
                    view! { <li class="popup__group" role="presentation">{group}</li> }.into_any(),
                );
            }
            lines.push(
                view! {
                    <li
                        id=format!("kind-{index}")
                        class="option kind"
                        role="option"
                        aria-selected=text(move || (active.get() == index).to_string())
                        data-active=text_if(move || (active.get() == index).then(String::new))
                        on:click=press(move || take(index))
                    >
                        {icon(icon_of(row.id))}
                        <span class="kind__name">{row.label}</span>
                        <span class="unseen">": "</span>
                        <span class="kind__about">{row.about}</span>
                    </li>
                }
                .into_any(),
            );
        }
        lines.into_any()
    });
    view! {
        <input
            class="input"
            type="text"
            role="combobox"
            aria-label="Kind of step"
            aria-expanded="true"
            aria-controls="kinds"
            aria-activedescendant=text(move || format!("kind-{}", active.get()))
            autocomplete="off"
            placeholder="Search all kinds of steps"
            autofocus
            on:input:target=move |event| {
                query.set(event.target().value());
                active.set(0);
            }
            on:keydown=on_key(on_palette_key)
        />
        <ul id="kinds" class="kinds" role="listbox" aria-label="Kinds of steps">{lines}</ul>
        {when(move || found.with(Vec::is_empty), || view! {
            <p class="muted">"No kind has these words. A script step can do anything."</p>
        }.into_any())}
    }
    .into_any()
}
