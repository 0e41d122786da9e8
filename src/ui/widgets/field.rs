//! Fields: label, control, help, error. What is typed is committed on leaving
//! the field or by Enter; Escape gives back what was. An error stays below the
//! field, with the text as typed, until it is mended.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::live::{flag, live, text, text_if};
use super::unique;
use crate::edit::{Edit, Refusal};
use crate::state::use_app;

/// Takes what was typed, or says why not.
pub type Commit = Arc<dyn Fn(String) -> Result<(), Refusal> + Send + Sync>;

/// How long one types on before a text is held against its rule.
const PAUSE: Duration = Duration::from_millis(250);

/// Says in `error` what `check` has against a text while it is typed: after a
/// pause, so that nobody is told off in the middle of a word; at once where an
/// error is shown, so that it goes as soon as it is mended. `is_current` says
/// whether a text is still what stands in the field.
pub fn as_typed(
    check: Commit,
    error: RwSignal<String>,
    is_current: impl Fn(&str) -> bool + Send + Sync + 'static,
) -> Arc<dyn Fn(String) + Send + Sync> {
    let app = use_app();
    let is_current = Arc::new(is_current);
    Arc::new(move |text: String| {
        let (check, is_current) = (Arc::clone(&check), Arc::clone(&is_current));
        let look = move || {
            if !is_current(&text) {
                return;
            }
            let says = check(text).err().map(|refusal| refusal.0).unwrap_or_default();
            if error.try_with_untracked(|error| *error != says) == Some(true) {
                if !says.is_empty() {
                    app.say(&says);
                }
                error.set(says);
            }
        };
        if error.try_with_untracked(String::is_empty) == Some(false) {
            look();
        } else {
            set_timeout(look, PAUSE);
        }
    })
}

/// How a field looks and behaves, beside its label and value.
#[derive(Debug, Clone, Default)]
pub struct FieldOptions {
    /// Help below it.
    pub help: &'static str,
    /// Shown while it is empty.
    pub placeholder: String,
    /// Whether it holds code.
    pub is_code: bool,
    /// How many lines it shows; 0 is a one-line field.
    pub lines: u32,
    /// Whether its label is for screen readers only, as in a table.
    pub is_cell: bool,
    /// Its element's id, where something must find it.
    pub id: Option<String>,
}

/// A field of text.
pub fn text_field(
    label: impl Into<String>,
    value: impl Fn() -> String + Send + Sync + 'static,
    options: FieldOptions,
    commit: impl Fn(String) -> Result<(), Refusal> + Send + Sync + 'static,
) -> AnyView {
    plain_text_field(label.into(), Signal::derive(value), options, Arc::new(commit), None)
}

/// A field of text that `make` makes an edit of. While one types, the edit is
/// tried on a copy, so that the rule of a name is said before it is broken.
pub fn edit_field(
    label: impl Into<String>,
    value: impl Fn() -> String + Send + Sync + 'static,
    options: FieldOptions,
    make: impl Fn(&str) -> Result<Edit, Refusal> + Send + Sync + 'static,
) -> AnyView {
    let (app, make) = (use_app(), Arc::new(make));
    let commit: Commit = {
        let make = Arc::clone(&make);
        Arc::new(move |text| app.run(make(&text).inspect_err(|refusal| app.say(&refusal.0))?))
    };
    let check: Commit = Arc::new(move |text| app.would_refuse(make(&text)?));
    plain_text_field(label.into(), Signal::derive(value), options, commit, Some(check))
}

fn plain_text_field(
    label: String,
    value: Signal<String>,
    options: FieldOptions,
    commit: Commit,
    check: Option<Commit>,
) -> AnyView {
    // The text as typed while it differs from the design's.
    let draft = RwSignal::new(None::<String>);
    let error = RwSignal::new(String::new());
    let id = options.id.clone().unwrap_or_else(|| unique("field"));
    let shown = text(move || draft.get().unwrap_or_else(|| value.get()));
    let finish = Arc::new(move || {
        // A page that is left takes the field away first; then there is nothing to take.
        let Some(text) = draft.try_get_untracked().flatten() else { return };
        if text == value.get_untracked() {
            draft.set(None);
            error.set(String::new());
            return;
        }
        match commit(text) {
            Ok(()) => {
                draft.set(None);
                error.set(String::new());
            }
            Err(refusal) => error.set(refusal.0),
        }
    });
    let on_blur = {
        let finish = Arc::clone(&finish);
        move |_| finish()
    };
    let is_multiline = options.lines > 0;
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" if !is_multiline || event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            finish();
        }
        "Escape" if draft.with_untracked(Option::is_some) => {
            event.prevent_default();
            event.stop_propagation();
            draft.set(None);
            error.set(String::new());
        }
        _ => {}
    };
    // The field may be gone by the time it is asked.
    let is_current = move |text: &str| {
        draft.try_with_untracked(|draft| draft.as_deref() == Some(text)).unwrap_or(false)
    };
    let look = check.map(|check| as_typed(check, error, is_current));
    let on_input = move |text: String| {
        draft.set(Some(text.clone()));
        match &look {
            // What is back as it was is right.
            Some(_) if text == value.get_untracked() => error.set(String::new()),
            Some(look) => look(text),
            None => {}
        }
    };
    let help_id = format!("{id}-help");
    let error_id = format!("{id}-error");
    let has_help = !options.help.is_empty();
    let described = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        text_if(move || match (error.with(String::is_empty), has_help) {
            (false, _) => Some(error_id.clone()),
            (true, true) => Some(help_id.clone()),
            (true, false) => None,
        })
    };
    let is_wrong = text_if(move || (!error.with(String::is_empty)).then(|| "true".to_owned()));
    let has_no_error = flag(move || error.with(String::is_empty));
    let look = options.is_cell.then_some("cell");
    let mono = options.is_code.then_some("");
    let control = if is_multiline {
        view! {
            <textarea
                id=id.clone()
                class="input"
                data-mono=mono
                data-look=look
                rows=options.lines
                spellcheck=(!options.is_code).to_string()
                placeholder=options.placeholder
                aria-describedby=described
                aria-invalid=is_wrong
                prop:value=shown
                on:input:target=move |event| on_input(event.target().value())
                on:blur=on_blur
                on:keydown=on_key
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                id=id.clone()
                type="text"
                class="input"
                data-mono=mono
                data-look=look
                spellcheck="false"
                autocomplete="off"
                placeholder=options.placeholder
                aria-describedby=described
                aria-invalid=is_wrong
                prop:value=shown
                on:input:target=move |event| on_input(event.target().value())
                on:blur=on_blur
                on:keydown=on_key
            />
        }
        .into_any()
    };
    let label_class = if options.is_cell { "unseen" } else { "field__label" };
    view! {
        <div class="field">
            <label class=label_class for=id>{label}</label>
            {control}
            {has_help.then(|| view! { <p class="field__help" id=help_id>{options.help}</p> })}
            <p class="field__error" id=error_id hidden=has_no_error>{error}</p>
        </div>
    }
    .into_any()
}

/// A choice among a few, as the browser's own list. Options are (value, label).
pub fn select_field(
    label: impl Into<String>,
    value: impl Fn() -> String + Send + Sync + 'static,
    options: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static,
    is_cell: bool,
    on_pick: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    plain_select(
        label.into(),
        Signal::derive(value),
        Signal::derive(options),
        is_cell,
        Arc::new(on_pick),
    )
}

fn plain_select(
    label: String,
    value: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    is_cell: bool,
    on_pick: Arc<dyn Fn(String) + Send + Sync>,
) -> AnyView {
    let id = unique("select");
    let label_class = if is_cell { "unseen" } else { "field__label" };
    let items = live(move || {
        let now = value.get();
        let items: Vec<_> = options
            .get()
            .into_iter()
            .map(|(value, label)| {
                let is_chosen = value == now;
                view! { <option value=value selected=is_chosen>{label}</option> }.into_any()
            })
            .collect();
        items.into_any()
    });
    view! {
        <div class="field">
            <label class=label_class for=id.clone()>{label}</label>
            <select
                id=id
                class="input"
                data-look=is_cell.then_some("cell")
                prop:value=value
                on:change:target=move |event| on_pick(event.target().value())
            >
                {items}
            </select>
        </div>
    }
    .into_any()
}

/// A field that filters what stands below it, with every key. `size` is the
/// class that says how wide it is.
pub fn search_field(
    size: &'static str,
    label: &'static str,
    placeholder: &'static str,
    value: impl Fn() -> String + Send + Sync + 'static,
    on_input: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <div class=["search ", size].concat()>
            {icon(Icon::Search)}
            <input
                class="input"
                type="search"
                autocomplete="off"
                aria-label=label
                placeholder=placeholder
                prop:value=text(value)
                on:input:target=move |event| on_input(event.target().value())
            />
        </div>
    }
    .into_any()
}

/// A checkbox with its words beside it.
pub fn checkbox(
    label: impl Into<String>,
    is_on: impl Fn() -> bool + Send + Sync + 'static,
    on_change: impl Fn(bool) + Send + Sync + 'static,
) -> AnyView {
    plain_checkbox(label.into(), Signal::derive(is_on), Box::new(on_change))
}

fn plain_checkbox(
    label: String,
    is_on: Signal<bool>,
    on_change: Box<dyn Fn(bool) + Send + Sync>,
) -> AnyView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=is_on
                on:change:target=move |event| on_change(event.target().checked())
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// A choice among two to four, all seen at once. Pattern: radio group.
pub fn segments(
    label: impl Into<String>,
    options: Vec<(String, String)>,
    value: impl Fn() -> String + Send + Sync + 'static,
    on_pick: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    plain_segments(label.into(), options, Signal::derive(value), Arc::new(on_pick))
}

fn plain_segments(
    label: String,
    options: Vec<(String, String)>,
    value: Signal<String>,
    on_pick: Arc<dyn Fn(String) + Send + Sync>,
) -> AnyView {
    let name = unique("segments");
    let items: Vec<_> = options
        .into_iter()
        .map(|(word, text)| {
            let on_pick = Arc::clone(&on_pick);
            let (mine, picked) = (word.clone(), word);
            view! {
                <label>
                    <input
                        type="radio"
                        name=name.clone()
                        prop:checked=flag(move || value.get() == mine)
                        on:change=move |_| on_pick(picked.clone())
                    />
                    {text}
                </label>
            }
            .into_any()
        })
        .collect();
    view! { <div class="segments" role="radiogroup" aria-label=label>{items}</div> }.into_any()
}
