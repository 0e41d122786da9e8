//! The state of the app: the open design, where one is, what can be done.
//!
//! Data flows one way: design → memos → views → edits → design. Only
//! [`App::run`], undo, redo and opening write the design.
//!
//! Never: a view, an element of the page.

mod app;
mod autosave;
pub mod commands;
mod derived;
mod effect;
mod incoming;
mod kept;
mod late;
mod library;
mod other;
mod parts;
mod place;
mod problems;
pub mod rescue;
pub mod theme;

pub use crate::platform::crash::watch as watch_for_faults;
pub use crate::platform::store::Kept;
pub use crate::platform::{Failure, clock};
pub use app::{App, Question, Toast, use_app};
pub use autosave::Saved;
pub use derived::Derived;
pub use effect::{follow, follow_from, settled};
pub use incoming::{Incoming, read_all};
pub use late::late;
pub use library::{Opening, SampleInfo, samples};
pub use other::{Choice, Other};
pub use place::{Page, Place};
