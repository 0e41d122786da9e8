//! A question for one line of text, in a dialog.

use std::sync::Arc;

use leptos::prelude::*;

use crate::state::{App, Question, follow, follow_from};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::field::as_typed;
use crate::ui::widgets::live::{flag, live, text_if};

/// The place in the page where questions appear.
pub fn question(app: App) -> AnyView {
    let question = app.question;
    let is_open = RwSignal::new(false);
    follow(move || is_open.set(question.with(Option::is_some)));
    follow_from(move |was_open: Option<bool>| {
        let open = is_open.get();
        if was_open == Some(true) && !open {
            question.set(None);
        }
        open
    });
    live(move || match question.get() {
        None => ().into_any(),
        Some(asked) => {
            let title = asked.title;
            dialog(is_open, title, false, move || form(asked.clone(), is_open))
        }
    })
}

fn form(asked: Question, is_open: RwSignal<bool>) -> AnyView {
    let text = RwSignal::new(asked.start.clone());
    let error = RwSignal::new(String::new());
    let finish = Arc::new(move || match (asked.answer)(text.get_untracked()) {
        Ok(()) => is_open.set(false),
        Err(refusal) => error.set(refusal.0),
    });
    let is_current = move |now: &str| text.try_with_untracked(|text| text == now).unwrap_or(false);
    let look = asked.check.clone().map(|check| as_typed(check, error, is_current));
    let on_submit = {
        let finish = Arc::clone(&finish);
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            finish();
        }
    };
    view! {
        <form on:submit=on_submit>
            <div class="field">
                <label class="field__label" for="ask">{asked.label}</label>
                <input
                    id="ask"
                    class="input"
                    type="text"
                    autocomplete="off"
                    autofocus
                    prop:value=text
                    aria-describedby="ask-error"
                    aria-invalid=text_if(move || (!error.with(String::is_empty)).then(|| "true".to_owned()))
                    on:input:target=move |event| {
                        text.set(event.target().value());
                        if let Some(look) = &look {
                            look(event.target().value());
                        }
                    }
                />
                <p class="field__error" id="ask-error" hidden=flag(move || error.with(String::is_empty))>{error}</p>
            </div>
            <div class="question__foot">
                {button(Look::Plain, None, "Cancel", move || is_open.set(false))}
                {button(Look::Main, None, "OK", move || finish())}
            </div>
        </form>
    }
    .into_any()
}
