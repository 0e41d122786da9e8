//! What of the design is meant by what the files refer to: a list each.

use leptos::prelude::*;

use super::Page;
use crate::import::Foreign;
use crate::ui::widgets::field::select_field;
use crate::ui::widgets::live::live;
use crate::view::import::{called, choose, chosen};

/// The lists; nothing where all is clear.
pub(super) fn meant(page: Page) -> AnyView {
    // Made anew only when other things are asked, so that the focus stays.
    let rows = crate::state::Derived::new(move || {
        page.plan.with(|plan| {
            plan.as_ref().map(|plan| (plan.open.clone(), plan.found.clone())).unwrap_or_default()
        })
    });
    live(move || {
        let (open, found) = rows.get();
        if open.is_empty() && found.is_empty() {
            return ().into_any();
        }
        let asked = (!open.is_empty()).then(|| {
            let lines: Vec<_> = open.into_iter().map(|row| line(page, row)).collect();
            view! {
                <p class="muted small">
                    "The files refer to these, and the design has nothing of the same id or name."
                </p>
                <div class="import__meant">{lines}</div>
            }
        });
        let many = found.len();
        let known = (many > 0).then(|| {
            let words = match many {
                1 => "1 was found in the design by itself".to_owned(),
                many => format!("{many} were found in the design by themselves"),
            };
            let lines: Vec<_> = found.into_iter().map(|row| line(page, row)).collect();
            view! {
                <details class="import__rest">
                    <summary class="small">{words}</summary>
                    <div class="import__meant">{lines}</div>
                </details>
            }
        });
        view! {
            <div class="import__group">
                <h3>"What is meant"</h3>
                {asked}
                {known}
            </div>
        }
        .into_any()
    })
}

fn line(page: Page, row: Foreign) -> AnyView {
    let label = called(&row);
    let options = {
        let (word, _) = row.kind.words();
        let add = format!("Add as a new {word}");
        let rows = row.options.iter().cloned();
        std::iter::once((String::new(), add)).chain(rows).collect::<Vec<_>>()
    };
    let (kind, id) = (row.kind, row.id.clone());
    let value = move || page.how.with(|how| chosen(&how.choices, &row));
    let pick = move |value: String| {
        page.how.update(|how| choose(&mut how.choices, kind, &id, &value));
    };
    select_field(label, value, move || options.clone(), false, pick)
}
