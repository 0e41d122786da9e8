//! Runbooks.

use leptos::prelude::*;

use super::frame;
use crate::state::App;

/// The page.
pub fn runbooks(app: App) -> AnyView {
    frame(app, "Runbooks", "", ().into_any(), ().into_any())
}
