//! What was recognised, and what was not understood.

use leptos::prelude::*;

use super::{Page, section};
use crate::ui::widgets::finding::{findings as finding_list, icon_of};
use crate::ui::widgets::icon::icon;
use crate::ui::widgets::live::{flag, live};
use crate::ui::widgets::unique;
use crate::view::import::{row, shortened, worst_first};

/// The most findings that are listed; a file that has more is hardly the right one.
const MOST: usize = 100;

/// Both parts.
pub(super) fn recognised(page: Page) -> AnyView {
    view! {
        {live(move || documents(page))}
        {live(move || findings(page))}
    }
    .into_any()
}

fn documents(page: Page) -> AnyView {
    let Some(imported) = page.imported.get() else { return ().into_any() };
    let lines: Vec<_> = imported
        .documents
        .iter()
        .enumerate()
        .map(|(at, document)| {
            let row = row(document);
            let id = unique("document");
            let is_taken = move || page.left.with(|left| !left.contains(&at));
            let take = move |is_taken: bool| {
                page.left.update(|left| {
                    if is_taken {
                        left.remove(&at);
                    } else {
                        left.insert(at);
                    }
                });
            };
            let notes = (!row.notes.is_empty()).then(|| {
                let worst = row.worst.map(|worst| worst.word());
                view! {
                    <span class="import__notes small" data-severity=worst>
                        {row.worst.map(|worst| icon(icon_of(worst)))}
                        {row.notes.clone()}
                    </span>
                }
            });
            view! {
                <li class="import__document">
                    <label class="check">
                        <input
                            type="checkbox"
                            aria-describedby=id.clone()
                            prop:checked=flag(is_taken)
                            on:change:target=move |event| take(event.target().checked())
                        />
                        <span class="strong">{row.what.clone()}</span>
                    </label>
                    {notes}
                    <p class="import__files muted small" id=id>{row.files.clone()}</p>
                </li>
            }
            .into_any()
        })
        .collect();
    let list = if lines.is_empty() {
        let words = "None of it is something Pulpo knows. Below stands what it reads.";
        let words = if imported.findings.is_empty() {
            "Pulpo reads Octopus's JSON and OCL, Pulumi.yaml with Pulumi.*.yaml, designs, and zips \
             of these."
        } else {
            words
        };
        view! { <p class="muted">{words}</p> }.into_any()
    } else {
        view! { <ul class="import__documents">{lines}</ul> }.into_any()
    };
    let left_out = imported.left_out.len();
    let rest = (left_out > 0 && !imported.is_empty()).then(|| {
        let words = match left_out {
            1 => "1 other file is nothing Pulpo knows, and is left alone.".to_owned(),
            many => format!("{many} other files are nothing Pulpo knows, and are left alone."),
        };
        let names = shortened(&imported.left_out);
        view! {
            <details class="import__rest">
                <summary class="small muted">{words}</summary>
                <p class="small muted">{names}</p>
            </details>
        }
    });
    let body = view! { {list} {rest} }.into_any();
    section("import-recognised", "What was recognised", body)
}

fn findings(page: Page) -> AnyView {
    let Some(imported) = page.imported.get() else { return ().into_any() };
    let all = worst_first(imported.all_findings());
    if all.is_empty() {
        return ().into_any();
    }
    section("import-findings", "What to know about these files", finding_list(&all, MOST))
}
