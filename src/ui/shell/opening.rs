//! What there is to say about a file that was just opened, or not, in a dialog.

use leptos::prelude::*;

use crate::state::{App, Opening};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::finding::finding;
use crate::ui::widgets::live::live;

/// The most findings that are listed.
const MOST: usize = 50;

/// The place in the page where the dialog appears.
pub fn opening(app: App) -> AnyView {
    let opening = app.opening;
    let is_open = RwSignal::new(false);
    Effect::new(move |_| is_open.set(opening.with(Option::is_some)));
    Effect::new(move |was_open: Option<bool>| {
        let open = is_open.get();
        if was_open == Some(true) && !open {
            opening.set(None);
        }
        open
    });
    live(move || {
        opening
            .get()
            .map(|told| {
                let title = if told.is_open {
                    format!("{} was opened, with notes", told.name)
                } else {
                    format!("{} was not opened", told.name)
                };
                dialog(is_open, title, true, move || body(&told, is_open))
            })
            .into_any()
    })
}

fn body(told: &Opening, is_open: RwSignal<bool>) -> AnyView {
    let lines: Vec<_> = told
        .findings
        .iter()
        .take(MOST)
        .map(|one| {
            let place = one.place.to_string();
            let place = (!place.is_empty()).then(|| view! { <p class="muted small">{place}</p> });
            let (what, why, fix) = (one.what.clone(), one.why.clone(), one.fix.clone());
            finding(one.severity, one.code, what, place.into_any(), why, fix)
        })
        .collect();
    let more = told.findings.len().saturating_sub(MOST);
    view! {
        {(!told.is_open).then(|| view! { <p class="opening__lead">"The design that is open was left as it is."</p> })}
        <ul class="findings">{lines}</ul>
        {(more > 0).then(|| view! { <p class="muted small">{format!("And {more} more.")}</p> })}
        <div class="question__foot">
            {button(Look::Main, None, "Close", move || is_open.set(false))}
        </div>
    }
    .into_any()
}
