//! Where it goes, how, and what that changes; then taking it in.

use leptos::prelude::*;

use super::{Page, meant, section};
use crate::edit::Refusal;
use crate::import::{Mode, edit, into_new};
use crate::model::pulumi::Organization;
use crate::state::{Derived, Page as PageName};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::field::{FieldOptions, checkbox, segments, text_field};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{live, when};
use crate::view::import::{Asks, line, page_of};

/// The part.
pub(super) fn taking(page: Page) -> AnyView {
    let body = view! {
        {segments(
            "Where it goes",
            vec![
                ("here".to_owned(), "Into this design".to_owned()),
                ("new".to_owned(), "A new design".to_owned()),
            ],
            move || if page.is_new.get() { "new" } else { "here" }.to_owned(),
            move |word| page.is_new.set(word == "new"),
        )}
        {asked(page)}
        {meant::meant(page)}
        {changes(page)}
        <div class="import__buttons">
            {button(Look::Main, Some(Icon::Check), "Take in", move || take(page))}
        </div>
    }
    .into_any();
    section("import-taking", "What it will add or change", body)
}

fn asks(page: Page) -> Derived<Asks> {
    Derived::new(move || {
        page.plan.with(|plan| plan.as_ref().map(|plan| plan.asks).unwrap_or_default())
    })
}

fn asked(page: Page) -> AnyView {
    let asks = asks(page);
    let modes = |replace: &str, add: &str| {
        vec![("replace".to_owned(), replace.to_owned()), ("add".to_owned(), add.to_owned())]
    };
    let word = |mode: Mode| if mode == Mode::Replace { "replace" } else { "add" }.to_owned();
    let mode = |word: &str| if word == "replace" { Mode::Replace } else { Mode::Add };
    view! {
        {when(move || asks.with(|asks| asks.process), move || segments(
            "The steps of this design",
            modes("Replace its steps", "Add after its steps"),
            move || page.how.with(|how| word(how.process)),
            move |word| page.how.update(|how| how.process = mode(&word)),
        ))}
        {when(move || asks.with(|asks| asks.variables), move || segments(
            "The variables of this design",
            modes("Replace its variables", "Add to its variables"),
            move || page.how.with(|how| word(how.variables)),
            move |word| page.how.update(|how| how.variables = mode(&word)),
        ))}
        {when(move || asks.with(|asks| asks.templates), move || checkbox(
            "Make a step of each step template, too",
            move || page.how.with(|how| how.templates_as_steps),
            move |is_on| page.how.update(|how| how.templates_as_steps = is_on),
        ))}
        {when(move || asks.with(|asks| asks.organization), move || organization(page))}
    }
    .into_any()
}

fn organization(page: Page) -> AnyView {
    let options = FieldOptions {
        help: "The files do not say it. Backends of your own want the word organization.",
        placeholder: "organization".to_owned(),
        ..FieldOptions::default()
    };
    text_field(
        "Pulumi organization",
        move || page.how.with(|how| how.organization.clone()),
        options,
        move |text| {
            let text = text.trim();
            if !text.is_empty() {
                Organization::parse(text).map_err(|error| Refusal(error.rule))?;
            }
            page.how.update(|how| text.clone_into(&mut how.organization));
            Ok(())
        },
    )
}

fn changes(page: Page) -> AnyView {
    live(move || {
        let Some(plan) = page.plan.get() else { return ().into_any() };
        if plan.changes.is_empty() {
            let words = if page.fragment.with(Option::is_some) {
                "The design says all of it already."
            } else {
                "Nothing is chosen."
            };
            return view! { <p class="muted">{words}</p> }.into_any();
        }
        let lines: Vec<_> = plan
            .changes
            .iter()
            .map(|change| {
                let (head, names) = line(change.verb, &change.what, &change.names);
                let verb = change.verb;
                view! { <li data-verb=verb><span class="strong">{head}</span>" "<span class="muted">{names}</span></li> }
                    .into_any()
            })
            .collect();
        view! { <ul class="import__changes">{lines}</ul> }.into_any()
    })
}

fn take(page: Page) {
    // What a field still holds is committed by leaving it, before this runs.
    let Some(fragment) = page.fragment.get_untracked() else {
        return page.app.tell("Nothing is chosen.");
    };
    let how = page.how.get_untracked();
    let goes_to = PageName::ALL.iter().copied().find(|one| one.word() == page_of(&fragment));
    let goes_to = goes_to.unwrap_or(PageName::Stacks);
    if page.is_new.get_untracked() {
        let design = into_new((*fragment).clone(), &how);
        page.clear();
        page.app.start_with(design, goes_to);
        return;
    }
    let before = page.app.peek(Clone::clone);
    page.app.run_with_undo(edit((*fragment).clone(), how));
    if page.app.peek(|after| *after == before) {
        page.app.tell("The design says all of it already.");
    } else {
        page.clear();
        page.app.go(goes_to);
    }
}
