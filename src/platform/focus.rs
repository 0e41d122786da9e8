//! Moving the focus, and asking where it is.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Focuses the element `id` once the screen has caught up.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = leptos::prelude::document().get_element_by_id(&id) {
            focus(&element);
        }
    });
}

/// Focuses `element`, if it can be.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that can't take the focus leaves it where it is.
        element.focus().ok();
    }
}

/// Whether keys belong to a text that is being typed.
#[must_use]
pub fn is_typing(target: Option<web_sys::EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            element.get_attribute("type").as_deref(),
            Some("checkbox" | "radio" | "button" | "file")
        ),
        _ => element.is_content_editable(),
    }
}
