//! The script of a step in a wide dialog: to write, or as Pulpo writes it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::edit::steps;
use crate::highlight::{self, Kind, Piece};
use crate::platform::files;
use crate::state::{follow, follow_from};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::code::{Highlight, code_editor, code_view};
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::icon::Icon;
use crate::view::process as derived;

/// Opens the main script of `address`.
pub fn open(desk: Desk, address: &str) {
    let owner = desk.owner();
    let key = desk
        .app
        .peek(|design| derived::script(design, &owner, address))
        .map(|script| script.key.to_owned());
    desk.script.set(key.map(|key| (address.to_owned(), key)));
}

/// The dialog.
pub fn script(desk: Desk) -> AnyView {
    let is_open = RwSignal::new(false);
    follow(move || is_open.set(desk.script.with(Option::is_some)));
    follow_from(move |was_open: Option<bool>| {
        let open = is_open.get();
        if was_open == Some(true) && !open {
            desk.script.set(None);
        }
        open
    });
    dialog(is_open, "Script", true, move || match desk.script.get_untracked() {
        Some((address, key)) if key.is_empty() => written(desk, address),
        Some((address, key)) => editor(desk, address, key),
        None => ().into_any(),
    })
}

fn plain(text: &str) -> Vec<Piece> {
    vec![Piece { kind: Kind::Plain, end: text.len() }]
}

fn copy_button(desk: Desk, text: impl Fn() -> String + 'static) -> AnyView {
    button(Look::Plain, Some(Icon::Copy), "Copy script", move || {
        let text = text();
        spawn_local(async move {
            match files::copy(&text).await {
                Ok(()) => desk.app.tell("Script copied."),
                Err(failure) => desk.app.tell(format!("Not copied. {failure}")),
            }
        });
    })
}

fn written(desk: Desk, address: String) -> AnyView {
    let owner = desk.owner();
    let of = address.clone();
    let text = desk.app.memo(move |design| {
        derived::script(design, &owner, &of).map(|script| script.text).unwrap_or_default()
    });
    let detach = move || {
        let owner = desk.owner();
        let edit = desk.app.peek(|design| derived::detach(design, &owner, &address));
        if let Some(edit) = edit {
            desk.script.set(None);
            desk.app.run_with_undo(edit);
        }
    };
    view! {
        <p class="script__lead">
            "Pulpo writes this script from the step's settings. Turned into a script step, it is \
             yours to change, and Pulpo no longer keeps it in step with the settings."
        </p>
        <div class="script__tools">
            {copy_button(desk, move || text.get_untracked())}
            {button(Look::Plain, Some(Icon::Script), "Turn into a script step", detach)}
        </div>
        {code_view("The script Pulpo writes", move || text.get(), highlight::bash)}
    }
    .into_any()
}

fn editor(desk: Desk, address: String, key: String) -> AnyView {
    let owner = desk.owner();
    let (of, name) = (address.clone(), key.clone());
    let text = desk.app.memo(move |design| {
        let action = steps::process(design, &owner)
            .and_then(|process| steps::action_of(process, steps::find(process, &of)?));
        action.map(|action| action.properties.text(&name).to_owned()).unwrap_or_default()
    });
    let owner = desk.owner();
    let is_bash = key.ends_with(".sh")
        || desk
            .app
            .peek(|design| derived::script(design, &owner, &address))
            .is_some_and(|script| script.is_bash);
    let colours: Highlight = if is_bash { highlight::bash } else { plain };
    let field = format!("property:{key}");
    let commit = move |text: String| {
        desk.set(&address, &field, &text).ok();
    };
    view! {
        <div class="script__tools">{copy_button(desk, move || text.get_untracked())}</div>
        {code_editor("Script", move || text.get(), colours, commit)}
    }
    .into_any()
}
