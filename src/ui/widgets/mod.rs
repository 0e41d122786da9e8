//! The parts that pages are made of. Each file names the WAI-ARIA pattern it
//! follows; a thin generic shell calls one function of plain types, so that
//! the code is there once.

pub mod button;
pub mod chooser;
pub mod code;
pub mod dialog;
pub mod empty;
pub mod environment;
pub mod field;
pub mod finding;
pub mod icon;
pub mod live;
pub mod menu;
pub mod palette;
pub mod picker;
pub mod prose;
pub mod rows;
pub mod side;
pub mod why;

use std::sync::atomic::{AtomicU32, Ordering};

/// An id for an element, different from all others of the page.
#[must_use]
pub fn unique(start: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{start}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
