//! Word from other tabs that have the same design open.
//!
//! One channel for both directions: a channel never hears what it says itself,
//! but a second one in the same tab would.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "pulpo";

thread_local! {
    static TABS: Option<BroadcastChannel> = BroadcastChannel::new(CHANNEL).ok();
}

/// Tells the other tabs that the design `id` was saved.
pub fn tell_saved(id: &str) {
    TABS.with(|channel| {
        if let Some(channel) = channel {
            // A tab that can't be told finds out when it saves.
            channel.post_message(&JsValue::from_str(id)).ok();
        }
    });
}

/// Calls `heard` with a design's id whenever another tab saved it; for as long
/// as the page lives.
pub fn on_saved(heard: impl Fn(String) + 'static) {
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(id) = event.data().as_string() {
            heard(id);
        }
    });
    TABS.with(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        }
    });
    // It lives as long as the page.
    listener.forget();
}
