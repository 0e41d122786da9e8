//! Reads an expression into a tree.

use super::Refusal;

/// How deep groups may nest.
pub(super) const MAX_DEPTH: usize = 40;

pub(super) struct Parsed {
    pub(super) root: Tree,
    pub(super) groups: usize,
    pub(super) names: Vec<(String, usize)>,
}

pub(super) enum Tree {
    Empty,
    /// One unit; true to ignore case.
    Unit(u16, bool),
    /// Any unit but a line feed, or any at all.
    Any(bool),
    Set(Set),
    Assert(Assert),
    Group(usize, Box<Tree>),
    Concat(Vec<Tree>),
    Either(Vec<Tree>),
    Repeat {
        inner: Box<Tree>,
        least: u32,
        most: Option<u32>,
        greedy: bool,
    },
    Look {
        inner: Box<Tree>,
        behind: bool,
        negate: bool,
    },
    Atomic(Box<Tree>),
    /// Group number; true to ignore case.
    Back(usize, bool),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Assert {
    TextStart,
    TextEnd,
    /// At the end, or before a line feed at the end.
    LastEnd,
    LineStart,
    LineEnd,
    Boundary,
    NotBoundary,
    SearchStart,
}

/// A set of units.
pub(super) struct Set {
    pub(super) negate: bool,
    pub(super) fold: bool,
    pub(super) items: Vec<Item>,
    /// `[a-z-[aeiou]]`
    pub(super) without: Option<Box<Set>>,
}

pub(super) enum Item {
    Range(u16, u16),
    /// `\d \w \s` and `\p{..}`; true when negated.
    Class(Class, bool),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Digit,
    Word,
    Space,
    Letter,
    Upper,
    Lower,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Flags {
    pub(super) fold: bool,
    pub(super) many_lines: bool,
    pub(super) dot_all: bool,
    pub(super) no_numbers: bool,
    pub(super) spaced: bool,
}

/// Named groups get numbers after all others; until then they carry this mark.
pub(super) const NAMED: usize = 1 << 20;

pub(super) fn parse(source: &str) -> Result<Parsed, Refusal> {
    let units: Vec<u16> = source.encode_utf16().collect();
    // Whether `\10` is a group or a character depends on how many groups there are.
    let counted = read(&units, usize::MAX)?;
    let groups = counted.plain + counted.names.len();
    let mut reader = read(&units, groups)?;
    let plain = reader.plain;
    let mut root = std::mem::replace(&mut reader.root, Tree::Empty);
    renumber(&mut root, plain);
    let names = reader.names.into_iter().enumerate();
    let names = names.map(|(index, name)| (name, plain + 1 + index)).collect();
    Ok(Parsed { root, groups, names })
}

fn read(units: &[u16], groups: usize) -> Result<Reader<'_>, Refusal> {
    let mut reader =
        Reader { units, at: 0, plain: 0, names: Vec::new(), groups, depth: 0, root: Tree::Empty };
    reader.root = reader.either(&mut Flags::default())?;
    if reader.peek().is_some() {
        return Err(Refusal::Invalid("too many closing parentheses"));
    }
    Ok(reader)
}

fn renumber(tree: &mut Tree, plain: usize) {
    let fix = |number: &mut usize| {
        if *number >= NAMED {
            *number = *number - NAMED + plain + 1;
        }
    };
    match tree {
        Tree::Group(number, inner) => {
            fix(number);
            renumber(inner, plain);
        }
        Tree::Back(number, _) => fix(number),
        Tree::Concat(list) | Tree::Either(list) => {
            for inner in list {
                renumber(inner, plain);
            }
        }
        Tree::Repeat { inner, .. } | Tree::Look { inner, .. } | Tree::Atomic(inner) => {
            renumber(inner, plain);
        }
        Tree::Empty | Tree::Unit(..) | Tree::Any(_) | Tree::Set(_) | Tree::Assert(_) => {}
    }
}

pub(super) struct Reader<'p> {
    pub(super) units: &'p [u16],
    pub(super) at: usize,
    pub(super) plain: usize,
    pub(super) names: Vec<String>,
    /// How many groups there are in all, once that is known.
    pub(super) groups: usize,
    root: Tree,
    pub(super) depth: usize,
}

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    pub(super) fn ahead(&self, by: usize) -> Option<char> {
        let unit = u32::from(*self.units.get(self.at + by)?);
        Some(char::from_u32(unit).unwrap_or('\u{fffd}'))
    }

    pub(super) fn unit(&mut self) -> Option<u16> {
        let unit = *self.units.get(self.at)?;
        self.at += 1;
        Some(unit)
    }

    pub(super) fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn either(&mut self, flags: &mut Flags) -> Result<Tree, Refusal> {
        let mut list = vec![self.concat(flags)?];
        while self.take('|') {
            list.push(self.concat(flags)?);
        }
        Ok(match list.len() {
            1 => list.pop().unwrap_or(Tree::Empty),
            _ => Tree::Either(list),
        })
    }

    fn concat(&mut self, flags: &mut Flags) -> Result<Tree, Refusal> {
        let mut list = Vec::new();
        loop {
            if flags.spaced {
                self.skip_spaced();
            }
            match self.peek() {
                None | Some('|' | ')') => break,
                Some(_) => {}
            }
            let Some(atom) = self.atom(flags)? else { continue };
            list.push(self.quantified(atom, *flags)?);
        }
        Ok(Tree::Concat(list))
    }

    fn skip_spaced(&mut self) {
        while let Some(c) = self.peek() {
            if c == '#' {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.at += 1;
                }
            } else if c.is_whitespace() {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// `{n}`, `{n,}` or `{n,m}` at this place; its length.
    fn braces(&self) -> Option<(u32, Option<u32>, usize)> {
        let rest = self.units.get(self.at + 1..)?;
        let end = rest.iter().position(|unit| *unit == u16::from(b'}'))?;
        let inside = String::from_utf16(rest.get(..end)?).ok()?;
        let number = |text: &str| -> Option<u32> {
            (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse().ok())?
        };
        let (least, most) = match inside.split_once(',') {
            None => (number(&inside)?, Some(number(&inside)?)),
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        Some((least, most, end + 2))
    }

    fn quantifier(&mut self) -> Option<(u32, Option<u32>)> {
        let (found, length) = match self.peek()? {
            '*' => ((0, None), 1),
            '+' => ((1, None), 1),
            '?' => ((0, Some(1)), 1),
            '{' => {
                let (least, most, length) = self.braces()?;
                ((least, most), length)
            }
            _ => return None,
        };
        self.at += length;
        Some(found)
    }

    fn quantified(&mut self, atom: Tree, flags: Flags) -> Result<Tree, Refusal> {
        if flags.spaced {
            self.skip_spaced();
        }
        let Some((least, most)) = self.quantifier() else { return Ok(atom) };
        if most.is_some_and(|most| most < least) {
            return Err(Refusal::Invalid("a repeat range in reverse order"));
        }
        let greedy = !self.take('?');
        if self.quantifier().is_some() {
            return Err(Refusal::Invalid("a repeat of a repeat"));
        }
        Ok(Tree::Repeat { inner: Box::new(atom), least, most, greedy })
    }

    /// `None` for what only changes flags.
    fn atom(&mut self, flags: &mut Flags) -> Result<Option<Tree>, Refusal> {
        if matches!(self.peek(), Some('*' | '+' | '?'))
            || (self.peek() == Some('{') && self.braces().is_some())
        {
            return Err(Refusal::Invalid("a repeat of nothing"));
        }
        let Some(unit) = self.unit() else { return Ok(None) };
        let c = char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}');
        Ok(Some(match c {
            '.' => Tree::Any(flags.dot_all),
            '^' if flags.many_lines => Tree::Assert(Assert::LineStart),
            '^' => Tree::Assert(Assert::TextStart),
            '$' if flags.many_lines => Tree::Assert(Assert::LineEnd),
            '$' => Tree::Assert(Assert::LastEnd),
            '[' => Tree::Set(self.set(flags.fold, 0)?),
            '(' => return self.group(flags),
            '\\' => self.escape(*flags)?,
            _ => Tree::Unit(unit, flags.fold),
        }))
    }

    fn group(&mut self, flags: &mut Flags) -> Result<Option<Tree>, Refusal> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Refusal::Unknown(
                "The regular expression nests too deeply for this preview",
            ));
        }
        let mut inner = *flags;
        let mut wrap: fn(Box<Tree>) -> Tree = |tree| *tree;
        let mut number = None;
        if self.take('?') {
            match self.peek() {
                Some(':') => self.at += 1,
                Some('>') => {
                    self.at += 1;
                    wrap = Tree::Atomic;
                }
                Some('=' | '!') => {
                    let negate = self.unit() == Some(u16::from(b'!'));
                    wrap = if negate {
                        |inner| Tree::Look { inner, behind: false, negate: true }
                    } else {
                        |inner| Tree::Look { inner, behind: false, negate: false }
                    };
                }
                Some('<') if matches!(self.ahead(1), Some('=' | '!')) => {
                    self.at += 1;
                    let negate = self.unit() == Some(u16::from(b'!'));
                    wrap = if negate {
                        |inner| Tree::Look { inner, behind: true, negate: true }
                    } else {
                        |inner| Tree::Look { inner, behind: true, negate: false }
                    };
                }
                Some('<' | '\'') => {
                    let close = if self.take('<') { '>' } else { '\'' };
                    if close == '\'' {
                        self.at += 1;
                    }
                    number = Some(self.name(close, true)?);
                }
                Some('#') => {
                    while self.peek().is_some_and(|c| c != ')') {
                        self.at += 1;
                    }
                    self.depth -= 1;
                    return match self.take(')') {
                        true => Ok(None),
                        false => Err(Refusal::Invalid("an unfinished comment")),
                    };
                }
                Some('(') => {
                    return Err(Refusal::Unknown(
                        "Conditionals in regular expressions can't be evaluated here",
                    ));
                }
                _ => {
                    self.flags(&mut inner)?;
                    if self.take(')') {
                        *flags = inner;
                        self.depth -= 1;
                        return Ok(None);
                    }
                    if !self.take(':') {
                        return Err(Refusal::Invalid("an unknown kind of group"));
                    }
                }
            }
        } else if !flags.no_numbers {
            self.plain += 1;
            number = Some(self.plain);
        }
        let tree = self.either(&mut inner)?;
        if !self.take(')') {
            return Err(Refusal::Invalid("a missing closing parenthesis"));
        }
        self.depth -= 1;
        Ok(Some(match number {
            Some(number) => Tree::Group(number, Box::new(tree)),
            // Kept apart, so that a repeat takes the whole group.
            None => wrap(Box::new(tree)),
        }))
    }

    fn flags(&mut self, flags: &mut Flags) -> Result<(), Refusal> {
        let mut on = true;
        while let Some(c) = self.peek() {
            match c {
                '-' => on = false,
                'i' => flags.fold = on,
                'm' => flags.many_lines = on,
                's' => flags.dot_all = on,
                'n' => flags.no_numbers = on,
                'x' => flags.spaced = on,
                ')' | ':' => return Ok(()),
                _ => return Err(Refusal::Invalid("an unknown kind of group")),
            }
            self.at += 1;
        }
        Err(Refusal::Invalid("a missing closing parenthesis"))
    }

    /// The marked number of a named group; a new one if `define`.
    pub(super) fn name(&mut self, close: char, define: bool) -> Result<usize, Refusal> {
        let start = self.at;
        while self.peek().is_some_and(|c| c != close) {
            self.at += 1;
        }
        let name = String::from_utf16_lossy(self.units.get(start..self.at).unwrap_or_default());
        if !self.take(close) || name.is_empty() {
            return Err(Refusal::Invalid("a malformed group name"));
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) || name.contains('-') {
            return Err(Refusal::Unknown(
                "Numbered and balancing groups in regular expressions can't be evaluated here",
            ));
        }
        if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Err(Refusal::Invalid("a malformed group name"));
        }
        match self.names.iter().position(|known| *known == name) {
            Some(index) => Ok(NAMED + index),
            None if define => {
                self.names.push(name);
                Ok(NAMED + self.names.len() - 1)
            }
            None => {
                Err(Refusal::Unknown("References ahead to a named group can't be evaluated here"))
            }
        }
    }
}

/// A word character.
pub(super) fn is_word(unit: u16) -> bool {
    char::from_u32(u32::from(unit)).is_some_and(|c| {
        c.is_alphabetic()
            || super::super::chars::is_digit(c)
            || matches!(c, '_' | '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{200c}' | '\u{200d}')
    })
}
