//! One mistake in a text: where, why, what to do, and an edit that does it.

use std::fmt;
use std::fmt::Write;

use super::chars::is_space;
use super::fault::Fault;
use super::syntax::Span;
use crate::base::{Finding, LineColumn, Place};

/// Characters of the line that an excerpt shows around the place.
const EXCERPT_WIDTH: usize = 88;

/// A change to the text that mends a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What comes in its place.
    pub with: String,
    /// Whether what was meant is beyond doubt. Other edits make the text
    /// readable but may not say what the author had in mind.
    pub sure: bool,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub fault: Fault,
    /// The text in question.
    pub span: Span,
    /// Where that begins.
    pub place: LineColumn,
    /// Where Octopus notices, which is what its own message names; may be
    /// long after the mistake, as with a missing `}`.
    pub noticed: LineColumn,
    /// The piece of text or the number that the wording names.
    pub found: String,
    /// The change that mends it, where there is one.
    pub edit: Option<Edit>,
    pub(super) noticed_at: usize,
}

impl Problem {
    /// A problem at `span`; the line and column are filled in by [`locate`].
    pub(super) fn new(fault: Fault, span: Span, found: &str) -> Self {
        let origin = LineColumn { line: 1, column: 1 };
        Self {
            fault,
            span,
            place: origin,
            noticed: origin,
            found: shorten(found),
            edit: None,
            noticed_at: span.start,
        }
    }

    /// Why the text is refused, one sentence without a full stop.
    #[must_use]
    pub fn cause(&self) -> String {
        // Once, as the text in question may itself hold `{}`.
        self.fault.words().0.replacen("{}", &self.found, 1)
    }

    /// What to do about it, one sentence without a full stop.
    #[must_use]
    pub fn repair(&self) -> &'static str {
        self.fault.words().1
    }

    /// The line of the place with its number and, below it, marks under the
    /// text in question. `text` is the text that was read.
    #[must_use]
    pub fn excerpt(&self, text: &str) -> String {
        let (before, after) = text.split_at_checked(self.span.start).unwrap_or((text, ""));
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let head = before.get(line_start..).unwrap_or("");
        let tail = after.split('\n').next().unwrap_or("");
        let mut shown: Vec<char> = head.chars().rev().take(EXCERPT_WIDTH / 2).collect();
        shown.reverse();
        let column = shown.len();
        shown.extend(tail.chars().take(EXCERPT_WIDTH - column));
        // A tab or an unseen character would put the mark in the wrong column.
        let line: String =
            shown.iter().map(|c| if c.is_control() || is_space(*c) { ' ' } else { *c }).collect();
        let marked = self.span.of(text).split('\n').next().unwrap_or("").trim_end();
        let marks = marked.chars().count().clamp(1, (EXCERPT_WIDTH - column).max(1));
        let number = self.place.line.to_string();
        let gutter = " ".repeat(number.len());
        let mut out = String::new();
        let _ = writeln!(out, "{number} | {}", line.trim_end());
        let _ = write!(out, "{gutter} | {}{}", " ".repeat(column), "^".repeat(marks));
        out
    }

    /// The whole report: place, excerpt, cause, repair.
    #[must_use]
    pub fn report(&self, text: &str) -> String {
        format!("{}: {}\n{}\nto mend it: {}", self.place, self.cause(), self.excerpt(text), {
            self.repair()
        })
    }

    /// The same as a finding.
    #[must_use]
    pub fn to_finding(&self) -> Finding {
        Finding::error(self.fault.code(), Place::position(self.place), self.cause())
            .do_this(self.repair())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.cause(), self.repair())
    }
}

/// `found` on one line and not longer than a line of the report.
fn shorten(found: &str) -> String {
    let line = found.split('\n').next().unwrap_or("").trim_end();
    match line.char_indices().nth(40) {
        Some((cut, _)) => format!("{}...", line.get(..cut).unwrap_or("")),
        None => line.to_owned(),
    }
}

/// Sorts by place and fills in lines and columns, in one pass over the text.
pub(super) fn locate(text: &str, problems: &mut [Problem]) {
    problems.sort_by_key(|problem| problem.span.start);
    let mut wanted: Vec<usize> =
        problems.iter().flat_map(|problem| [problem.span.start, problem.noticed_at]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut places: Vec<(usize, LineColumn)> = Vec::with_capacity(wanted.len());
    let (mut line, mut line_start, mut done) = (1_u32, 0, 0);
    let (mut column, mut counted) = (1_u32, 0);
    for offset in wanted {
        let passed = text.get(done..offset).unwrap_or("");
        line = line.saturating_add(count(passed.bytes().filter(|byte| *byte == b'\n').count()));
        if let Some(newline) = passed.rfind('\n') {
            line_start = done + newline + 1;
        }
        let from = if counted < line_start { line_start } else { counted };
        if from == line_start {
            column = 1;
        }
        column = column.saturating_add(count(text.get(from..offset).unwrap_or("").chars().count()));
        (done, counted) = (offset, offset);
        places.push((offset, LineColumn { line, column }));
    }
    let at = |offset: usize| {
        let found = places.binary_search_by_key(&offset, |(wanted, _)| *wanted).ok();
        found.and_then(|index| places.get(index)).map(|(_, place)| *place)
    };
    for problem in problems {
        problem.place = at(problem.span.start).unwrap_or(problem.place);
        problem.noticed = at(problem.noticed_at).unwrap_or(problem.place);
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pass_gives_the_same_places_as_counting_each() {
        let text = "a\nbé c\n\n  \u{1F600}x\r\ny";
        let offsets: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut problems: Vec<Problem> = offsets
            .iter()
            .rev()
            .map(|at| Problem::new(Fault::Unexpected, Span::new(*at, *at), ""))
            .collect();
        locate(text, &mut problems);
        for (problem, offset) in problems.iter().zip(offsets) {
            assert_eq!(problem.span.start, offset);
            assert_eq!(problem.place, LineColumn::of(text, offset), "at byte {offset}");
        }
    }

    #[test]
    fn the_excerpt_marks_the_text_in_question() {
        let text = "x = 1\n\tfoo bar {\n";
        let mut problems = vec![Problem::new(Fault::LabelBare, Span::new(11, 14), "bar")];
        locate(text, &mut problems);
        assert_eq!(problems[0].excerpt(text), "2 |  foo bar {\n  |      ^^^");
        assert_eq!(
            problems[0].report(text),
            "line 2, column 6: the label `bar` is not in quotes\n\
             2 |  foo bar {\n  |      ^^^\nto mend it: put the label in double quotes"
        );
    }

    #[test]
    fn the_excerpt_of_a_long_line_is_short() {
        let text = "é".repeat(100_000);
        let problem = Problem::new(Fault::Unexpected, Span::new(100_000, 200_000), &text);
        assert!(problem.excerpt(&text).chars().count() < 250);
        assert!(problem.found.chars().count() < 50);
    }
}
