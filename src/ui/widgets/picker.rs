//! Chooses any number from a list: chips, and a text that filters.
//! Pattern: combobox with a listbox; Down opens, Enter takes what is marked,
//! Tab takes it and goes on, Escape closes, Backspace in an empty text takes
//! the last chip away. Enter with nothing marked is left to what is around it.
//! The list is in the top layer, so that no scrolling part cuts it off.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::state::{Derived, follow};

use super::icon::{Icon, icon};
use super::live::{live, text as attribute, text_if};
use super::unique;
use crate::platform::focus;
use crate::platform::layer;

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PickOption {
    /// What is kept.
    pub value: String,
    /// What is read.
    pub label: String,
    /// The heading it stands under; options of one group follow each other.
    pub group: &'static str,
    /// The colour of its dot, 1 to 12; 0 for no dot.
    pub hue: u32,
}

/// A picker. With `adds`, a text that is no option can be taken as a new one.
pub fn picker(
    label: impl Into<String>,
    options: impl Fn() -> Vec<PickOption> + Send + Sync + 'static,
    chosen: impl Fn() -> Vec<String> + Send + Sync + 'static,
    placeholder: impl Into<String>,
    adds: bool,
    is_cell: bool,
    on_change: impl Fn(Vec<String>) + Send + Sync + 'static,
) -> AnyView {
    Picker {
        label: label.into(),
        options: Signal::derive(options),
        chosen: Signal::derive(chosen),
        placeholder: placeholder.into(),
        adds,
        is_cell,
        on_change: Arc::new(on_change),
    }
    .view()
}

struct Picker {
    label: String,
    options: Signal<Vec<PickOption>>,
    chosen: Signal<Vec<String>>,
    placeholder: String,
    adds: bool,
    is_cell: bool,
    on_change: Arc<dyn Fn(Vec<String>) + Send + Sync>,
}

/// How many options are shown at once; typing narrows them down.
const MOST: usize = 60;

impl Picker {
    fn view(self) -> AnyView {
        let Self { label, options, chosen, placeholder, adds, is_cell, on_change } = self;
        let text = RwSignal::new(String::new());
        let is_open = RwSignal::new(false);
        let active = RwSignal::new(None::<usize>);
        let (input, list) = (NodeRef::<html::Input>::new(), NodeRef::<html::Ul>::new());
        let id = unique("picker");
        let list_id = format!("{id}-list");
        let found = Derived::new(move || {
            if !is_open.get() {
                return Vec::new();
            }
            let wanted = text.get().to_lowercase();
            let taken = chosen.get();
            let mut found: Vec<PickOption> = options
                .get()
                .into_iter()
                .filter(|option| !taken.contains(&option.value))
                .filter(|option| option.label.to_lowercase().contains(wanted.trim()))
                .take(MOST)
                .collect();
            let typed = text.get().trim().to_owned();
            let is_new = !typed.is_empty() && !found.iter().any(|option| option.label == typed);
            if adds && is_new && !taken.contains(&typed) {
                let label = format!("Add “{typed}”");
                found.push(PickOption { value: typed, label, ..PickOption::default() });
            }
            found
        });
        let take = {
            let on_change = Arc::clone(&on_change);
            move |index: usize| {
                let picked = found.with_untracked(|found| found.get(index).cloned());
                if let Some(picked) = picked {
                    let mut now = chosen.get_untracked();
                    now.push(picked.value);
                    text.set(String::new());
                    active.set(None);
                    on_change(now);
                }
            }
        };
        let drop_at = {
            let on_change = Arc::clone(&on_change);
            move |value: &str| {
                let mut now = chosen.get_untracked();
                now.retain(|one| one != value);
                on_change(now);
            }
        };
        let on_key = {
            let (take, drop_at) = (take.clone(), drop_at.clone());
            move |event: web_sys::KeyboardEvent| {
                let count = found.with_untracked(Vec::len);
                match event.key().as_str() {
                    "ArrowDown" if is_open.get_untracked() => {
                        active.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % count.max(1))));
                    }
                    "ArrowDown" => is_open.set(true),
                    "ArrowUp" if is_open.get_untracked() => active.update(|at| {
                        let last = count.saturating_sub(1);
                        *at = Some(at.filter(|at| *at > 0).map_or(last, |at| at - 1));
                    }),
                    "Enter" | "Tab" if is_open.get_untracked() && count > 0 => {
                        let Some(index) = active.get_untracked() else { return };
                        take(index);
                        if event.key() == "Tab" {
                            return;
                        }
                    }
                    "Escape" if is_open.get_untracked() => {
                        is_open.set(false);
                        text.set(String::new());
                        event.stop_propagation();
                    }
                    "Backspace" if text.with_untracked(String::is_empty) => {
                        if let Some(last) = chosen.get_untracked().last() {
                            drop_at(last);
                        }
                        return;
                    }
                    _ => return,
                }
                event.prevent_default();
            }
        };
        let on_leave = move |event: web_sys::FocusEvent| {
            if focus::leaves(&event) {
                is_open.set(false);
                text.set(String::new());
            }
        };
        // Again with every change of the list, because its height changes.
        follow(move || {
            found.with(Vec::len);
            let is_open = is_open.get();
            if let (Some(input), Some(list)) = (input.get(), list.get()) {
                if is_open {
                    layer::show_at(
                        input.closest(".picker__box").ok().flatten().as_ref().unwrap_or(&input),
                        &list,
                    );
                } else {
                    layer::hide(&list);
                }
            }
        });
        let chips = live(move || {
            let options = options.get();
            let chips: Vec<_> = chosen
                .get()
                .into_iter()
                .map(|value| {
                    let option = options.iter().find(|option| option.value == value);
                    let label = option.map_or_else(|| value.clone(), |option| option.label.clone());
                    let hue = option.map_or(0, |option| option.hue);
                    let name = format!("Remove {label}");
                    let drop_at = drop_at.clone();
                    view! {
                        <span class="chip">
                            {(hue > 0).then(|| view! { <span class="dot" data-hue=hue></span> })}
                            <span class="chip__text">{label}</span>
                            <button
                                type="button"
                                class="chip__remove"
                                aria-label=name.clone()
                                title=name
                                on:click=move |_| drop_at(&value)
                            >
                                {icon(Icon::Close)}
                            </button>
                        </span>
                    }
                    .into_any()
                })
                .collect();
            chips.into_any()
        });
        let lines = {
            let id = id.clone();
            live(move || {
                let mut group = "";
                let mut lines = Vec::new();
                for (index, option) in found.get().into_iter().enumerate() {
                    if option.group != group {
                        group = option.group;
                        lines.push(
                            view! { <li class="popup__group" role="presentation">{group}</li> }
                                .into_any(),
                        );
                    }
                    let take = take.clone();
                    lines.push(
                        view! {
                            <li
                                id=format!("{id}-{index}")
                                class="option"
                                role="option"
                                aria-selected=attribute(move || (active.get() == Some(index)).to_string())
                                data-active=text_if(move || (active.get() == Some(index)).then(String::new))
                                on:mousedown=move |event| event.prevent_default()
                                on:click=move |_| take(index)
                            >
                                {(option.hue > 0).then(|| view! { <span class="dot" data-hue=option.hue></span> })}
                                <span class="chip__text">{option.label}</span>
                            </li>
                        }
                        .into_any(),
                    );
                }
                if lines.is_empty() {
                    lines.push(
                        view! { <li class="popup__group" role="presentation">"Nothing more to choose"</li> }
                            .into_any(),
                    );
                }
                lines.into_any()
            })
        };
        let label_class = if is_cell { "unseen" } else { "field__label" };
        let active_id = {
            let id = id.clone();
            text_if(move || {
                let active = active.get().filter(|_| is_open.get());
                active.map(|at| format!("{id}-{at}"))
            })
        };
        let shown_placeholder =
            attribute(
                move || {
                    if chosen.with(Vec::is_empty) { placeholder.clone() } else { String::new() }
                },
            );
        view! {
            <div class="field picker" on:focusout=on_leave>
                <label class=label_class for=id.clone()>{label.clone()}</label>
                <div class="picker__box">
                    {chips}
                    <input
                        id=id
                        class="picker__input"
                        node_ref=input
                        type="text"
                        role="combobox"
                        autocomplete="off"
                        aria-expanded=attribute(move || is_open.get().to_string())
                        aria-controls=list_id.clone()
                        aria-activedescendant=active_id
                        placeholder=shown_placeholder
                        prop:value=text
                        on:input:target=move |event| {
                            text.set(event.target().value());
                            active.set(Some(0).filter(|_| text.with_untracked(|text| !text.is_empty())));
                            is_open.set(true);
                        }
                        on:click=move |_| is_open.set(true)
                        on:keydown=on_key
                    />
                </div>
                <ul
                    id=list_id
                    class="popup"
                    node_ref=list
                    popover="manual"
                    role="listbox"
                    aria-label=label
                >
                    {lines}
                </ul>
            </div>
        }
        .into_any()
    }
}
