//! How large an element is, whenever that changes.

use js_sys::Array;
use leptos::prelude::{document, on_cleanup};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// Calls `changed` when `element` has another size, and once at the start;
/// ends with the view around it.
pub fn watch(element: &Element, mut changed: impl FnMut() + 'static) {
    let heard = Closure::<dyn FnMut(Array)>::new(move |_| changed());
    let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = leptos::__reexports::send_wrapper::SendWrapper::new((observer, heard));
    on_cleanup(move || kept.0.disconnect());
}

/// How many pixels a scroll bar takes from what it scrolls; none where it lies
/// over it. The browser lays the page out to say so.
pub fn scroll_bar() -> f64 {
    let (Some(body), Ok(probe)) = (document().body(), document().create_element("div")) else {
        return 0.0;
    };
    let probe: HtmlElement = probe.unchecked_into();
    probe.style().set_property("overflow-y", "scroll").ok();
    body.append_child(&probe).ok();
    let pixels = probe.offset_width() - probe.client_width();
    probe.remove();
    f64::from(pixels)
}
