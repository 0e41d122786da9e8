//! The navigation: a link a page.

use leptos::prelude::*;

use crate::state::{App, Page, Place};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::text_if;

fn icon_of(page: Page) -> Icon {
    match page {
        Page::Stacks => Icon::Stack,
        Page::Variables => Icon::Variable,
        Page::Process => Icon::Process,
        Page::Runbooks => Icon::Runbook,
        Page::Problems => Icon::Warning,
        Page::Export => Icon::Export,
        Page::Library => Icon::Library,
        Page::Help => Icon::Help,
    }
}

/// The navigation.
pub fn navigation(app: App) -> AnyView {
    let link = move |page: Page| {
        let current = text_if(move || (app.place().get().page == page).then(|| "page".to_owned()));
        view! {
            <a class="nav__link" href=Place::page(page).fragment() aria-current=current title=page.label()>
                {icon(icon_of(page))}
                <span>{page.label()}</span>
            </a>
        }
        .into_any()
    };
    let mut links = Vec::new();
    for page in Page::ALL.iter().copied() {
        if page == Page::Library {
            links.push(view! { <hr class="nav__line"/> }.into_any());
        }
        links.push(link(page));
    }
    view! { <nav class="nav" aria-label="Pages">{links}</nav> }.into_any()
}
