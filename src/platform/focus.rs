//! Moving the focus, and asking where it is.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How often views may follow one another before the next key can come.
const TURNS: usize = 4;

/// Focuses the element `id` once the views have followed the change that is
/// being made: before the browser hands on another key, so that keys pressed
/// fast all arrive. Where the element is not there yet, or another view takes
/// it away again, with the next frame.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    let is_done = std::rc::Rc::new(std::cell::Cell::new(false));
    let (early, was_done) = (id.clone(), std::rc::Rc::clone(&is_done));
    wasm_bindgen_futures::spawn_local(async move {
        for _ in 0..TURNS {
            leptos::task::tick().await;
        }
        was_done.set(has_focus(&early) || focus_id(&early));
    });
    leptos::prelude::request_animation_frame(move || {
        // Whoever has gone on meanwhile is left alone.
        let active = leptos::prelude::document().active_element();
        let is_lost = active.as_ref().is_none_or(|active| active.tag_name() == "BODY");
        if is_lost || !is_done.get() {
            focus_id(&id);
        } else if let Some(active) = active.filter(|active| active.id() == id) {
            // What had the focus all along may have moved out of sight.
            show(&active);
        }
    });
}

fn has_focus(id: &str) -> bool {
    leptos::prelude::document().active_element().is_some_and(|active| active.id() == id)
}

/// Scrolls as little as is needed to see `element`.
fn show(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Focuses the element `id` at once; says whether it has the focus now.
pub fn focus_id(id: &str) -> bool {
    let Some(element) = leptos::prelude::document().get_element_by_id(id) else { return false };
    focus(&element);
    has_focus(id)
}

/// Focuses `element`, if it can be.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that can't take the focus leaves it where it is.
        element.focus().ok();
    }
}

/// Whether the focus leaves all of the element that hears of it.
#[must_use]
pub fn leaves(event: &web_sys::FocusEvent) -> bool {
    let node = |target: Option<web_sys::EventTarget>| target?.dyn_into::<web_sys::Node>().ok();
    let there = node(event.related_target());
    node(event.current_target()).is_some_and(|here| !here.contains(there.as_ref()))
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
