//! Bash, roughly: comments, quoted texts, variables, words of the language.

use super::{Kind, Piece, Pieces, octostache_end};

const KEYWORDS: &[&str] = &[
    "if", "then", "else", "elif", "fi", "for", "in", "do", "done", "while", "until", "case",
    "esac", "function", "return", "exit", "local", "export", "readonly", "set", "trap", "shift",
];

/// The pieces of a bash script.
#[must_use]
pub fn bash(text: &str) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let mut pieces = Pieces::default();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let before = if at == 0 { b'\n' } else { bytes[at - 1] };
        let kind = match bytes[at] {
            b'#' if bytes.get(at + 1) == Some(&b'{') => {
                at = octostache_end(bytes, at);
                Kind::Octostache
            }
            b'#' if before.is_ascii_whitespace() || before == b';' => {
                at = line_end(bytes, at);
                Kind::Comment
            }
            b'\'' => {
                at = after(bytes, at + 1, b'\'');
                Kind::String
            }
            b'"' => {
                double_quoted(bytes, &mut at, &mut pieces);
                Kind::String
            }
            b'$' => {
                at = variable_end(bytes, at);
                Kind::Variable
            }
            b'\\' => {
                at = (at + 2).min(bytes.len());
                Kind::Plain
            }
            byte if is_word(byte) => {
                while at < bytes.len() && is_word(bytes[at]) {
                    at += 1;
                }
                let is_keyword = text.get(start..at).is_some_and(|word| KEYWORDS.contains(&word));
                if is_keyword { Kind::Keyword } else { Kind::Plain }
            }
            _ => {
                at += 1;
                Kind::Plain
            }
        };
        if at >= bytes.len() || bytes[at] < 128 || bytes[at] >= 192 {
            pieces.until(at, kind);
        }
    }
    pieces.until(bytes.len(), Kind::Plain);
    pieces.0
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte >= 128
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| start + at)
}

fn after(bytes: &[u8], start: usize, end: u8) -> usize {
    bytes[start.min(bytes.len())..]
        .iter()
        .position(|byte| *byte == end)
        .map_or(bytes.len(), |at| start + at + 1)
}

/// A text in double quotes, with the variables in it as pieces of their own.
fn double_quoted(bytes: &[u8], at: &mut usize, pieces: &mut Pieces) {
    *at += 1;
    while *at < bytes.len() {
        match bytes[*at] {
            b'"' => {
                *at += 1;
                return;
            }
            b'\\' => *at = (*at + 2).min(bytes.len()),
            b'$' => {
                pieces.until(*at, Kind::String);
                *at = variable_end(bytes, *at);
                pieces.until(*at, Kind::Variable);
            }
            b'#' if bytes.get(*at + 1) == Some(&b'{') => {
                pieces.until(*at, Kind::String);
                *at = octostache_end(bytes, *at);
                pieces.until(*at, Kind::Octostache);
            }
            _ => *at += 1,
        }
    }
}

fn variable_end(bytes: &[u8], start: usize) -> usize {
    match bytes.get(start + 1) {
        Some(b'{') => after(bytes, start + 2, b'}'),
        Some(b'(') => start + 2,
        Some(byte) if byte.is_ascii_alphanumeric() || *byte == b'_' => {
            let mut at = start + 1;
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
                at += 1;
            }
            at
        }
        Some(b'?' | b'#' | b'@' | b'*' | b'!' | b'$' | b'-') => start + 2,
        _ => start + 1,
    }
}
