//! What needs a browser's own interfaces but no built page: storage, focus,
//! timers, mounted components. `cargo xtask test wasm` runs it in Chromium.
#![cfg(target_arch = "wasm32")]

mod autosave;
mod fields;
mod focus;
mod mount;
mod rescue;
mod rows;
mod stage;
mod storage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
