//! The pages. Each has a file or folder of its own and one public function
//! that gives its view.

pub mod export;
pub mod help;
pub mod library;
pub mod problems;
pub mod process;
pub mod runbooks;
pub mod stacks;
pub mod variables;

use leptos::prelude::*;

use super::shell::notices;
use crate::platform::focus;
use crate::state::{App, Derived, Page};
use crate::ui::widgets::live::live;

/// The page that is shown, and at its side what the page puts there.
pub fn page(app: App) -> AnyView {
    let shown = Derived::new(move || app.page());
    // After going to another page, a screen reader starts at its heading.
    Effect::new(move |before: Option<Page>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            focus::focus_soon("page-title");
        }
        now
    });
    live(move || match shown.get() {
        Page::Stacks => stacks::stacks(app),
        Page::Variables => variables::variables(app),
        Page::Process => process::process(app),
        Page::Runbooks => runbooks::runbooks(app),
        Page::Problems => problems::problems(app),
        Page::Export => export::export(app),
        Page::Library => library::library(app),
        Page::Help => help::help(app),
    })
}

/// The frame of a page: heading, what it is for, tools, body.
pub fn frame(
    app: App,
    title: &'static str,
    lead: &'static str,
    tools: AnyView,
    body: AnyView,
) -> AnyView {
    view! {
        <main class="page" id="page">
            {notices::banners(app)}
            <div class="page__head">
                <h1 id="page-title" tabindex="-1">{title}</h1>
                {tools}
                <p class="page__lead">{lead}</p>
            </div>
            <div class="page__body">{body}</div>
        </main>
    }
    .into_any()
}
