//! Problems.

use leptos::prelude::*;

use super::frame;
use crate::state::App;

/// The page.
pub fn problems(app: App) -> AnyView {
    frame(app, "Problems", "", ().into_any(), ().into_any())
}
