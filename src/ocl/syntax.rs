//! The lossless syntax tree: every byte of the text belongs to one token.
//!
//! Tokens tile the text, so printing them gives the input back; nodes are runs
//! of tokens, kept in preorder in one list.
//! Never: recursion (a tree 100,000 levels deep is walked and dropped like any
//! other), a position that is not on a character boundary.

use super::problem::Problem;

/// A range of bytes in the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// What `text` has there; empty where the range is not in it.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// White space, line ends included.
    Space,
    /// Name of an attribute or block.
    Name,
    /// Unquoted key of a map entry.
    Key,
    /// `null`, `true`, `false`.
    Keyword,
    /// Quoted string: value, label or key.
    String,
    /// Whole number.
    Integer,
    /// Number with a point.
    Decimal,
    /// `<<TAG` or `<<-TAG` up to and including its line end.
    HeredocOpen,
    /// The lines of a heredoc, each with its line end.
    HeredocText,
    /// The end tag with the white space before it.
    HeredocEnd,
    /// `=`
    Equals,
    /// `{`
    BraceOpen,
    /// `}`
    BraceClose,
    /// `[`
    BracketOpen,
    /// `]`
    BracketClose,
    /// `,` in an array.
    Comma,
    /// A comment, which OCL does not have.
    Comment,
    /// Text that could not be read.
    Error,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// The whole text.
    Root,
    /// `name = value`
    Attribute,
    /// `name "label" { ... }`
    Block,
    /// `{ key = value ... }` as a value.
    Map,
    /// `key = value` in a map.
    Entry,
    /// `[a, b]`
    Array,
    /// Anything that is none of these, or lacks a part.
    Bad,
}

/// A token; it begins where the one before it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub end: u32,
}

/// A node: tokens `first..end`, and all nodes below it are the ones after it
/// up to `after`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub kind: NodeKind,
    pub first: u32,
    pub end: u32,
    pub after: u32,
}

/// A text with its tokens, nodes and problems.
#[derive(Debug, Clone)]
pub struct Syntax<'a> {
    /// The text as given.
    pub text: &'a str,
    /// What is wrong with it, in the order of the text; empty means that the
    /// reference parser accepts it.
    pub problems: Vec<Problem>,
    pub(super) tokens: Vec<Token>,
    pub(super) nodes: Vec<Node>,
}

impl<'a> Syntax<'a> {
    /// The tokens in order; together they are the text.
    pub fn tokens(&self) -> impl Iterator<Item = (TokenKind, Span)> + '_ {
        let mut start = 0;
        self.tokens.iter().map(move |token| {
            let span = Span::new(start, token.end as usize);
            start = span.end;
            (token.kind, span)
        })
    }

    /// The nodes in preorder, each with its text range.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeKind, Span)> + '_ {
        self.nodes.iter().map(|node| (node.kind, self.node_span(node)))
    }

    /// The text, put together again from the tokens.
    #[must_use]
    pub fn print(&self) -> String {
        self.tokens().map(|(_, span)| span.of(self.text)).collect()
    }

    /// Range of token number `index`.
    pub(super) fn token_span(&self, index: usize) -> Span {
        let before = index.checked_sub(1).and_then(|at| self.tokens.get(at));
        let start = before.map_or(0, |token| token.end as usize);
        Span::new(start, self.tokens.get(index).map_or(start, |token| token.end as usize))
    }

    /// Range of a node.
    pub(super) fn node_span(&self, node: &Node) -> Span {
        let start = self.token_span(node.first as usize).start;
        let end = (node.end as usize).checked_sub(1).map_or(0, |last| self.token_span(last).end);
        Span::new(start, end.max(start))
    }

    /// Text of token number `index`.
    pub(super) fn token_text(&self, index: usize) -> &'a str {
        self.token_span(index).of(self.text)
    }
}
