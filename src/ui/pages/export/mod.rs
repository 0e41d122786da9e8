//! Export: what to hand over, its files as they are now, how to import them
//! and what they could not carry.
//!
//! The files are made only while this page is open, a moment after an edit.

mod files;
mod notes;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::frame;
use crate::export::{self, Exported, TARGETS, Target};
use crate::platform::files as disk;
use crate::platform::settings;
use crate::state::{App, Failure, Page as PageName, Place, late};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{flag, live, live_text};
use crate::ui::widgets::unique;
use crate::view::export::{counted, summary, targets_of, words_of, zip_name};
use crate::view::problems::counts;

const LEAD: &str = "Files that Octopus takes as they are. The same design gives the same files, \
                    and none of them holds a secret.";

/// How long after an edit the files are made again.
const PAUSE: Duration = Duration::from_millis(150);

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    app: App,
    chosen: RwSignal<Vec<Target>>,
    /// The files; `None` before they were made for the first time.
    made: RwSignal<Option<Arc<Exported>>>,
}

impl Page {
    fn make(self) -> Exported {
        let targets = self.chosen.get_untracked();
        self.app.peek(|design| export::export(design, &targets))
    }

    /// Hands over what the design gives now, not what is on the screen.
    fn download_all(self) {
        let name = zip_name(&self.app.peek(|design| design.title.clone()));
        let files = self.make().files;
        let done = match export::zip(&files) {
            Ok(bytes) => disk::download(&name, "application/zip", &bytes),
            Err(error) => Err(Failure(error.to_string())),
        };
        match done {
            Ok(()) => {
                self.app.was_exported();
                self.app.tell(format!("Saved as {name}."));
            }
            Err(failure) => self.app.tell(format!("{name} was not saved. {failure}")),
        }
    }

    fn choose(self, target: Target, is_chosen: bool) {
        self.chosen.update(|chosen| {
            chosen.retain(|one| *one != target);
            if is_chosen {
                chosen.push(target);
                // The order of the registry, as on the command line.
                chosen.sort_unstable();
            }
        });
        settings::set_for_session(
            settings::TARGETS,
            &self.chosen.with_untracked(|all| words_of(all)),
        );
    }
}

/// The page.
pub fn export(app: App) -> AnyView {
    let remembered = settings::of_session(settings::TARGETS);
    let page = Page {
        app,
        chosen: RwSignal::new(targets_of(remembered.as_deref())),
        made: RwSignal::new(None),
    };
    let last = StoredValue::new(app.revision().get_untracked());
    late(
        move || {
            let revision = app.revision().get();
            page.chosen.track();
            let is_edit = last.get_value() != revision;
            last.set_value(revision);
            if is_edit { PAUSE } else { Duration::ZERO }
        },
        move || page.made.set(Some(Arc::new(page.make()))),
    );
    let tools = view! {
        <span class="muted numbers" id="export-summary">
            {live_text(move || page.made.with(|made| {
                made.as_ref().map(|made| summary(&made.files, made.findings.len())).unwrap_or_default()
            }))}
        </span>
        {button(Look::Main, Some(Icon::Download), "Download all", move || page.download_all())}
    }
    .into_any();
    let body = view! {
        {live(move || errors(app))}
        <div class="export">
            <div class="export__side">
                {choice(page)}
                {files::tree(page)}
            </div>
            {files::file(page)}
        </div>
        {notes::notes(page)}
        {instructions(page)}
    }
    .into_any();
    frame(app, "Export", LEAD, tools, body)
}

/// A word of warning while the design has errors: they are exported, too.
fn errors(app: App) -> AnyView {
    let count = counts(&app.problems().get().unwrap_or_default()).errors;
    if count == 0 {
        return ().into_any();
    }
    let said = format!("The design has {}, and so have its files. ", counted(count, "error"));
    view! {
        <p class="note export__errors" data-severity="error">
            {icon(Icon::Error)}
            <span>{said}<a href=Place::page(PageName::Problems).fragment()>"See what to mend"</a></span>
        </p>
    }
    .into_any()
}

/// What to export.
fn choice(page: Page) -> AnyView {
    let lines: Vec<_> = TARGETS
        .iter()
        .map(|info| {
            let id = unique("target");
            let is_chosen = move || page.chosen.with(|chosen| chosen.contains(&info.target));
            view! {
                <div class="export__target">
                    <label class="check">
                        <input
                            type="checkbox"
                            aria-describedby=id.clone()
                            prop:checked=flag(is_chosen)
                            on:change:target=move |event| page.choose(info.target, event.target().checked())
                        />
                        <span class="strong">{info.label}</span>
                    </label>
                    <p class="export__about muted small" id=id>{info.about}</p>
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="export__choice">
            <legend>"What to export"</legend>
            {lines}
        </fieldset>
    }
    .into_any()
}

/// How to import what is chosen, a fold a target.
fn instructions(page: Page) -> AnyView {
    let folds = move || {
        let chosen = page.chosen.get();
        let needs_rest =
            chosen.contains(&Target::ProcessJson) || chosen.contains(&Target::VariablesJson);
        let mut folds = Vec::new();
        if needs_rest {
            folds.push(fold(
                "Before you start",
                "For all that goes through the REST interface.",
                export::BEFORE,
            ));
        }
        for info in TARGETS.iter().filter(|info| chosen.contains(&info.target)) {
            folds.push(fold(info.label, info.about, info.import));
        }
        folds
    };
    view! {
        <section class="export__part" aria-labelledby="export-how" hidden=flag(move || page.chosen.with(Vec::is_empty))>
            <h2 id="export-how">"How to import"</h2>
            {live(move || folds().into_any())}
        </section>
    }
    .into_any()
}

fn fold(label: &'static str, about: &'static str, text: &'static str) -> AnyView {
    view! {
        <details class="fold">
            <summary><span class="strong">{label}</span><span class="muted small">{about}</span></summary>
            {crate::ui::widgets::prose::prose(text)}
        </details>
    }
    .into_any()
}
