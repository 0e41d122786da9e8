//! JSON: keys, texts, and the words `true`, `false`, `null`.

use super::{Kind, Piece, Pieces};

/// The pieces of a JSON text.
#[must_use]
pub fn json(text: &str) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let mut pieces = Pieces::default();
    let mut at = 0;
    while at < bytes.len() {
        let kind = match bytes[at] {
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at = (at + 1).min(bytes.len());
                let mut next = at;
                while next < bytes.len() && bytes[next].is_ascii_whitespace() {
                    next += 1;
                }
                if bytes.get(next) == Some(&b':') { Kind::Variable } else { Kind::String }
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'-' => {
                while at < bytes.len()
                    && (bytes[at].is_ascii_alphanumeric() || b"-+.".contains(&bytes[at]))
                {
                    at += 1;
                }
                Kind::Keyword
            }
            _ => {
                at += 1;
                Kind::Plain
            }
        };
        if text.is_char_boundary(at) {
            pieces.until(at, kind);
        }
    }
    pieces.until(bytes.len(), Kind::Plain);
    pieces.0
}
