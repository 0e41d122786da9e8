//! A cell while it is edited: a text, a choice, or the picker of a scope.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::state::{Grid, NAME, SCOPE, VALUE};
use crate::edit::variables::{self as edit, ValueAt};
use crate::edit::{Edit, Refusal};
use crate::model::{AccountId, CertificateId, Design, VariableContent, WorkerPoolId};
use crate::ui::widgets::field::{as_typed, select_field};
use crate::ui::widgets::live::{flag, text as attribute, text_if};
use crate::ui::widgets::picker::{PickOption, picker};
use crate::ui::widgets::unique;
use crate::view::variables::{
    DIMENSIONS, choice_of, choices, scope_codes, scope_of, scope_options,
};

/// The value of the choice that asks for a new account, certificate or pool.
const NEW: &str = "+";

/// The editor of the cell in `column` of the row `key`.
pub fn editor(grid: Grid, key: &str, column: usize) -> AnyView {
    let Some(row) = grid.row(key) else { return ().into_any() };
    let Some(at) = row.at() else { return ().into_any() };
    let name = row.variable.name.to_string();
    let value = row.value().map(|value| value.content.clone());
    match (column, value) {
        (NAME, _) => {
            let (owner, id) = (row.owner.clone(), row.variable.id.clone());
            let commit = move |text: &str| edit::rename(owner.clone(), id.clone(), text);
            text(grid, key, NAME, format!("Name of {name}"), name, Arc::new(commit))
        }
        (VALUE, Some(VariableContent::Text(content))) => {
            let commit = move |text: &str| edit::set_text(at.clone(), text);
            text(grid, key, VALUE, format!("Value of {name}"), content.text, Arc::new(commit))
        }
        (VALUE, Some(_)) => {
            around(grid, key, VALUE, choice(grid, at, format!("Value of {name}"), true))
        }
        (SCOPE, _) => around(grid, key, SCOPE, scope(grid, at, format!("Scope of {name}"))),
        _ => ().into_any(),
    }
}

/// Goes on from a cell after Enter or Tab; says whether the key was one of them.
fn leave(grid: Grid, key: &str, column: usize, event: &web_sys::KeyboardEvent) -> bool {
    let Some(index) = grid.position(key) else { return false };
    match (event.key().as_str(), event.shift_key()) {
        ("Enter", back) => {
            let to = if back { index.saturating_sub(1) } else { index + 1 };
            let next = grid.key_at(to).unwrap_or_else(|| key.to_owned());
            grid.end_edit(&next, column);
        }
        ("Tab", false) => grid.end_edit(key, (column + 1).min(super::state::ACTIONS)),
        ("Tab", true) => grid.end_edit(key, column.saturating_sub(1)),
        ("Escape", _) => grid.end_edit(key, column),
        _ => return false,
    }
    event.prevent_default();
    event.stop_propagation();
    true
}

/// A text of one or more lines; Enter takes it, Alt+Enter is a new line.
fn text(
    grid: Grid,
    key: &str,
    column: usize,
    label: String,
    start: String,
    commit: Arc<dyn Fn(&str) -> Edit + Send + Sync>,
) -> AnyView {
    let typed =
        grid.editing.with_untracked(|editing| editing.as_ref().and_then(|one| one.2.clone()));
    let draft = RwSignal::new(typed.unwrap_or_else(|| start.clone()));
    let error = RwSignal::new(String::new());
    let is_done = RwSignal::new(false);
    let error_id = unique("cell-error");
    let look = (column == NAME).then(|| {
        let (commit, app) = (Arc::clone(&commit), grid.app);
        let check = Arc::new(move |text: String| app.would_refuse(commit(&text)));
        as_typed(check, error, move |now| {
            let is_open = !is_done.try_get_untracked().unwrap_or(true);
            is_open && draft.try_with_untracked(|draft| draft == now).unwrap_or(false)
        })
    });
    let finish = Arc::new(move || -> Result<(), Refusal> {
        // Leaving the page takes the cell away first; then there is nothing to take.
        let Some(text) = draft.try_get_untracked() else { return Ok(()) };
        if is_done.try_get_untracked().unwrap_or(true) || text == start {
            return Ok(());
        }
        let result = grid.app.run(commit(&text));
        error.set(result.as_ref().err().map(|refusal| refusal.0.clone()).unwrap_or_default());
        result
    });
    let on_key = {
        let (finish, key) = (Arc::clone(&finish), key.to_owned());
        move |event: web_sys::KeyboardEvent| match event.key().as_str() {
            "Enter" if event.alt_key() => {
                event.prevent_default();
                if column == VALUE {
                    draft.update(|text| text.push('\n'));
                }
            }
            "Enter" | "Tab" => {
                if finish().is_err() {
                    event.prevent_default();
                } else {
                    is_done.set(true);
                    leave(grid, &key, column, &event);
                }
            }
            "Escape" => {
                is_done.set(true);
                leave(grid, &key, column, &event);
            }
            _ => {}
        }
    };
    let on_blur = {
        let key = key.to_owned();
        move |_| {
            if !is_done.try_get_untracked().unwrap_or(true) {
                finish().ok();
                is_done.set(true);
                // Another cell may be edited already.
                grid.editing.update(|editing| {
                    if editing.as_ref().is_some_and(|one| one.0 == key && one.1 == column) {
                        *editing = None;
                    }
                });
            }
        }
    };
    let lines =
        attribute(move || draft.with(|text| text.split('\n').count().clamp(1, 8)).to_string());
    view! {
        <textarea
            class="input vars__input"
            data-mono=(column == VALUE).then_some("")
            rows=lines
            spellcheck="false"
            autocomplete="off"
            aria-label=label
            aria-invalid=text_if(move || (!error.with(String::is_empty)).then(|| "true".to_owned()))
            aria-describedby=error_id.clone()
            prop:value=draft
            on:input:target=move |event| {
                draft.set(event.target().value());
                if let Some(look) = &look {
                    look(event.target().value());
                }
            }
            on:keydown=on_key
            on:blur=on_blur
        ></textarea>
        <p class="field__error vars__error" id=error_id hidden=flag(move || error.with(String::is_empty))>
            {error}
        </p>
    }
    .into_any()
}

/// A field with the cell's keys around it; leaving it ends the edit.
fn around(grid: Grid, key: &str, column: usize, field: AnyView) -> AnyView {
    let own = key.to_owned();
    let on_key = move |event: web_sys::KeyboardEvent| {
        if !event.default_prevented() {
            leave(grid, &own, column, &event);
        }
    };
    let own = key.to_owned();
    let on_leave = move |event: web_sys::FocusEvent| {
        let node = |target: Option<web_sys::EventTarget>| {
            target.and_then(|target| target.dyn_into::<web_sys::Node>().ok())
        };
        let (here, there) = (node(event.current_target()), node(event.related_target()));
        if here.is_some_and(|here| !here.contains(there.as_ref())) {
            grid.editing.update(|editing| {
                if editing.as_ref().is_some_and(|one| one.0 == own && one.1 == column) {
                    *editing = None;
                }
            });
        }
    };
    view! { <div class="vars__field" on:keydown=on_key on:focusout=on_leave>{field}</div> }
        .into_any()
}

/// What can be chosen for a value that is not typed, with the chance to add
/// one by its name.
pub fn choice(grid: Grid, at: ValueAt, label: String, is_cell: bool) -> AnyView {
    let app = grid.app;
    let content = |design: &Design, at: &ValueAt| {
        edit::find(design, at).map(|(_, value)| value.content.clone())
    };
    let now = {
        let at = at.clone();
        app.memo(move |design| content(design, &at).as_ref().map(choice_of).unwrap_or_default())
    };
    let options = {
        let at = at.clone();
        app.memo(move |design| {
            let content = content(design, &at);
            let mut all =
                content.as_ref().and_then(|content| choices(design, content)).unwrap_or_default();
            if let Some(word) = content.as_ref().and_then(noun) {
                all.push((NEW.to_owned(), format!("Add {word}…")));
            }
            all
        })
    };
    select_field(
        label,
        move || now.get(),
        move || options.get(),
        is_cell,
        move |picked| {
            let Some(content) = app.peek(|design| content(design, &at)) else { return };
            match (&content, picked.as_str()) {
                (VariableContent::Sensitive(_), _) => {
                    grid.run(edit::set_secret(at.clone(), !picked.is_empty()));
                }
                (_, NEW) => ask_new(grid, at.clone(), &content),
                _ => grid.run(edit::choose(at.clone(), &picked)),
            }
        },
    )
}

/// What can be added for a content, with its article.
fn noun(content: &VariableContent) -> Option<&'static str> {
    match content {
        VariableContent::Text(_) | VariableContent::Sensitive(_) => None,
        VariableContent::Certificate(_) => Some("a certificate"),
        VariableContent::WorkerPool(_) => Some("a worker pool"),
        _ => Some("an account"),
    }
}

fn ask_new(grid: Grid, at: ValueAt, content: &VariableContent) {
    let app = grid.app;
    let id = app.new_id("new");
    let ask = |title, make: Box<dyn Fn(&str) -> Edit + Send + Sync>| {
        app.ask_edit(title, "Its name in Octopus", String::new(), make, || ());
    };
    match content {
        VariableContent::Certificate(_) => {
            let Ok(id) = CertificateId::parse(&id) else { return };
            let make = move |name: &str| edit::add_certificate(at.clone(), id.clone(), name);
            ask("Add a certificate", Box::new(make));
        }
        VariableContent::WorkerPool(_) => {
            let Ok(id) = WorkerPoolId::parse(&id) else { return };
            let make = move |name: &str| edit::add_pool(at.clone(), id.clone(), name);
            ask("Add a worker pool", Box::new(make));
        }
        _ => {
            let Ok(id) = AccountId::parse(&id) else { return };
            let make = move |name: &str| edit::add_account(at.clone(), id.clone(), name);
            ask("Add an account", Box::new(make));
        }
    }
}

/// The picker of a scope over all dimensions.
fn scope(grid: Grid, at: ValueAt, label: String) -> AnyView {
    let app = grid.app;
    let now = grid.of_value(&at, |_, value| scope_codes(&value.scope));
    let owner = at.owner.clone();
    let options = app.memo(move |design| {
        let scope = scope_of(&now.get());
        pick_options(&scope_options(design, &owner, &scope))
    });
    picker(
        label,
        move || options.get(),
        move || now.get(),
        "Everywhere",
        false,
        true,
        move |codes| grid.run(edit::set_scope(at.clone(), scope_of(&codes))),
    )
}

/// Chips as options of a picker.
pub fn pick_options(chips: &[crate::view::variables::Chip]) -> Vec<PickOption> {
    chips
        .iter()
        .map(|chip| PickOption {
            value: chip.code.clone(),
            label: chip.label.clone(),
            group: DIMENSIONS.get(chip.dimension).map_or("", |(_, label)| *label),
            hue: chip.hue,
        })
        .collect()
}
