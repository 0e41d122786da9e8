//! The navigation: a link a page.

use leptos::prelude::*;

use crate::state::{App, Derived, Page, Place};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, text, text_if};
use crate::view::problems::{Counts, counts};

fn icon_of(page: Page) -> Icon {
    match page {
        Page::Board => Icon::Board,
        Page::Stacks => Icon::Stack,
        Page::Variables => Icon::Variable,
        Page::Process => Icon::Process,
        Page::Runbooks => Icon::Runbook,
        Page::Preview => Icon::Eye,
        Page::Reach => Icon::Shield,
        Page::Problems => Icon::Warning,
        Page::Import => Icon::Import,
        Page::Compare => Icon::Compare,
        Page::Upgrade => Icon::Up,
        Page::Export => Icon::Export,
        Page::Library => Icon::Library,
        Page::Help => Icon::Help,
        // Not in the navigation.
        Page::Ocl => Icon::Import,
    }
}

/// How many problems there are; in words, the link's title has it.
fn badge(count: Derived<Counts>) -> AnyView {
    live(move || match count.get().badge() {
        Some((count, worst)) => view! {
            <span class="nav__count" data-severity=worst.word() aria-hidden="true">{count}</span>
        }
        .into_any(),
        None => ().into_any(),
    })
}

/// The navigation.
pub fn navigation(app: App) -> AnyView {
    let count = Derived::new(move || counts(&app.problems().get().unwrap_or_default()));
    let link = move |page: Page| {
        let current = text_if(move || (app.place().get().page == page).then(|| "page".to_owned()));
        let is_counted = page == Page::Problems;
        let title = text(move || match count.get().in_words() {
            words if is_counted && !words.is_empty() => format!("{}: {words}", page.label()),
            _ => page.label().to_owned(),
        });
        view! {
            <a class="nav__link" href=Place::page(page).fragment() aria-current=current title=title>
                {icon(icon_of(page))}
                <span>{page.label()}</span>
                {is_counted.then(|| badge(count))}
            </a>
        }
        .into_any()
    };
    let mut links = Vec::new();
    for page in Page::ALL.iter().copied().filter(|page| page.is_listed()) {
        if page == Page::Library {
            links.push(view! { <hr class="nav__line"/> }.into_any());
        }
        links.push(link(page));
    }
    view! { <nav class="nav" aria-label="Pages">{links}</nav> }.into_any()
}
