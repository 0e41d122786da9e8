//! OCL: names, texts, heredocs and expressions. The parser in `crate::ocl`
//! tells more; this is enough to read by.

use super::{Kind, Piece, Pieces, octostache_end};

/// Pieces of an OCL document.
#[must_use]
pub fn ocl(text: &str) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at);
                quoted(&mut pieces, bytes, at, end);
                at = end;
            }
            b'<' if bytes[at..].starts_with(b"<<") => {
                let end = heredoc_end(text, at);
                quoted(&mut pieces, bytes, at, end);
                at = end;
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => {
                let word = |byte: &u8| {
                    byte.is_ascii_alphanumeric()
                        || matches!(byte, b'_' | b'.' | b'-')
                        || *byte >= 0x80
                };
                let end = at + bytes[at..].iter().take_while(|byte| word(byte)).count();
                let kind = match &bytes[at..end] {
                    b"true" | b"false" | b"null" => Kind::Keyword,
                    _ => Kind::Variable,
                };
                pieces.until(end, kind);
                at = end;
            }
            _ => {
                at += 1;
                pieces.until(at, Kind::Plain);
            }
        }
    }
    pieces.0
}

/// The end of the string that starts at `at`: its quote, or its line.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'\\' => end += 2,
            b'"' => return end + 1,
            b'\n' => return end,
            _ => end += 1,
        }
    }
    bytes.len()
}

/// The end of the heredoc that starts at `at`: the line with its tag alone.
fn heredoc_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let first = rest.split('\n').next().unwrap_or_default();
    let tag = first.trim_start_matches('<').trim_start_matches('-').trim();
    let mut end = at + first.len();
    for line in rest.split('\n').skip(1) {
        end += 1 + line.len();
        if line.trim() == tag {
            break;
        }
    }
    end.min(text.len())
}

/// A text with its expressions.
fn quoted(pieces: &mut Pieces, bytes: &[u8], start: usize, end: usize) {
    let mut at = start;
    while at < end {
        if bytes[at..end].starts_with(b"#{") {
            pieces.until(at, Kind::String);
            at = octostache_end(bytes, at).min(end);
            pieces.until(at, Kind::Octostache);
        } else {
            at += 1;
        }
    }
    pieces.until(end, Kind::String);
}
