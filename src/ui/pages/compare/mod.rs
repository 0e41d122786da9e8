//! Compare: what differs between the open design and another one, for a
//! reviewer; single differences are taken over from here.
//!
//! Designs are compared while this page is open, a moment after an edit, off
//! the way of what is typed.

mod choice;
mod list;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame;
use crate::compare::{self, Change, Comparison, Difference};
use crate::model::Design;
use crate::platform::files as disk;
use crate::platform::focus;
use crate::state::{App, Other, late};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::field::segments;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{live, live_text};
use crate::view::compare::said_of_taking;

const LEAD: &str = "What differs between the open design and another one, told for a reviewer. \
                    Single differences can be taken over, and undone.";

/// How long after an edit the designs are compared again.
const PAUSE: Duration = Duration::from_millis(200);
/// How many differences are shown before more are asked for.
const MOST: usize = 60;
/// The word of the filter that takes everything.
const ALL: &str = "all";

/// What is compared with, and how.
#[derive(Clone)]
struct Against {
    /// What people call it.
    name: String,
    /// Whether it came before the open design, so that it is read from there.
    is_older: bool,
    design: Design,
}

/// What was found last.
#[derive(Clone)]
struct Found {
    /// From the open design to the other one; what is taken over goes by this.
    comparison: Arc<Comparison>,
    /// As it is told.
    told: Arc<Vec<Difference>>,
    name: String,
    is_older: bool,
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    app: App,
    against: RwSignal<Option<Against>>,
    found: RwSignal<Option<Found>>,
    filter: RwSignal<String>,
    most: RwSignal<usize>,
    /// The line that gets the focus after the next comparison.
    next_focus: StoredValue<Option<usize>>,
}

/// The page.
pub fn compare(app: App) -> AnyView {
    let page = Page {
        app,
        against: RwSignal::new(None),
        found: RwSignal::new(None),
        filter: RwSignal::new(ALL.to_owned()),
        most: RwSignal::new(MOST),
        next_focus: StoredValue::new(None),
    };
    late(
        move || {
            app.revision().track();
            let is_open = page.against.with(Option::is_some);
            if is_open && page.found.with_untracked(Option::is_some) {
                PAUSE
            } else {
                Duration::ZERO
            }
        },
        move || page.compare(),
    );
    let tools = live(move || page.tools());
    let body = view! {
        {choice::choice(page)}
        {live(move || list::list(page))}
    }
    .into_any();
    frame(app, "Compare", LEAD, tools, body)
}

impl Page {
    fn compare(self) {
        let Some(against) = self.against.get_untracked() else {
            return self.found.set(None);
        };
        let comparison = self.app.peek(|open| compare::compare(open, &against.design));
        let told = comparison.told(against.is_older);
        let many = told.len();
        self.found.set(Some(Found {
            comparison: Arc::new(comparison),
            told: Arc::new(told),
            name: against.name,
            is_older: against.is_older,
        }));
        if let Some(at) = self.next_focus.try_update_value(Option::take).flatten() {
            focus::focus_soon(match many {
                0 => "compare-summary".to_owned(),
                many => list::take_id(at.min(many - 1)),
            });
        }
    }

    fn tools(self) -> AnyView {
        let Some(found) = self.found.get().filter(|found| !found.told.is_empty()) else {
            return ().into_any();
        };
        let count = |change: Change| found.told.iter().filter(|one| one.change == change).count();
        let mut options = vec![(ALL.to_owned(), format!("All {}", found.told.len()))];
        options.extend(
            Change::ALL
                .into_iter()
                .filter(|change| count(*change) > 0)
                .map(|one| (one.word().to_owned(), format!("{} {}", one.label(), count(one)))),
        );
        view! {
            {segments("Show", options, move || self.filter.get(), move |word| {
                self.filter.set(word);
                self.most.set(MOST);
            })}
            {button(Look::Plain, Some(Icon::Copy), "Copy as Markdown", move || self.copy())}
        }
        .into_any()
    }

    /// Both names in the order in which they are read.
    fn names(found: &Found, open: String) -> (String, String) {
        let open = if open.is_empty() { "Untitled design".to_owned() } else { open };
        if found.is_older { (found.name.clone(), open) } else { (open, found.name.clone()) }
    }

    fn copy(self) {
        let Some(found) = self.found.get_untracked() else { return };
        let title = self.app.peek(|design| design.title.clone());
        let (first, second) = Self::names(&found, title);
        let text = compare::markdown(&found.told, &first, &second);
        let app = self.app;
        spawn_local(async move {
            match disk::copy(&text).await {
                Ok(()) => app.tell("Copied as Markdown."),
                Err(failure) => app.tell(format!("Not copied. {failure}")),
            }
        });
    }

    /// Takes over these differences; the focus goes to what stands there then.
    fn take(self, wanted: &[usize]) {
        let Some(found) = self.found.get_untracked() else { return };
        let taken = match compare::take(&found.comparison, wanted) {
            Ok(taken) => taken,
            Err(refusal) => return self.app.tell(refusal.0),
        };
        let said = said_of_taking(&found.told, wanted, &taken.along);
        self.next_focus.set_value(wanted.first().copied());
        match self.app.run(taken.edit) {
            Ok(()) => self.app.tell_with_undo(said, |app| app.undo()),
            Err(_) => self.next_focus.set_value(None),
        }
    }

    /// Compares with something that was chosen, once it is there.
    fn open(self, other: Other) {
        self.most.set(MOST);
        self.filter.set(ALL.to_owned());
        self.against.set(Some(Against {
            name: other.name,
            is_older: other.is_older,
            design: other.design,
        }));
    }

    fn turn(self) {
        self.against.update(|against| {
            if let Some(against) = against {
                against.is_older = !against.is_older;
            }
        });
    }
}

/// The line that says what is compared, and how many differences there are.
fn summary(page: Page) -> AnyView {
    let words = move || match page.found.get() {
        None => String::new(),
        Some(found) => {
            let title = page.app.read(|design| design.title.clone());
            let (first, second) = Page::names(&found, title);
            format!("From “{first}” to “{second}”: {}.", compare::summary(&found.told))
        }
    };
    view! {
        <p class="compare__summary" id="compare-summary" tabindex="-1">{live_text(words)}</p>
    }
    .into_any()
}
