//! Where files come from: dropped, chosen, or a text that is pasted.

use leptos::html;
use leptos::prelude::*;

use super::Page as Import;
use crate::state::{Page, Place};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{flag, live_text};

type Chosen = leptos::tachys::html::event::Targeted<web_sys::Event, web_sys::HtmlInputElement>;

/// The ways in.
pub(super) fn sources(page: Import) -> AnyView {
    let files = NodeRef::<html::Input>::new();
    let folder = NodeRef::<html::Input>::new();
    let open_files = move || {
        if let Some(input) = files.get_untracked() {
            input.click();
        }
    };
    let open_folder = move || {
        if let Some(input) = folder.get_untracked() {
            // No attribute that the view knows.
            input.set_attribute("webkitdirectory", "").ok();
            input.click();
        }
    };
    let take = move |event: Chosen| {
        let input = event.target();
        let chosen = input.files().map(|files| js_sys::Array::from(&files).to_vec());
        // The same files can be chosen again.
        input.set_value("");
        page.app.bring(chosen.unwrap_or_default());
    };
    let is_reading = move || page.progress.with(Option::is_some);
    let told = move || match page.progress.get() {
        Some((done, total)) if total > 0 => format!("Reading, {done} of {total} files…"),
        Some(_) => "Reading…".to_owned(),
        None => String::new(),
    };
    view! {
        <div class="import__drop">
            <p class="import__here">{icon(Icon::Import)}"Drop files or a folder anywhere, or"</p>
            <div class="import__buttons">
                {button(Look::Plain, Some(Icon::File), "Choose files…", open_files)}
                {button(Look::Plain, Some(Icon::Folder), "Choose a folder…", open_folder)}
            </div>
            <input type="file" id="import-files" multiple hidden aria-label="Files" node_ref=files on:change:target=take/>
            <input
                type="file"
                id="import-folder"
                multiple
                hidden
                aria-label="Folder"
                node_ref=folder
                on:change:target=take
            />
            {paste(page)}
            <p class="muted small">
                "OCL that Octopus refuses? The "
                <a href=Place::page(Page::Ocl).fragment()>"OCL doctor"</a>
                " finds out why, and repairs it."
            </p>
            <p class="import__told" role="status" hidden=flag(move || !is_reading())>{live_text(told)}</p>
        </div>
    }
    .into_any()
}

fn paste(page: Import) -> AnyView {
    let text = RwSignal::new(String::new());
    let read = move || {
        let text = text.get_untracked();
        if text.trim().is_empty() {
            page.app.tell("Paste a text first.");
        } else {
            page.app.bring_text(text);
        }
    };
    view! {
        <details class="import__paste">
            <summary>"Paste a text"</summary>
            <label class="field__label" for="import-text">"Text of a file"</label>
            <textarea
                id="import-text"
                class="input"
                data-mono=""
                rows="8"
                spellcheck="false"
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            ></textarea>
            {button(Look::Plain, None, "Read text", read)}
        </details>
    }
    .into_any()
}
