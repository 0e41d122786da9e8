//! What the open design is compared with.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Page, summary};
use crate::state::{Choice, Page as PageName, follow_from};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::chooser::Chooser;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::field::select_field;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{live, when};

/// The word of the URL for a file, whose text no URL can hold.
const FILE: &str = "file";

/// The choice, and what was found in one line.
pub(super) fn choice(page: Page) -> AnyView {
    let app = page.app;
    let choices = RwSignal::new(Vec::<Choice>::new());
    let file_name = RwSignal::new(String::new());
    app.with_choices(move |found| {
        // The page may be gone by now.
        choices.try_set(found);
    });
    let selected = app.selected(PageName::Compare);
    // What the URL names is what is compared with: back and reload go by it.
    follow_from(move |before: Option<String>| {
        let wanted = selected.get();
        if before.as_ref() != Some(&wanted) && wanted != FILE {
            page.against.set(None);
            if !wanted.is_empty() {
                let word = wanted.clone();
                spawn_local(async move {
                    match app.other(&word).await {
                        Ok(other) => page.open(other),
                        Err(failure) => app.tell(failure.0),
                    }
                });
            }
        }
        wanted
    });
    let chooser = Chooser::default();
    let choose = move || chooser.open();
    let take = move |file: web_sys::File| {
        spawn_local(async move {
            match app.other_of_file(file).await {
                Ok(other) => {
                    file_name.set(other.name.clone());
                    app.select(PageName::Compare, FILE);
                    page.open(other);
                }
                Err(failure) => app.tell(failure.0),
            }
        });
    };
    let options = move || {
        let mut options = vec![(String::new(), "Nothing yet".to_owned())];
        options.extend(choices.get().into_iter().map(|one| (one.word, one.label)));
        let name = file_name.get();
        if !name.is_empty() {
            options.push((FILE.to_owned(), format!("File: {name}")));
        }
        options
    };
    let is_open = move || page.against.with(Option::is_some);
    let nothing = move || {
        let sentence = if selected.get().is_empty() || selected.get() == FILE {
            "Choose what to compare with: the last export, a kept design, a sample, or a file of any kind that Pulpo reads."
        } else {
            "What was chosen is not there any more. Choose something else, or a file."
        };
        empty(sentence, button(Look::Main, Some(Icon::Import), "Choose a file…", choose))
    };
    view! {
        <div class="compare__choice">
            {select_field(
                "Compare with",
                move || selected.get(),
                options,
                false,
                move |word| app.select(PageName::Compare, &word),
            )}
            {when(is_open, move || view! {
                <div class="compare__turn">
                    {button(Look::Plain, Some(Icon::Import), "Choose a file…", choose)}
                    {button(Look::Plain, Some(Icon::Swap), "Swap sides", move || page.turn())}
                </div>
            }.into_any())}
            {chooser.input("File to compare with", "", take)}
        </div>
        {when(is_open, move || summary(page))}
        {live(move || if is_open() { ().into_any() } else { nothing() })}
    }
    .into_any()
}
