//! Reads a template: text, substitutions and blocks.
//!
//! Ordered choice with backtracking, as upstream: at each `#{` a block is
//! tried first, then a substitution (rule P1). Every failure carries the place
//! it got to, because continue mode emits the text up to there (rule P4).
//! Never: more than one attempt a position (results are remembered), recursion
//! deeper than [`MAX_DEPTH`].
//! Sources: SPEC.md T, B and P rules.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::ast::{Each, If, Kind, Node, Span, Symbol, Template, Test};
use super::chars::Places;
use crate::base::LineColumn;

/// How deep blocks, options and indexes may nest.
pub const MAX_DEPTH: usize = 48;
/// How many `elseif` one chain may have.
const MAX_ELSEIF: usize = 128;

/// What to do with a token that does not parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The whole template fails; for values, names and steps.
    #[default]
    Halt,
    /// It becomes literal text; for substitution in files.
    Continue,
}

/// Why a template did not parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The text does not follow the grammar; it is left as it is.
    Syntax,
    /// A number in `calc` with digits that are not ASCII: the server's run fails.
    Number,
    /// Nesting beyond [`MAX_DEPTH`], which this engine refuses.
    TooDeep,
}

/// A template that did not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Why.
    pub kind: ParseErrorKind,
    /// Byte offset of the furthest point reached.
    pub at: usize,
    /// The same for people.
    pub place: LineColumn,
    /// One sentence without the place.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.place)
    }
}

/// Parses a template.
///
/// # Errors
/// [`ParseError`] with the furthest point reached; with [`Mode::Continue`] only
/// for kinds other than [`ParseErrorKind::Syntax`].
pub fn parse(text: &str, mode: Mode) -> Result<Template, ParseError> {
    let mut parser = Parser::new(text);
    let nodes = parser.whole(mode);
    parser.finish()?;
    nodes
        .map(|nodes| Template { text: Arc::from(text), nodes })
        .map_err(|at| parser.error(ParseErrorKind::Syntax, at))
}

/// Parses the beginning of a variable name as a path (rule N3).
pub(super) fn parse_path(name: &str) -> Option<Arc<Symbol>> {
    let mut parser = Parser::new(name);
    let symbol = parser.symbol(0).ok().map(|(symbol, _)| symbol);
    parser.finish().ok()?;
    symbol
}

/// A value and where it ends, or how far the attempt got.
pub(super) type Parsed<T> = Result<(T, usize), usize>;

/// What ends a body early.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Never,
    Else,
    ElseOrElseIf,
}

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) places: Places<'t>,
    /// Closing bracket of each opening one, made when first asked for.
    pub(super) brackets: Option<HashMap<usize, usize>>,
    blocks: HashMap<usize, Parsed<Arc<Node>>>,
    substitutions: HashMap<usize, Parsed<Arc<Node>>>,
    depth: usize,
    hard: Option<(ParseErrorKind, usize)>,
    furthest: usize,
    wanted: &'static str,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            places: Places::new(text),
            brackets: None,
            blocks: HashMap::new(),
            substitutions: HashMap::new(),
            depth: 0,
            hard: None,
            furthest: 0,
            wanted: "",
        }
    }

    fn finish(&self) -> Result<(), ParseError> {
        match self.hard {
            Some((kind, at)) => Err(self.error(kind, at)),
            None => Ok(()),
        }
    }

    fn error(&self, kind: ParseErrorKind, at: usize) -> ParseError {
        let at = if kind == ParseErrorKind::Syntax { at.max(self.furthest) } else { at };
        let mut message = String::from(match kind {
            ParseErrorKind::Syntax if at >= self.text.len() => {
                "The template does not parse: it ends too early"
            }
            ParseErrorKind::Syntax => "The template does not parse",
            ParseErrorKind::Number => "A number in calc has digits other than 0 to 9",
            ParseErrorKind::TooDeep => "The template nests too deeply to be read here",
        });
        if kind == ParseErrorKind::Syntax && !self.wanted.is_empty() {
            message.push_str("; expected ");
            message.push_str(self.wanted);
        }
        ParseError { kind, at, place: LineColumn::of(self.text, at), message }
    }

    /// Records a failure for the message and gives its place back.
    pub(super) fn fail(&mut self, at: usize, wanted: &'static str) -> usize {
        if at > self.furthest || self.wanted.is_empty() {
            self.furthest = at;
            self.wanted = wanted;
        }
        at
    }

    pub(super) fn refuse(&mut self, kind: ParseErrorKind, at: usize) -> usize {
        self.hard.get_or_insert((kind, at));
        at
    }

    pub(super) fn refused(&self) -> bool {
        self.hard.is_some()
    }

    /// Runs one level deeper.
    pub(super) fn deeper<T>(
        &mut self,
        at: usize,
        run: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        if self.depth >= MAX_DEPTH {
            return Err(self.refuse(ParseErrorKind::TooDeep, at));
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        if self.hard.is_some() { Err(at) } else { result }
    }

    pub(super) fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    pub(super) fn peek(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    pub(super) fn skip_white(&self, at: usize) -> usize {
        let rest = self.rest(at);
        at + rest.len() - rest.trim_start().len()
    }

    /// Expects `literal`; fails at the first character that differs.
    pub(super) fn literal(&mut self, at: usize, literal: &'static str) -> Result<usize, usize> {
        let same = self.rest(at).bytes().zip(literal.bytes()).take_while(|(a, b)| a == b).count();
        if same == literal.len() {
            return Ok(at + same);
        }
        self.fail(at, literal);
        Err(at + same)
    }

    /// A keyword in any case, then at least one blank.
    fn keyword(&self, at: usize, word: &str) -> Result<usize, usize> {
        let rest = self.rest(at).as_bytes();
        let same =
            rest.iter().zip(word.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        let after = at + same;
        if same < word.len() {
            return Err(after);
        }
        let end = self.skip_white(after);
        if end == after { Err(after) } else { Ok(end) }
    }

    fn whole(&mut self, mode: Mode) -> Result<Vec<Arc<Node>>, usize> {
        let mut nodes = Vec::new();
        let mut at = 0;
        while at < self.text.len() && !self.refused() {
            match self.token(at) {
                Ok((node, next)) => {
                    nodes.push(node);
                    at = next;
                }
                Err(reached) if mode == Mode::Continue && reached > at => {
                    let span = Span { start: at, end: reached };
                    let raw = self.text.get(at..reached).unwrap_or_default().to_owned();
                    nodes.push(Arc::new(Node { span, kind: Kind::Text(raw) }));
                    at = reached;
                }
                Err(_) => return Err(at),
            }
        }
        Ok(nodes)
    }

    fn body(&mut self, mut at: usize, stop: Stop) -> Parsed<Vec<Arc<Node>>> {
        let mut nodes = Vec::new();
        while at < self.text.len() && !self.refused() {
            if stop != Stop::Never && self.rest(at).starts_with("#{else}") {
                break;
            }
            if stop == Stop::ElseOrElseIf && self.elseif(at).is_some() {
                break;
            }
            let Ok((node, next)) = self.token(at) else { break };
            nodes.push(node);
            at = next;
        }
        Ok((nodes, at))
    }

    /// Where the condition of an `#{elseif ` at this place begins.
    fn elseif(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at).strip_prefix("#{elseif")?;
        let white = rest.chars().next().filter(|c| c.is_whitespace())?;
        Some(at + "#{elseif".len() + white.len_utf8())
    }

    fn token(&mut self, at: usize) -> Parsed<Arc<Node>> {
        let rest = self.rest(at);
        if rest.starts_with("#{/") {
            return Err(at + 1);
        }
        if !rest.starts_with("#{") {
            return self.plain_text(at);
        }
        match self.block(at) {
            Ok(found) => Ok(found),
            Err(block) => self.substitution(at).map_err(|reached| reached.max(block)),
        }
    }

    /// Text up to the next token (rule T1 and T2).
    fn plain_text(&mut self, at: usize) -> Parsed<Arc<Node>> {
        let mut out = String::new();
        let mut end = at;
        loop {
            let rest = self.rest(end);
            let run = rest.find('#').unwrap_or(rest.len());
            out.push_str(rest.get(..run).unwrap_or_default());
            end += run;
            let rest = self.rest(end);
            if rest.is_empty() {
                break;
            }
            if rest == "#" {
                out.push('#');
                end += 1;
            } else if rest.starts_with("###{") && rest.len() > 4 {
                out.push('#');
                end += 2;
            } else if rest.starts_with("##{") {
                out.push_str("#{");
                end += 3;
            } else if let Some(second) = rest.chars().nth(1).filter(|c| *c != '{') {
                out.push('#');
                out.push(second);
                end += 1 + second.len_utf8();
            } else {
                break;
            }
        }
        if end == at {
            return Err(at + 1);
        }
        Ok((Arc::new(Node { span: Span { start: at, end }, kind: Kind::Text(out) }), end))
    }

    /// A conditional, calculation or loop at `#{`.
    pub(super) fn block(&mut self, at: usize) -> Parsed<Arc<Node>> {
        if let Some(known) = self.blocks.get(&at) {
            return known.clone();
        }
        if self.rest(at).starts_with("#{/") {
            return Err(at);
        }
        let inner = self.skip_white(at + 2);
        let mut reached = at;
        let mut result = None;
        for word in ["if", "unless", "calc", "each"] {
            match self.keyword(inner, word) {
                Ok(next) => {
                    result = Some(self.deeper(at, |parser| match word {
                        "calc" => parser.calculation(at, next),
                        "each" => parser.each(at, next),
                        _ => parser.conditional(at, next, word == "if"),
                    }));
                    break;
                }
                Err(stopped) => reached = reached.max(stopped),
            }
        }
        let Some(result) = result else { return Err(reached) };
        self.blocks.insert(at, result.clone());
        result
    }

    /// `#{expression}`; fails at anything else.
    pub(super) fn substitution(&mut self, at: usize) -> Parsed<Arc<Node>> {
        if let Some(known) = self.substitutions.get(&at) {
            return known.clone();
        }
        if self.rest(at).starts_with("#{/") {
            return Err(at);
        }
        let result = self.deeper(at, |parser| {
            let inner = parser.literal(at, "#{")?;
            let inner = parser.skip_white(inner);
            let (expression, end) = parser.expression(inner)?;
            let end = parser.skip_white(end);
            let end = parser.literal(end, "}")?;
            let span = Span { start: at, end };
            Ok((Arc::new(Node { span, kind: Kind::Substitution(expression) }), end))
        });
        self.substitutions.insert(at, result.clone());
        result
    }

    fn conditional(&mut self, at: usize, inner: usize, is_if: bool) -> Parsed<Arc<Node>> {
        let ((left, test), next) = self.condition(inner)?;
        let next = self.skip_white(next);
        let next = self.literal(next, "}")?;
        let stop = if is_if { Stop::ElseOrElseIf } else { Stop::Else };
        let (truthy, mut next) = self.body(next, stop)?;

        let mut clauses = Vec::new();
        while is_if && let Ok((clause, after)) = self.elseif_clause(next) {
            clauses.push(clause);
            next = after;
            if clauses.len() > MAX_ELSEIF {
                return Err(self.refuse(ParseErrorKind::TooDeep, at));
            }
        }
        let mut otherwise = Vec::new();
        if self.rest(next).starts_with("#{else}") {
            (otherwise, next) = self.body(next + "#{else}".len(), Stop::Never)?;
        }
        let end = self.literal(next, if is_if { "#{/if}" } else { "#{/unless}" })?;

        // A chain is the same as an if inside the else of the one before.
        for (start, left, test, truthy) in clauses.into_iter().rev() {
            let kind = Kind::If(If { left, test, truthy, falsy: otherwise });
            otherwise = vec![Arc::new(Node { span: Span { start, end: next }, kind })];
        }
        let (truthy, falsy) = if is_if { (truthy, otherwise) } else { (otherwise, truthy) };
        let kind = Kind::If(If { left, test, truthy, falsy });
        Ok((Arc::new(Node { span: Span { start: at, end }, kind }), end))
    }

    fn elseif_clause(
        &mut self,
        at: usize,
    ) -> Parsed<(usize, super::ast::Expression, Test, Vec<Arc<Node>>)> {
        let inner = self.elseif(at).ok_or(at)?;
        let inner = self.skip_white(inner);
        let ((left, test), next) = self.condition(inner)?;
        let next = self.skip_white(next);
        let next = self.literal(next, "}")?;
        let (body, next) = self.body(next, Stop::ElseOrElseIf)?;
        Ok(((at, left, test, body), next))
    }

    fn each(&mut self, at: usize, inner: usize) -> Parsed<Arc<Node>> {
        let (name, next) = self.identifier(inner)?;
        let next = self.skip_white(next);
        let rest = self.rest(next).as_bytes();
        let same = rest.iter().zip(b"in").take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        if same < 2 {
            return Err(self.fail(next + same, "`in`"));
        }
        let next = self.skip_white(next + 2);
        let (collection, next) = self.symbol(next)?;
        let next = self.skip_white(next);
        let next = self.literal(next, "}")?;
        let (body, next) = self.body(next, Stop::Never)?;
        let end = self.literal(next, "#{/each}")?;
        let kind = Kind::Each(Each { name: name.to_owned(), collection, body });
        Ok((Arc::new(Node { span: Span { start: at, end }, kind }), end))
    }

    fn calculation(&mut self, at: usize, inner: usize) -> Parsed<Arc<Node>> {
        let (sum, next) = self.sum(inner)?;
        let next = self.skip_white(next);
        let end = self.literal(next, "}")?;
        Ok((Arc::new(Node { span: Span { start: at, end }, kind: Kind::Calc(sum) }), end))
    }
}
