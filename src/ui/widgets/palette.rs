//! A list of things to do, found by typing. Pattern: combobox with a listbox,
//! for the inside of a dialog; the list is always open, so that the arrows and
//! Enter act on it while the focus stays in the text.

use std::sync::Arc;

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::live::{live, on_key, press, text, text_if, when};
use super::unique;

/// A line of the list.
#[derive(Clone)]
pub struct Line {
    /// The heading it stands under; lines of one heading follow each other.
    pub group: &'static str,
    /// Its icon, if it has one.
    pub sign: Option<Icon>,
    /// What it is called.
    pub label: String,
    /// What it is or does, in few words.
    pub about: String,
    /// A hint at its end, such as keys.
    pub hint: String,
    /// Does it.
    pub run: Arc<dyn Fn() + Send + Sync>,
}

/// What a palette says.
pub struct Words {
    /// The name of the field.
    pub label: &'static str,
    /// The name of the list.
    pub list: &'static str,
    /// In the empty field.
    pub placeholder: &'static str,
    /// Where nothing fits.
    pub nothing: &'static str,
}

/// The field and the list that `find` gives for what is typed.
pub fn palette(words: Words, find: impl Fn(&str) -> Vec<Line> + Send + Sync + 'static) -> AnyView {
    plain_palette(words, Arc::new(find))
}

/// Finds the lines that fit a text.
type Find = Arc<dyn Fn(&str) -> Vec<Line> + Send + Sync>;

fn plain_palette(words: Words, find: Find) -> AnyView {
    let query = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let id = unique("palette");
    let list_id = format!("{id}-list");
    let found = Memo::new_with_compare(
        move |_| find(&query.get()),
        // The list is made anew for each text; comparing would cost more.
        |_, _| true,
    );
    let take = move |index: usize| {
        let line = found.with_untracked(|found| found.get(index).cloned());
        if let Some(line) = line {
            (line.run)();
        }
    };
    let line_id = id.clone();
    let on_palette_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" => take(active.get_untracked()),
            _ => return,
        }
        event.prevent_default();
        let line = format!("{line_id}-{}", active.get_untracked());
        if let Some(line) = document().get_element_by_id(&line) {
            line.scroll_into_view_with_bool(false);
        }
    };
    let at_id = id.clone();
    let active_id = text_if(move || {
        let index = active.get();
        found.with(|found| index < found.len()).then(|| format!("{at_id}-{index}"))
    });
    let lines = live(move || {
        let mut group = "";
        let mut lines = Vec::new();
        for (index, line) in found.get().into_iter().enumerate() {
            if line.group != group {
                group = line.group;
                lines.push(
                    view! { <li class="popup__group" role="presentation">{group}</li> }.into_any(),
                );
            }
            let about = (!line.about.is_empty()).then(|| {
                view! {
                    <span class="unseen">": "</span>
                    <span class="palette__about">{line.about}</span>
                }
            });
            let hint = (!line.hint.is_empty())
                .then(|| view! { <span class="option__hint">{line.hint}</span> });
            lines.push(
                view! {
                    <li
                        id=format!("{id}-{index}")
                        class="option"
                        role="option"
                        aria-selected=text(move || (active.get() == index).to_string())
                        data-active=text_if(move || (active.get() == index).then(String::new))
                        on:click=press(move || take(index))
                    >
                        {line.sign.map(icon)}
                        <span class="palette__label">{line.label}</span>
                        {about}
                        {hint}
                    </li>
                }
                .into_any(),
            );
        }
        lines.into_any()
    });
    let nothing = words.nothing;
    view! {
        <input
            class="input"
            type="text"
            role="combobox"
            aria-label=words.label
            aria-expanded="true"
            aria-controls=list_id.clone()
            aria-activedescendant=active_id
            autocomplete="off"
            placeholder=words.placeholder
            autofocus
            on:input:target=move |event| {
                query.set(event.target().value());
                active.set(0);
            }
            on:keydown=on_key(on_palette_key)
        />
        <ul id=list_id class="palette" role="listbox" aria-label=words.list>{lines}</ul>
        {when(move || found.with(Vec::is_empty), move || view! { <p class="muted">{nothing}</p> }.into_any())}
    }
    .into_any()
}
