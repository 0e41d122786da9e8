//! Runbooks: processes that people run on their own, outside of deployments.

use leptos::prelude::*;

use super::process::{Desk, add_button, side, whole};
use super::{arrival, frame};
use crate::edit::runbooks as edit;
use crate::model::project::RunbookEnvironments;
use crate::model::{ProcessOwner, RunbookId};
use crate::state::{App, Derived, Page};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::environment::marks;
use crate::ui::widgets::field::{FieldOptions, select_field, text_field};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, live_text, when};
use crate::ui::widgets::menu::{MenuItem, live_menu};
use crate::ui::widgets::picker::{PickOption, picker};
use crate::view::process::place;

const LEAD: &str = "A runbook is a process that people run when they need it, such as a check for \
                    drift or taking a stack down.";

/// The page.
pub fn runbooks(app: App) -> AnyView {
    let selected = app.selected(Page::Runbooks);
    let here = Derived::new(move || app.read(|design| place(design, &selected.get())));
    let shown = Derived::new(move || here.get().map(|here| here.runbook));
    let address = Signal::derive(move || here.get().map(|here| here.address).unwrap_or_default());
    let tools = button(Look::Plain, Some(Icon::Plus), "Add runbook", move || ask_new(app));
    // Made anew for another runbook only.
    let desk = Derived::new(move || {
        let owner = ProcessOwner::Runbook(shown.get()?);
        Some(Desk::new(app, owner, address, open))
    });
    let body = live(move || match (shown.get(), desk.get()) {
        (Some(id), Some(desk)) => view! {
            {list(app, shown)}
            {one(app, id, desk)}
        }
        .into_any(),
        _ => empty(
            "There is no runbook yet. Make one for what you do outside of deployments.",
            button(Look::Plain, Some(Icon::Plus), "Add first runbook", move || ask_new(app)),
        ),
    });
    let inspector = live(move || desk.get().map_or_else(|| ().into_any(), side));
    view! {
        {frame(app, "Runbooks", LEAD, tools, body)}
        {inspector}
    }
    .into_any()
}

/// Opens a step of the runbook that is shown.
fn open(app: App, address: &str) {
    let selected = app.place().get_untracked().selected;
    let runbook = app.peek(|design| place(design, &selected)).map(|here| here.runbook);
    let Some(runbook) = runbook else { return };
    if address.is_empty() {
        app.select(Page::Runbooks, runbook.as_str());
    } else {
        app.select(Page::Runbooks, &format!("{runbook}/{address}"));
    }
}

fn ask_new(app: App) {
    let id = app.new_id("runbook");
    let made = id.clone();
    app.ask_edit(
        "Add runbook",
        "Runbook name",
        String::new(),
        move |name| edit::add(name, &made),
        move || app.select(Page::Runbooks, &id),
    );
}

/// The runbooks, as a row of choices.
fn list(app: App, shown: Derived<Option<RunbookId>>) -> AnyView {
    let names = app.memo(|design| {
        let all = design.project.runbooks.iter();
        all.map(|one| (one.id.clone(), one.name.to_string())).collect::<Vec<_>>()
    });
    let items = live(move || {
        let all = names.with(|names| {
            names
                .iter()
                .map(|(id, name)| {
                    let is_shown = shown.with(|shown| shown.as_ref() == Some(id));
                    let href = format!("#/runbooks/{id}");
                    view! {
                        <li>
                            <a class="runbook" href=href aria-current=is_shown.then_some("true")>
                                {icon(Icon::Runbook)}<span>{name.clone()}</span>
                            </a>
                        </li>
                    }
                    .into_any()
                })
                .collect::<Vec<_>>()
        });
        all.into_any()
    });
    view! { <ul class="runbooks" aria-label="Runbooks">{items}</ul> }.into_any()
}

fn one(app: App, id: RunbookId, desk: Desk) -> AnyView {
    let info = {
        let id = id.clone();
        app.memo(move |design| {
            let one = design.project.runbooks.get(&id)?;
            let environments: Vec<String> =
                one.environments.iter().map(ToString::to_string).collect();
            let scope = one.environment_scope;
            Some((one.name.to_string(), one.description.clone(), scope, environments))
        })
    };
    let name = move || info.get().map(|info| info.0).unwrap_or_default();
    let set = {
        let id = id.clone();
        move |key: &'static str, text: String| {
            app.run(app.peek(|design| edit::set(design, &id, key, &text)))
        }
    };
    let (describe, scope, limit) = (set.clone(), set.clone(), set);
    let scopes = || {
        let all = RunbookEnvironments::ALL.iter();
        all.map(|one| (one.word().to_owned(), one.label().to_owned())).collect()
    };
    let is_listed = Derived::new(move || {
        info.get().is_some_and(|info| info.2 == RunbookEnvironments::Specified)
    });
    let environments = move || {
        let options = app.read(marks).into_iter().map(|mark| PickOption {
            value: mark.id.to_string(),
            label: mark.name,
            group: "",
            hue: mark.hue,
        });
        options.collect()
    };
    let menu = live_menu(
        "Runbook actions",
        || icon(Icon::More),
        "icon",
        move || std::sync::Arc::new(items(app, &id)),
    );
    let picked = move |values: Vec<String>| {
        limit("environments", values.join("\n")).ok();
    };
    view! {
        <section class="card runbook__card" aria-labelledby=arrival::RUNBOOK>
            <div class="card__head">
                <h2 id=arrival::RUNBOOK tabindex="-1">{live_text(name)}</h2>
                {add_button(desk)}
                {menu}
            </div>
            <div class="card__body runbook__form">
                {text_field("Description", move || info.get().map(|info| info.1).unwrap_or_default(), FieldOptions::default(), move |text| describe("description", text))}
                {select_field("Runs in", move || info.get().map(|info| info.2.word().to_owned()).unwrap_or_default(), scopes, false, move |word| { scope("scope", word).ok(); })}
                {when(move || is_listed.get(), move || picker(
                    "Environments",
                    environments,
                    move || info.get().map(|info| info.3).unwrap_or_default(),
                    "No environment yet",
                    false,
                    false,
                    picked.clone(),
                ))}
            </div>
        </section>
        {whole(desk)}
    }
    .into_any()
}

fn items(app: App, id: &RunbookId) -> Vec<MenuItem> {
    let (renamed, deleted) = (id.clone(), id.clone());
    vec![
        MenuItem::new("Rename runbook…", move || {
            let id = renamed.clone();
            let now =
                app.peek(|design| design.project.runbooks.get(&id).map(|one| one.name.to_string()));
            let make = move |name: &str| app.peek(|design| edit::rename(design, &id, name));
            app.ask_edit("Rename runbook", "Runbook name", now.unwrap_or_default(), make, || ());
        }),
        MenuItem::new("Delete runbook", move || {
            app.run_with_undo(app.peek(|design| edit::delete(design, &deleted)));
            app.go(Page::Runbooks);
        }),
    ]
}
