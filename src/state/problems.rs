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
use crate::lint::RULES;
use crate::model::Design;
use crate::platform::clock;

/// How long after an edit the design is checked.
const PAUSE: Duration = Duration::from_millis(300);
/// How long the rules run before the screen has its turn, in milliseconds.
const SLICE: f64 = 8.0;

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
                let check = Check {
                    revision: app.revision.get_untracked(),
                    design: app.peek(Design::clone),
                    next: 0,
                    findings: Vec::new(),
                };
                spawn_local(go_on(check, app));
            }
        },
    );
}

/// A check that is under way.
struct Check {
    revision: u32,
    design: Design,
    next: usize,
    findings: Vec<Finding>,
}

/// Goes on with a check until it is done or the screen wants its turn. The
/// rules are a part of the app of their own, loaded with the first check.
#[cfg_attr(feature = "split", leptos::lazy)]
async fn go_on(mut check: Check, app: App) {
    if app.revision.get_untracked() != check.revision {
        return;
    }
    let began = clock::now();
    while let Some(rule) = RULES.get(check.next) {
        (rule.check)(&check.design, &mut check.findings);
        check.next += 1;
        if clock::now() - began > SLICE {
            set_timeout(move || spawn_local(go_on(check, app)), Duration::ZERO);
            return;
        }
    }
    // The same order as `lint::check`: the worst first, else as the rules have it.
    check.findings.sort_by_key(|finding| finding.severity);
    let is_new = app
        .problems
        .with_untracked(|known| known.as_ref().is_none_or(|known| **known != check.findings));
    if is_new {
        app.problems.set(Some(Arc::new(check.findings)));
    }
}

impl App {
    /// What is wrong with the design; `None` before it was first checked.
    #[must_use]
    pub fn problems(&self) -> Signal<Option<Arc<Vec<Finding>>>> {
        self.problems.into()
    }
}
