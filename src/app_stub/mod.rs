//! A page that only says its name, until the app takes this place.

use leptos::prelude::*;

pub(crate) fn mount() {
    leptos::mount::mount_to_body(|| {
        view! { <main><h1 tabindex="-1">"Pulpo"</h1></main> }
    });
    if let Some(start) = document().get_element_by_id("start") {
        start.remove();
    }
}
