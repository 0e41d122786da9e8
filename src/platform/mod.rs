//! The browser: storage, files, the clipboard, the clock, chance, focus.
//!
//! Never: state of the app or anything of its screen. A design goes in and out
//! as text; what may fail gives a [`Failure`] in words.

pub mod chance;
pub mod clock;
pub mod crash;
pub mod files;
pub mod focus;
pub mod layer;
pub mod near;
pub mod order;
pub mod parts;
pub mod settings;
pub mod size;
pub mod store;
pub mod tabs;
pub mod update;

use wasm_bindgen::JsValue;

/// Why the browser did not do what was asked, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<JsValue> for Failure {
    fn from(value: JsValue) -> Self {
        let error: Option<js_sys::Error> = wasm_bindgen::JsCast::dyn_into(value).ok();
        Self(error.map_or_else(|| "The browser refused.".into(), |error| error.message().into()))
    }
}

/// Waits for this time.
pub async fn pause(time: std::time::Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        leptos::prelude::set_timeout(
            move || {
                resolve.call0(&JsValue::UNDEFINED).ok();
            },
            time,
        );
    });
    // It can't be refused.
    wasm_bindgen_futures::JsFuture::from(promise).await.ok();
}
