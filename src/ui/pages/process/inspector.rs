//! The inspector: the form of the open step, laid out from plain data.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::Desk;
use super::fields;
use super::menu::moves;
use crate::state::Derived;
use crate::ui::widgets::button::icon_button;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, live_text};
use crate::ui::widgets::menu::live_menu;
use crate::ui::widgets::rows::rows;
use crate::ui::widgets::side::side;
use crate::view::process::{Field, Form, form};

/// The inspector, while a step is open.
pub fn inspector(desk: Desk) -> AnyView {
    let owner = desk.owner();
    let form = Derived::new(move || {
        let selected = desk.selected.get();
        if selected.is_empty() {
            return None;
        }
        desk.app.read(|design| form(design, &owner, &selected))
    });
    // Another step is another form; the same one keeps its fields.
    let address = Derived::new(move || {
        form.with(Option::is_some).then(|| desk.address(&desk.selected.get()))
    });
    live(move || {
        let Some(address) = address.get() else { return ().into_any() };
        let title = move || {
            form.with(|form| form.as_ref().map(|form| form.title.clone()).unwrap_or_default())
        };
        side(title, move || desk.close(), body(desk, address, form))
    })
}

fn body(desk: Desk, address: String, form: Derived<Option<Form>>) -> AnyView {
    let kind =
        move || form.with(|form| form.as_ref().map(|form| form.kind.clone()).unwrap_or_default());
    let titles = move || {
        form.with(|form| {
            let sections = form.as_ref().map(|form| form.sections.as_slice()).unwrap_or_default();
            sections.iter().map(|section| section.title.to_owned()).collect::<Vec<_>>()
        })
    };
    let of = address.clone();
    view! {
        <p class="muted small" id="step-form" tabindex="-1">{live_text(kind)}</p>
        {tools(desk, address)}
        {rows(titles, move |title| section(desk, of.clone(), form, title))}
    }
    .into_any()
}

fn tools(desk: Desk, address: String) -> AnyView {
    let moved = address.clone();
    let move_menu = live_menu(
        "Move step",
        || view! { "Move"{icon(Icon::Down)} }.into_any(),
        "plain",
        move || Arc::new(moves(desk, &moved)),
    );
    let (copied, switched, deleted, asked) =
        (address.clone(), address.clone(), address.clone(), address);
    let word = move || {
        // Said anew after each edit.
        desk.rows.with(|_| ());
        if desk.is_disabled(&asked) { "Enable step" } else { "Disable step" }.to_owned()
    };
    view! {
        <div class="step__tools" role="group" aria-label="Step">
            {move_menu}
            {icon_button(Icon::Copy, || "Duplicate step".to_owned(), "", || false, move || desk.duplicate(&copied))}
            {icon_button(Icon::Power, word, "", || false, move || desk.switch(&switched))}
            {icon_button(Icon::Trash, || "Delete step".to_owned(), "", || false, move || desk.delete(&deleted))}
        </div>
    }
    .into_any()
}

/// What tells the fields of a section apart: a part of another name under the
/// same key is another field.
fn identity(field: &Field) -> String {
    format!("{}\n{}", field.key, field.label)
}

fn section(desk: Desk, address: String, form: Derived<Option<Form>>, title: String) -> AnyView {
    let is_head = title.is_empty();
    let heading = title.clone();
    let fields = Derived::new(move || {
        form.with(|form| {
            let sections = form.as_ref().map(|form| form.sections.as_slice()).unwrap_or_default();
            let found = sections.iter().find(|section| section.title == title);
            found.map(|section| section.fields.clone()).unwrap_or_default()
        })
    });
    let keys = move || fields.with(|fields| fields.iter().map(identity).collect());
    let inside = rows(keys, move |key| {
        let own = Derived::new(move || {
            fields.with(|fields| fields.iter().find(|field| identity(field) == key).cloned())
        });
        fields::field(desk, address.clone(), own)
    });
    if is_head {
        return view! { <div class="form__head">{inside}</div> }.into_any();
    }
    view! { <section class="form"><h3>{heading}</h3>{inside}</section> }.into_any()
}
