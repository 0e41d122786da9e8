//! Text that looks like a secret that somebody pasted.

use super::OutFile;
use crate::base::{Finding, LineColumn, Place};

/// A kind of token: how it starts, of what the rest is made, how long that is
/// at least, and whose it is.
struct Token {
    start: &'static str,
    is_part: fn(u8) -> bool,
    length: usize,
    what: &'static str,
}

const fn token(
    start: &'static str,
    is_part: fn(u8) -> bool,
    length: usize,
    what: &'static str,
) -> Token {
    Token { start, is_part, length, what }
}

const TOKENS: [Token; 5] = [
    token("pul-", is_lower_hex, 32, "a Pulumi access token"),
    token("API-", is_upper, 24, "an Octopus API key"),
    token("AKIA", is_upper, 16, "an AWS access key"),
    token("ghp_", is_letter_or_digit, 36, "a GitHub token"),
    token("github_pat_", is_letter_or_digit, 22, "a GitHub token"),
];

fn is_lower_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

fn is_upper(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}

fn is_letter_or_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// Whose token `text` seems to hold, and where in it that starts.
#[must_use]
pub fn looks_like_a_token(text: &str) -> Option<(&'static str, usize)> {
    TOKENS.iter().find_map(|token| {
        text.match_indices(token.start).find_map(|(at, _)| {
            // Not the tail of a longer word.
            let before = text.get(..at).and_then(|before| before.bytes().last());
            let is_start = before.is_none_or(|byte| !byte.is_ascii_alphanumeric());
            let rest = text.get(at + token.start.len()..).unwrap_or_default();
            let length = rest.bytes().take_while(|byte| (token.is_part)(*byte)).count();
            (is_start && length >= token.length).then_some((token.what, at))
        })
    })
}

/// One finding for each file that seems to hold a token.
pub(super) fn findings(files: &[OutFile]) -> Vec<Finding> {
    let found = files.iter().filter_map(|file| {
        let (what, at) = looks_like_a_token(&file.text)?;
        let place = Place::position(LineColumn::of(&file.text, at)).in_file(&file.path);
        Some(
            Finding::warning(
                "export/token-in-text",
                place,
                format!("There seems to be {what} in plain text."),
            )
            .because("Whoever gets the file gets the token.")
            .do_this("Revoke it, and put the new one in a sensitive variable."),
        )
    });
    found.collect()
}
