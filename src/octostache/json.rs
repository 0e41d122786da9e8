//! JSON as the server's reader takes it: lenient, with its own idea of dates.
//!
//! Never: an error for bad JSON; what does not read is simply not JSON.
//! Sources: SPEC.md J rules.

use std::collections::HashSet;

use super::date::{self, When};
use super::number::{double_text, parse_double};
use super::outcome::Failure;
use super::setting::INVARIANT;

/// How deep arrays and objects may nest before the text counts as no JSON.
const MAX_DEPTH: usize = 64;

/// A JSON value.
#[derive(Debug)]
pub(super) enum Json {
    /// `null`, `undefined` or an array item left out.
    Null(&'static str),
    Bool(bool),
    Integer(i64),
    /// An integer beyond 64 bits, as typed.
    Huge(String),
    Float(f64),
    Text(String),
    Date(When),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The text that a variable holding this value has (rule J4).
    pub(super) fn text(&self) -> Result<String, Failure> {
        Ok(match self {
            Self::Null(_) => String::new(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Integer(number) => number.to_string(),
            Self::Huge(_) => return Err(Failure::JsonInteger),
            Self::Float(number) => double_text(*number, &INVARIANT),
            Self::Text(text) => text.clone(),
            Self::Date(when) => when.general(),
            Self::Array(_) | Self::Object(_) => {
                let mut out = String::new();
                self.write(&mut out);
                out
            }
        })
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null(word) => out.push_str(word),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Integer(number) => out.push_str(&number.to_string()),
            Self::Huge(digits) => out.push_str(digits),
            Self::Float(number) => {
                let text = double_text(*number, &INVARIANT);
                if number.is_finite() {
                    out.push_str(&text);
                    if !text.contains(['.', 'E']) {
                        out.push_str(".0");
                    }
                } else {
                    quote(out, &text);
                }
            }
            Self::Text(text) => quote(out, text),
            Self::Date(when) => quote(out, &when.iso_short()),
            Self::Array(items) => {
                out.push('[');
                for (count, item) in items.iter().enumerate() {
                    if count > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(fields) => {
                out.push('{');
                for (count, (name, value)) in fields.iter().enumerate() {
                    if count > 0 {
                        out.push(',');
                    }
                    quote(out, name);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Writes a JSON string.
pub(super) fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Reads a whole text; `None` if it is not JSON. `offset_minutes` is the
/// server's time zone, which dates with an offset are moved to.
pub(super) fn parse(text: &str, offset_minutes: i32) -> Option<Json> {
    let mut reader = Reader { text, at: 0, offset_minutes };
    reader.skip();
    reader.peek()?;
    let value = reader.value(0)?;
    reader.skip();
    reader.peek().is_none().then_some(value)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    offset_minutes: i32,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self, literal: &str) -> bool {
        let found = self.rest().starts_with(literal);
        if found {
            self.at += literal.len();
        }
        found
    }

    /// Skips blanks and comments; an unclosed comment is left in place.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let rest = self.rest();
            let length = if rest.starts_with("//") {
                rest.find(['\n', '\r']).unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                match rest.find("*/") {
                    Some(end) if end > 1 => end + 2,
                    _ => return,
                }
            } else {
                return;
            };
            self.at += length;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        match self.peek()? {
            '{' if depth < MAX_DEPTH => self.object(depth),
            '[' if depth < MAX_DEPTH => self.array(depth),
            '"' | '\'' => {
                let text = self.string()?;
                Some(match date::parse_json(&text, self.offset_minutes) {
                    Some(when) => Json::Date(when),
                    None => Json::Text(text),
                })
            }
            '-' | '.' | '0'..='9' => self.number(),
            _ => self.keyword(),
        }
    }

    fn keyword(&mut self) -> Option<Json> {
        let value = if self.take("null") {
            Json::Null("null")
        } else if self.take("undefined") {
            Json::Null("undefined")
        } else if self.take("true") {
            Json::Bool(true)
        } else if self.take("false") {
            Json::Bool(false)
        } else if self.take("NaN") {
            Json::Float(f64::NAN)
        } else if self.take("Infinity") {
            Json::Float(f64::INFINITY)
        } else if self.take("new Date(") {
            let rest = self.rest();
            let end = rest.find(')')?;
            let millis = rest.get(..end)?.trim().parse().ok()?;
            self.at += end + 1;
            Json::Date(When::from_unix_millis(millis))
        } else {
            return None;
        };
        self.at_separator().then_some(value)
    }

    fn at_separator(&self) -> bool {
        self.peek().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ']' | '}' | ')' | '/'))
    }

    fn number(&mut self) -> Option<Json> {
        if self.take("-Infinity") {
            return self.at_separator().then_some(Json::Float(f64::NEG_INFINITY));
        }
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_ascii_hexdigit() || matches!(c, 'x' | 'X' | '-' | '+' | '.')))
            .unwrap_or(rest.len());
        let text = rest.get(..end)?.to_owned();
        self.at += end;
        if !self.at_separator() {
            return None;
        }
        if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            // Sixteen hex digits are taken as the bits of the number.
            return u64::from_str_radix(digits, 16)
                .ok()
                .map(|bits| Json::Integer(bits.cast_signed()));
        }
        if text.len() > 1 && text.starts_with('0') && !text.get(1..)?.starts_with(['.', 'e', 'E']) {
            return u64::from_str_radix(&text, 8)
                .ok()
                .map(|bits| Json::Integer(bits.cast_signed()));
        }
        let digits = text.strip_prefix('-').unwrap_or(&text);
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Some(text.parse().map_or(Json::Huge(text), Json::Integer));
        }
        parse_double(&text, &INVARIANT, false).map(Json::Float)
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.peek()?;
        self.at += 1;
        let mut out = String::new();
        let mut units: Vec<u16> = Vec::new();
        loop {
            let c = self.peek()?;
            self.at += c.len_utf8();
            if c == '\\' {
                let escape = self.peek()?;
                self.at += escape.len_utf8();
                if escape == 'u' {
                    let unit = u16::from_str_radix(self.rest().get(..4)?, 16).ok()?;
                    self.at += 4;
                    units.push(unit);
                    continue;
                }
                flush(&mut out, &mut units);
                out.push(match escape {
                    'b' => '\u{8}',
                    't' => '\t',
                    'n' => '\n',
                    'f' => '\u{c}',
                    'r' => '\r',
                    '\\' | '/' | '"' | '\'' => escape,
                    _ => return None,
                });
                continue;
            }
            flush(&mut out, &mut units);
            if c == quote {
                return Some(out);
            }
            out.push(c);
        }
    }

    fn array(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                // An array that the text never closes still counts.
                None => return Some(Json::Array(items)),
                Some(']') => {
                    self.at += 1;
                    return Some(Json::Array(items));
                }
                Some(',') => items.push(Json::Null("undefined")),
                Some(_) => items.push(self.value(depth + 1)?),
            }
            self.skip();
            match self.peek() {
                Some(',') => self.at += 1,
                Some(']') | None => {}
                Some(_) => return None,
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        let mut fields: Vec<(String, Json)> = Vec::new();
        let mut seen = HashSet::new();
        loop {
            self.skip();
            let name = match self.peek()? {
                '}' => {
                    self.at += 1;
                    return Some(Json::Object(fields));
                }
                '"' | '\'' => self.string()?,
                _ => self.bare_name()?,
            };
            self.skip();
            if !self.take(":") {
                return None;
            }
            self.skip();
            // A property left out before a comma is undefined.
            let value = match self.peek()? {
                ',' => Json::Null("undefined"),
                _ => self.value(depth + 1)?,
            };
            if !seen.insert(name.clone()) {
                fields.retain(|(known, _)| *known != name);
            }
            fields.push((name, value));
            self.skip();
            match self.peek()? {
                ',' => self.at += 1,
                '}' => {}
                _ => return None,
            }
        }
    }

    fn bare_name(&mut self) -> Option<String> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?;
        let name = rest.get(..end).filter(|name| !name.is_empty())?.to_owned();
        self.at += end;
        Some(name)
    }
}

/// Ends a run of `\u` escapes; halves of pairs that stand alone can't be kept.
fn flush(out: &mut String, units: &mut Vec<u16>) {
    if !units.is_empty() {
        out.push_str(&String::from_utf16_lossy(units));
        units.clear();
    }
}
