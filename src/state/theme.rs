//! Light, dark, or as the system says.

use leptos::prelude::*;

use crate::platform::settings;

const LIGHT: &str = "light";
const DARK: &str = "dark";

/// Shows the theme that was chosen last.
pub fn start() {
    if let Some(theme) = settings::get(settings::THEME) {
        show(&theme);
    }
}

/// Switches between light and dark, and remembers it.
pub fn switch() {
    let theme = if is_dark() { LIGHT } else { DARK };
    settings::set(settings::THEME, theme);
    show(theme);
}

fn is_dark() -> bool {
    let root = document().document_element();
    match root.and_then(|root| root.get_attribute("data-theme")).as_deref() {
        Some(theme) => theme == DARK,
        None => window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches()),
    }
}

fn show(theme: &str) {
    if let (Some(root), LIGHT | DARK) = (document().document_element(), theme) {
        root.set_attribute("data-theme", theme).ok();
    }
}
