//! What there is to say about a file that was just opened, or not, in a dialog.

use leptos::prelude::*;

use crate::state::{App, Opening, follow, follow_from};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::finding::findings;
use crate::ui::widgets::live::live;

/// The most findings that are listed.
const MOST: usize = 50;

/// The place in the page where the dialog appears.
pub fn opening(app: App) -> AnyView {
    let opening = app.opening;
    let is_open = RwSignal::new(false);
    follow(move || is_open.set(opening.with(Option::is_some)));
    follow_from(move |was_open: Option<bool>| {
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
    let all: Vec<_> = told.findings.iter().collect();
    view! {
        {(!told.is_open).then(|| view! { <p class="opening__lead">"The design that is open was left as it is."</p> })}
        {findings(&all, MOST)}
        <div class="question__foot">
            {button(Look::Main, None, "Close", move || is_open.set(false))}
        </div>
    }
    .into_any()
}
