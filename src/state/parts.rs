//! What to say while a part of the app does not come.

use leptos::prelude::*;

use super::app::App;
use crate::platform::parts::{Part, on_part};

/// Says it, once for each change.
pub(super) fn watch(app: App) {
    let last = StoredValue::new(Part::Came);
    on_part(move |now| {
        if last.try_get_value() == Some(now) {
            return;
        }
        last.set_value(now);
        match now {
            Part::Waits => app.tell(
                "A part of Pulpo could not be fetched; are you offline? It is tried again until it \
                 comes.",
            ),
            Part::Gone => app.tell(
                "A part of Pulpo is not on its site any more: a newer version was published. \
                 Reload the page to get it; your designs stay.",
            ),
            Part::Came => app.tell("The missing part of Pulpo has come."),
        }
    });
}
