//! Reach: which credential can be read where, and what leaks.

mod inside;
mod matrix;
mod side;

use std::sync::Arc;

use leptos::prelude::*;

use super::frame;
use crate::model::Design;
use crate::platform::focus;
use crate::reach::Mentions;
use crate::state::{App, Derived, Page};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::field::{checkbox, search_field, segments};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::live;
use crate::view::reach::{ReachTable, reach_table, reach_verdict};

const LEAD: &str = "Which credential can be read where. Octopus hands a step every variable that \
                    applies to it, whether the step uses it or not.";

/// So many rows are on the page at first, and more with each press.
const STEP: usize = 60;

/// The state of the page; copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The app.
    pub app: App,
    /// The matrix.
    pub table: Derived<Arc<ReachTable>>,
    /// What the steps name.
    pub mentions: Derived<Arc<Mentions>>,
    /// What is looked for.
    pub query: RwSignal<String>,
    /// Whether only leaks are shown.
    pub only_leaks: RwSignal<bool>,
    /// The environment whose credentials are listed; empty for the matrix.
    pub inside: RwSignal<String>,
    /// The places of the rows that are shown.
    pub found: Derived<Vec<usize>>,
    /// How many of them are on the page.
    pub most: RwSignal<usize>,
    /// What is open: a row's key, and an environment after a slash.
    pub selected: Derived<String>,
}

impl Desk {
    fn new(app: App) -> Self {
        let table = app.memo(|design| Arc::new(reach_table(design)));
        let mentions = app.memo(|design| Arc::new(Mentions::of(design)));
        let (query, only_leaks) = (RwSignal::new(String::new()), RwSignal::new(false));
        let inside = RwSignal::new(String::new());
        let most = RwSignal::new(STEP);
        let found = Derived::new(move || {
            let inside = inside.get();
            let environment = Some(inside.as_str()).filter(|id| !id.is_empty());
            table.with(|table| table.find(&query.get(), only_leaks.get(), environment))
        });
        let selected = app.selected(Page::Reach);
        Self { app, table, mentions, query, only_leaks, inside, found, most, selected }
    }

    /// Opens a credential in an environment, or in all for an empty one.
    pub fn open(&self, key: &str, environment: &str) {
        let selected =
            if environment.is_empty() { key.to_owned() } else { format!("{key}/{environment}") };
        self.app.select(Page::Reach, &selected);
    }

    /// Closes what is open, and goes back to its cell.
    pub fn close(&self) {
        let selected = self.selected.get_untracked();
        let (key, environment) = selected.split_once('/').unwrap_or((&selected, ""));
        let place = self.app.peek(|design| {
            design.space.environments.iter().position(|one| one.id.as_str() == environment)
        });
        let cell = matrix::cell_id(key, place.map_or(0, |place| place + 1));
        self.app.select(Page::Reach, "");
        focus::focus_soon(cell);
    }

    /// Shows more rows.
    pub fn more(&self) {
        self.most.update(|most| *most += STEP);
    }
}

/// The page.
pub fn reach(app: App) -> AnyView {
    let desk = Desk::new(app);
    let is_empty = Derived::new(move || desk.table.with(|table| table.rows.is_empty()));
    let body = live(move || {
        if is_empty.get() {
            return empty(
                "Nothing here is secret yet. Add a sensitive variable or an account, and see which \
                 environments and steps can read it.",
                button(Look::Plain, Some(Icon::Variable), "Go to Variables", move || {
                    app.go(Page::Variables);
                }),
            );
        }
        view! {
            {verdict(desk)}
            {tools(desk)}
            {live(move || {
                if desk.inside.with(String::is_empty) { matrix::matrix(desk) } else { inside::inside(desk) }
            })}
        }
        .into_any()
    });
    view! {
        {frame(app, "Reach", LEAD, ().into_any(), body)}
        {side::side(desk)}
    }
    .into_any()
}

fn verdict(desk: Desk) -> AnyView {
    let words = Derived::new(move || {
        let table = desk.table.get();
        desk.app.read(|design: &Design| reach_verdict(design, &table))
    });
    live(move || {
        let (severity, words) = words.get();
        let sign = match severity {
            "error" => Icon::Warning,
            "success" => Icon::Check,
            _ => Icon::Info,
        };
        view! {
            <p class="note reach__verdict" data-severity=severity role="status">
                {icon(sign)}<span>{words}</span>
            </p>
        }
        .into_any()
    })
}

fn tools(desk: Desk) -> AnyView {
    let environments = desk.app.memo(|design| {
        let mut all = vec![(String::new(), "All, as a matrix".to_owned())];
        let named = design.space.environments.iter();
        all.extend(named.map(|one| (one.id.to_string(), format!("Everything in {}", one.name))));
        all
    });
    // A few stand side by side; many are a list.
    let choice = live(move || {
        let environments = environments.get();
        let pick = move |id: String| {
            desk.most.set(STEP);
            desk.inside.set(id);
        };
        if environments.len() <= 4 {
            return segments("Environments", environments, move || desk.inside.get(), pick);
        }
        crate::ui::widgets::field::select_field(
            "Environments",
            move || desk.inside.get(),
            move || environments.clone(),
            true,
            pick,
        )
    });
    view! {
        <div class="reach__tools" role="search" aria-label="Credentials">
            {choice}
            {search_field(
                "reach__search",
                "Search credentials",
                "Variable, account or type",
                move || desk.query.get(),
                move |typed| desk.query.set(typed),
            )}
            {checkbox("Leaks only", move || desk.only_leaks.get(), move |only| desk.only_leaks.set(only))}
        </div>
    }
    .into_any()
}

/// What stands below a list: that nothing fits, or that there is more.
fn below(desk: Desk) -> AnyView {
    live(move || {
        let (count, most) = (desk.found.with(Vec::len), desk.most.get());
        if count == 0 {
            return view! { <p class="muted reach__none">"No credential fits."</p> }.into_any();
        }
        if count <= most {
            return ().into_any();
        }
        view! {
            <div class="reach__more">
                <span class="muted small">{format!("{most} of {count}")}</span>
                {button(Look::Plain, None, "Show more", move || desk.more())}
            </div>
        }
        .into_any()
    })
}
