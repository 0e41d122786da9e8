//! Small preferences, kept by the browser for this site.

/// The preference called `key`.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a preference. A browser that keeps none does no harm.
pub fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        storage.set_item(key, value).ok();
    }
}

/// Keeps a text that must not be lost; says whether the browser took it.
#[must_use]
pub fn keep(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets what is kept as `key`.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        storage.remove_item(key).ok();
    }
}

/// All keys that begin so.
#[must_use]
pub fn keys(start: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    let all = (0..count).filter_map(|index| storage.key(index).ok().flatten());
    all.filter(|key| key.starts_with(start)).collect()
}

fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}

/// What this tab remembers as `key` until it is closed.
#[must_use]
pub fn of_session(key: &str) -> Option<String> {
    session()?.get_item(key).ok().flatten()
}

/// Lets this tab remember something until it is closed.
pub fn set_for_session(key: &str, value: &str) {
    if let Some(storage) = session() {
        storage.set_item(key, value).ok();
    }
}

fn session() -> Option<web_sys::Storage> {
    leptos::prelude::window().session_storage().ok().flatten()
}

/// The key of the design that was open last.
pub const CURRENT: &str = "pulpo.current";
/// The key of the theme: `light`, `dark`, or nothing for the system's.
pub const THEME: &str = "pulpo.theme";
/// The key of the targets that this session exports to.
pub const TARGETS: &str = "pulpo.targets";
