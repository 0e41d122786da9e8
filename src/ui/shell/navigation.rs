//! The navigation: a link a page. A phone shows the first few of them and, on
//! demand, the rest: a disclosure, so that there is one list of links.

use leptos::prelude::*;

use crate::platform::focus;

use crate::state::{App, Derived, Page, Place};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{flag, live, on_key, press, text, text_if};
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

/// The button that shows the rest on a phone.
const MORE: &str = "nav-more";

/// Whether a phone always shows the page's link.
fn is_first(page: Page) -> bool {
    matches!(page, Page::Board | Page::Stacks | Page::Variables | Page::Process | Page::Preview)
}

/// The navigation.
pub fn navigation(app: App) -> AnyView {
    let count = Derived::new(move || counts(&app.problems().get().unwrap_or_default()));
    let is_open = RwSignal::new(false);
    let link = move |page: Page| {
        let current = text_if(move || (app.place().get().page == page).then(|| "page".to_owned()));
        let is_counted = page == Page::Problems;
        let title = text(move || match count.get().in_words() {
            words if is_counted && !words.is_empty() => format!("{}: {words}", page.label()),
            _ => page.label().to_owned(),
        });
        view! {
            <a
                class="nav__link"
                data-first=is_first(page).then_some("")
                href=Place::page(page).fragment()
                aria-current=current
                title=title
                on:click=press(move || is_open.set(false))
            >
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
    // What is hidden behind it is heard of, too.
    let more = text(move || match count.get().in_words() {
        words if words.is_empty() => "More pages".to_owned(),
        words => format!("More pages: {words}"),
    });
    let on_escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.prevent_default();
            is_open.set(false);
            focus::focus_soon(MORE.to_owned());
        }
    };
    // A press anywhere else closes it.
    let on_leave = move |event: web_sys::FocusEvent| {
        if focus::leaves(&event) {
            is_open.set(false);
        }
    };
    view! {
        <nav
            class="nav"
            aria-label="Pages"
            data-open=text_if(move || is_open.get().then(String::new))
            on:keydown=on_key(on_escape)
            on:focusout=on_leave
        >
            <div class="nav__links" id="nav-links">{links}</div>
            <button
                type="button"
                id=MORE
                class="nav__link nav__more"
                aria-expanded=text(move || is_open.get().to_string())
                aria-controls="nav-links"
                data-current=flag(move || !is_first(app.place().get().page))
                title=more
                on:click=press(move || is_open.update(|is_open| *is_open = !*is_open))
            >
                {icon(Icon::More)}
                <span>"More"</span>
                {badge(count)}
            </button>
        </nav>
    }
    .into_any()
}
