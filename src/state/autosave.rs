//! Keeping the open design in this browser, a moment after every edit.
//!
//! Invariants: the sign in the bar is true; two tabs never overwrite each
//! other in silence; a save that fails is tried again with the next edit.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::App;
use super::rescue;
use crate::format::design_file;
use crate::platform::{self, clock, crash, settings, store, tabs};

/// Whether the open design is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// As it is on the screen.
    Yes,
    /// An edit is a moment old.
    Soon,
    /// Being written.
    Now,
    /// It could not be written, and why.
    Failed(String),
    /// Another tab has saved this design in between.
    Overtaken,
}

/// How long after an edit it is saved: within a second, and not at every letter.
const PAUSE: Duration = Duration::from_millis(350);

/// What is known of a design that was never kept.
pub fn unkept(title: String) -> store::Kept {
    let (id, saved_at) = (platform::chance::new_id("design"), String::new());
    store::Kept { id, title, saved_at, revision: 0 }
}

/// Saves after a pause, unless another edit comes first.
pub fn soon(app: App) {
    if app.saved.get_untracked() == Saved::Overtaken {
        return;
    }
    app.is_sample.set(false);
    app.saved.set(Saved::Soon);
    let revision = app.revision.get_untracked();
    set_timeout(
        move || {
            if app.revision.get_untracked() == revision {
                prepare(app, revision);
            }
        },
        PAUSE,
    );
}

/// How long rows are written before the screen has its turn, in milliseconds.
const SLICE: f64 = 4.0;

/// Writes what is new in short slices, then saves, unless another edit comes first.
fn prepare(app: App, revision: u32) {
    if app.revision.get_untracked() != revision {
        return;
    }
    let began = clock::now();
    let is_time = || clock::now() - began > SLICE;
    let prepared =
        app.writer.try_update_value(|writer| app.peek(|design| writer.prepare(design, is_time)));
    match prepared {
        Some(true) => now(app),
        Some(false) => set_timeout(move || prepare(app, revision), Duration::ZERO),
        None => {}
    }
}

/// The title and the text of the design as it is now.
fn written(app: App) -> (String, String) {
    app.peek(|design| {
        let text = app.writer.try_update_value(|writer| writer.write(design));
        (design.title.clone(), text.unwrap_or_else(|| design_file::write(design)))
    })
}

/// Saves at once.
pub fn now(app: App) {
    if app.is_saving.get_value() {
        // That save's end sees that there is more to do. A second one beside it
        // would go out from the same revision and take the first for another tab's.
        return;
    }
    app.is_saving.set_value(true);
    app.saved.set(Saved::Now);
    let revision = app.revision.get_untracked();
    let (title, text) = written(app);
    let mut kept = app.kept.get_untracked();
    kept.title = title;
    kept.saved_at = clock::now_iso();
    app.saving_since.set_value(kept.saved_at.clone());
    spawn_local(async move {
        let outside = store::text_of(&text);
        let mut outcome = store::save_text(&kept, &outside).await;
        if matches!(outcome, Ok(store::Outcome::Overtaken))
            && let Ok(Some((theirs, same))) = store::load(&kept.id).await
            && same == text
        {
            // The other tab has taken this very text up.
            outcome = Ok(store::Outcome::Saved(theirs.revision));
        }
        app.is_saving.set_value(false);
        app.saving_since.set_value(String::new());
        if app.kept.with_untracked(|now| now.id != kept.id) {
            // Another design was opened meanwhile; it may be waiting for its turn.
            if app.saved.get_untracked() == Saved::Soon {
                now(app);
            }
            return;
        }
        match outcome {
            Ok(store::Outcome::Saved(saved)) => {
                settings::set(settings::CURRENT, &kept.id);
                tabs::tell_saved(&kept.id);
                let when = clock::in_words(&kept.saved_at);
                crash::note_saved(&super::kept::file_name(&kept.title), &when, outside);
                let is_current = app.revision.get_untracked() == revision;
                if is_current {
                    rescue::forget(&kept.id);
                }
                kept.revision = saved;
                app.kept.set(kept);
                app.saved.set(if is_current { Saved::Yes } else { Saved::Soon });
                if !is_current {
                    now(app);
                }
            }
            Ok(store::Outcome::Overtaken) => app.saved.set(Saved::Overtaken),
            Err(failure) => app.saved.set(Saved::Failed(failure.0)),
        }
    });
}

/// Saves what is unsaved when the page is hidden or left, and hears other tabs.
pub fn watch(app: App) {
    let flush = move || {
        if matches!(app.saved.get_untracked(), Saved::Soon | Saved::Failed(_)) {
            now(app);
        }
    };
    // Heard on the document alone, and by bubbling on the window.
    let hidden = window_event_listener(leptos::ev::visibilitychange, move |_| {
        if document().visibility_state() == web_sys::VisibilityState::Hidden {
            leave(app);
            flush();
        }
    });
    let leaving = window_event_listener_untyped("pagehide", move |_| {
        leave(app);
        flush();
    });
    let asked = window_event_listener_untyped("beforeunload", move |event| {
        if !leave(app) {
            // The browser asks whether to leave the page all the same.
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        hidden.remove();
        leaving.remove();
        asked.remove();
    });
    tabs::on_saved(move |id| {
        if app.kept.with_untracked(|kept| kept.id == id) {
            app.saved.set(Saved::Overtaken);
        }
    });
}

/// Leaves what is not kept yet for the next start; says whether all is safe.
fn leave(app: App) -> bool {
    if !matches!(app.saved.get_untracked(), Saved::Soon | Saved::Now | Saved::Failed(_)) {
        return true;
    }
    let (title, text) = written(app);
    let mut about = app.kept.get_untracked();
    about.title = title;
    about.saved_at = clock::now_iso();
    let saving = app.saving_since.get_value();
    rescue::leave(rescue::Left { about, saving, text: Some(text) })
}

/// After another tab was first: keeps what is on this screen, over theirs.
pub fn keep_mine(app: App) {
    spawn_local(async move {
        let id = app.kept.with_untracked(|kept| kept.id.clone());
        if let Ok(Some((theirs, _))) = store::load(&id).await {
            app.kept.update(|kept| kept.revision = theirs.revision);
        }
        app.saved.set(Saved::Soon);
        now(app);
    });
}

/// Saves what is unsaved and waits for the end of it, a few seconds at most.
pub async fn settle(app: App) {
    app.flush();
    for _ in 0..100 {
        if !matches!(app.saved.get_untracked(), Saved::Soon | Saved::Now) {
            return;
        }
        platform::pause(Duration::from_millis(30)).await;
    }
}
