//! Parts of the app that are fetched when they are first needed; see
//! `public/parts.js`, which tries until they come.

use leptos::prelude::window_event_listener_untyped;
use wasm_bindgen::JsCast;

#[cfg(feature = "split")]
#[wasm_bindgen::prelude::wasm_bindgen(raw_module = "./__wasm_split.js")]
extern "C" {
    fn bring_rest(now: bool) -> js_sys::Promise;
}

/// Fetches what a start does not run; see `xtask/src/halves.rs`. An app that is
/// not divided has it.
pub async fn rest() {
    #[cfg(feature = "split")]
    wasm_bindgen_futures::JsFuture::from(bring_rest(false)).await.ok();
}

/// How the fetching of a part goes, where it does not come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It did not come; it is tried again.
    Waits,
    /// The site has it no more.
    Gone,
    /// It came after all.
    Came,
}

/// Calls `heard` for as long as the app lives.
pub fn on_part(heard: impl Fn(Part) + 'static) {
    window_event_listener_untyped("pulpo-part", move |event| {
        let detail = event.dyn_ref::<web_sys::CustomEvent>().map(web_sys::CustomEvent::detail);
        match detail.and_then(|detail| detail.as_string()).as_deref() {
            Some("waits") => heard(Part::Waits),
            Some("gone") => heard(Part::Gone),
            Some("came") => heard(Part::Came),
            _ => {}
        }
    });
}
