//! Stacks.

use leptos::prelude::*;

use super::frame;
use crate::state::App;

/// The page.
pub fn stacks(app: App) -> AnyView {
    frame(app, "Stacks", "", ().into_any(), ().into_any())
}
