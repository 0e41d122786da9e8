//! Reads what stands inside `#{...}`: names, paths, filters, conditions, sums.
//!
//! Sources: SPEC.md I, F, B and K rules.

use std::collections::HashMap;
use std::sync::Arc;

use super::ast::{
    Expression, Factor, FilterCall, Kind, Node, Product, Span, Step, StepKind, Sum, Symbol, Test,
};
use super::chars::is_word;
use super::parser::{ParseErrorKind, Parsed, Parser};

impl<'t> Parser<'t> {
    /// A name that may hold blanks; trimmed (rules I1 and I2).
    pub(super) fn identifier(&mut self, at: usize) -> Parsed<&'t str> {
        let rest = self.rest(at);
        let mut end = rest.len();
        for (offset, c) in rest.char_indices() {
            let goes_on = if c.is_whitespace() {
                !ends_name(rest.get(offset + c.len_utf8()..).unwrap_or_default())
            } else {
                is_word(c)
            };
            if !goes_on {
                end = offset;
                break;
            }
        }
        if end == 0 {
            return Err(self.fail(at, "a name"));
        }
        Ok((self.text.get(at..at + end).unwrap_or_default().trim(), at + end))
    }

    /// A name without blanks: filters and bare options.
    fn word(&mut self, at: usize) -> Parsed<&'t str> {
        let rest = self.rest(at);
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if end == 0 {
            return Err(self.fail(at, "a word"));
        }
        Ok((self.text.get(at..at + end).unwrap_or_default(), at + end))
    }

    /// A path.
    pub(super) fn symbol(&mut self, at: usize) -> Parsed<Arc<Symbol>> {
        let (name, mut end) = self.identifier(at)?;
        let kind = StepKind::Name(Arc::from(name));
        let mut steps = vec![Step { kind, pos: Some(self.places.at(at)) }];
        loop {
            let (kind, start, next) = match self.peek(end) {
                Some('.') => match self.identifier(end + 1) {
                    Ok((name, next)) => (StepKind::Name(Arc::from(name)), end + 1, next),
                    Err(_) => break,
                },
                Some('[') => match self.index(end) {
                    Ok((kind, next)) => (kind, end, next),
                    Err(_) => break,
                },
                _ => break,
            };
            steps.push(Step { kind, pos: Some(self.places.at(start)) });
            end = next;
        }
        Ok((Arc::new(Symbol { steps, span: Span { start: at, end } }), end))
    }

    /// `[...]`: one whole plain symbol is looked up, anything else is literal (rule I4).
    fn index(&mut self, at: usize) -> Parsed<StepKind> {
        let inner = self.skip_white(at + 1);
        if self.rest(inner).starts_with("#{")
            && let Ok((node, next)) = self.substitution(inner)
            && let Kind::Substitution(expression) = &node.kind
            && let Some(symbol) = expression.plain()
        {
            let close = self.skip_white(next);
            if self.peek(close) == Some(']') {
                return Ok((StepKind::Lookup(Arc::clone(symbol)), close + 1));
            }
        }
        let Some(close) = self.closing_bracket(at) else {
            return Err(self.fail(at, "a closing `]`"));
        };
        let inside = self.text.get(at + 1..close).unwrap_or_default();
        let mut key = String::with_capacity(inside.len());
        // Blanks are dropped after every opening bracket, nested ones too.
        for (count, part) in inside.split('[').enumerate() {
            if count > 0 {
                key.push('[');
            }
            key.push_str(part.trim_start());
        }
        Ok((StepKind::Index(Arc::from(key)), close + 1))
    }

    fn closing_bracket(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        let pairs = self.brackets.get_or_insert_with(|| {
            let mut pairs = HashMap::new();
            let mut open = Vec::new();
            for (offset, byte) in text.bytes().enumerate() {
                if byte == b'[' {
                    open.push(offset);
                } else if byte == b']'
                    && let Some(start) = open.pop()
                {
                    pairs.insert(start, offset);
                }
            }
            pairs
        });
        pairs.get(&at).copied()
    }

    /// A path with filters, or a path (rule F1). The end may be after blanks.
    pub(super) fn expression(&mut self, at: usize) -> Parsed<Expression> {
        let symbol = self.symbol(at);
        let mut next = match &symbol {
            Ok((_, end)) => self.skip_white(*end),
            Err(_) => at,
        };
        let mut filters = Vec::new();
        let mut reached = at;
        loop {
            match self.filter(next) {
                Ok((filter, end)) => {
                    filters.push(filter);
                    next = end;
                }
                Err(stopped) => {
                    reached = reached.max(stopped);
                    break;
                }
            }
            if self.refused() {
                break;
            }
        }
        match symbol {
            Ok((symbol, end)) => {
                let end = if filters.is_empty() { end } else { next };
                Ok((Expression { symbol: Some(symbol), filters }, end))
            }
            Err(_) if !filters.is_empty() => Ok((Expression { symbol: None, filters }, next)),
            Err(stopped) => Err(stopped.max(reached)),
        }
    }

    fn filter(&mut self, at: usize) -> Parsed<FilterCall> {
        let next = self.literal(at, "|")?;
        let start = self.skip_white(next);
        let (name, end) = self.word(start)?;
        let name = name.to_owned();
        let span = Span { start, end };
        let mut next = self.skip_white(end);
        let mut options = Vec::new();
        while let Ok((option, end)) = self.option(next) {
            options.push(option);
            next = end;
        }
        Ok((FilterCall { name, span, options }, next))
    }

    fn option(&mut self, at: usize) -> Parsed<Arc<Node>> {
        if self.rest(at).starts_with("#{") {
            return match self.block(at) {
                Ok(found) => Ok(found),
                Err(_) => self.substitution(at),
            };
        }
        let start = self.skip_white(at);
        let (text, end) = match self.word(start) {
            Ok((word, end)) => (word.to_owned(), end),
            Err(_) => self.quoted(start)?,
        };
        let node = Node { span: Span { start, end }, kind: Kind::Text(text) };
        Ok((Arc::new(node), self.skip_white(end)))
    }

    /// `"..."` or `\"...\"` (rule F3).
    fn quoted(&mut self, at: usize) -> Parsed<String> {
        let rest = self.rest(at);
        if let Some(inside) = rest.strip_prefix('"') {
            let end = inside.find(['"', '#']).unwrap_or(inside.len());
            let next = self.literal(at + 1 + end, "\"")?;
            return Ok((inside.get(..end).unwrap_or_default().to_owned(), next));
        }
        if let Some(inside) = rest.strip_prefix("\\\"") {
            let Some(end) = inside.find("\\\"") else {
                return Err(self.fail(self.text.len(), "a closing `\\\"`"));
            };
            return Ok((inside.get(..end).unwrap_or_default().to_owned(), at + 2 + end + 2));
        }
        // How far a lone backslash counts as the beginning of a quote.
        let same = usize::from(rest.starts_with('\\'));
        Err(self.fail(at + same, "a quoted text"))
    }

    fn equality(&mut self, at: usize) -> Option<(bool, usize)> {
        let at = self.skip_white(at);
        let rest = self.rest(at);
        let equal = rest.starts_with("==");
        (equal || rest.starts_with("!=")).then(|| (equal, self.skip_white(at + 2)))
    }

    /// What stands after `if`, `unless` or `elseif` (rule B1).
    pub(super) fn condition(&mut self, at: usize) -> Parsed<(Expression, Test)> {
        match self.expression(at) {
            Ok((left, end)) => {
                let Some((equal, next)) = self.equality(end) else {
                    return Ok(((left, Test::Truthy), end));
                };
                if let Ok((right, end)) = self.expression(next) {
                    return Ok(((left, Test::Expression { equal, right }), end));
                }
                match self.quoted(next) {
                    Ok((text, end)) => Ok(((left, Test::Text { equal, text }), end)),
                    // Then it is a test of the left side alone, and the operator is in the way.
                    Err(_) => Ok(((left, Test::Truthy), end)),
                }
            }
            Err(reached) => self.literal_first(at).map_err(|stopped| stopped.max(reached)),
        }
    }

    fn literal_first(&mut self, at: usize) -> Parsed<(Expression, Test)> {
        let (text, end) = self.quoted(at)?;
        let Some((equal, next)) = self.equality(end) else {
            let at = self.skip_white(end);
            return Err(self.fail(at, "`==` or `!=`"));
        };
        let (left, end) = self.expression(next)?;
        Ok(((left, Test::Text { equal, text }), end))
    }

    /// Products joined by `+` and `-` (rule K1).
    pub(super) fn sum(&mut self, at: usize) -> Parsed<Sum> {
        let (first, mut end) = self.product(at)?;
        let mut rest = Vec::new();
        while let Some((minus, next)) = self.operator(end, '+', '-')
            && let Ok((product, after)) = self.product(next)
        {
            rest.push((minus, product));
            end = after;
        }
        Ok((Sum { first, rest }, end))
    }

    fn product(&mut self, at: usize) -> Parsed<Product> {
        let (first, mut end) = self.factor(at)?;
        let mut rest = Vec::new();
        while let Some((over, next)) = self.operator(end, '*', '/')
            && let Ok((factor, after)) = self.factor(next)
        {
            rest.push((over, factor));
            end = after;
        }
        Ok((Product { first, rest }, end))
    }

    fn operator(&self, at: usize, plain: char, inverse: char) -> Option<(bool, usize)> {
        let at = self.skip_white(at);
        let c = self.peek(at)?;
        (c == plain || c == inverse).then(|| (c == inverse, self.skip_white(at + 1)))
    }

    fn factor(&mut self, at: usize) -> Parsed<Factor> {
        match self.peek(at) {
            Some('(') => self.deeper(at, |parser| {
                let (sum, end) = parser.sum(at + 1)?;
                let end = parser.literal(end, ")")?;
                Ok((Factor::Group(Box::new(sum)), end))
            }),
            Some(c) if is_number(c) || c == '.' => self.number(at),
            Some('{') => {
                let start = self.skip_white(at + 1);
                let (symbol, end) = self.symbol(start)?;
                let end = self.skip_white(end);
                let end = self.literal(end, "}")?;
                Ok((Factor::Variable(symbol), end))
            }
            _ => {
                let start = self.skip_white(at);
                let (symbol, end) = self.symbol(start)?;
                Ok((Factor::Variable(symbol), self.skip_white(end)))
            }
        }
    }

    fn number(&mut self, at: usize) -> Parsed<Factor> {
        let digits = |rest: &str| rest.find(|c| !is_number(c)).unwrap_or(rest.len());
        let mut end = at + digits(self.rest(at));
        if self.peek(end) == Some('.') {
            let fraction = digits(self.rest(end + 1));
            if fraction == 0 {
                return Err(self.fail(end + 1, "a digit"));
            }
            end += 1 + fraction;
        }
        let text = self.text.get(at..end).unwrap_or_default();
        match text.parse::<f64>() {
            Ok(number) => Ok((Factor::Number(number), end)),
            Err(_) => Err(self.refuse(ParseErrorKind::Number, at)),
        }
    }
}

/// A numeric character of any kind, which the number grammar takes before it fails.
fn is_number(c: char) -> bool {
    c.is_ascii_digit() || (c > '\u{7f}' && c <= '\u{ffff}' && c.is_numeric())
}

/// Whether what follows a blank ends the name before it (rule I2).
fn ends_name(after: &str) -> bool {
    // At the very end of the text the look-ahead upstream finds nothing.
    if after.len() > 1 && after.starts_with(['|', '}']) {
        return true;
    }
    ["in", "==", "!="].iter().any(|keyword| {
        after
            .strip_prefix(keyword)
            .is_some_and(|rest| rest.chars().next().is_some_and(char::is_whitespace))
    })
}
