//! What is wrong with the design, one list for all pages, a moment after an edit.
//!
//! The rules run in short slices, so that an edit never waits for them; a check
//! that an edit has overtaken is given up.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::App;
use super::late::late;
use crate::base::Finding;
use crate::lint::Check;
use crate::model::Design;
use crate::platform::clock;

/// How long after an edit the design is checked.
const PAUSE: Duration = Duration::from_millis(300);
/// How long the rules run before the screen has its turn, in milliseconds.
const SLICE: f64 = 4.0;

/// Checks the design after every edit, for as long as the app lives.
pub(super) fn watch(app: App) {
    late(
        move || {
            app.revision.track();
            PAUSE
        },
        move || {
            // Before anything was opened there is nothing to check.
            if app.revision.get_untracked() > 0 {
                spawn_local(go_on(None, app.revision.get_untracked(), app));
            }
        },
    );
}

/// Goes on with a check until it is done or the screen wants its turn. The
/// rules are a part of the app of their own, loaded with the first check.
#[cfg_attr(feature = "split", leptos::lazy)]
async fn go_on(under_way: Option<Check>, revision: u32, app: App) {
    if app.revision.get_untracked() != revision {
        return;
    }
    let mut check = under_way.unwrap_or_else(|| Check::new(app.peek(Design::clone)));
    let began = clock::now();
    let Some(findings) = check.go_on(|| clock::now() - began > SLICE) else {
        set_timeout(move || spawn_local(go_on(Some(check), revision, app)), Duration::ZERO);
        return;
    };
    let is_new =
        app.problems.with_untracked(|known| known.as_ref().is_none_or(|known| **known != findings));
    if is_new {
        app.problems.set(Some(Arc::new(findings)));
    }
}

impl App {
    /// What is wrong with the design; `None` before it was first checked.
    #[must_use]
    pub fn problems(&self) -> Signal<Option<Arc<Vec<Finding>>>> {
        self.problems.into()
    }
}
