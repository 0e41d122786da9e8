//! Spans for syntax highlighting.

use super::parser::parse;
use super::syntax::{Span, Syntax, TokenKind};

/// What a span of text is, as far as its colour goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// A comment; OCL has none, so it is also a problem.
    Comment,
    /// `null`, `true`, `false`.
    Keyword,
    /// Name of an attribute or block, or an unquoted key.
    Name,
    /// Text in quotes.
    String,
    /// A number.
    Number,
    /// A heredoc with its tags.
    Heredoc,
    /// `= { } [ ] ,`
    Punctuation,
    /// Text that could not be read.
    Error,
}

impl TextKind {
    /// The word for it, as in a class name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Keyword => "keyword",
            Self::Name => "name",
            Self::String => "string",
            Self::Number => "number",
            Self::Heredoc => "heredoc",
            Self::Punctuation => "punctuation",
            Self::Error => "error",
        }
    }
}

/// The spans of `text` in order, without overlap; white space has none.
#[must_use]
pub fn highlight(text: &str) -> Vec<(Span, TextKind)> {
    spans(&parse(text))
}

/// The same for a text already read.
#[must_use]
pub fn spans(syntax: &Syntax<'_>) -> Vec<(Span, TextKind)> {
    syntax.tokens().filter_map(|(kind, span)| Some((span, text_kind(kind)?))).collect()
}

fn text_kind(kind: TokenKind) -> Option<TextKind> {
    Some(match kind {
        TokenKind::Space => return None,
        TokenKind::Name | TokenKind::Key => TextKind::Name,
        TokenKind::Keyword => TextKind::Keyword,
        TokenKind::String => TextKind::String,
        TokenKind::Integer | TokenKind::Decimal => TextKind::Number,
        TokenKind::HeredocOpen | TokenKind::HeredocText | TokenKind::HeredocEnd => {
            TextKind::Heredoc
        }
        TokenKind::Equals
        | TokenKind::BraceOpen
        | TokenKind::BraceClose
        | TokenKind::BracketOpen
        | TokenKind::BracketClose
        | TokenKind::Comma => TextKind::Punctuation,
        TokenKind::Comment => TextKind::Comment,
        TokenKind::Error => TextKind::Error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = highlight(text)
            .iter()
            .map(|(span, kind)| format!("{}:{}", kind.word(), span.of(text).trim()))
            .collect();
        assert_eq!(shown.join(" | "), expected);
    }

    #[test]
    fn every_kind_has_its_spans() {
        check(
            "b \"l\" {\n a = [1, 2.5] # c\n m = { k.x = true }\n}",
            "name:b | string:\"l\" | punctuation:{ | name:a | punctuation:= | punctuation:[ \
             | number:1 | punctuation:, | number:2.5 | punctuation:] | comment:# c | name:m \
             | punctuation:= | punctuation:{ | name:k.x | punctuation:= | keyword:true \
             | punctuation:} | punctuation:}",
        );
        check("a = <<E\n x\n E", "name:a | punctuation:= | heredoc:<<E | heredoc:x | heredoc:E");
        check("a = yes", "name:a | punctuation:= | error:yes");
    }
}
