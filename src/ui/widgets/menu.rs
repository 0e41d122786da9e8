//! A button that opens a menu. Pattern: menu button; arrows, Home, End, Escape,
//! first letters.

use leptos::prelude::*;

use super::button::Look;
use super::live::{live, live_text, on_key as keyed, press, text, text_if};
use super::unique;
use crate::platform::focus;

/// One line of a menu.
pub struct MenuItem {
    label: String,
    hint: String,
    is_off: bool,
    run: Box<dyn Fn() + Send + Sync>,
}

impl MenuItem {
    /// A line that does `run`.
    pub fn new(label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self { label: label.into(), hint: String::new(), is_off: false, run: Box::new(run) }
    }

    /// With a hint at its end, such as keys.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// There, but not to be had now.
    #[must_use]
    pub fn off_when(mut self, is_off: bool) -> Self {
        self.is_off = is_off;
        self
    }
}

/// A menu button whose lines never change.
pub fn menu(
    name: impl Into<String>,
    face: impl Fn() -> AnyView + Send + Sync + 'static,
    look: Look,
    items: Vec<MenuItem>,
) -> AnyView {
    let items = StoredValue::new(std::sync::Arc::new(items));
    live_menu(name, face, look.word(), move || items.get_value())
}

/// A menu button whose lines are asked for when it opens.
pub fn live_menu(
    name: impl Into<String>,
    face: impl Fn() -> AnyView + Send + Sync + 'static,
    look: &'static str,
    items: impl Fn() -> std::sync::Arc<Vec<MenuItem>> + Send + Sync + 'static,
) -> AnyView {
    let name: String = name.into();
    let name = Signal::stored(name);
    plain_menu(name, face().into_any(), look, Signal::stored(true), Box::new(items))
}

/// A menu button in a list where one item at a time can be reached by Tab.
pub fn roving_menu(
    name: Signal<String>,
    face: AnyView,
    look: &'static str,
    is_tab_stop: Signal<bool>,
    items: impl Fn() -> std::sync::Arc<Vec<MenuItem>> + Send + Sync + 'static,
) -> AnyView {
    plain_menu(name, face, look, is_tab_stop, Box::new(items))
}

fn plain_menu(
    name: Signal<String>,
    face: AnyView,
    look: &'static str,
    is_tab_stop: Signal<bool>,
    items: Box<dyn Fn() -> std::sync::Arc<Vec<MenuItem>> + Send + Sync>,
) -> AnyView {
    let is_open = RwSignal::new(false);
    let id = unique("menu");
    let button_id = format!("{id}-button");
    let open = {
        let id = id.clone();
        move || {
            is_open.set(true);
            focus::focus_soon(format!("{id}-0"));
        }
    };
    let close = {
        let button_id = button_id.clone();
        move || {
            is_open.set(false);
            focus::focus_soon(button_id.clone());
        }
    };
    let on_button_key = {
        let open = open.clone();
        move |event: web_sys::KeyboardEvent| {
            if event.key() == "ArrowDown" {
                event.prevent_default();
                open();
            }
        }
    };
    let on_key = {
        let close = close.clone();
        let id = id.clone();
        move |event: web_sys::KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                event.stop_propagation();
                event.prevent_default();
                close();
            }
            "Tab" => is_open.set(false),
            key => {
                if move_in(&id, key) {
                    event.prevent_default();
                }
            }
        }
    };
    // A press anywhere else closes it.
    let on_leave = move |event: web_sys::FocusEvent| {
        if focus::leaves(&event) {
            is_open.set(false);
        }
    };
    let lines = {
        let id = id.clone();
        move || {
            let items = items();
            let lines: Vec<_> = (0..items.len())
                .map(|index| {
                    let item = &items[index];
                    let (label, hint, is_off) =
                        (item.label.clone(), item.hint.clone(), item.is_off);
                    let items = std::sync::Arc::clone(&items);
                    let close = close.clone();
                    view! {
                        <button
                            type="button"
                            id=format!("{id}-{index}")
                            class="option"
                            role="menuitem"
                            tabindex="-1"
                            aria-disabled=is_off.then_some("true")
                            on:click=press(move || {
                                if !is_off {
                                    close();
                                    (items[index].run)();
                                }
                            })
                        >
                            <span>{label}</span>
                            <span class="option__hint">{hint}</span>
                        </button>
                    }
                    .into_any()
                })
                .collect();
            lines
        }
    };
    // A quiet button reads as a value, such as a title: its name says what of, too.
    let is_value = look == Look::Quiet.word();
    let label = text_if(move || (!is_value).then(|| name.get()));
    let prefix = is_value.then(|| {
        view! { <span class="unseen">{live_text(move || format!("{}: ", name.get()))}</span> }
    });
    view! {
        <div class="menu" on:focusout=on_leave>
            <button
                type="button"
                id=button_id
                class="button"
                data-look=look
                aria-haspopup="menu"
                aria-expanded=text(move || is_open.get().to_string())
                aria-label=label
                title=name
                tabindex=text(move || if is_tab_stop.get() { "0" } else { "-1" }.to_owned())
                on:click=press(move || if is_open.get_untracked() { is_open.set(false) } else { open() })
                on:keydown=keyed(on_button_key)
            >
                {prefix}
                {face}
            </button>
            {live(move || {
                if !is_open.get() {
                    return ().into_any();
                }
                view! {
                    <div class="popup" role="menu" aria-label=name on:keydown=keyed(on_key.clone())>
                        {lines()}
                    </div>
                }
                .into_any()
            })}
        </div>
    }
    .into_any()
}

/// Moves the focus among the lines of the menu `id`; says whether the key was one of ours.
fn move_in(id: &str, key: &str) -> bool {
    let document = document();
    let line = |index: usize| document.get_element_by_id(&format!("{id}-{index}"));
    let count = (0..).take_while(|index| line(*index).is_some()).count();
    let active = document.active_element().map(|one| one.id()).unwrap_or_default();
    let now = (0..count).find(|index| active == format!("{id}-{index}")).unwrap_or(0);
    let to = match key {
        "ArrowDown" => (now + 1) % count.max(1),
        "ArrowUp" => (now + count.max(1) - 1) % count.max(1),
        "Home" => 0,
        "End" => count.saturating_sub(1),
        letter if letter.chars().count() == 1 => {
            let wanted = letter.to_lowercase();
            let starts = |index: &usize| {
                let text = line(*index).and_then(|one| one.text_content()).unwrap_or_default();
                text.trim_start().to_lowercase().starts_with(&wanted)
            };
            match (now + 1..count).chain(0..=now).find(starts) {
                Some(index) => index,
                None => return false,
            }
        }
        _ => return false,
    };
    if let Some(element) = line(to) {
        focus::focus(&element);
    }
    true
}
