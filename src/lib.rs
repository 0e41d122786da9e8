//! Pulpo designs how Octopus Deploy deploys Pulumi stacks.
//!
//! The library is a pure core: plain data in, plain data out, no browser, no
//! clock, no randomness. The app (wasm32) and the command line (native) are
//! thin shells around it. `docs/ARCHITECTURE.md` has the map and the layer
//! rules; `tests/it/layering.rs` holds them.

pub mod base;
pub mod catalog;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod compare;
pub mod deploy;
pub mod edit;
pub mod export;
pub mod format;
pub mod generate;
pub mod highlight;
pub mod import;
pub mod lint;
pub mod model;
pub mod ocl;
pub mod octostache;
pub mod reach;
pub mod record;
pub mod scope;
pub mod script;
pub mod upgrade;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod platform;
#[cfg(target_arch = "wasm32")]
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod ui;
