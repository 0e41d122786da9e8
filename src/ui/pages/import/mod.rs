//! Import: files of any kind, what they are, what they would change, and one
//! undoable step that takes them in; or other files made of them.

mod convert;
mod meant;
mod recognised;
mod sources;
mod taking;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame;
use crate::format::fragment::Fragment;
use crate::import::{How, Imported, Mode, gather};
use crate::state::{App, Incoming, Page as PageName, follow, late, read_all};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::when;
use crate::view::import::{Plan, plan};

const LEAD: &str = "Bring what you have: step templates, processes and variables from Octopus, a \
                    Pulumi project, another design. Nothing changes until you take it in, and \
                    that can be undone.";

/// How long after a change the plan is made again.
const PAUSE: Duration = Duration::from_millis(60);

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    app: App,
    /// What was read last.
    imported: RwSignal<Option<Arc<Imported>>>,
    /// How many files of how many are read, while some are.
    progress: RwSignal<Option<(usize, usize)>>,
    /// Counts the readings, so that one that was overtaken ends.
    turn: RwSignal<u32>,
    /// The documents that are not taken.
    left: RwSignal<BTreeSet<usize>>,
    how: RwSignal<How>,
    /// Whether a new design is made of it.
    is_new: RwSignal<bool>,
    /// What is taken, as one.
    fragment: RwSignal<Option<Arc<Fragment>>>,
    plan: RwSignal<Option<Arc<Plan>>>,
}

impl Page {
    fn read(self, incoming: Incoming) {
        self.turn.update(|turn| *turn += 1);
        let turn = self.turn.get_untracked();
        self.progress.set(Some((0, 0)));
        let goes_on = move || self.turn.try_get_untracked() == Some(turn);
        spawn_local(async move {
            let told = move |done, total| {
                let goes_on = goes_on();
                if goes_on {
                    self.progress.set(Some((done, total)));
                }
                goes_on
            };
            let imported = read_all(incoming, told).await;
            // The page may be gone, or have other files by now.
            if let Some(imported) = imported.filter(|_| goes_on()) {
                self.show(imported);
            }
        });
    }

    fn show(self, imported: Imported) {
        self.progress.set(None);
        self.left.set(BTreeSet::new());
        self.how.set(How { process: Mode::Replace, ..How::default() });
        let many = imported.documents.len();
        self.imported.set(Some(Arc::new(imported)));
        self.app.say(&match many {
            0 => "Nothing was recognised".to_owned(),
            1 => "1 document was recognised".to_owned(),
            many => format!("{many} documents were recognised"),
        });
    }

    /// Puts away what was read.
    fn clear(self) {
        self.imported.set(None);
        self.fragment.set(None);
        self.plan.set(None);
    }

    /// Joins what is taken; needed again when a document is left out.
    fn join(self) {
        let fragment = self.imported.with(|imported| {
            let imported = imported.as_ref()?;
            let left = self.left.get();
            let fragment = gather(imported, |at| !left.contains(&at));
            fragment.is_read().then(|| Arc::new(fragment))
        });
        self.fragment.set(fragment);
    }

    fn make_plan(self) {
        let plan = self.fragment.with_untracked(|fragment| {
            let fragment = fragment.as_ref()?;
            let (how, is_new) = (self.how.get_untracked(), self.is_new.get_untracked());
            Some(Arc::new(self.app.peek(|design| plan(design, fragment, &how, is_new))))
        });
        self.plan.set(plan);
    }
}

/// The page.
pub fn import(app: App) -> AnyView {
    let page = Page {
        app,
        imported: RwSignal::new(None),
        progress: RwSignal::new(None),
        turn: RwSignal::new(0),
        left: RwSignal::new(BTreeSet::new()),
        how: RwSignal::new(How::default()),
        is_new: RwSignal::new(false),
        fragment: RwSignal::new(None),
        plan: RwSignal::new(None),
    };
    follow(move || {
        if let Some(incoming) = app.incoming().get() {
            app.incoming().set(None);
            page.read(incoming);
        }
    });
    follow(move || page.join());
    late(
        move || {
            page.fragment.track();
            page.how.track();
            page.is_new.track();
            app.revision().track();
            PAUSE
        },
        move || page.make_plan(),
    );
    on_cleanup(move || page.turn.update(|turn| *turn += 1));
    let tools = when(
        move || page.imported.with(Option::is_some),
        move || button(Look::Quiet, Some(Icon::Close), "Put away", move || page.clear()),
    );
    let has_something =
        move || page.imported.with(|one| one.as_ref().is_some_and(|one| !one.is_empty()));
    let body = view! {
        {sources::sources(page)}
        {when(move || page.imported.with(Option::is_some), move || recognised::recognised(page))}
        {when(has_something, move || view! {
            {taking::taking(page)}
            {convert::convert(page)}
        }.into_any())}
    }
    .into_any();
    let body = view! { <div class="import">{body}</div> }.into_any();
    frame(app, PageName::Import.label(), LEAD, tools, body)
}

/// A part of the page under a heading.
fn section(id: &'static str, title: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="import__part" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}
