//! The inspector: one credential, in one environment or in all.

use leptos::prelude::*;

use super::Desk;
use crate::edit::variables::{ValueAt, VariableOwner, narrow};
use crate::state::Derived;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, press};
use crate::ui::widgets::side::side as frame;
use crate::view::reach::{ReachCell, ReachDetail, ReachFix, ReachStep};

/// The inspector, while a credential is open.
pub fn side(desk: Desk) -> AnyView {
    let detail = Derived::new(move || {
        let selected = desk.selected.get();
        let (key, environment) = match selected.split_once('/') {
            Some((key, environment)) => (key, Some(environment)),
            None => (selected.as_str(), None),
        };
        if key.is_empty() {
            return None;
        }
        let (table, mentions) = (desk.table.get(), desk.mentions.get());
        desk.app.read(|design| table.detail(design, &mentions, key, environment))
    });
    let is_open = Derived::new(move || detail.with(Option::is_some));
    live(move || {
        if !is_open.get() {
            return ().into_any();
        }
        let title = move || {
            detail.with(|one| one.as_ref().map(|one| one.title.clone()).unwrap_or_default())
        };
        let body = live(move || detail.get().map(|detail| body(desk, detail)).into_any());
        frame(title, move || desk.close(), body)
    })
}

fn body(desk: Desk, detail: ReachDetail) -> AnyView {
    let has_leak = !detail.leak.is_empty();
    let secrets: Vec<_> = detail
        .secrets
        .iter()
        .map(|name| view! { <li><code>{name.clone()}</code></li> }.into_any())
        .collect();
    let notes: Vec<_> = detail
        .notes
        .iter()
        .map(|note| view! { <p class="field__help">{note.clone()}</p> }.into_any())
        .collect();
    let values: Vec<_> = detail
        .values
        .into_iter()
        .map(|value| {
            let text = if value.text.is_empty() { "Value".to_owned() } else { value.text };
            if value.href.is_empty() {
                view! { <li>{text}</li> }.into_any()
            } else {
                view! { <li><a href=value.href>{text}</a></li> }.into_any()
            }
        })
        .collect();
    let places: Vec<_> =
        detail.places.into_iter().map(|(name, cell, steps)| place(name, &cell, steps)).collect();
    view! {
        <p class="small muted">{detail.about}</p>
        {has_leak.then(|| leak(desk, detail.leak, detail.fix))}
        {(!secrets.is_empty()).then(|| view! {
            <section class="fieldset">
                <h3>"Whoever reads it gets"</h3>
                <ul class="reach__list">{secrets}</ul>
            </section>
        })}
        {notes}
        {places}
        <section class="fieldset">
            <h3>"Values that give it"</h3>
            <ul class="reach__list">{values}</ul>
        </section>
    }
    .into_any()
}

fn leak(desk: Desk, words: String, fix: Option<ReachFix>) -> AnyView {
    let mend = fix.map(|fix| {
        let ReachFix { label, then, values } = fix;
        let verb = label.clone();
        let run = move || {
            let values = values.iter().map(|(set, variable, value, environments)| {
                let owner = set.clone().map_or(VariableOwner::Project, VariableOwner::Set);
                let at = ValueAt { owner, variable: variable.clone(), value: value.clone() };
                (at, environments.clone())
            });
            desk.app.run_with_undo(narrow(label.clone(), values.collect()));
            crate::platform::focus::focus_soon(super::super::arrival::TITLE);
        };
        view! {
            <p class="small">{then}</p>
            <button type="button" class="button" data-look="main" on:click=press(run)>
                {icon(Icon::Lock)}{verb}
            </button>
        }
    });
    view! {
        <div class="note reach__leak" data-severity="error">
            {icon(Icon::Warning)}
            <div><p><strong>"Leak. "</strong>{words}</p>{mend}</div>
        </div>
    }
    .into_any()
}

fn place(name: String, cell: &ReachCell, steps: Vec<ReachStep>) -> AnyView {
    let count = steps.len();
    let lines: Vec<_> = steps
        .into_iter()
        .map(|step| {
            let word = match (step.names_it, step.may_be) {
                (true, _) => "names it",
                (false, false) => "can read it",
                (false, true) => "may read it",
            };
            view! {
                <li class="reach__step">
                    <a href=step.href>{step.name}</a>
                    <span class="reach__use" data-names=step.names_it.then_some("")>{word}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let title = cell.title.clone();
    view! {
        <section class="fieldset">
            <h3>{name}</h3>
            {(count == 0).then(|| view! { <p class="field__help">{title}</p> })}
            <ul class="reach__list">{lines}</ul>
        </section>
    }
    .into_any()
}
