//! The last row, always empty: name, Tab, value, Tab, scope, Enter, and the
//! next one. A name that is there already gets one more value.

use std::sync::Arc;

use leptos::prelude::*;

use super::editor::pick_options;
use super::state::Grid;
use crate::edit::{Refusal, variables as edit};
use crate::model::{Scope, ValueId, VariableId, VariableName};
use crate::platform::focus;
use crate::state::{Derived, follow_from};
use crate::ui::widgets::button::icon_button;
use crate::ui::widgets::field::{as_typed, select_field};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{flag, live, text as attribute, text_if};
use crate::ui::widgets::picker::picker;
use crate::view::variables::{choices, key, scope_of, scope_options};

/// The id of the field for the name.
pub const NAME_ID: &str = "new-variable-name";

/// The row.
pub fn entry(grid: Grid) -> AnyView {
    let app = grid.app;
    let name = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    let scope = RwSignal::new(Vec::<String>::new());
    let options = Derived::new(move || {
        let owner = grid.tab.get();
        app.read(|design| pick_options(&scope_options(design, &owner, &Scope::default())))
    });
    // In another tab a scope may say what can't be said there.
    follow_from(move |before: Option<()>| {
        grid.tab.track();
        if before.is_some() {
            scope.set(Vec::new());
        }
    });
    let known = Derived::new(move || {
        let (owner, typed) = (grid.tab.get(), name.get());
        app.read(|design| edit::find_name(design, &owner, &typed).map(|one| one.name.to_string()))
    });
    // What can be chosen, where the other values of the name are no texts; with
    // the label of their type.
    let chosen = Derived::new(move || {
        let (owner, typed) = (grid.tab.get(), name.get());
        app.read(|design| {
            let content = edit::next_content(design, &owner, &typed);
            choices(design, &content).map(|choices| (content.label(), choices))
        })
    });
    // Another kind of value holds something else; above all no text is a secret.
    let is_text = Derived::new(move || chosen.with(Option::is_none));
    follow_from(move |before: Option<bool>| {
        let now = is_text.get();
        if before.is_some_and(|before| before != now) {
            value.set(String::new());
        }
        now
    });
    let error = RwSignal::new(String::new());
    let look = {
        let check = Arc::new(move |text: String| {
            if text.trim().is_empty() {
                return Ok(());
            }
            let name = VariableName::parse(text.trim());
            name.map(drop).map_err(|error| Refusal(error.rule))
        });
        as_typed(check, error, move |now| {
            name.try_with_untracked(|name| name == now).unwrap_or(false)
        })
    };
    let add = Arc::new(move || {
        let typed = name.get_untracked();
        if typed.trim().is_empty() {
            if !value.with_untracked(String::is_empty)
                || scope.with_untracked(|scope| !scope.is_empty())
            {
                app.tell("Type the variable's name first.");
            }
            focus::focus_soon(NAME_ID);
            return;
        }
        let ids = (VariableId::parse(&app.new_id("var")), ValueId::parse(&app.new_id("value")));
        let (Ok(variable), Ok(id)) = ids else { return };
        let owner = grid.tab.get_untracked();
        let (held, scoped) = (value.get_untracked(), scope.with_untracked(|codes| scope_of(codes)));
        let edit = edit::add_next(owner.clone(), &typed, &held, scoped, variable, id.clone());
        if app.run(edit).is_ok() {
            app.say(&format!("Added {}", typed.trim()));
            name.set(String::new());
            error.set(String::new());
            value.set(String::new());
            scope.set(Vec::new());
            let added = app.peek(|design| {
                edit::find_name(design, &owner, &typed).map(|one| key(one.id.as_str(), id.as_str()))
            });
            focus::focus_soon(NAME_ID);
            // Once the row is there.
            request_animation_frame(move || {
                if let Some(key) = added {
                    grid.reveal(&key);
                }
            });
        } else {
            focus::focus_soon(NAME_ID);
        }
    });
    let on_key = {
        let add = Arc::clone(&add);
        move |event: web_sys::KeyboardEvent| {
            let is_new_line = event.alt_key() || event.shift_key();
            if event.key() == "Enter"
                && !event.default_prevented()
                && !is_new_line
                && !on_button(&event)
            {
                event.prevent_default();
                add();
            }
        }
    };
    let hint = live(move || match known.get() {
        None => ().into_any(),
        Some(known) => {
            let kind = chosen.with(|chosen| chosen.as_ref().map(|(label, _)| *label));
            let kind = kind.map_or_else(String::new, |kind| format!(", {kind}"));
            view! { <span class="vars__hint">{format!("Adds a value to {known}{kind}")}</span> }
                .into_any()
        }
    });
    let lines =
        attribute(move || value.with(|text| text.split('\n').count().clamp(1, 6)).to_string());
    let held = live(move || {
        if !is_text.get() {
            return select_field(
                "New variable's value",
                move || value.get(),
                move || chosen.get().map(|(_, choices)| choices).unwrap_or_default(),
                true,
                move |picked| value.set(picked),
            );
        }
        view! {
            <textarea
                class="input vars__input"
                data-mono=""
                rows=lines
                spellcheck="false"
                autocomplete="off"
                aria-label="New variable's value"
                placeholder="Value"
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
        }
        .into_any()
    });
    view! {
        <div class="vars__row vars__entry" role="group" aria-label="New variable" on:keydown=on_key>
            <div class="vars__cell">
                <input
                    id=NAME_ID
                    class="input"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label="New variable's name"
                    placeholder="New variable"
                    aria-invalid=text_if(move || (!error.with(String::is_empty)).then(|| "true".to_owned()))
                    aria-describedby="new-variable-error"
                    prop:value=name
                    on:input:target=move |event| {
                        name.set(event.target().value());
                        look(event.target().value());
                    }
                />
                {hint}
                <p class="field__error" id="new-variable-error" hidden=flag(move || error.with(String::is_empty))>
                    {error}
                </p>
            </div>
            <div class="vars__cell">
                {held}
            </div>
            <div class="vars__cell vars__field">
                {picker(
                    "New variable's scope",
                    move || options.get(),
                    move || scope.get(),
                    "Everywhere",
                    false,
                    true,
                    move |codes| scope.set(codes),
                )}
            </div>
            <div class="vars__cell vars__actions">
                {icon_button(Icon::Plus, || "Add variable".to_owned(), "", || false, move || add())}
            </div>
        </div>
    }
    .into_any()
}

/// Whether a button has the key: it acts by itself.
fn on_button(event: &web_sys::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.tag_name() == "BUTTON")
}
