//! Lists in the browser's top layer, placed beside what opened them.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The gap between the two, and to the window's edge.
const GAP: f64 = 4.0;

/// Shows `popup`, an element with `popover`, below `anchor`, or above it where
/// there is more room.
pub fn show_at(anchor: &Element, popup: &HtmlElement) {
    call(popup, "showPopover");
    let window = leptos::prelude::window();
    let size = |side: Result<wasm_bindgen::JsValue, _>| {
        side.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (size(window.inner_width()), size(window.inner_height()));
    let at = anchor.get_bounding_client_rect();
    let (above, below) = (at.top(), height - at.bottom());
    let wanted = f64::from(popup.scroll_height()).min(420.0) + GAP;
    let is_above = below < wanted && above > below;
    let room = if is_above { above } else { below } - 2.0 * GAP;
    let style = popup.style();
    let set = |name: &str, pixels: Option<f64>| {
        let value = pixels.map_or_else(|| "auto".to_owned(), |pixels| format!("{pixels}px"));
        // A style that is not taken leaves the list where it is.
        style.set_property(name, &value).ok();
    };
    set("min-width", Some(at.width().min(360.0)));
    set("max-height", Some(room.min(420.0)));
    set("top", (!is_above).then_some(at.bottom() + GAP));
    set("bottom", is_above.then_some(height - at.top() + GAP));
    let own = popup.get_bounding_client_rect().width();
    set("left", Some(at.left().min(width - own - GAP).max(GAP)));
}

/// Hides `popup`.
pub fn hide(popup: &HtmlElement) {
    call(popup, "hidePopover");
}

/// By name, because the bindings are not there yet. Showing what is shown, or
/// hiding what is hidden, fails and does no harm.
fn call(popup: &HtmlElement, name: &str) {
    let method = Reflect::get(popup, &name.into()).ok();
    if let Some(method) = method.and_then(|method| method.dyn_into::<Function>().ok()) {
        method.call0(popup).ok();
    }
}
