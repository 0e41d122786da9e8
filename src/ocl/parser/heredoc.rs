//! Heredocs: opening line, text, the first line that is only the tag.

use super::super::chars::is_space;
use super::super::fault::Fault;
use super::super::syntax::{Span, TokenKind};
use super::Parser;

impl<'a> Parser<'a> {
    /// H1 to H3; the caller has seen `<<`.
    pub(super) fn heredoc(&mut self) {
        let start = self.pos;
        let indented = self.char_at(start + 2) == Some('-');
        let tag_start = start + if indented { 3 } else { 2 };
        let tag_end = self.run_end(tag_start, |c| !is_space(c));
        let mut tag = self.between(tag_start, tag_end);
        let next = self.blank_end(tag_end);
        let line_end = self.line_end(tag_end);
        if next < line_end {
            let text = self.between(next, line_end).trim_end();
            let span = Span::new(next, next + text.len());
            if tag.is_empty() && !text.contains(is_space) {
                let gap = Span::new(tag_end, next);
                self.report_edit(Fault::HeredocSpace, span, text, gap, "", true);
                tag = text;
            } else {
                let at = Span::new(tag_end, next);
                self.report_edit(Fault::HeredocLine, span, text, at, "\n", false);
            }
        }
        let Some((end, after)) = self.heredoc_end(tag, line_end) else {
            return self.unclosed_heredoc(Span::new(start, line_end), tag, indented);
        };
        self.take(TokenKind::HeredocOpen, line_end + 1);
        self.take(TokenKind::HeredocText, end);
        // Without a tag the line is white space, and no part of the heredoc.
        if !tag.is_empty() {
            self.take(TokenKind::HeredocEnd, after);
        }
    }

    /// H2: where the end line of a heredoc begins and where its tag ends, for
    /// a heredoc whose opening line ends at `line_end`.
    fn heredoc_end(&self, tag: &str, line_end: usize) -> Option<(usize, usize)> {
        let mut start = line_end + 1;
        loop {
            let rest = self.text.get(start..)?;
            let length = rest.find('\n');
            let line = rest.get(..length.unwrap_or(rest.len()))?;
            if line.trim() == tag {
                let indent = line.len() - line.trim_start().len();
                return Some((start, start + indent + tag.len()));
            }
            start += length? + 1;
        }
    }

    /// Takes the rest of the text: nothing after the opening can be told from
    /// the heredoc's text. The edit puts the tag before the first line that
    /// stands no further right than the element itself.
    fn unclosed_heredoc(&mut self, span: Span, tag: &'a str, indented: bool) {
        let line_start = self.between(0, span.start).rfind('\n').map_or(0, |newline| newline + 1);
        let indent = |line: &str| line.len() - line.trim_start().len();
        let own = indent(self.between(line_start, span.end));
        let mut end = (span.end + 1).min(self.text.len());
        if indented {
            for line in self.between(end, self.text.len()).split_inclusive('\n') {
                if !line.trim().is_empty() && indent(line) <= own {
                    break;
                }
                end += line.len();
            }
        } else {
            end = self.text.len();
        }
        let ends_line = self.between(0, end).ends_with('\n');
        let pad = " ".repeat(own.min(200));
        let closing = format!("{}{pad}{tag}\n", if ends_line { "" } else { "\n" });
        let sure = end == self.text.len() && self.open.is_empty();
        let at = Span::new(end, end);
        self.report_edit(Fault::HeredocOpen, span, tag, at, &closing, sure && !tag.is_empty());
        self.notice(self.text.len());
        self.swallowed = true;
        self.take(TokenKind::HeredocOpen, (span.end + 1).min(self.text.len()));
        self.take(TokenKind::HeredocText, self.text.len());
    }
}
