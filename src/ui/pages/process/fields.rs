//! A field of a form by its control. One function for all forms.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::Desk;
use crate::edit::Refusal;
use crate::state::Derived;
use crate::ui::widgets::button::icon_button;
use crate::ui::widgets::field::{FieldOptions, checkbox, edit_field, select_field};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live_text, press, when};
use crate::ui::widgets::picker::{PickOption, picker};
use crate::view::process::{Control, Field};

/// The field of the form of `address` that `field` tells of.
pub fn field(desk: Desk, address: String, field: Derived<Option<Field>>) -> AnyView {
    let Some(start) = field.get_untracked() else { return ().into_any() };
    let key = start.key.clone();
    let value =
        move || field.with(|field| field.as_ref().map(|one| one.value.clone()).unwrap_or_default());
    let set: Arc<dyn Fn(String) -> Result<(), Refusal> + Send + Sync> = {
        let (address, key) = (address.clone(), key.clone());
        Arc::new(move |text: String| desk.set(&address, &key, &text))
    };
    let label = start.label.clone();
    let control = match &start.control {
        Control::Text | Control::Code | Control::Lines(_) | Control::Adder => {
            let lines = if let Control::Lines(lines) = start.control { lines } else { 0 };
            let options = FieldOptions {
                help: start.help,
                placeholder: start.placeholder.clone(),
                is_code: matches!(start.control, Control::Code),
                lines,
                ..FieldOptions::default()
            };
            edit_field(label, value, options, move |text| Ok(desk.setting(&address, &key, text)))
        }
        Control::Check => view! {
            {checkbox(label, move || value() == "True", move |is_on| {
                set(if is_on { "True" } else { "False" }.to_owned()).ok();
            })}
            {help(start.help)}
        }
        .into_any(),
        Control::Select(_) => view! {
            {select_field(label, value, move || options_of(field), false, move |word| {
                set(word).ok();
            })}
            {help(start.help)}
        }
        .into_any(),
        Control::Pick(_, adds) | Control::PickOne(_, adds) => {
            let is_one = matches!(start.control, Control::PickOne(..));
            view! {
                {picker(
                    label,
                    move || choices_of(field),
                    move || value().lines().map(str::to_owned).collect(),
                    start.placeholder.clone(),
                    *adds,
                    false,
                    move |picked: Vec<String>| {
                        let text = match picked.last() {
                            Some(last) if is_one => last.clone(),
                            _ => picked.join("\n"),
                        };
                        set(text).ok();
                    },
                )}
                {help(start.help)}
            }
            .into_any()
        }
        Control::Script => {
            let key = key.strip_prefix("property:").unwrap_or_default().to_owned();
            let word = if key.is_empty() { "Show script" } else { "Edit script" };
            view! {
                <div class="field form__script">
                    <span class="field__label">{label}</span>
                    <span class="muted small">{live_text(value)}</span>
                    <button
                        type="button"
                        class="button"
                        data-look="plain"
                        on:click=press(move || desk.script.set(Some((address.clone(), key.clone()))))
                    >
                        {icon(Icon::Script)}{word}
                    </button>
                </div>
                {help(start.help)}
            }
            .into_any()
        }
        Control::Part => {
            let name = format!("Remove {label}");
            view! {
                <div class="form__part">
                    <h4>{label}</h4>
                    {icon_button(Icon::Trash, move || name.clone(), "", || false, move || {
                        set(String::new()).ok();
                    })}
                </div>
            }
            .into_any()
        }
        Control::Button => view! {
            <button type="button" class="button form__button" data-look="plain" on:click=press(move || {
                set(String::new()).ok();
            })>
                {icon(Icon::Plus)}{label}
            </button>
        }
        .into_any(),
        Control::Note => view! { <p class="muted small">{label}</p> }.into_any(),
    };
    let is_missing = move || field.with(|field| field.as_ref().is_some_and(|one| one.is_missing));
    view! {
        <div class="form__field">
            {control}
            {when(is_missing, || view! {
                <p class="mark" data-severity="warning">{icon(Icon::Warning)}"Octopus needs this."</p>
            }.into_any())}
        </div>
    }
    .into_any()
}

fn help(text: &'static str) -> AnyView {
    (!text.is_empty()).then(|| view! { <p class="field__help">{text}</p> }).into_any()
}

fn options_of(field: Derived<Option<Field>>) -> Vec<(String, String)> {
    field.with(|field| match field {
        Some(Field { control: Control::Select(all), value, .. }) => {
            let mut all = all.clone();
            // What an import brought is shown, even if nobody offers it.
            if !all.iter().any(|(word, _)| word.eq_ignore_ascii_case(value)) {
                all.push((value.clone(), value.clone()));
            }
            all
        }
        _ => Vec::new(),
    })
}

fn choices_of(field: Derived<Option<Field>>) -> Vec<PickOption> {
    field.with(|field| match field {
        Some(Field { control: Control::Pick(all, _) | Control::PickOne(all, _), .. }) => all
            .iter()
            .map(|one| PickOption {
                value: one.value.clone(),
                label: one.label.clone(),
                group: one.group,
                hue: one.hue,
            })
            .collect(),
        _ => Vec::new(),
    })
}
