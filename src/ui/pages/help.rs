//! Help.

use leptos::prelude::*;

use super::frame;
use crate::state::App;

/// The page.
pub fn help(app: App) -> AnyView {
    frame(app, "Help", "", ().into_any(), ().into_any())
}
