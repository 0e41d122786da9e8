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
use crate::state::{App, Derived, Page};
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
    Effect::new(move |before: Option<Page>| {
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
        Page::Stacks => part(stacks_part(app)),
        Page::Variables => part(variables_part(app)),
        Page::Preview => part(preview_part(app)),
        Page::Process => part(process_part(app, Page::Process)),
        Page::Runbooks => part(process_part(app, Page::Runbooks)),
        Page::Import => part(import_part(app)),
        Page::Compare => part(compare_part(app)),
        Page::Upgrade => part(upgrade_part(app)),
        Page::Reach => part(reach_part(app)),
        Page::Ocl => part(ocl_part(app)),
        other => part(handing_over_part(app, other)),
    })
}

/// A page whose code is loaded when it is first opened. Published as one part
/// of the app each, see `xtask/src/split.rs`; elsewhere simply called.
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
async fn stacks_part(app: App) -> AnyView {
    stacks::stacks(app)
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn variables_part(app: App) -> AnyView {
    variables::variables(app)
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn preview_part(app: App) -> AnyView {
    preview::preview(app)
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn process_part(app: App, page: Page) -> AnyView {
    if page == Page::Runbooks { runbooks::runbooks(app) } else { process::process(app) }
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn import_part(app: App) -> AnyView {
    import::import(app)
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn compare_part(app: App) -> AnyView {
    compare::compare(app)
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn upgrade_part(app: App) -> AnyView {
    upgrade::upgrade(app)
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn reach_part(app: App) -> AnyView {
    reach::reach(app)
}

#[cfg_attr(feature = "split", leptos::lazy)]
async fn ocl_part(app: App) -> AnyView {
    ocl::ocl(app)
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
