//! Library.

use leptos::prelude::*;

use super::frame;
use crate::state::App;

/// The page.
pub fn library(app: App) -> AnyView {
    frame(app, "Library", "", ().into_any(), ().into_any())
}
