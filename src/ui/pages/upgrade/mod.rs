//! Upgrade: a design in the manner of Pulumi's guide of 2019 made modern. Each
//! change says what it does and why, and can be refused; all that are taken are
//! one edit.

pub mod hint;

use leptos::prelude::*;

use super::frame;
use crate::platform::focus;
use crate::state::{App, Derived};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{each, flag, live, live_text};
use crate::ui::widgets::unique;
use crate::upgrade::{self, Found, Left};
use crate::view::upgrade::{Group, Line, groups, refused_after, summary, taken};

const LEAD: &str = "What a design in the manner of Pulumi's guide of 2019 becomes in a modern one. \
                    Refuse what you do not want; all the rest is one step to undo.";
/// The sample to try it with.
const SAMPLE: &str = "aws-fargate.pulpo.json";
/// The line that says how many changes are chosen.
const SUMMARY: &str = "upgrade-summary";

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    app: App,
    found: Derived<Found>,
    /// The ids that are not taken.
    refused: RwSignal<Vec<String>>,
    /// Whether changes were made here.
    is_done: RwSignal<bool>,
}

/// The page.
pub fn upgrade(app: App) -> AnyView {
    let page = Page {
        app,
        found: Derived::new(move || app.read(upgrade::look)),
        refused: RwSignal::new(Vec::new()),
        is_done: RwSignal::new(false),
    };
    let has_changes = Derived::new(move || page.found.with(|found| !found.changes.is_empty()));
    let tools = live(move || {
        if has_changes.get() {
            let run = move || page.make();
            button(Look::Main, Some(Icon::Check), "Make these changes", run)
        } else {
            ().into_any()
        }
    });
    let kinds = move || {
        let all = page.found.with(|found| groups(&found.changes));
        all.iter().map(|group| group.kind.word().to_owned()).collect::<Vec<_>>()
    };
    let body = view! {
        <p class="upgrade__summary" id=SUMMARY tabindex="-1" role="status">
            {live_text(move || page.summary())}
        </p>
        {live(move || if has_changes.get() { ().into_any() } else { nothing(page) })}
        <div class="upgrade">{each(kinds, move |word| kind(page, word))}</div>
        {live(move || stays(&page.found.with(|found| found.left.clone())))}
    }
    .into_any();
    frame(app, "Upgrade", LEAD, tools, body)
}

impl Page {
    fn taken(self) -> Vec<String> {
        self.found.with(|found| self.refused.with(|refused| taken(&found.changes, refused)))
    }

    fn summary(self) -> String {
        let many = self.found.with(|found| found.changes.len());
        if many == 0 {
            String::new()
        } else {
            [summary(self.taken().len(), many), ".".into()].concat()
        }
    }

    fn choose(self, id: &str, is_taken: bool) {
        let after = self.app.peek(|design| {
            let changes = upgrade::recognise(design);
            self.refused.with_untracked(|refused| refused_after(&changes, refused, id, is_taken))
        });
        self.refused.set(after);
    }

    fn make(self) {
        let chosen = untrack(|| self.taken());
        if chosen.is_empty() {
            return self.app.tell("No change is chosen.");
        }
        let edit = upgrade::edit(chosen);
        let said = format!("{}.", edit.label);
        self.is_done.set(true);
        if self.app.run(edit).is_ok() {
            self.app.tell_with_undo(said, |app| app.undo());
            focus::focus_soon(SUMMARY.to_owned());
        }
    }
}

/// Nothing to change, or nothing any more.
fn nothing(page: Page) -> AnyView {
    let app = page.app;
    if page.is_done.get() {
        return view! {
            <div class="empty">
                <p>"The changes are made. Compare says what is different now, for whoever reviews it."</p>
                <a class="button" data-look="main" href="#/compare/opened">"Compare with how it was opened"</a>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="empty">
            <p>"Nothing in this design is in the manner of 2019: no program in a fixed folder, no community \"Run Pulumi\" step."</p>
            {button(Look::Plain, None, "Open the sample of 2019", move || app.open_sample(SAMPLE.to_owned()))}
        </div>
    }
    .into_any()
}

/// The changes of one kind.
fn kind(page: Page, word: String) -> AnyView {
    let group = Derived::new(move || {
        let all = page.found.with(|found| groups(&found.changes));
        all.into_iter().find(|group| group.kind.word() == word)
    });
    let Some(Group { kind, .. }) = group.get_untracked() else { return ().into_any() };
    let keys = move || {
        group.with(|group| {
            let lines = group.iter().flat_map(|group| &group.lines);
            lines.map(identity).collect::<Vec<_>>()
        })
    };
    let lines = each(keys, move |key| {
        let line = group.with_untracked(|group| {
            let mut lines = group.iter().flat_map(|group| &group.lines);
            lines.find(|line| identity(line) == key).cloned()
        });
        line.map(|line| self::line(page, line)).into_any()
    });
    let about = unique("upgrade");
    let described = about.clone();
    view! {
        <fieldset class="upgrade__kind" aria-describedby=described>
            <legend>{kind.label()}</legend>
            <div class="upgrade__why" id=about>
                <p>{kind.why()}</p>
                <p class="muted small">"Source: "{kind.source()}"."</p>
            </div>
            <ul class="upgrade__lines">{lines}</ul>
        </fieldset>
    }
    .into_any()
}

/// What tells lines apart: another text is another line.
fn identity(line: &Line) -> String {
    [&*line.id, &line.step, &line.what, &line.needs].join("\n")
}

fn line(page: Page, line: Line) -> AnyView {
    let Line { id, step, what, needs } = line;
    let about = unique("upgrade");
    let own = id.clone();
    let is_taken = flag(move || page.refused.with(|refused| !refused.contains(&own)));
    view! {
        <li class="upgrade__line">
            <label class="check">
                <input
                    type="checkbox"
                    aria-describedby=about.clone()
                    prop:checked=is_taken
                    on:change:target=move |event| page.choose(&id, event.target().checked())
                />
                <span class="strong">{step}</span>
            </label>
            <div class="upgrade__about" id=about>
                <p>{what}</p>
                {(!needs.is_empty()).then(|| view! { <p class="muted small">{needs}</p> })}
            </div>
        </li>
    }
    .into_any()
}

/// What is recognised and stays.
fn stays(left: &[Left]) -> AnyView {
    if left.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = left
        .iter()
        .map(|one| {
            let (step, why) = (one.step.clone(), one.why.clone());
            view! { <li><span class="strong">{step}</span><p>{why}</p></li> }.into_any()
        })
        .collect();
    view! {
        <section class="upgrade__left" aria-labelledby="upgrade-left">
            <h2 id="upgrade-left">"Stays as it is"</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}
