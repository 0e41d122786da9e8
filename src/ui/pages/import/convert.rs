//! Other files made of what was read, without taking it in.

use leptos::prelude::*;

use super::{Page, section};
use crate::export::{self, TARGETS, Target};
use crate::import::{How, into_new};
use crate::platform::files as disk;
use crate::state::Failure;
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::field::checkbox;
use crate::ui::widgets::icon::Icon;
use crate::view::export::zip_name;

/// The part.
pub(super) fn convert(page: Page) -> AnyView {
    let chosen = RwSignal::new(Vec::<Target>::new());
    let boxes: Vec<_> = TARGETS
        .iter()
        .map(|info| {
            let target = info.target;
            checkbox(
                info.label,
                move || chosen.with(|chosen| chosen.contains(&target)),
                move |is_on| {
                    chosen.update(|chosen| {
                        chosen.retain(|one| *one != target);
                        if is_on {
                            chosen.push(target);
                        }
                    });
                },
            )
        })
        .collect();
    let download = move || {
        let mut targets = chosen.get_untracked();
        targets.sort_unstable();
        save(page, &targets);
    };
    let body = view! {
        <details class="import__convert">
            <summary>"Convert to files…"</summary>
            <p class="muted small">
                "The same files as from Export, made of what was read. The open design stays as it is."
            </p>
            <fieldset class="import__targets"><legend class="unseen">"Convert to"</legend>{boxes}</fieldset>
            {button(Look::Plain, Some(Icon::Download), "Download converted files", download)}
        </details>
    }
    .into_any();
    section("import-convert", "Or only convert it", body)
}

fn save(page: Page, targets: &[Target]) {
    let Some(fragment) = page.fragment.get_untracked() else {
        return page.app.tell("Nothing is chosen.");
    };
    if targets.is_empty() {
        return page.app.tell("Choose what to convert to.");
    }
    let design = into_new((*fragment).clone(), &How::default());
    let exported = export::export(&design, targets);
    let name = zip_name(&design.title);
    let done = match export::zip(&exported.files) {
        Ok(bytes) => disk::download(&name, "application/zip", &bytes),
        Err(error) => Err(Failure(error.to_string())),
    };
    match done {
        Ok(()) => page.app.tell(format!("Saved as {name}. README.md in it says what got lost.")),
        Err(failure) => page.app.tell(format!("{name} was not saved. {failure}")),
    }
}
