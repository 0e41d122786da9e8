//! The order of elements in the page.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

#[wasm_bindgen]
extern "C" {
    /// An element of a browser that can move what stands in it.
    type Mover;
    #[wasm_bindgen(method, catch, js_name = moveBefore)]
    fn move_before(this: &Mover, child: &Node, next: &Node) -> Result<(), JsValue>;
}

/// Moves `child` within `parent` so that it stands before `next`. It keeps the
/// focus and all else that it has, unless the browser is one that can only take
/// it out and put it in again.
pub fn move_before(parent: &Element, child: &Node, next: &Node) {
    let mover = parent.unchecked_ref::<Mover>();
    if mover.move_before(child, next).is_err() {
        // It fails only if `next` is not there, and then there is no place to move to.
        parent.insert_before(child, Some(next)).ok();
    }
}
