//! Export.

use leptos::prelude::*;

use super::frame;
use crate::state::App;

/// The page.
pub fn export(app: App) -> AnyView {
    frame(app, "Export", "", ().into_any(), ().into_any())
}
