//! Filters that escape for a format, and base64 (rules G10 to G14).

use std::fmt::Write as _;

use super::{Cx, Given};
use crate::octostache::outcome::{EvalError, Failure};

/// Applies `map` to every character, if there is input and no option.
fn escape(
    input: Option<&str>,
    options: &[String],
    map: fn(&mut String, usize, char) -> bool,
) -> Given {
    let Some(text) = input.filter(|_| options.is_empty()) else { return Ok(None) };
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if !map(&mut out, at, c) {
            out.push(c);
        }
    }
    Ok(Some(out))
}

fn entity(out: &mut String, c: char) -> bool {
    out.push_str(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&apos;",
        _ => return false,
    });
    true
}

fn control(out: &mut String, c: char) -> bool {
    out.push_str(match c {
        '\r' => "\\r",
        '\n' => "\\n",
        '\t' => "\\t",
        '\\' => "\\\\",
        _ => return false,
    });
    true
}

/// `\uXXXX` for each UTF-16 unit.
fn unicode(out: &mut String, c: char) -> bool {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a string does not fail.
        let _done = write!(out, "\\u{unit:04x}");
    }
    true
}

pub(super) fn html(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    escape(input, options, |out, _, c| {
        if c == '/' {
            out.push_str("&#x2F;");
        }
        c == '/' || entity(out, c)
    })
}

pub(super) fn xml(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    escape(input, options, |out, _, c| entity(out, c))
}

pub(super) fn json(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    escape(input, options, |out, _, c| {
        if c == '"' {
            out.push_str("\\\"");
        }
        c == '"' || control(out, c)
    })
}

pub(super) fn yaml_double(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    escape(input, options, |out, _, c| match c {
        '"' => {
            out.push_str("\\\"");
            true
        }
        _ if control(out, c) => true,
        ' '..='~' => false,
        _ => unicode(out, c),
    })
}

pub(super) fn yaml_single(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let Some(text) = input.filter(|_| options.is_empty()) else { return Ok(None) };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_run = false;
    while let Some(c) = rest.chars().next() {
        let line_break = ["\r\n", "\n"].into_iter().find(|kind| rest.starts_with(kind));
        if let Some(kind) = line_break {
            // A run of line breaks gets one more, of the kind that begins it.
            out.push_str(if in_run { "" } else { kind });
            out.push_str(kind);
            rest = rest.get(kind.len()..).unwrap_or_default();
        } else {
            out.push_str(if c == '\'' { "'" } else { "" });
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        in_run = line_break.is_some();
    }
    Ok(Some(out))
}

pub(super) fn properties_key(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    escape(input, options, |out, _, c| {
        if matches!(c, ' ' | ':' | '=') {
            out.push('\\');
            return false;
        }
        control(out, c) || (c >= '\u{ff}' && unicode(out, c))
    })
}

pub(super) fn properties_value(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    escape(input, options, |out, at, c| {
        if c == ' ' && at == 0 {
            out.push('\\');
            return false;
        }
        control(out, c) || (c >= '\u{ff}' && unicode(out, c))
    })
}

fn percent(out: &mut String, c: char, kept: &str) -> bool {
    if c.is_ascii_alphanumeric() || "-_.~".contains(c) || kept.contains(c) {
        return false;
    }
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let _done = write!(out, "%{byte:02X}");
    }
    true
}

pub(super) fn uri(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    escape(input, options, |out, _, c| percent(out, c, ":/?#[]@!$&'()*+,;="))
}

pub(super) fn uri_data(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    escape(input, options, |out, _, c| percent(out, c, ""))
}

/// How text becomes bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
}

impl Encoding {
    pub(super) fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("utf8") || name.eq_ignore_ascii_case("utf-8") {
            Some(Self::Utf8)
        } else if name.eq_ignore_ascii_case("unicode") {
            Some(Self::Utf16)
        } else {
            None
        }
    }

    pub(super) fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        }
    }

    fn text(self, bytes: &[u8]) -> String {
        if self == Self::Utf8 {
            return String::from_utf8_lossy(bytes).into_owned();
        }
        let pairs = bytes.chunks_exact(2);
        let odd = !pairs.remainder().is_empty();
        let units: Vec<u16> = pairs
            .map(|pair| match pair {
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => 0,
            })
            .collect();
        let mut out = String::from_utf16_lossy(&units);
        if odd {
            out.push('\u{fffd}');
        }
        out
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The encoding that the only option names; `None` for anything else.
fn encoding(options: &[String]) -> Option<Encoding> {
    match options {
        [] => Some(Encoding::Utf8),
        [name] => Encoding::named(name),
        _ => None,
    }
}

pub(super) fn to_base64(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let (Some(text), Some(encoding)) = (input, encoding(options)) else { return Ok(None) };
    let bytes = encoding.bytes(text);
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let symbol = ALPHABET.get((bits >> (18 - 6 * place) & 63) as usize);
            let symbol = symbol.filter(|_| place <= chunk.len()).unwrap_or(&b'=');
            out.push(char::from(*symbol));
        }
    }
    Ok(Some(out))
}

pub(super) fn from_base64(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let (Some(text), 0 | 1) = (input, options.len()) else { return Ok(None) };
    // Bad input fails even when the encoding is unknown.
    let bytes = decode_base64(text).ok_or(EvalError::Failed(Failure::Base64))?;
    Ok(encoding(options).map(|encoding| encoding.text(&bytes)))
}

/// Bytes of base64 text; blanks are skipped, padding is required.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let symbols: Vec<u8> =
        text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).collect();
    if !symbols.len().is_multiple_of(4) {
        return None;
    }
    let padding = symbols.iter().rev().take_while(|symbol| **symbol == b'=').count();
    if padding > 2 {
        return None;
    }
    let mut out = Vec::with_capacity(symbols.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for symbol in symbols.get(..symbols.len() - padding)? {
        let value = ALPHABET.iter().position(|known| known == symbol)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 255).ok()?);
        }
    }
    Some(out)
}
