//! Files that are dropped anywhere: on the library a design is opened, on all
//! other pages files are taken to Import.

use leptos::ev;
use leptos::prelude::*;

use crate::platform::files;
use crate::state::{App, Page};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{flag, live_text};

/// The sign that something can be dropped, while it is held over the app.
pub fn drops(app: App) -> AnyView {
    let is_over = RwSignal::new(false);
    let over = window_event_listener(ev::dragover, move |event| {
        let kinds = event.data_transfer().map(|data| data.types());
        if kinds.is_some_and(|kinds| kinds.includes(&"Files".into(), 0)) {
            // Without this, the browser would leave the page for the file.
            event.prevent_default();
            is_over.set(true);
        }
    });
    let left = window_event_listener(ev::dragleave, move |event| {
        if event.related_target().is_none() {
            is_over.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        is_over.set(false);
        let Some(data) = event.data_transfer() else { return };
        let Some(files) = data.files().filter(|files| files.length() > 0) else { return };
        event.prevent_default();
        match files.get(0) {
            Some(file) if files.length() == 1 && opens(app, &file.name()) => app.open_file(file),
            _ => app.bring(files::dropped(&data)),
        }
    });
    on_cleanup(move || {
        over.remove();
        left.remove();
        dropped.remove();
    });
    let words = live_text(move || match app.page() {
        Page::Library => "Drop a design file to open it, or other files to import them".to_owned(),
        _ => "Drop files or a folder to import them".to_owned(),
    });
    view! {
        <div class="drop" hidden=flag(move || !is_over.get()) aria-hidden="true">
            <p>{icon(Icon::Import)}{words}</p>
        </div>
    }
    .into_any()
}

/// Whether a dropped file is opened as a design.
fn opens(app: App, name: &str) -> bool {
    app.page() == Page::Library && name.ends_with(".json")
}
