//! The focus follows before the next key can come.

use std::time::Duration;

use leptos::prelude::*;
use pulpo::platform::{focus, pause};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, alone};

fn active() -> String {
    document().active_element().map(|one| one.id()).unwrap_or_default()
}

/// The next task, as soon as one can be: where the next key would come.
async fn next_task() {
    pause(Duration::ZERO).await;
}

#[wasm_bindgen_test]
async fn the_focus_is_there_before_the_next_key() {
    let _alone = alone().await;
    let stage = Stage::new();
    let is_there = RwSignal::new(false);
    let mounted = leptos::mount::mount_to(stage.0.clone(), move || {
        view! {
            <button id="focus-first">"First"</button>
            {move || is_there.get().then(|| view! { <button id="focus-second">"Second"</button> })}
        }
    });
    focus::focus_id("focus-first");
    assert_eq!(active(), "focus-first");
    is_there.set(true);
    focus::focus_soon("focus-second");
    next_task().await;
    assert_eq!(active(), "focus-second");
    drop(mounted);
}

#[wasm_bindgen_test]
async fn what_comes_with_the_next_frame_gets_the_focus_then() {
    let _alone = alone().await;
    let stage = Stage::new();
    let section = stage.0.clone();
    // Frames are called in the order in which they were asked for.
    request_animation_frame(move || {
        let late = document().create_element("button").unwrap();
        late.set_id("focus-late");
        section.append_child(&late).unwrap();
    });
    focus::focus_soon("focus-late");
    pause(Duration::from_millis(100)).await;
    assert_eq!(active(), "focus-late");
}
