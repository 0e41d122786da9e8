//! What the export could not carry, and what is left to do after it.

use leptos::prelude::*;

use super::Page;
use crate::state::{Derived, Page as PageName, Place};
use crate::ui::widgets::finding::finding;
use crate::ui::widgets::live::{flag, live};
use crate::view::findings::{Group, Item, groups};

/// The notes, alike ones together.
pub(super) fn notes(page: Page) -> AnyView {
    let all = Derived::new(move || {
        page.made.with(|made| {
            made.as_ref().map(|made| groups(&made.findings, &made.files)).unwrap_or_default()
        })
    });
    let list = move || all.get().into_iter().map(group).collect::<Vec<_>>();
    view! {
        <section class="export__part" aria-labelledby="export-notes" hidden=flag(move || all.with(Vec::is_empty))>
            <h2 id="export-notes">"What to know about these files"</h2>
            <ul class="findings">{live(move || list().into_any())}</ul>
        </section>
    }
    .into_any()
}

fn group(group: Group) -> AnyView {
    // Items that say nothing of their own are only places: one line for all, or none.
    let is_quiet = group.items.iter().all(|item| item.what.is_empty() && item.why.is_empty());
    let is_told = |item: &Item| !(item.place.is_empty() && item.what.is_empty());
    let items: Vec<_> = group.items.into_iter().filter(is_told).map(item).collect();
    let places = if items.is_empty() {
        ().into_any()
    } else if is_quiet {
        view! { <ul class="finding__places" data-inline="">{items}</ul> }.into_any()
    } else {
        view! { <ul class="finding__places">{items}</ul> }.into_any()
    };
    finding(group.severity, group.code, group.what, places, group.why, group.fix)
}

fn item(item: Item) -> AnyView {
    let Item { what, why, place, file } = item;
    let place = if file.is_empty() {
        place.into_any()
    } else {
        let link = Place { page: PageName::Export, selected: file };
        view! { <a href=link.fragment()>{place}</a> }.into_any()
    };
    let said =
        [what, why].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    view! {
        <li>
            {place}
            {(!said.is_empty()).then(|| view! { <span>" "{said}</span> })}
        </li>
    }
    .into_any()
}
