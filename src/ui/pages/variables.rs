//! Variables.

use leptos::prelude::*;

use super::frame;
use crate::state::App;

/// The page.
pub fn variables(app: App) -> AnyView {
    frame(app, "Variables", "", ().into_any(), ().into_any())
}
