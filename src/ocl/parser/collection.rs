//! Arrays and maps.

use std::borrow::Cow;

use super::super::chars::{is_name, is_space};
use super::super::fault::Fault;
use super::super::lower::unescape;
use super::super::syntax::{NodeKind, Span, TokenKind};
use super::Parser;

/// Keys of a map with their places, to find those given twice.
type Keys<'a> = Vec<(Cow<'a, str>, Span)>;

impl<'a> Parser<'a> {
    /// A1, A2; the caller has seen `[`.
    pub(super) fn array(&mut self) {
        let node = self.start(NodeKind::Array);
        let open = Span::new(self.pos, self.pos + 1);
        self.take(TokenKind::BracketOpen, open.end);
        let mut kind = None;
        // The comma before the place, if nothing but it and white space is there.
        let mut comma: Option<Span> = None;
        while !self.is_full() {
            self.space();
            let length = self.peek().map_or(0, char::len_utf8);
            let here = Span::new(self.pos, self.pos + length);
            match self.peek() {
                Some(']') => {
                    if let Some(comma) = comma {
                        self.report_edit(Fault::ArrayExtraComma, comma, "", comma, "", true);
                    }
                    self.take(TokenKind::BracketClose, here.end);
                    break;
                }
                Some(',') => {
                    if kind.is_none() || comma.is_some() {
                        self.report_edit(Fault::ArrayExtraComma, here, "", here, "", true);
                    }
                    comma = Some(here);
                    self.take(TokenKind::Comma, here.end);
                }
                Some(_) if self.comment() => {}
                Some(_) if !self.array_ends_here() => {
                    if kind.is_some() && comma.is_none() {
                        let end = self.previous_end();
                        let with = if end == here.start { ", " } else { "," };
                        let at = Span::new(end, end);
                        self.report_edit(Fault::ArrayComma, here, "", at, with, true);
                    }
                    comma = None;
                    self.array_element(&mut kind);
                }
                _ => {
                    let at = Span::new(self.previous_end(), self.previous_end());
                    let sure = comma.is_none();
                    self.report_edit(Fault::ArrayOpen, open, "", at, "]", sure);
                    self.notice(self.pos);
                    break;
                }
            }
        }
        self.finish(node);
    }

    /// Where the last token that is no white space ends.
    pub(super) fn previous_end(&self) -> usize {
        if self.previous() == Some(TokenKind::Space) { self.previous_start() } else { self.pos }
    }

    /// Whether what stands here plainly belongs to what follows the array.
    fn array_ends_here(&self) -> bool {
        let Some(c) = self.peek() else { return true };
        let name = self.run_end(self.pos, is_name);
        let next = self.char_at(self.blank_end(name));
        let begins_line = self.previous() == Some(TokenKind::Space)
            && self.between(self.previous_start(), self.pos).contains('\n');
        c == '}' || (begins_line && name > self.pos && matches!(next, Some('=' | '{')))
    }

    /// A2: one element, or what stands in its place.
    fn array_element(&mut self, kind: &mut Option<TokenKind>) {
        let start = self.pos;
        let mistakes = self.mistakes;
        let c = self.peek();
        let rest = self.rest();
        match c {
            Some('"') => self.string(),
            Some('0'..='9') => {
                self.number(false);
            }
            Some('-') if self.digit_follows() => {
                self.number(false);
            }
            Some('[') => return self.foreign_element('[', ']'),
            Some('{') => return self.foreign_element('{', '}'),
            Some('<') if rest.starts_with("<<") => {
                let line = Span::new(start, self.line_end(start));
                self.report(Fault::ArrayElement, line, line.of(self.text));
                return self.heredoc();
            }
            _ => {
                let end = self.word_end(start);
                let span = Span::new(start, end);
                let word = span.of(self.text);
                if matches!(word, "null" | "true" | "false") {
                    let quoted = format!("\"{word}\"");
                    self.report_edit(Fault::ArrayElement, span, word, span, &quoted, false);
                    self.take(TokenKind::Error, end);
                } else if !self.not_a_value() {
                    // It is reported; something must be taken to move on.
                    let end = end.max(start + c.map_or(0, char::len_utf8));
                    self.take(TokenKind::Error, end);
                }
                kind.get_or_insert(TokenKind::Error);
                return;
            }
        }
        let found = self.previous().unwrap_or(TokenKind::Error);
        let first = *kind.get_or_insert(found);
        let known = |kind| kind != TokenKind::Error;
        if found == first || !known(found) || !known(first) || self.mistakes > mistakes {
            return;
        }
        let span = Span::new(start, self.pos);
        let text = span.of(self.text);
        match (first, found) {
            (TokenKind::String, _) => {
                let quoted = format!("\"{text}\"");
                self.report_edit(Fault::ArrayMixed, span, text, span, &quoted, false);
            }
            (TokenKind::Decimal, TokenKind::Integer) => {
                let at = Span::new(span.end, span.end);
                self.report_edit(Fault::ArrayMixed, span, text, at, ".0", true);
            }
            _ => self.report(Fault::ArrayMixed, span, text),
        }
    }

    fn foreign_element(&mut self, open: char, close: char) {
        let end = self.balanced_end(open, close);
        let span = Span::new(self.pos, end);
        self.report(Fault::ArrayElement, span, span.of(self.text));
        self.take(TokenKind::Error, end);
    }

    /// Where the bracket that closes the one here ends; the line's end if none
    /// does.
    fn balanced_end(&self, open: char, close: char) -> usize {
        let mut at = self.pos;
        let mut depth = 0_usize;
        while let Some(c) = self.char_at(at) {
            if c == '"' {
                at = self.quoted_end(at).max(at + 1);
                continue;
            }
            at += c.len_utf8();
            if c == open {
                depth += 1;
            } else if c == close {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
        }
        self.line_end(self.pos).max(self.pos + 1)
    }

    /// M1 to M6; the caller has seen `{`.
    pub(super) fn map(&mut self) {
        let node = self.start(NodeKind::Map);
        let open = Span::new(self.pos, self.pos + 1);
        self.take(TokenKind::BraceOpen, open.end);
        let mut keys: Keys<'a> = Vec::new();
        while !self.is_full() {
            self.space();
            if self.peek() == Some('}') {
                if self.brace_key(&mut keys) {
                    continue;
                }
                self.take(TokenKind::BraceClose, self.pos + 1);
                break;
            }
            if self.peek().is_none() || self.map_ends_here() {
                let end = self.previous_end();
                let at = Span::new(end, end);
                if !self.swallowed {
                    self.report_edit(Fault::MapOpen, open, "", at, "\n}", false);
                    self.notice(self.pos);
                }
                break;
            }
            self.entry(&mut keys);
        }
        self.finish(node);
        self.duplicate_keys(keys);
    }

    /// M5: an entry is tried before the end of the map, and `}` may begin its
    /// key. Whatever goes wrong in it, the reference refuses both readings or
    /// takes the other one.
    fn brace_key(&mut self, keys: &mut Keys<'a>) -> bool {
        let key_end = self.key_end();
        let equals = self.blank_end(key_end);
        // Maps in a row without white space are read again and again up to the
        // same `=`; what stands after it is not, or time would be quadratic.
        if self.char_at(equals) != Some('=') || self.refused_at == Some(equals) {
            return false;
        }
        let mark = self.mark();
        let known = keys.len();
        self.entry(keys);
        if self.mistakes > mark.mistakes {
            self.go_back(&mark);
            keys.truncate(known);
            self.refused_at = Some(equals);
            return false;
        }
        true
    }

    /// Whether a block begins here, so that the map has no end.
    fn map_ends_here(&mut self) -> bool {
        let name = self.run_end(self.pos, is_name);
        let next = self.blank_end(name);
        if name == self.pos || self.key_has_equals() {
            return false;
        }
        match self.char_at(next) {
            Some('{') => true,
            Some('"') => self.between(next, self.line_end(next)).trim_end().ends_with('{'),
            _ => false,
        }
    }

    /// M2, M3: one entry, or what stands in its place.
    fn entry(&mut self, keys: &mut Keys<'a>) {
        if self.comment_but_no_key() {
            return;
        }
        let node = self.start(NodeKind::Bad);
        let start = self.pos;
        if self.peek() == Some('"') {
            self.string();
        } else {
            let end = self.key_end();
            if self.char_at(self.blank_end(end)) != Some('=') && !self.odd_key(node, end) {
                return;
            }
            if self.pos == start {
                self.take(TokenKind::Key, end);
            }
        }
        let span = Span::new(start, self.pos);
        self.blank();
        match self.peek() {
            Some('=') => self.take(TokenKind::Equals, self.pos + 1),
            Some(':') => {
                let colon = Span::new(self.pos, self.pos + 1);
                self.report_edit(Fault::Colon, colon, "", colon, "=", true);
                self.notice(start);
                self.take(TokenKind::Error, colon.end);
            }
            _ => {
                self.report(Fault::MapKeyAlone, span, span.of(self.text));
                return self.finish(node);
            }
        }
        let mistakes = self.mistakes;
        let there = self.entry_value(node);
        if there {
            keys.push((unescape(span.of(self.text)), span));
            self.finish_as(node, NodeKind::Entry);
        }
        let more = self.mistakes > mistakes && self.char_at(self.blank_end(self.pos)) == Some('=');
        if !there || more {
            self.skip_entry(node);
        }
    }

    /// M4: the value of an entry; `=` has been taken.
    fn entry_value(&mut self, node: usize) -> bool {
        let equals = self.equals_before();
        self.blank();
        if self.peek() == Some('{') {
            let end = self.balanced_end('{', '}');
            let span = Span::new(self.pos, end);
            self.report(Fault::MapNested, span, "");
            self.notice(self.node_start(node));
            self.take(TokenKind::Error, end);
            return true;
        }
        if self.peek().is_some_and(|c| c != '\n') {
            return self.value(true);
        }
        let next = self.space_end(self.pos);
        match self.char_at(next) {
            // M4: an array may begin on a later line, unlike in an attribute.
            Some('[') => self.space(),
            Some('"' | '0'..='9') => {
                let gap = Span::new(self.pos, next);
                let value = Span::new(next, self.word_end(next).max(next + 1));
                self.report_edit(Fault::ValueLine, value, "", gap, " ", true);
                self.space();
            }
            _ => {
                self.report(Fault::MissingValue, equals, "");
                return false;
            }
        }
        self.value(true)
    }

    /// A comment, unless it is the key of an entry.
    fn comment_but_no_key(&mut self) -> bool {
        !self.key_has_equals() && self.comment()
    }

    /// Whether an unquoted key and `=` stand here.
    fn key_has_equals(&mut self) -> bool {
        let end = self.key_end();
        self.char_at(self.blank_end(end)) == Some('=')
    }

    /// M3: where the unquoted key that begins here ends.
    fn key_end(&mut self) -> usize {
        if !(self.key_run.start..self.key_run.end).contains(&self.pos) {
            let end = self.run_end(self.pos, |c| !is_space(c) && c != '"');
            self.key_run = Span::new(self.pos, end);
        }
        self.key_run.end
    }

    /// Reports an unquoted key that ends at `end` without `=` after it.
    /// Returns whether a value is to follow; the key, and what stands for the
    /// `=`, have been taken then, or neither has.
    fn odd_key(&mut self, node: usize, end: usize) -> bool {
        let start = self.pos;
        let key = self.between(start, end);
        let next = self.char_at(self.blank_end(end));
        let first = Span::new(start, start + 1);
        if key.starts_with([',', ';']) {
            let with = if self.char_at(first.end).is_some_and(is_space) { "" } else { " " };
            self.report_edit(Fault::MapComma, first, first.of(self.text), first, with, true);
            self.take(TokenKind::Error, first.end);
        } else if let Some((name, _)) = key.split_once('=').filter(|(name, _)| !name.is_empty()) {
            let span = Span::new(start, end);
            let at = Span::new(start + name.len(), start + name.len());
            self.report_edit(Fault::MapKeyEquals, span, key, at, " ", true);
            self.notice(self.blank_end(end));
            self.take(TokenKind::Key, at.start);
            self.take(TokenKind::Equals, at.start + 1);
            return self.after_odd_key(node);
        } else if let Some((name, _)) = key.split_once(':').filter(|(name, rest)| {
            !name.is_empty() && (rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()))
        }) {
            let colon = Span::new(start + name.len(), start + name.len() + 1);
            self.report_edit(Fault::Colon, colon, "", colon, " = ", true);
            self.notice(start);
            self.take(TokenKind::Key, colon.start);
            self.take(TokenKind::Error, colon.end);
            return self.after_odd_key(node);
        } else if next == Some(':') {
            return true;
        } else if self.previous() == Some(TokenKind::Integer) && key.starts_with('.') {
            let bad = Span::new(self.previous_start(), self.pos + 1);
            self.report(Fault::NumberDot, bad, bad.of(self.text));
            self.take(TokenKind::Error, start + 1);
        } else if self.previous_is_number_or_keyword() {
            let bad = Span::new(self.previous_start(), self.word_end(start).max(start + 1));
            let quoted = format!("\"{}\"", bad.of(self.text));
            self.report_edit(Fault::NumberSuffix, bad, bad.of(self.text), bad, &quoted, false);
            self.take(TokenKind::Error, bad.end);
        } else if key.chars().all(|c| "+-*/%?<>&|!()".contains(c)) {
            self.report(Fault::Expression, Span::new(start, end), key);
            self.skip_entry(node);
        } else if let Some(brace) = key.find('}') {
            let span = Span::new(start, start + brace);
            self.report(Fault::MapKeyAlone, span, span.of(self.text));
            self.take(TokenKind::Error, span.end);
        } else {
            self.report(Fault::MapKeyAlone, Span::new(start, end), key);
            self.notice(if next.is_none() { self.text.len() } else { start });
            self.take(TokenKind::Error, end);
            if next == Some('"') {
                self.blank();
                self.string();
            }
        }
        self.finish(node);
        false
    }

    /// The value after a key and `=` that were found within one word.
    fn after_odd_key(&mut self, node: usize) -> bool {
        if self.entry_value(node) {
            self.finish(node);
        } else {
            self.skip_entry(node);
        }
        false
    }

    fn previous_is_number_or_keyword(&self) -> bool {
        use TokenKind::{Decimal, Integer, Keyword};
        matches!(self.previous(), Some(Integer | Decimal | Keyword))
    }

    /// Takes the rest of the line, up to a `}`, and ends `node`.
    fn skip_entry(&mut self, node: usize) {
        let mut end = self.pos;
        while let Some(c) = self.char_at(end) {
            match c {
                '\n' | '}' => break,
                '"' => end = self.quoted_end(end).max(end + 1),
                _ => end += c.len_utf8(),
            }
        }
        self.take(TokenKind::Error, end);
        self.finish(node);
    }

    /// M6: keys compared as they read, not as they are written.
    fn duplicate_keys(&mut self, mut keys: Keys<'a>) {
        keys.sort();
        for pair in keys.windows(2) {
            if let [(first, _), (second, span)] = pair
                && first == second
            {
                self.report(Fault::MapDuplicate, *span, second);
            }
        }
    }
}
