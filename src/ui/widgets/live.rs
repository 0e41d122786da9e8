//! Parts of a view that change: one type for all of them, so that the
//! machinery of a changing part is in the app once.

use leptos::prelude::*;

pub use super::rows::rows as each;

/// A part that is made again whenever what it reads changes.
pub fn live(view: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    plain_live(Box::new(view))
}

#[inline(never)]
fn plain_live(view: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    (move || view()).into_any()
}

/// A text that changes.
pub fn live_text(text: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    plain_live_text(Signal::derive(text))
}

#[inline(never)]
fn plain_live_text(text: Signal<String>) -> AnyView {
    text.into_any()
}

/// A text for an attribute.
pub fn text(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(text)
}

/// A text for an attribute that is not always there.
pub fn text_if(
    text: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> Signal<Option<String>> {
    Signal::derive(text)
}

/// A flag for an attribute or property such as `hidden`.
pub fn flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(flag)
}

/// A part that is there while `is_there` says so.
pub fn when(
    is_there: impl Fn() -> bool + Send + Sync + 'static,
    view: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let is_there = crate::state::Derived::new(is_there);
    live(move || if is_there.get() { view() } else { ().into_any() })
}

/// What a press does; one type for all, as with the parts above.
pub fn press(mut run: impl FnMut() + 'static) -> Box<dyn FnMut(web_sys::MouseEvent)> {
    Box::new(move |_| run())
}

/// What a key does.
pub fn on_key(
    run: impl FnMut(web_sys::KeyboardEvent) + 'static,
) -> Box<dyn FnMut(web_sys::KeyboardEvent)> {
    Box::new(run)
}

/// What a pointer does.
pub fn on_pointer(
    run: impl FnMut(web_sys::PointerEvent) + 'static,
) -> Box<dyn FnMut(web_sys::PointerEvent)> {
    Box::new(run)
}
