//! The prompt of a value: what is asked when a deployment is created.

use leptos::prelude::*;

use super::state::Grid;
use crate::edit::Refusal;
use crate::edit::variables::{self as edit, ValueAt};
use crate::model::{ControlType, Prompt};
use crate::state::Derived;
use crate::ui::widgets::field::{FieldOptions, checkbox, select_field, text_field};
use crate::ui::widgets::live::when;

/// The controls that a prompt can have; others are for templates.
const CONTROLS: &[ControlType] = &[
    ControlType::SingleLine,
    ControlType::MultiLine,
    ControlType::Select,
    ControlType::Checkbox,
    ControlType::Sensitive,
    ControlType::AwsAccount,
    ControlType::AzureAccount,
    ControlType::GoogleAccount,
    ControlType::UsernamePassword,
    ControlType::GenericOidc,
    ControlType::Certificate,
    ControlType::WorkerPool,
];

/// The part of the inspector.
pub fn prompt(grid: Grid, at: &ValueAt) -> AnyView {
    let app = grid.app;
    let now = grid.of_value(at, |_, value| value.prompt.clone());
    let is_on = Derived::new(move || now.with(Option::is_some));
    let at = at.clone();
    let switch = {
        let at = at.clone();
        move |on: bool| app.run_or_tell(edit::set_prompt(at.clone(), on.then(Prompt::default)))
    };
    let form = when(move || is_on.get(), move || form(grid, at.clone(), now));
    view! {
        <section class="fieldset">
            <h3>"Prompt"</h3>
            {checkbox("Ask for it when a deployment is created", move || is_on.get(), switch)}
            {form}
        </section>
    }
    .into_any()
}

fn form(grid: Grid, at: ValueAt, now: Derived<Option<Prompt>>) -> AnyView {
    let app = grid.app;
    let at = StoredValue::new(at);
    let change = move |change: &dyn Fn(&mut Prompt)| -> Result<(), Refusal> {
        let mut prompt = now.get_untracked().unwrap_or_default();
        change(&mut prompt);
        app.run(edit::set_prompt(at.get_value(), Some(prompt)))
    };
    let read = move |read: fn(&Prompt) -> String| {
        move || now.with(|prompt| prompt.as_ref().map(read).unwrap_or_default())
    };
    let text = move |label: &'static str,
                     lines: u32,
                     help: &'static str,
                     get: fn(&Prompt) -> String,
                     set: fn(&mut Prompt, &str)| {
        let options = FieldOptions { lines, help, ..FieldOptions::default() };
        text_field(label, read(get), options, move |text: String| {
            change(&|prompt| set(prompt, &text))
        })
    };
    let is_select = Derived::new(move || {
        now.with(|prompt| {
            prompt.as_ref().is_some_and(|prompt| prompt.control == ControlType::Select)
        })
    });
    let controls =
        || CONTROLS.iter().map(|one| (one.word().to_owned(), one.label().to_owned())).collect();
    let pick = move |word: String| {
        if let Some(control) = ControlType::from_word(&word) {
            // A refusal was said already.
            change(&|prompt| prompt.control = control).ok();
        }
    };
    let options = when(
        move || is_select.get(),
        move || {
            text(
                "Options",
                3,
                "One a line: value|Label. Ctrl+Enter takes them.",
                |prompt| prompt.options.clone(),
                |prompt, text| text.clone_into(&mut prompt.options),
            )
        },
    );
    let required = move || now.with(|prompt| prompt.as_ref().is_some_and(|prompt| prompt.required));
    view! {
        {text("Label", 0, "", |prompt| prompt.label.clone(), |prompt, text| text.trim().clone_into(&mut prompt.label))}
        {text("Help", 2, "", |prompt| prompt.description.clone(), |prompt, text| text.clone_into(&mut prompt.description))}
        {select_field("Control", read(|prompt| prompt.control.word().to_owned()), controls, false, pick)}
        {options}
        {checkbox("An answer is required", required, move |on| { change(&|prompt| prompt.required = on).ok(); })}
    }
    .into_any()
}
