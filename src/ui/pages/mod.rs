//! The pages. Each has a file or folder of its own and one public function
//! that gives its view.

pub mod arrival;
pub mod board;
pub mod compare;
pub mod export;
pub mod help;
pub mod import;
pub mod library;
pub mod ocl;
pub mod preview;
pub mod problems;
pub mod process;
pub mod reach;
pub mod runbooks;
pub mod stacks;
pub mod upgrade;
pub mod variables;

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::__reexports::send_wrapper::SendWrapper;
use leptos::prelude::*;

use super::shell::notices;
use crate::state::{App, Derived, Page, follow_from};
use crate::ui::widgets::live::live;
use crate::view::why::Question;

thread_local! {
    /// Whether anybody has gone to another page since the start.
    static HAS_GONE: Cell<bool> = const { Cell::new(false) };
}

/// The page that is shown, and at its side what the page puts there.
pub fn page(app: App) -> AnyView {
    let shown = Derived::new(move || app.page());
    // After going to another page, a screen reader starts at its heading, or at
    // what one was sent to.
    follow_from(move |before: Option<Page>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            HAS_GONE.set(true);
            arrival::leave_for(now);
            arrival::arrive(now);
        }
        now
    });
    live(move || match shown.get() {
        Page::Board => board::board(app),
        page @ (Page::Stacks | Page::Variables | Page::Process | Page::Runbooks) => {
            part(designing_part(app, page))
        }
        page @ (Page::Preview | Page::Reach) => part(simulating_part(app, page)),
        page @ (Page::Import | Page::Compare | Page::Upgrade | Page::Ocl) => {
            part(exchanging_part(app, page))
        }
        page => part(handing_over_part(app, page)),
    })
}

/// A page whose code is loaded when it is first opened. Pages that are used
/// together are one part of the published app (`xtask/src/split.rs`), as what
/// parts share is a file for each set of them: many parts make hundreds of files.
/// Elsewhere the page is simply called.
pub(super) fn part(page: impl Future<Output = AnyView> + 'static) -> AnyView {
    plain_part(Box::pin(page))
}

#[inline(never)]
fn plain_part(page: Pin<Box<dyn Future<Output = AnyView>>>) -> AnyView {
    Suspend::new(SendWrapper::new(page)).into_any()
}

/// The explainer at the side of a page, whose code is loaded when it is first asked.
fn why(
    app: App,
    question: Signal<Option<Question>>,
    on_close: Arc<dyn Fn() + Send + Sync>,
) -> AnyView {
    part(why_part(app, question, on_close))
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn why_part(
    app: App,
    question: Signal<Option<Question>>,
    on_close: Arc<dyn Fn() + Send + Sync>,
) -> AnyView {
    crate::ui::widgets::why::why(app, question, on_close)
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn designing_part(app: App, page: Page) -> AnyView {
    match page {
        Page::Variables => variables::variables(app),
        Page::Process => process::process(app),
        Page::Runbooks => runbooks::runbooks(app),
        _ => stacks::stacks(app),
    }
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn simulating_part(app: App, page: Page) -> AnyView {
    if page == Page::Reach { reach::reach(app) } else { preview::preview(app) }
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn exchanging_part(app: App, page: Page) -> AnyView {
    match page {
        Page::Compare => compare::compare(app),
        Page::Upgrade => upgrade::upgrade(app),
        Page::Ocl => ocl::ocl(app),
        _ => import::import(app),
    }
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn handing_over_part(app: App, page: Page) -> AnyView {
    match page {
        Page::Export => export::export(app),
        Page::Library => library::library(app),
        Page::Help => help::help(app),
        _ => problems::problems(app),
    }
}

/// The frame of a page: heading, what it is for, tools, body.
pub fn frame(
    app: App,
    title: &'static str,
    lead: &'static str,
    tools: AnyView,
    body: AnyView,
) -> AnyView {
    // A page whose code had to be loaded first comes after its turn.
    if HAS_GONE.get() {
        arrival::arrive(app.place().get_untracked().page);
    }
    view! {
        <main class="page" id="page">
            {notices::banners(app)}
            <div class="page__head">
                <h1 id=arrival::TITLE tabindex="-1">{title}</h1>
                {tools}
                <p class="page__lead">{lead}</p>
            </div>
            <div class="page__body">{body}</div>
        </main>
    }
    .into_any()
}
