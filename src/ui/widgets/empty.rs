//! Empty places: one sentence that teaches, one button.

use leptos::prelude::*;

/// An empty place.
pub fn empty(sentence: &'static str, action: AnyView) -> AnyView {
    view! { <div class="empty"><p>{sentence}</p>{action}</div> }.into_any()
}
