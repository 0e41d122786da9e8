//! The screen: pages, widgets and the frame around them.
//!
//! Views read memos over the design and run edits; see [`crate::state::App`].
//!
//! Never: a change of the design other than by an edit, a call of the browser
//! that [`crate::platform`] has, user text as HTML.

pub mod app;
pub mod late;
pub mod pages;
pub mod shell;
pub mod widgets;
