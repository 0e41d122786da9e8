//! The inspector: the form of the open step, laid out from plain data.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::Desk;
use super::fields;
use super::pipeline::moves;
use crate::ui::widgets::button::icon_button;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::menu::live_menu;
use crate::ui::widgets::side::side;
use crate::view::process::{Form, form};

/// The inspector, while a step is open.
pub fn inspector(desk: Desk) -> AnyView {
    let owner = desk.owner();
    let form = Memo::new(move |_| {
        let selected = desk.selected.get();
        if selected.is_empty() {
            return None;
        }
        desk.app.read(|design| form(design, &owner, &selected))
    });
    // Another step is another form; the same one keeps its fields.
    let address =
        Memo::new(move |_| form.with(Option::is_some).then(|| desk.address(&desk.selected.get())));
    view! {
        {move || address.get().map(|address| {
            let title = move || form.with(|form| form.as_ref().map(|form| form.title.clone()).unwrap_or_default());
            side(title, move || desk.close(), body(desk, address, form))
        })}
    }
    .into_any()
}

fn body(desk: Desk, address: String, form: Memo<Option<Form>>) -> AnyView {
    let kind =
        move || form.with(|form| form.as_ref().map(|form| form.kind.clone()).unwrap_or_default());
    let titles = move || {
        form.with(|form| {
            let sections = form.as_ref().map(|form| form.sections.as_slice()).unwrap_or_default();
            sections.iter().map(|section| section.title).collect::<Vec<_>>()
        })
    };
    let of = address.clone();
    let section = move |title: &'static str| section(desk, of.clone(), form, title);
    view! {
        <p class="muted small" id="step-form" tabindex="-1">{kind}</p>
        {tools(desk, address)}
        <For each=titles key=|title| *title children=section/>
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
    let is_off = move || {
        // Said anew after each edit.
        desk.rows.track();
        desk.is_disabled(&asked)
    };
    let word = move || if is_off() { "Enable step" } else { "Disable step" }.to_owned();
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

fn section(desk: Desk, address: String, form: Memo<Option<Form>>, title: &'static str) -> AnyView {
    let keys = move || {
        form.with(|form| {
            let sections = form.as_ref().map(|form| form.sections.as_slice()).unwrap_or_default();
            let found = sections.iter().find(|section| section.title == title);
            let fields = found.map(|section| section.fields.as_slice()).unwrap_or_default();
            // A part of another name under the same key is another field.
            fields.iter().map(|field| (field.key.clone(), field.label.clone())).collect::<Vec<_>>()
        })
    };
    let field = move |(key, label): (String, String)| {
        let found = Memo::new(move |_| {
            form.with(|form| {
                let sections = &form.as_ref()?.sections;
                let section = sections.iter().find(|section| section.title == title)?;
                section.fields.iter().find(|one| one.key == key && one.label == label).cloned()
            })
        });
        fields::field(desk, address.clone(), found)
    };
    let inside = view! { <For each=keys key=|key| key.clone() children=field/> }.into_any();
    if title.is_empty() {
        return view! { <div class="form__head">{inside}</div> }.into_any();
    }
    view! { <section class="form"><h3>{title}</h3>{inside}</section> }.into_any()
}
