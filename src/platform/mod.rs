//! The browser: storage, files, the clipboard, the clock, chance, focus.
//!
//! Never: state of the app or anything of its screen. A design goes in and out
//! as text; what may fail gives a [`Failure`] in words.

pub mod chance;
pub mod crash;
pub mod files;
pub mod focus;
pub mod layer;
pub mod settings;
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

/// Milliseconds since some moment; for telling apart quick edits from slow ones.
#[must_use]
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// The moment as an ISO 8601 text in UTC.
#[must_use]
pub fn now_iso() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// What [`now_iso`] wrote, as [`now`] counts; not a number where it is no date.
#[must_use]
pub fn moment(iso: &str) -> f64 {
    js_sys::Date::parse(iso)
}

/// A moment as people of this browser's language write it.
#[must_use]
pub fn in_words(iso: &str) -> String {
    let options = js_sys::Object::new();
    for (key, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A browser that knows no styles shows its own.
        js_sys::Reflect::set(&options, &key.into(), &value.into()).ok();
    }
    let language = leptos::prelude::window().navigator().language().unwrap_or_else(|| "en".into());
    js_sys::Date::new(&iso.into()).to_locale_string(&language, &options).into()
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
