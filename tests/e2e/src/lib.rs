//! The harness of Pulpo's browser tests.
//!
//! A test drives the published page (`dist/`, served under a sub-path) in a
//! real Chromium as a user would, and finds things as a screen reader does: by
//! role and accessible name, asked of the browser's own accessibility tree.
//!
//! ```no_run
//! # use pulpo_e2e::run;
//! run(async |page| {
//!     page.open("#/stacks").await?;
//!     page.click("button", "Add environment").await?;
//!     page.type_into("textbox", "Name", "Production").await?;
//!     page.press("Enter").await?;
//!     page.find("row", "Production").await?;
//!     page.check_accessible().await?;
//!     Ok(())
//! });
//! ```
//!
//! Never: a CSS class in a test, a sleep in place of a condition, a browser
//! profile or a server shared between tests.

mod axe;
mod chrome;
mod input;
mod page;
mod query;
mod run;

pub use axe::Violation;
pub use chrome::{Browser, Options};
pub use page::Page;
pub use pulpo_host::Host;
pub use query::{Name, Node, any, contains, starts};
pub use run::{dist, run, run_with, target};

/// What the harness and the tests end with when something is not as it should be.
pub type Result<T = ()> = anyhow::Result<T>;
