//! What the pages show, derived from the design: plain rows, no behaviour.
//!
//! Never: an edit, a thing of the browser.

pub mod beside;
pub mod board;
pub mod compare;
pub mod config;
pub mod export;
pub mod findings;
pub mod import;
pub mod library;
pub mod markdown;
pub mod ocl;
pub mod order;
pub mod places;
pub mod preview;
pub mod problems;
pub mod process;
pub mod reach;
pub mod stacks;
pub mod upgrade;
pub mod variables;
pub mod why;
