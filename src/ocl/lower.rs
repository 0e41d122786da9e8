//! From the syntax tree to the document: unescaping, numbers, heredoc text.
//!
//! Never: recursion; a problem of its own (the parser has reported them all).

use std::borrow::Cow;

use super::chars::is_space;
use super::decimal::Decimal;
use super::document::{At, Attribute, Block, Document, Element, Entry, Heredoc, Value};
use super::parser::{MAX_DEPTH, integer};
use super::syntax::{Node, NodeKind, Syntax, TokenKind};

impl Syntax<'_> {
    /// What the text says. With problems it is what could be made out: what
    /// could not be read is missing, and blocks nested too deep are too.
    #[must_use]
    pub fn document(&self) -> Document {
        // Blocks that are being filled, each with the index after its last node.
        let mut open: Vec<(Block, usize)> = Vec::new();
        let mut root: Vec<Element> = Vec::new();
        let mut index = 1;
        loop {
            while open.last().is_some_and(|(_, after)| index >= *after) {
                if let Some((block, _)) = open.pop() {
                    push(&mut open, &mut root, Element::Block(block));
                }
            }
            let Some(node) = self.nodes.get(index) else { break };
            let after = node.after as usize;
            match node.kind {
                NodeKind::Block if open.len() < MAX_DEPTH => {
                    open.push((self.block_header(node), after));
                    index += 1;
                    continue;
                }
                NodeKind::Attribute => {
                    if let Some(value) = self.value_of(index, node) {
                        let name = self.token_text(node.first as usize).to_owned();
                        let at = At(self.node_span(node));
                        let attribute = Attribute { name, value, at };
                        push(&mut open, &mut root, Element::Attribute(attribute));
                    }
                }
                _ => {}
            }
            index = after.max(index + 1);
        }
        Document { body: root }
    }

    fn block_header(&self, node: &Node) -> Block {
        let first = node.first as usize;
        let mut block = Block { at: At(self.node_span(node)), ..Block::default() };
        for index in first..node.end as usize {
            let text = self.token_text(index);
            match self.tokens.get(index).map(|token| token.kind) {
                Some(TokenKind::Name) => text.clone_into(&mut block.name),
                Some(TokenKind::String) => block.labels.push(unescape(text).into_owned()),
                Some(TokenKind::BraceOpen) | None => break,
                _ => {}
            }
        }
        block
    }

    /// The value of the attribute or entry that is node number `index`.
    fn value_of(&self, index: usize, node: &Node) -> Option<Value> {
        if node.after as usize > index + 1 {
            let child = self.nodes.get(index + 1)?;
            return match child.kind {
                NodeKind::Array => Some(self.array(child)),
                NodeKind::Map => Some(self.map(index + 1, child)),
                _ => None,
            };
        }
        let mut tokens = node.first as usize..node.end as usize;
        tokens.find(|at| self.tokens.get(*at).is_some_and(|t| t.kind == TokenKind::Equals))?;
        tokens.find_map(|at| self.scalar(at))
    }

    fn array(&self, node: &Node) -> Value {
        Value::Array(
            (node.first as usize..node.end as usize).filter_map(|at| self.scalar(at)).collect(),
        )
    }

    fn map(&self, index: usize, node: &Node) -> Value {
        let mut entries = Vec::new();
        let mut at = index + 1;
        while at < node.after as usize
            && let Some(entry) = self.nodes.get(at)
        {
            if entry.kind == NodeKind::Entry
                && let Some(value) = self.value_of(at, entry)
            {
                let key = unescape(self.token_text(entry.first as usize)).into_owned();
                entries.push(Entry { key, value, at: At(self.node_span(entry)) });
            }
            at = (entry.after as usize).max(at + 1);
        }
        Value::Map(entries)
    }

    /// The value that token number `index` begins.
    fn scalar(&self, index: usize) -> Option<Value> {
        let text = self.token_text(index);
        match self.tokens.get(index)?.kind {
            TokenKind::Keyword => Some(match text {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::Null,
            }),
            TokenKind::String => Some(Value::String(unescape(text).into_owned())),
            TokenKind::Integer => integer(text).map(Value::Integer),
            TokenKind::Decimal => Decimal::parse(text).map(Value::Decimal),
            TokenKind::HeredocOpen => Some(Value::Heredoc(self.heredoc(index, text))),
            _ => None,
        }
    }

    /// The heredoc whose opening line is token number `index`.
    fn heredoc(&self, index: usize, open: &str) -> Heredoc {
        let kind = |index: usize| self.tokens.get(index).map(|token| token.kind);
        let open = open.strip_prefix("<<").unwrap_or(open);
        let (indented, tag) = match open.strip_prefix('-') {
            Some(tag) => (true, tag),
            None => (false, open),
        };
        let mut next = index + 1;
        let mut body = "";
        if kind(next) == Some(TokenKind::HeredocText) {
            body = self.token_text(next);
            next += 1;
        }
        let end =
            if kind(next) == Some(TokenKind::HeredocEnd) { self.token_text(next) } else { "" };
        let text = heredoc_text(body, end, indented);
        Heredoc { tag: tag.trim_end().to_owned(), indented, text }
    }
}

fn push(open: &mut [(Block, usize)], root: &mut Vec<Element>, element: Element) {
    match open.last_mut() {
        Some((block, _)) => block.body.push(element),
        None => root.push(element),
    }
}

/// The text of a string token or of an unquoted key (S2).
pub(super) fn unescape(token: &str) -> Cow<'_, str> {
    let Some(inner) = token.strip_prefix('"') else { return Cow::Borrowed(token) };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('r') => out.push('\r'),
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                other => out.extend(other),
            },
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// H3 to H5: the value of the lines in `body` (each with its line end), given
/// the end tag with what stands before it.
fn heredoc_text(body: &str, end: &str, indented: bool) -> String {
    let body = body.strip_suffix('\n').unwrap_or(body);
    // The last line has no join after it, so its CR says nothing.
    let mut raw = body.rsplit('\n').skip(1);
    let join = if raw.any(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
    let lines = || body.split('\n').map(|line| line.trim_end_matches('\r'));
    let mut cut = 0;
    if indented {
        let of_text = lines().filter_map(indent).min();
        cut = of_text.into_iter().chain(indent(end)).min().unwrap_or(usize::MAX);
    }
    let mut out = String::with_capacity(body.len());
    for (number, line) in lines().enumerate() {
        if number > 0 {
            out.push_str(join);
        }
        let mut chars = line.chars();
        for _ in 0..cut {
            if chars.next().is_none() {
                break;
            }
        }
        out.push_str(chars.as_str());
    }
    out
}

/// White-space characters before the first other one; nothing if there is none.
fn indent(line: &str) -> Option<usize> {
    line.chars().position(|c| !is_space(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H3: joins, and carriage returns at line ends.
    #[test]
    fn one_carriage_return_before_the_last_line_makes_all_joins_crlf() {
        assert_eq!(heredoc_text("a\nb\nc\n", "E", false), "a\nb\nc");
        assert_eq!(heredoc_text("a\r\nb\nc\n", "E", false), "a\r\nb\r\nc");
        assert_eq!(heredoc_text("a\nb\nc\r\n", "E", false), "a\nb\nc");
        assert_eq!(heredoc_text("a\r\r\nb\n", "E", false), "a\r\nb");
        assert_eq!(heredoc_text("", "E", true), "");
        assert_eq!(heredoc_text("\n", "E", true), "");
    }

    /// H4: the smaller of the indents of text and end tag is cut.
    #[test]
    fn the_indent_cut_is_the_least_of_text_and_end_tag() {
        assert_eq!(heredoc_text("  A\n   B\n", "  Z", true), "A\n B");
        assert_eq!(heredoc_text("  A\nB\n", "     Z", true), "  A\nB");
        assert_eq!(heredoc_text("        x\n          y\n", "    EOT", true), "    x\n      y");
        assert_eq!(heredoc_text(" \n   \n", " Z", true), "\n  ");
        assert_eq!(heredoc_text("  x\n\n   y\n", "", true), "x\n\n y");
        assert_eq!(heredoc_text("\tx\n\u{3000}\ty\n", "\t\tZ", true), "x\n\ty");
        assert_eq!(heredoc_text("  x\n", "Z", false), "  x");
    }

    /// S2: the five escapes.
    #[test]
    fn escapes_are_read() {
        assert_eq!(unescape(r#""a\r\n\t\\\"b""#), "a\r\n\t\\\"b");
        assert_eq!(unescape("a.b"), "a.b");
    }
}
