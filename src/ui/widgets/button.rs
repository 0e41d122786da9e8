//! Buttons.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::live::{press, text, text_if};
use crate::state::commands;

/// How loud a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// One a page: what one most likely came for.
    Main,
    /// The usual one.
    Plain,
    /// Without a frame.
    Quiet,
}

impl Look {
    /// The word in the style sheet.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Plain => "plain",
            Self::Quiet => "quiet",
        }
    }
}

/// A button with words.
pub fn button(
    look: Look,
    sign: Option<Icon>,
    label: &'static str,
    on_press: impl FnMut() + 'static,
) -> AnyView {
    plain_button(look, sign, label, Box::new(on_press))
}

fn plain_button(
    look: Look,
    sign: Option<Icon>,
    label: &'static str,
    on_press: Box<dyn FnMut()>,
) -> AnyView {
    view! {
        <button type="button" class="button" data-look=look.word() on:click=press(on_press)>
            {sign.map(icon)}
            {label}
        </button>
    }
    .into_any()
}

/// A button with an icon only; its name is its tooltip, with its keys.
pub fn icon_button(
    sign: Icon,
    name: impl Fn() -> String + Send + Sync + 'static,
    keys: &'static str,
    is_off: impl Fn() -> bool + Send + Sync + 'static,
    on_press: impl FnMut() + 'static,
) -> AnyView {
    plain_icon_button(sign, Signal::derive(name), keys, Signal::derive(is_off), Box::new(on_press))
}

fn plain_icon_button(
    sign: Icon,
    name: Signal<String>,
    keys: &'static str,
    is_off: Signal<bool>,
    mut on_press: Box<dyn FnMut()>,
) -> AnyView {
    let tooltip = text(move || {
        let name = name.get();
        if keys.is_empty() { name } else { format!("{name} ({})", commands::shown(keys)) }
    });
    let disabled = text_if(move || is_off.get().then(|| "true".to_owned()));
    // Off is said but stays focusable, so that the focus does not fall to the body.
    view! {
        <button
            type="button"
            class="button"
            data-look="icon"
            aria-label=name
            title=tooltip
            aria-disabled=disabled
            on:click=press(move || {
                if !is_off.get_untracked() {
                    on_press();
                }
            })
        >
            {icon(sign)}
        </button>
    }
    .into_any()
}
