//! How large an element is, whenever that changes.

use js_sys::Array;
use leptos::prelude::on_cleanup;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Calls `changed` when `element` has another size, and once at the start;
/// ends with the view around it.
pub fn watch(element: &Element, mut changed: impl FnMut() + 'static) {
    let heard = Closure::<dyn FnMut(Array)>::new(move |_| changed());
    let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = leptos::__reexports::send_wrapper::SendWrapper::new((observer, heard));
    on_cleanup(move || kept.0.disconnect());
}
