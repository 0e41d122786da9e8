//! New ids, from the browser's randomness.

use js_sys::Math;

/// A short id with a readable start, such as `step-k3j9x2ab`.
#[must_use]
pub fn new_id(kind: &str) -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut id = String::with_capacity(kind.len() + 9);
    id.push_str(kind);
    id.push('-');
    for _ in 0..8 {
        let index = (Math::random() * 36.0) as usize;
        id.push(char::from(LETTERS[index.min(35)]));
    }
    id
}
