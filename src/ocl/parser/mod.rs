//! The parser: takes exactly what the reference parser takes, reports the rest.
//!
//! Every rule has its number in `SPEC.md`. Blocks nest, so they are kept on a
//! list of open nodes; maps and arrays do not, so plain calls read them.
//! Never: recursion by depth of the text, a loop that does not move on, a
//! change of what is accepted for the sake of a better report.

mod collection;
mod element;
mod heredoc;
mod scalar;

pub(super) use scalar::integer;

use super::chars::is_space;
use super::fault::Fault;
use super::problem::{Edit, Problem, locate};
use super::syntax::{Node, NodeKind, Span, Syntax, Token, TokenKind};

/// Most levels of blocks; deeper ones are reported (L1).
pub const MAX_DEPTH: usize = 500;
/// Largest text in MiB; larger ones are not read (L2).
pub const MAX_MEBIBYTES: usize = 64;
/// Most problems; reading stops there (L3).
pub const MAX_PROBLEMS: usize = 100;

/// Reads `text`. The tree holds every byte whether or not there are problems;
/// with none, the reference parser takes the text.
#[must_use]
pub fn parse(text: &str) -> Syntax<'_> {
    let mut parser = Parser {
        text,
        pos: 0,
        tokens: Vec::new(),
        nodes: Vec::new(),
        problems: Vec::new(),
        open: Vec::new(),
        suspect: None,
        after_element: false,
        heredoc: None,
        swallowed: false,
        mistakes: 0,
        key_run: Span::new(0, 0),
        refused_at: None,
    };
    if text.len() > MAX_MEBIBYTES << 20 {
        let root = parser.start(NodeKind::Root);
        parser.report(Fault::TooLarge, Span::new(0, 0), &MAX_MEBIBYTES.to_string());
        if u32::try_from(text.len()).is_err() {
            parser.text = "";
        }
        parser.take(TokenKind::Error, parser.text.len());
        parser.finish(root);
    } else {
        parser.document();
    }
    locate(parser.text, &mut parser.problems);
    Syntax {
        text: parser.text,
        problems: parser.problems,
        tokens: parser.tokens,
        nodes: parser.nodes,
    }
}

/// A state to go back to.
struct Mark {
    pos: usize,
    tokens: usize,
    nodes: usize,
    problems: usize,
    mistakes: usize,
}

struct Parser<'a> {
    text: &'a str,
    pos: usize,
    tokens: Vec<Token>,
    nodes: Vec<Node>,
    problems: Vec<Problem>,
    /// Blocks whose `}` has not come yet, outermost first.
    open: Vec<usize>,
    /// First block whose `}` stands further left than its name.
    suspect: Option<usize>,
    /// Whether an element ended on this line, for the wording of problems.
    after_element: bool,
    /// Tag of the element before, if that ended in a heredoc.
    heredoc: Option<&'a str>,
    /// Whether a heredoc without an end has taken in the rest of the text, so
    /// that nothing else can be said to have no end.
    swallowed: bool,
    /// Mistakes so far, those beyond the limit included.
    mistakes: usize,
    /// The last run of characters that an unquoted key may hold.
    key_run: Span,
    /// The `=` after which an entry whose key begins with `}` went wrong.
    refused_at: Option<usize>,
}

impl<'a> Parser<'a> {
    fn document(&mut self) {
        let root = self.start(NodeKind::Root);
        if self.rest().starts_with('\u{FEFF}') {
            let span = Span::new(0, '\u{FEFF}'.len_utf8());
            self.report_edit(Fault::ByteOrderMark, span, "", span, "", true);
            self.take(TokenKind::Error, span.end);
        }
        loop {
            self.space();
            if self.pos >= self.text.len() {
                break;
            }
            if self.is_full() {
                let here = Span::new(self.pos, self.pos);
                self.problems.push(Problem::new(Fault::TooMany, here, &MAX_PROBLEMS.to_string()));
                self.take(TokenKind::Error, self.text.len());
                break;
            }
            if self.peek() == Some('}') {
                self.close_block();
            } else {
                self.element();
            }
        }
        self.close_rest();
        self.finish(root);
    }

    /// B2: the `}` of the innermost open block, or one too many (E3).
    fn close_block(&mut self) {
        let brace = Span::new(self.pos, self.pos + 1);
        let Some(node) = self.open.pop() else {
            self.report_edit(Fault::StrayClose, brace, "", brace, "", false);
            self.take(TokenKind::Error, brace.end);
            return;
        };
        if self.suspect.is_none() && self.stands_left_of(brace.start, node) {
            self.suspect = Some(node);
        }
        self.take(TokenKind::BraceClose, brace.end);
        self.finish(node);
        self.after_element = true;
        self.heredoc = None;
    }

    /// Whether the `}` at `brace` opens its line and stands further left than
    /// the name of `node`, which then was hardly meant by it.
    fn stands_left_of(&self, brace: usize, node: usize) -> bool {
        let indent = |at: usize| {
            // Bounded, so that a long line costs no more than a short one.
            let before = self.text.as_bytes().get(at.saturating_sub(1000)..at).unwrap_or(&[]);
            let blanks = before.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
            let opens_line = blanks == at || before.iter().rev().nth(blanks) == Some(&b'\n');
            opens_line.then_some(blanks)
        };
        match (indent(brace), indent(self.node_start(node))) {
            (Some(brace), Some(name)) => brace < name,
            _ => false,
        }
    }

    /// Reports and ends the blocks that the text leaves open.
    fn close_rest(&mut self) {
        let Some(innermost) = self.open.last().copied() else { return };
        if !self.is_full() && !self.swallowed {
            self.report_open_block(self.suspect.unwrap_or(innermost));
        }
        while let Some(node) = self.open.pop() {
            self.finish(node);
        }
    }

    fn report_open_block(&mut self, node: usize) {
        let start = self.node_start(node);
        let tail = self.text.get(start..).unwrap_or("");
        let header = tail.find('{').and_then(|brace| tail.get(..brace)).unwrap_or(tail).trim_end();
        let end = self.text.len();
        let mut closing = String::new();
        if !self.text.ends_with('\n') {
            closing.push('\n');
        }
        closing.push_str(&"}\n".repeat(self.open.len()));
        let at = Span::new(end, end);
        let sure = self.suspect.is_none() && self.problems.is_empty() && self.open.len() == 1;
        let span = Span::new(start, start + header.len());
        self.report_edit(Fault::BlockOpen, span, header, at, &closing, sure);
        self.notice(end);
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    fn between(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Makes the text up to `end` a token and moves on to there.
    fn take(&mut self, kind: TokenKind, end: usize) {
        if end <= self.pos {
            return;
        }
        if let Ok(end) = u32::try_from(end) {
            self.tokens.push(Token { kind, end });
        }
        self.pos = end;
    }

    /// Where the run of characters that begins at `at` and meets `test` ends.
    fn run_end(&self, at: usize, test: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        rest.find(|c| !test(c)).map_or(self.text.len(), |length| at + length)
    }

    /// Where the white space that begins at `at` ends, line ends included.
    fn space_end(&self, at: usize) -> usize {
        self.run_end(at, is_space)
    }

    /// The same, staying on the line.
    fn blank_end(&self, at: usize) -> usize {
        self.run_end(at, |c| is_space(c) && c != '\n')
    }

    /// The end of the line on which `at` stands, without its LF.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        rest.find('\n').map_or(self.text.len(), |length| at + length)
    }

    fn space(&mut self) {
        let end = self.space_end(self.pos);
        if self.between(self.pos, end).contains('\n') {
            self.after_element = false;
        }
        self.take(TokenKind::Space, end);
    }

    fn blank(&mut self) {
        self.take(TokenKind::Space, self.blank_end(self.pos));
    }

    fn start(&mut self, kind: NodeKind) -> usize {
        let first = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        self.nodes.push(Node { kind, first, end: first, after: 0 });
        self.nodes.len() - 1
    }

    fn finish(&mut self, node: usize) {
        let end = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        let after = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        if let Some(node) = self.nodes.get_mut(node) {
            node.end = end;
            node.after = after;
        }
    }

    fn finish_as(&mut self, node: usize, kind: NodeKind) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.kind = kind;
        }
        self.finish(node);
    }

    /// Byte where `node` begins.
    fn node_start(&self, node: usize) -> usize {
        let first = self.nodes.get(node).map_or(0, |node| node.first as usize);
        let before = first.checked_sub(1).and_then(|token| self.tokens.get(token));
        before.map_or(0, |token| token.end as usize)
    }

    /// Kind of the last token, if it ends right here.
    fn previous(&self) -> Option<TokenKind> {
        self.tokens.last().map(|token| token.kind)
    }

    /// Byte where the last token begins.
    fn previous_start(&self) -> usize {
        let before = self.tokens.len().checked_sub(2).and_then(|index| self.tokens.get(index));
        before.map_or(0, |token| token.end as usize)
    }

    fn mark(&self) -> Mark {
        Mark {
            pos: self.pos,
            tokens: self.tokens.len(),
            nodes: self.nodes.len(),
            problems: self.problems.len(),
            mistakes: self.mistakes,
        }
    }

    fn go_back(&mut self, mark: &Mark) {
        self.pos = mark.pos;
        self.tokens.truncate(mark.tokens);
        self.nodes.truncate(mark.nodes);
        self.problems.truncate(mark.problems);
        self.mistakes = mark.mistakes;
        self.swallowed = false;
    }

    fn report(&mut self, fault: Fault, span: Span, found: &str) {
        self.mistakes += 1;
        if !self.is_full() {
            self.problems.push(Problem::new(fault, span, found));
        }
    }

    /// L3: whether one mistake more than the limit was met, so that whatever
    /// loops has to stop.
    fn is_full(&self) -> bool {
        self.mistakes > MAX_PROBLEMS
    }

    /// Reports with the edit that puts `with` in the place of `at`.
    fn report_edit(
        &mut self,
        fault: Fault,
        span: Span,
        found: &str,
        at: Span,
        with: &str,
        sure: bool,
    ) {
        self.report(fault, span, found);
        let edit = Edit { span: at, with: with.to_owned(), sure };
        self.amend(|problem| problem.edit = Some(edit));
    }

    /// Says where the reference notices the problem reported last.
    fn notice(&mut self, at: usize) {
        self.amend(|problem| problem.noticed_at = at);
    }

    /// Changes the problem just reported, if it was kept.
    fn amend(&mut self, change: impl FnOnce(&mut Problem)) {
        if !self.is_full()
            && let Some(problem) = self.problems.last_mut()
        {
            change(problem);
        }
    }
}
