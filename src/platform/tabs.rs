//! Word from other tabs that have the same design open.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "pulpo";

/// Tells the other tabs that the design `id` was saved.
pub fn tell_saved(id: &str) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        // A tab that can't be told finds out when it saves.
        channel.post_message(&JsValue::from_str(id)).ok();
        channel.close();
    }
}

/// Calls `heard` with a design's id whenever another tab saved it; for as long
/// as the page lives.
pub fn on_saved(heard: impl Fn(String) + 'static) {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(id) = event.data().as_string() {
            heard(id);
        }
    });
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // Both live as long as the page.
    listener.forget();
    std::mem::forget(channel);
}
