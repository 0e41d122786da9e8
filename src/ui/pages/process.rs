//! Process.

use leptos::prelude::*;

use super::frame;
use crate::state::App;

/// The page.
pub fn process(app: App) -> AnyView {
    frame(app, "Process", "", ().into_any(), ().into_any())
}
