//! Holds that a text is read in bounded time; the texts are in `tests`.

use std::time::{Duration, Instant};

/// Far more than any text takes on a slow and busy machine; what it holds off
/// is a reader that takes minutes.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Runs, tells how long it took, and fails above [`PATIENCE`].
#[track_caller]
pub fn within(what: &str, run: impl FnOnce()) {
    let start = Instant::now();
    run();
    let took = start.elapsed();
    println!("{what}: {took:?}");
    assert!(took < PATIENCE, "{what} took {took:?}");
}
