//! Keywords, strings and numbers, and what people write in their place.

use super::super::chars::{is_digit, is_name};
use super::super::decimal::Decimal;
use super::super::fault::Fault;
use super::super::syntax::{Span, TokenKind};
use super::Parser;

/// Bytes searched for the closing quote of a string over several lines.
const LOOK_AHEAD: usize = 1 << 12;

impl Parser<'_> {
    /// V1: a value other than a map. `in_map` says that an unquoted key may
    /// follow, which can begin with what is foreign to a name.
    /// Nothing is taken if nothing like a value stands here.
    pub(super) fn value(&mut self, in_map: bool) -> bool {
        let rest = self.rest();
        match self.peek() {
            Some('"') => {
                self.string();
                true
            }
            Some('[') => {
                self.array();
                true
            }
            Some('<') if rest.starts_with("<<") => {
                self.heredoc();
                true
            }
            Some('0'..='9') => self.number(in_map),
            Some('-') if self.digit_follows() => self.number(in_map),
            _ => {
                // V3: the word may be followed by anything, even a name.
                for word in ["null", "true", "false"] {
                    if rest.starts_with(word) {
                        self.take(TokenKind::Keyword, self.pos + word.len());
                        return true;
                    }
                }
                self.not_a_value()
            }
        }
    }

    pub(super) fn digit_follows(&self) -> bool {
        self.char_at(self.pos + 1).is_some_and(|c| c.is_ascii_digit())
    }

    /// S1, S2: a quoted string; the caller has seen the quote.
    pub(super) fn string(&mut self) {
        let start = self.pos;
        let mut at = start + 1;
        while let Some(c) = self.char_at(at) {
            match c {
                '"' => return self.take(TokenKind::String, at + 1),
                '\\' => at = self.escape(at),
                '\n' => break,
                '\r' if self.char_at(at + 1) == Some('\n') => break,
                '\r' => {
                    let span = Span::new(at, at + 1);
                    self.report_edit(Fault::StringReturn, span, "", span, "\\r", true);
                    at += 1;
                }
                // Runs of ordinary text are found in one go.
                _ => at = self.run_end(at, |c| !matches!(c, '"' | '\\' | '\n' | '\r')),
            }
        }
        self.unclosed_string(start, at);
    }

    /// S2: one escape; returns where it ends.
    fn escape(&mut self, at: usize) -> usize {
        let Some(c) = self.char_at(at + 1) else { return at + 1 };
        if matches!(c, 'r' | 'n' | 't' | '\\' | '"') {
            return at + 2;
        }
        if c == '\n' || c == '\r' {
            return at + 1;
        }
        let end = at + 1 + c.len_utf8();
        let mut span = Span::new(at, end);
        let code = self.between(end, (end + 4).min(self.text.len()));
        let unicode = if c == 'u' && code.len() == 4 && code.bytes().all(|b| b.is_ascii_hexdigit())
        {
            u32::from_str_radix(code, 16).ok().and_then(char::from_u32)
        } else {
            None
        };
        let mended = match (c, unicode) {
            (_, Some(meant)) if !meant.is_control() && !matches!(meant, '"' | '\\') => {
                span.end = end + 4;
                meant.to_string()
            }
            ('$' | '/' | '\'' | '#' | '{', _) => c.to_string(),
            _ => format!("\\\\{c}"),
        };
        let sure = c == '/' || c == '\'' || span.end > end;
        self.report_edit(Fault::StringEscape, span, span.of(self.text), span, &mended, sure);
        span.end
    }

    /// A string that reaches the end of its line at `end`.
    fn unclosed_string(&mut self, start: usize, end: usize) {
        let mut limit = self.text.len().min(end + LOOK_AHEAD);
        while !self.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let ahead = self.between(end, limit);
        let more = ahead.find('"').map(|length| end + length);
        let more = more.filter(|close| !self.between(end, *close).contains(['=', '{', '}']));
        let Some(close) = more else {
            let text = self.between(start, end).trim_end();
            let at = Span::new(start + text.len(), start + text.len());
            let span = Span::new(start, at.end);
            self.report_edit(Fault::StringOpen, span, "", at, "\"", false);
            self.notice(end);
            return self.take(TokenKind::String, end);
        };
        let inner = self.between(end, close).replace("\r\n", "\\n").replace('\n', "\\n");
        self.report_edit(
            Fault::StringLines,
            Span::new(start, close + 1),
            "",
            Span::new(end, close),
            &inner.replace('\r', "\\r"),
            true,
        );
        self.notice(end);
        self.take(TokenKind::String, close + 1);
    }

    /// Text in other quotes than `"`, as a string.
    pub(super) fn odd_quotes(&mut self) -> bool {
        let start = self.pos;
        let Some(open) = self.peek() else { return false };
        let close = match open {
            '\'' => '\'',
            '`' => '`',
            '\u{2018}' | '\u{2019}' => '\u{2019}',
            '\u{201C}' | '\u{201D}' => '\u{201D}',
            _ => return false,
        };
        let begin = start + open.len_utf8();
        let end = self.run_end(begin, |c| c != close && c != '\n');
        if self.char_at(end) != Some(close) {
            return false;
        }
        let span = Span::new(start, end + close.len_utf8());
        let inner = self.between(begin, end);
        let escaped = inner.replace('\\', "\\\\").replace('"', "\\\"");
        self.report_edit(Fault::StringQuote, span, "", span, &format!("\"{escaped}\""), true);
        self.take(TokenKind::Error, span.end);
        true
    }

    /// I1, D1: a number; the caller has seen a digit, with or without `-`.
    pub(super) fn number(&mut self, in_map: bool) -> bool {
        let start = self.pos;
        let minus = usize::from(self.peek() == Some('-'));
        let whole = self.run_end(start + minus, |c| c.is_ascii_digit());
        let fraction = self.run_end(whole + 1, |c| c.is_ascii_digit());
        let is_decimal = self.char_at(whole) == Some('.') && fraction > whole + 1;
        let end = if is_decimal { fraction } else { whole };
        let span = Span::new(start, end);
        let text = span.of(self.text);
        let next = self.char_at(end);
        // The reference takes these digits in and then cannot convert them.
        let foreign = |c: char| match u32::from(c) {
            0x80..=0xFFFF if is_decimal => is_digit(c),
            0x80..=0xFFFF => c.is_numeric(),
            _ => false,
        };
        if next.is_some_and(foreign) {
            let span = Span::new(start, self.run_end(end, foreign));
            self.report(Fault::NumberDigits, span, span.of(self.text));
            self.take(TokenKind::Error, span.end);
            return true;
        }
        if is_decimal {
            if Decimal::parse(text).is_none() {
                self.report(Fault::DecimalRange, span, text);
            }
            self.take(TokenKind::Decimal, end);
        } else {
            if integer(text).is_none() {
                self.report(Fault::IntegerRange, span, text);
            }
            self.take(TokenKind::Integer, end);
        }
        // No key of a map can be meant by it in an attribute or array.
        if next == Some('.') && !in_map {
            let bad = Span::new(start, self.word_end(end));
            let mended = format!("{text}.0");
            let (at, sure) = (Span::new(start, end + 1), bad.end == end + 1 && !is_decimal);
            self.report_edit(Fault::NumberDot, bad, bad.of(self.text), at, &mended, sure);
            if !sure {
                self.amend(|problem| problem.edit = None);
            }
            self.take(TokenKind::Error, bad.end);
        }
        true
    }

    /// Reports what stands where a value belongs. Returns whether text was
    /// taken in its stead; the rest of the line is up to the caller.
    pub(super) fn not_a_value(&mut self) -> bool {
        let start = self.pos;
        let Some(c) = self.peek() else { return self.no_value(start) };
        if c == '\n' || c == '}' || c == ']' || c == ',' {
            return self.no_value(start);
        }
        if self.odd_quotes() {
            return true;
        }
        if self.comment_here() {
            return self.no_value(start);
        }
        let mut end = self.word_end(start).max(start + c.len_utf8());
        let digits = self.blank_end(end);
        if end == start + 1 && self.char_at(digits).is_some_and(|next| next.is_ascii_digit()) {
            // A sign that stands apart from its number.
            end = if c == '-' || c == '+' { self.word_end(digits) } else { end };
        }
        let span = Span::new(start, end);
        let word = span.of(self.text);
        let after_sign = word.strip_prefix('+').unwrap_or(word);
        let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let lower = word.to_ascii_lowercase();
        if matches!(lower.as_str(), "null" | "true" | "false") {
            self.report_edit(Fault::KeywordCase, span, word, span, &lower, true);
        } else if c == '+' && is_number(after_sign) {
            let plus = Span::new(start, start + 1);
            self.report_edit(Fault::NumberSign, span, word, plus, "", true);
        } else if c == '.' && word.get(1..).is_some_and(is_number) {
            let at = Span::new(start, start);
            self.report_edit(Fault::NumberDot, span, word, at, "0", true);
        } else if c == '-' || c == '+' {
            self.report(Fault::NumberSign, span, word);
        } else if c == '=' {
            let span = Span::new(start, start + 1);
            self.report_edit(Fault::Unexpected, span, "=", span, "", true);
            return false;
        } else if self.char_at(end) == Some('(') || word.contains(['+', '*', '?', '!', '$']) {
            // A call or a template goes on to its closing bracket.
            if matches!(self.char_at(end), Some('(' | '{')) {
                let close = self.run_end(end, |c| !matches!(c, ')' | '}' | '\n'));
                end = if self.char_at(close) == Some('\n') { close } else { close + 1 };
                end = end.min(self.text.len());
            }
            let whole = Span::new(start, end);
            self.report(Fault::Expression, whole, whole.of(self.text));
            self.take(TokenKind::Error, end);
            return true;
        } else if word.starts_with(is_name) && word.contains('.') && !word.ends_with('.') {
            self.report(Fault::Expression, span, word);
        } else if word.contains(is_name) {
            let quoted = format!("\"{}\"", word.replace('\\', "\\\\"));
            self.report_edit(Fault::BareWord, span, word, span, &quoted, false);
        } else {
            self.report(Fault::Unexpected, span, word);
            return false;
        }
        self.take(TokenKind::Error, end);
        true
    }

    fn no_value(&mut self, at: usize) -> bool {
        self.report(Fault::MissingValue, self.equals_before(), "");
        self.notice(at);
        false
    }

    /// The `=`, or what was read as one, before the white space here.
    pub(super) fn equals_before(&self) -> Span {
        let end = self.previous_end();
        let start = end.saturating_sub(1);
        Span::new(if self.text.is_char_boundary(start) { start } else { end }, end)
    }

    fn comment_here(&self) -> bool {
        let rest = self.rest();
        rest.starts_with('#') || rest.starts_with("//") || rest.starts_with("/*")
    }
}

/// I2: the value of the digits, if it fits; the least one does not, as the
/// reference reads the digits before the sign.
pub(in crate::ocl) fn integer(text: &str) -> Option<i32> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let value: i32 = digits.parse().ok()?;
    Some(if negative { -value } else { value })
}
