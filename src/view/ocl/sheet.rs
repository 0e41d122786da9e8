//! A text as the editor shows it. Only the lines in view are made into pieces,
//! so that typing in a large file is as quick as in a small one.

use crate::base::LineColumn;
use crate::highlight::Kind;
use crate::ocl::{self, Problem, Span, TextKind};

/// A piece of a line: its text, its colour, and whether it is marked as wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The text.
    pub text: String,
    /// Its colour.
    pub kind: Kind,
    /// Whether a problem stands here.
    pub is_wrong: bool,
}

/// A line in pieces.
pub type Line = Vec<Mark>;

/// A problem as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet, from 0.
    pub index: usize,
    /// Its stable identifier.
    pub code: &'static str,
    /// Where it begins.
    pub place: LineColumn,
    /// Why the text is refused, as a sentence.
    pub what: String,
    /// What to do, as a sentence.
    pub repair: String,
    /// Whether there is an edit that does it.
    pub can_repair: bool,
    /// Whether what was meant is beyond doubt.
    pub is_sure: bool,
}

/// A text that was read.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    text: String,
    /// Where each line starts.
    starts: Vec<usize>,
    spans: Vec<(Span, TextKind)>,
    problems: Vec<Problem>,
    /// The parts of the text that are wrong, in order.
    wrong: Vec<Span>,
}

impl Sheet {
    /// Reads `text`.
    #[must_use]
    pub fn of(text: String) -> Self {
        let syntax = ocl::parse(&text);
        let spans = ocl::spans(&syntax);
        let problems = syntax.problems;
        let starts = std::iter::once(0)
            .chain(
                text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1),
            )
            .collect();
        let mut wrong: Vec<_> = problems.iter().map(|one| shown(&text, one.span)).collect();
        wrong.sort_unstable();
        Self { text, starts, spans, problems, wrong }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().max(1)
    }

    /// Whether there is nothing but white space.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// How many characters the longest line has, a tab as four.
    #[must_use]
    pub fn width(&self) -> usize {
        let tabs = |line: &str| line.bytes().filter(|byte| *byte == b'\t').count() * 3;
        self.text.split('\n').map(|line| line.chars().count() + tabs(line)).max().unwrap_or(0)
    }

    /// `count` lines from number `first` on, counted from 0.
    #[must_use]
    pub fn lines(&self, first: usize, count: usize) -> Vec<Line> {
        let last = first.saturating_add(count).min(self.starts.len());
        (first..last).map(|line| self.line(line)).collect()
    }

    fn range(&self, line: usize) -> Span {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        Span::new(start, end.max(start))
    }

    fn line(&self, line: usize) -> Line {
        let range = self.range(line);
        let mut pieces: Line = Vec::new();
        let mut at = range.start;
        let first = self.spans.partition_point(|(span, _)| span.end <= range.start);
        for (span, kind) in self.spans.get(first..).unwrap_or_default() {
            if span.start >= range.end {
                break;
            }
            self.push(&mut pieces, Span::new(at, span.start), Kind::Plain);
            let end = span.end.min(range.end);
            self.push(&mut pieces, Span::new(span.start.max(at), end), colour(*kind));
            at = end.max(at);
        }
        self.push(&mut pieces, Span::new(at, range.end), Kind::Plain);
        pieces
    }

    /// Adds a piece, in parts where some of it is wrong and some is not.
    fn push(&self, pieces: &mut Line, span: Span, kind: Kind) {
        let mut at = span.start;
        let first = self.wrong.partition_point(|wrong| wrong.start < span.start);
        // An earlier mark may reach into this piece; marks are few.
        let before = self.wrong.get(..first).unwrap_or_default();
        let reach = before.iter().map(|wrong| wrong.end).max().unwrap_or(0).min(span.end);
        if reach > at {
            pieces.extend(self.mark(Span::new(at, reach), kind, true));
            at = reach;
        }
        for wrong in self.wrong.get(first..).unwrap_or_default() {
            if wrong.start >= span.end {
                break;
            }
            let start = wrong.start.max(at);
            let end = wrong.end.min(span.end);
            pieces.extend(self.mark(Span::new(at, start), kind, false));
            pieces.extend(self.mark(Span::new(start, end), kind, true));
            at = end.max(at);
        }
        pieces.extend(self.mark(Span::new(at, span.end), kind, false));
    }

    fn mark(&self, span: Span, kind: Kind, is_wrong: bool) -> Option<Mark> {
        let text = span.of(&self.text);
        (!text.is_empty()).then(|| Mark { text: text.to_owned(), kind, is_wrong })
    }

    /// The problems in the order of the text.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let row = |(index, one): (usize, &Problem)| Row {
            index,
            code: one.fault.code(),
            place: one.place,
            what: sentence(&one.cause()),
            repair: sentence(one.repair()),
            can_repair: one.edit.is_some(),
            is_sure: one.edit.as_ref().is_some_and(|edit| edit.sure),
        };
        self.problems.iter().enumerate().map(row).collect()
    }

    /// How many of the problems have a repair.
    #[must_use]
    pub fn repairs(&self) -> usize {
        self.problems.iter().filter(|one| one.edit.is_some()).count()
    }

    /// The text with problem number `index` repaired, and nothing else.
    #[must_use]
    pub fn repaired(&self, index: usize) -> Option<String> {
        let edit = self.problems.get(index)?.edit.as_ref()?;
        Some(ocl::apply(&self.text, &[edit]).0)
    }

    /// The text with all repaired that can be, and how many edits that took.
    #[must_use]
    pub fn all_repaired(&self) -> (String, usize) {
        let mended = ocl::mend(&self.text, true);
        (mended.text, mended.edits)
    }

    /// The text in Octopus's layout; none while there are problems.
    #[must_use]
    pub fn laid_out(&self) -> Option<String> {
        let document = ocl::read(&self.text).ok()?;
        Some(ocl::write(&document, ocl::LineEnd::Lf).text)
    }

    /// The problem after (or before) the one at `offset`, in UTF-16 units as a
    /// browser counts; goes round at the end.
    #[must_use]
    pub fn next_problem(&self, offset: usize, is_back: bool) -> Option<usize> {
        let starts: Vec<_> =
            (0..self.problems.len()).filter_map(|index| self.selection(index)).collect();
        let found = if is_back {
            starts.iter().rposition(|(start, _)| *start < offset)
        } else {
            starts.iter().position(|(start, _)| *start > offset)
        };
        let round = if is_back { self.problems.len().checked_sub(1) } else { Some(0) };
        found.or(round).filter(|index| *index < self.problems.len())
    }

    /// Where problem number `index` stands, in UTF-16 units.
    #[must_use]
    pub fn selection(&self, index: usize) -> Option<(usize, usize)> {
        let span = shown(&self.text, self.problems.get(index)?.span);
        let start = units(self.text.get(..span.start)?);
        Some((start, start + units(self.text.get(span.start..span.end)?)))
    }
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// What is marked for `span`: at least one character, and one line at most.
fn shown(text: &str, span: Span) -> Span {
    let rest = text.get(span.start..).unwrap_or_default();
    let length = span.of(text).split('\n').next().unwrap_or_default().trim_end().len();
    if length > 0 {
        return Span::new(span.start, span.start + length);
    }
    match rest.chars().next() {
        Some(next) if next != '\n' && next != '\r' => {
            Span::new(span.start, span.start + next.len_utf8())
        }
        // At the end of a line, the character before it.
        _ => {
            let before = text.get(..span.start).and_then(|before| before.chars().next_back());
            let width = before.filter(|c| *c != '\n').map_or(0, char::len_utf8);
            Span::new(span.start - width, span.start)
        }
    }
}

fn colour(kind: TextKind) -> Kind {
    match kind {
        TextKind::Comment => Kind::Comment,
        TextKind::Keyword | TextKind::Number => Kind::Keyword,
        TextKind::Name => Kind::Variable,
        TextKind::String | TextKind::Heredoc => Kind::String,
        TextKind::Punctuation | TextKind::Error => Kind::Plain,
    }
}

/// Words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}
