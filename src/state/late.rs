//! Work that follows an edit a moment later, so that typing never waits for it.

use std::time::Duration;

use leptos::prelude::*;

use super::effect::follow_from;

/// Calls `run` once now, and again when nothing that `track` reads has changed
/// for the time that it asks for; ends with the view around it.
pub fn late(track: impl Fn() -> Duration + 'static, run: impl Fn() + 'static) {
    plain_late(Box::new(track), std::rc::Rc::new(run));
}

fn plain_late(track: Box<dyn Fn() -> Duration>, run: std::rc::Rc<dyn Fn()>) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    follow_from(move |before: Option<()>| {
        let pause = track();
        stop();
        // The first time, what is on the screen goes before.
        let pause = if before.is_some() { pause } else { Duration::ZERO };
        let run = std::rc::Rc::clone(&run);
        timer.set_value(set_timeout_with_handle(move || run(), pause).ok());
    });
    on_cleanup(stop);
}
