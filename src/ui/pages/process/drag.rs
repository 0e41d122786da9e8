//! Dragging cards by mouse, pen or finger. The drop place is a line on the
//! card below or above, so nothing moves before the drop.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::desk::Desk;
use crate::edit::steps::Drop;

/// What is dragged, and over what.
#[derive(Debug, Clone, PartialEq)]
pub struct Drag {
    /// The address of the card.
    pub address: String,
    start: (i32, i32),
    /// Whether it has left its place: a press alone is no drag.
    pub is_under_way: bool,
    /// Where it would go.
    pub over: Option<(String, Drop)>,
}

/// How far the pointer goes before a press becomes a drag.
const SLACK: i32 = 5;

/// Begins to drag, if the press is one that may.
pub fn begin(desk: Desk, address: &str, event: &PointerEvent) {
    let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_on = |selector: &str| {
        on.as_ref().is_some_and(|on| on.closest(selector).ok().flatten().is_some())
    };
    // A finger scrolls unless it is on the grip.
    let may = is_on("[data-grip]") || event.pointer_type() == "mouse" && !is_on(".menu");
    if event.button() == 0 && may {
        let start = (event.client_x(), event.client_y());
        let (address, over) = (address.to_owned(), None);
        desk.drag.set(Some(Drag { address, start, is_under_way: false, over }));
    }
}

/// Follows the pointer.
pub fn follow(desk: Desk, event: &PointerEvent) {
    let Some(mut drag) = desk.drag.get_untracked() else { return };
    let (x, y) = (event.client_x(), event.client_y());
    if !drag.is_under_way {
        let far = (x - drag.start.0).abs().max((y - drag.start.1).abs());
        if far < SLACK {
            return;
        }
        drag.is_under_way = true;
        // Where capturing fails, the drag ends at the list's edge.
        if let Some(list) = current(event) {
            list.set_pointer_capture(event.pointer_id()).ok();
        }
    }
    event.prevent_default();
    scroll_near_edge(current(event), y);
    drag.over = over(x, y, &drag.address);
    desk.drag.set(Some(drag));
}

/// So near to the edge of what scrolls, in pixels, a drag goes on beyond it.
const EDGE: i32 = 48;

/// Scrolls on while something is dragged to the edge of what is seen.
fn scroll_near_edge(list: Option<Element>, y: i32) {
    let mut at = list;
    while let Some(element) = at {
        if element.scroll_height() > element.client_height() && element.client_height() > 0 {
            let style = window().get_computed_style(&element).ok().flatten();
            let flow = style.and_then(|style| style.get_property_value("overflow-y").ok());
            if matches!(flow.as_deref(), Some("auto" | "scroll")) {
                let bounds = element.get_bounding_client_rect();
                let (above, below) =
                    (y - bounds.top() as i32 - EDGE, y - bounds.bottom() as i32 + EDGE);
                let by = if below > 0 { below } else { above.min(0) };
                element.set_scroll_top(element.scroll_top() + by / 2);
                return;
            }
        }
        at = element.parent_element();
    }
}

fn current(event: &PointerEvent) -> Option<Element> {
    event.current_target().and_then(|one| one.dyn_into().ok())
}

/// The card at a point, and on which part of it.
fn over(x: i32, y: i32, dragged: &str) -> Option<(String, Drop)> {
    // Cards are looked for by their place in height: beside one is on it.
    let at = document().element_from_point(x as f32, y as f32)?;
    let card = at.closest("[data-card]").ok().flatten()?;
    let address = card.get_attribute("data-card")?;
    if address == dragged || address.starts_with(&format!("{dragged}/")) {
        return None;
    }
    let bounds = card.get_bounding_client_rect();
    let part = (f64::from(y) - bounds.top()) / bounds.height().max(1.0);
    let place = if address.contains('/') {
        if part < 0.5 { Drop::Before } else { Drop::After }
    } else if part < 0.3 {
        Drop::Before
    } else if part > 0.7 {
        Drop::After
    } else {
        Drop::Into
    };
    Some((address, place))
}

/// Drops.
pub fn end(desk: Desk) {
    let drag = desk.drag.get_untracked();
    desk.drag.set(None);
    if let Some(Drag { address, is_under_way: true, over: Some((target, place)), .. }) = drag {
        desk.drop_on(&address, &target, place);
    }
}

/// The word for the style sheet while something is dragged over `address`.
pub fn mark(desk: Desk, address: &str) -> Option<&'static str> {
    desk.drag.with(|drag| {
        let (over, place) = drag.as_ref()?.over.as_ref()?;
        (over == address).then_some(match place {
            Drop::Before => "before",
            Drop::After => "after",
            Drop::Into => "into",
        })
    })
}
