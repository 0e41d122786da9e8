//! The clock, and moments as people of this browser's language write them.

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
