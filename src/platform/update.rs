//! A newer version of the app that is installed and waits; see `public/start.js`.

use leptos::prelude::{document, window, window_event_listener_untyped};

/// Calls `heard` when a newer version waits, at once if it does already; for as
/// long as the app lives.
pub fn on_waiting(heard: impl Fn() + 'static) {
    let root = document().document_element();
    let is_waiting = root.and_then(|root| root.get_attribute("data-update"));
    if is_waiting.as_deref() == Some("waiting") {
        heard();
    }
    // It listens as long as the page lives: the handle is of no use.
    window_event_listener_untyped("pulpo-update", move |_| heard());
}

/// Switches to the newer version; the page loads anew.
pub fn activate() {
    if let Ok(event) = web_sys::CustomEvent::new("pulpo-activate") {
        // Nobody cancels it.
        window().dispatch_event(&event).ok();
    }
}
