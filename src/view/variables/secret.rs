//! Whether a plain text looks like a secret.

use crate::base::secret::token;

/// Words in a name that promise a secret.
const WORDS: &[&str] =
    &["password", "passphrase", "passwd", "secret", "token", "key", "credential"];
/// Fewer characters than this are a word or a number rather than a key.
const SHORTEST: usize = 16;

/// What secret the plain `text` of the variable `name` seems to be, in words
/// that follow "looks like".
#[must_use]
pub fn secret_doubt(name: &str, text: &str) -> Option<&'static str> {
    if let Some((what, _)) = token(text) {
        return Some(what);
    }
    let name = name.to_ascii_lowercase();
    let promises = WORDS.iter().any(|word| name.contains(word));
    (promises && is_random(text.trim())).then_some("a secret")
}

/// Long base64 or hex: letters and digits mixed, nothing that a sentence, a
/// path or an expression has.
fn is_random(text: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-');
    text.len() >= SHORTEST
        && text.bytes().all(plain)
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}
