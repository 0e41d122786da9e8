//! Attributes and blocks: names, labels, `=`, `{`, and what stands there instead.

use super::super::chars::{is_name, is_space};
use super::super::fault::Fault;
use super::super::syntax::{NodeKind, Span, TokenKind};
use super::{MAX_DEPTH, Parser};

/// Bytes searched for a second end tag, to explain a heredoc that ended early.
const LOOK_AHEAD: usize = 1 << 16;
/// Bytes of a word that is no OCL.
const LONGEST_WORD: usize = 1 << 10;

impl<'a> Parser<'a> {
    /// E1: an attribute, a block, or a report of what is there instead.
    pub(super) fn element(&mut self) {
        if self.comment() {
            return;
        }
        let after_element = std::mem::replace(&mut self.after_element, false);
        let node = self.start(NodeKind::Bad);
        let start = self.pos;
        if self.peek().is_some_and(is_name) {
            self.take(TokenKind::Name, self.run_end(start, is_name));
            self.foreign_characters(start);
            self.after_name(node, start);
        } else if !self.odd_name(node, after_element) {
            self.junk(node, after_element);
        }
    }

    /// N1: takes in characters that no name has, where one is plainly meant.
    fn foreign_characters(&mut self, start: usize) -> bool {
        let ends_name = |c: char| is_space(c) || "={}\"'#;,:()[]<".contains(c);
        let end = self.run_end(self.pos, |c| !ends_name(c));
        let next = self.char_at(self.blank_end(end));
        if end == self.pos || !matches!(next, Some('=' | '{' | '"')) {
            return false;
        }
        self.take(TokenKind::Name, end);
        let name = self.between(start, end);
        let seen = name.chars().filter(|c| !is_invisible(*c));
        let mended: String = seen.map(|c| if is_name(c) { c } else { '_' }).collect();
        let span = Span::new(start, end);
        let sure = name.chars().all(|c| is_name(c) || is_invisible(c));
        self.report_edit(Fault::NameCharacter, span, name, span, &mended, sure);
        true
    }

    /// A name in quotes (N3) or one that begins with a foreign character (N1).
    fn odd_name(&mut self, node: usize, after_element: bool) -> bool {
        let start = self.pos;
        if after_element || self.peek().is_some_and(is_invisible) {
            return false;
        }
        if self.peek() != Some('"') {
            let found = self.peek() != Some('<') && self.foreign_characters(start);
            if found {
                self.after_name(node, start);
            }
            return found;
        }
        let Some(length) = self.rest().get(1..).and_then(|rest| rest.find(['"', '\n'])) else {
            return false;
        };
        let close = start + 1 + length;
        let next = self.char_at(self.blank_end(close + 1));
        if self.char_at(close) != Some('"') || !matches!(next, Some('=' | '{')) {
            return false;
        }
        let span = Span::new(start, close + 1);
        let inner: String =
            self.between(start + 1, close).chars().filter(|c| is_name(*c)).collect();
        let same = inner.len() == close - start - 1;
        let name = if inner.is_empty() { "name" } else { &inner };
        self.report_edit(Fault::NameQuoted, span, span.of(self.text), span, name, same);
        self.take(TokenKind::Error, span.end);
        self.after_name(node, start);
        true
    }

    /// What follows the name: `=`, labels, `{`, or a mistake.
    fn after_name(&mut self, node: usize, start: usize) {
        let mut labels = 0;
        loop {
            self.blank();
            let name = self.between(start, self.pos).trim_end();
            let Some(c) = self.peek() else { break };
            if self.is_full() {
                return self.finish(node);
            }
            match c {
                '=' => {
                    if labels > 0 {
                        let span = Span::new(self.pos, self.pos + 1);
                        self.report(Fault::LabelledAttribute, span, "");
                    }
                    self.take(TokenKind::Equals, self.pos + 1);
                    return self.attribute(node);
                }
                '{' => return self.open_block(node),
                '"' => {
                    self.string();
                    labels += 1;
                }
                '\n' if !self.continues_on_next_line(start) => break,
                '\n' => {}
                ':' => {
                    let end = self.pos + if self.rest().starts_with(":=") { 2 } else { 1 };
                    let span = Span::new(self.pos, end);
                    self.report_edit(Fault::Colon, span, "", span, "=", true);
                    self.take(TokenKind::Error, end);
                    return self.attribute(node);
                }
                '\'' | '\u{2018}' | '\u{201C}' if self.odd_quotes() => labels += 1,
                _ if self.comment() => {}
                _ if self.heredoc_ended_early(node, start) => return,
                _ if self.bare_label(name, labels) => labels += 1,
                _ if labels == 0 && self.next_name_has_equals() => {
                    self.name_alone(node, start);
                    return;
                }
                _ => {
                    let end = self.word_end(self.pos).max(self.pos + c.len_utf8());
                    let span = Span::new(self.pos, end);
                    self.report(Fault::AfterName, span, span.of(self.text));
                    return self.skip_line(node);
                }
            }
        }
        let next = self.space_end(self.pos);
        if self.char_at(next) == Some('{') {
            self.space();
            return self.open_block(node);
        }
        self.name_alone(node, start);
    }

    /// Reports a name that no `=` or `{` follows, with the likeliest reason.
    fn name_alone(&mut self, node: usize, start: usize) {
        let name = self.between(start, self.pos).trim_end();
        let next = self.space_end(self.pos);
        let span = Span::new(start, start + name.len());
        let first = self.nodes.get(node).map_or(0, |node| node.first as usize);
        let before = first.checked_sub(1).and_then(|index| self.tokens.get(index));
        let glued = before.map(|token| token.kind);
        match (glued, self.char_at(next)) {
            (Some(TokenKind::Integer | TokenKind::Decimal | TokenKind::Keyword), _) => {
                let value = first.checked_sub(2).and_then(|index| self.tokens.get(index));
                let begin = value.map_or(0, |token| token.end as usize);
                let whole = Span::new(begin, span.end);
                let text = whole.of(self.text);
                let quoted = format!("\"{text}\"");
                self.report_edit(Fault::NumberSuffix, whole, text, whole, &quoted, false);
            }
            _ if self.heredoc_ended_early(node, start) => return,
            _ => self.report(Fault::NameAlone, span, name),
        }
        self.notice(next);
        self.finish(node);
    }

    /// Reports `=` or a label that plainly belongs to the name in the line
    /// before, and goes on to it.
    fn continues_on_next_line(&mut self, start: usize) -> bool {
        let next = self.space_end(self.pos);
        let fault = match self.char_at(next) {
            Some('=') => Fault::EqualsLine,
            Some('"') if self.line_ends_with_brace(next) => Fault::LabelLine,
            _ => return false,
        };
        let name = self.between(start, self.pos).trim_end();
        let span = Span::new(start, start + name.len());
        self.report_edit(fault, span, name, Span::new(span.end, next), " ", true);
        self.notice(next);
        self.space();
        true
    }

    fn line_ends_with_brace(&self, at: usize) -> bool {
        self.between(at, self.line_end(at)).trim_end().ends_with('{')
    }

    /// Explains a stray line by a heredoc before it that ended at an earlier
    /// line with its tag than its author meant (H2), and skips to the later one.
    fn heredoc_ended_early(&mut self, node: usize, start: usize) -> bool {
        let Some(tag) = self.heredoc else { return false };
        let mut limit = self.text.len().min(self.pos + LOOK_AHEAD);
        while !self.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let mut end = start;
        for line in self.between(start, limit).split_inclusive('\n') {
            end += line.len();
            if line.contains("<<") {
                break;
            }
            if line.trim() == tag {
                let span = Span::new(start, self.line_end(start));
                self.report(Fault::HeredocEarly, span, tag);
                self.notice(self.space_end(self.pos));
                self.take(TokenKind::Error, end);
                self.finish(node);
                return true;
            }
        }
        false
    }

    /// B1: a word where a label belongs, if the line plainly opens a block.
    fn bare_label(&mut self, name: &str, labels: usize) -> bool {
        let end = self.word_end(self.pos);
        let word = self.between(self.pos, end);
        let next = self.char_at(self.blank_end(end));
        let is_label = matches!(next, Some('{' | '"' | '\''))
            || (next.is_some_and(is_name) && (labels > 0 || self.line_ends_with_brace(end)));
        if word.is_empty() || name.is_empty() || !word.contains(is_name) || !is_label {
            return false;
        }
        let span = Span::new(self.pos, end);
        self.report_edit(Fault::LabelBare, span, word, span, &format!("\"{word}\""), true);
        self.take(TokenKind::Error, end);
        true
    }

    /// Whether a name with `=` after it stands here.
    fn next_name_has_equals(&self) -> bool {
        let end = self.run_end(self.pos, is_name);
        end > self.pos && self.char_at(self.blank_end(end)) == Some('=')
    }

    /// V1, V2: the value of an attribute; `=` has been taken.
    fn attribute(&mut self, node: usize) {
        self.blank();
        self.heredoc = None;
        let mistakes = self.mistakes;
        let next = self.space_end(self.pos);
        let there = if self.char_at(next) == Some('{') {
            // M1: only a map may begin on a later line.
            self.space();
            self.map();
            true
        } else if self.char_at(self.pos).is_none_or(|c| c == '\n') {
            self.value_on_later_line(next)
        } else {
            self.value(false)
        };
        self.finish_as(node, if there { NodeKind::Attribute } else { NodeKind::Bad });
        let more = self.mistakes > mistakes && self.char_at(self.blank_end(self.pos)) == Some('=');
        if !there || more {
            self.skip_line(node);
        }
        self.after_element = true;
        if self.previous() == Some(TokenKind::HeredocEnd) {
            self.heredoc = Some(self.between(self.previous_start(), self.pos).trim());
        }
    }

    /// Reports the line end after `=`, and reads a value from the next line
    /// where one plainly stands there.
    fn value_on_later_line(&mut self, next: usize) -> bool {
        let here = self.equals_before();
        let rest = self.text.get(next..).unwrap_or("");
        let is_value = rest.starts_with(['"', '[']) || rest.starts_with("<<") || {
            let end = self.word_end(next);
            let word = self.between(next, end);
            let alone = self.between(end, self.line_end(end)).trim().is_empty();
            let number = word.strip_prefix('-').unwrap_or(word);
            let number = number.starts_with(|c: char| c.is_ascii_digit());
            alone && (number || matches!(word, "null" | "true" | "false"))
        };
        if !is_value {
            self.report(Fault::MissingValue, here, "");
            self.notice(next);
            return false;
        }
        let gap = Span::new(self.pos, next);
        let value = Span::new(next, self.word_end(next).max(next + 1));
        self.report_edit(Fault::ValueLine, value, "", gap, " ", true);
        self.space();
        self.value(false)
    }

    /// B2, B3: `{` and what must follow it; the body is read by the main loop.
    pub(super) fn open_block(&mut self, node: usize) {
        self.heredoc = None;
        let after = self.pos + 1;
        self.take(TokenKind::BraceOpen, after);
        let next = self.space_end(after);
        if self.char_at(next) == Some('}') {
            self.space();
            self.take(TokenKind::BraceClose, next + 1);
            self.finish_as(node, NodeKind::Block);
            self.after_element = true;
            return;
        }
        let on_line = !self.between(after, next).contains('\n') && next < self.text.len();
        if on_line && self.comment_end(next).is_none() {
            let span = Span::new(after - 1, after);
            let at = Span::new(after, after);
            self.report_edit(Fault::BlockNewline, span, "", at, "\n", true);
            self.notice(next);
        }
        if let Some(node) = self.nodes.get_mut(node) {
            node.kind = NodeKind::Block;
        }
        self.open.push(node);
        if self.open.len() == MAX_DEPTH + 1 {
            let span = Span::new(self.node_start(node), after);
            self.report(Fault::TooDeep, span, &MAX_DEPTH.to_string());
        }
    }

    /// Something that begins no element (E3).
    fn junk(&mut self, node: usize, after_element: bool) {
        let Some(c) = self.peek() else { return self.finish(node) };
        let one = Span::new(self.pos, self.pos + c.len_utf8());
        let end = self.word_end(self.pos).max(one.end);
        let word = Span::new(self.pos, end);
        match c {
            '{' => {
                self.report(Fault::BlockName, one, "");
                return self.open_block(node);
            }
            ';' | ',' => {
                self.report_edit(Fault::Separator, one, one.of(self.text), one, "", true);
                self.take(TokenKind::Error, one.end);
                self.after_element = after_element;
                return self.finish(node);
            }
            _ if is_invisible(c) => {
                let name = format!("the character U+{:04X}", u32::from(c));
                self.report_edit(Fault::Invisible, one, &name, one, "", true);
                self.take(TokenKind::Error, one.end);
                self.after_element = after_element;
                return self.finish(node);
            }
            _ if self.heredoc_ended_early(node, self.pos) => return,
            '+' | '-' | '*' | '/' | '%' | '?' | '(' | '.' | '&' | '|' | '<' | '>' | '['
                if after_element =>
            {
                self.report(Fault::Expression, word, word.of(self.text));
            }
            _ => self.report(Fault::Unexpected, word, word.of(self.text)),
        }
        self.skip_line(node);
    }

    /// Takes the rest of the line as text that could not be read, up to a `}`
    /// that closes a block or a `{` that opens one, and ends `node`.
    pub(super) fn skip_line(&mut self, node: usize) {
        let from = self.pos;
        let mut end = from;
        while let Some(c) = self.char_at(end) {
            match c {
                '\n' => break,
                '}' if !self.open.is_empty() => break,
                '{' if end > from
                    && matches!(self.char_at(self.blank_end(end + 1)), None | Some('\n')) =>
                {
                    self.take(TokenKind::Error, end);
                    return self.open_block(node);
                }
                '"' => end = self.quoted_end(end),
                _ => end += c.len_utf8(),
            }
        }
        self.take(TokenKind::Error, end);
        self.finish(node);
    }

    /// Where the quoted text that begins at `at` ends on its line.
    pub(super) fn quoted_end(&self, at: usize) -> usize {
        // The opening quote is passed over like an escaped one.
        let mut escaped = true;
        for (index, c) in self.text.get(at..).unwrap_or("").char_indices() {
            match c {
                '\n' => return at + index,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return at + index + 1,
                _ => {}
            }
        }
        self.text.len()
    }

    /// Where the word that begins at `at` ends: text without white space,
    /// quotes, brackets and separators. It is only for what is no OCL, so a
    /// word may as well end early, and looking for its end costs little.
    pub(super) fn word_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        let ends_word = |(index, c): &(usize, char)| {
            *index > LONGEST_WORD || is_space(*c) || "={}\"'()[],;:#".contains(*c)
        };
        rest.char_indices().find(ends_word).map_or(self.text.len(), |(index, _)| at + index)
    }

    /// C1: reports and takes a comment, if one begins here.
    pub(super) fn comment(&mut self) -> bool {
        let Some(end) = self.comment_end(self.pos) else { return false };
        let span = Span::new(self.pos, end);
        let mut edit = Span::new(self.previous_end(), end);
        let before = self.between(edit.start, self.pos);
        let line_start = before.rfind('\n').map(|newline| edit.start + newline + 1);
        // A comment with its line to itself goes with the line.
        let opens_line = line_start.is_some() || edit.start == 0;
        edit.start = line_start.unwrap_or(edit.start);
        if opens_line && self.char_at(self.blank_end(end)) == Some('\n') {
            edit.end = self.blank_end(end) + 1;
        }
        self.report_edit(Fault::Comment, span, "", edit, "", true);
        self.take(TokenKind::Comment, end);
        true
    }

    /// Where the comment that begins at `at` ends.
    fn comment_end(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        if rest.starts_with("/*") {
            if let Some(length) = rest.find("*/") {
                return Some(at + length + 2);
            }
        } else if !rest.starts_with('#') && !rest.starts_with("//") {
            return None;
        }
        Some(at + self.between(at, self.line_end(at)).trim_end().len())
    }
}

/// Characters that leave no trace on the screen and are no white space.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\0'..='\u{1F}' | '\u{7F}')
}
