//! Two scenarios side by side: what of an action differs.

use super::details::{Details, PlannedSetting, Readable};
use super::plan::{Plan, PlannedAction};
use super::text::{Rendered, Span, SpanKind};
use super::words::{partners, words};
use crate::model::ActionId;

/// A piece of a text, and whether the other text has another there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The piece.
    pub span: Span,
    /// Whether it differs.
    pub differs: bool,
}

/// What differs between two scenarios in one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Difference {
    /// Whether it runs.
    pub fate: bool,
    /// Where it runs.
    pub place: bool,
    /// Its settings.
    pub settings: bool,
    /// Its script, or what the script reads.
    pub script: bool,
    /// The secrets that it can read, or where they come from.
    pub secrets: bool,
}

impl Difference {
    /// Whether anything differs.
    #[must_use]
    pub fn is_any(self) -> bool {
        self.fate || self.place || self.settings || self.script || self.secrets
    }

    /// What differs, as words for a list.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        let all = [
            (self.fate, "whether it runs"),
            (self.place, "where it runs"),
            (self.settings, "settings"),
            (self.script, "script"),
            (self.secrets, "secrets"),
        ];
        all.into_iter().filter(|(differs, _)| *differs).map(|(_, words)| words).collect()
    }
}

/// What differs in an action, by the plans and by what each gives it.
#[must_use]
pub fn difference(
    left: (&PlannedAction, &Details),
    right: (&PlannedAction, &Details),
) -> Difference {
    let ((one, own), (other, theirs)) = (left, right);
    let texts = |settings: &[PlannedSetting]| -> Vec<(String, Vec<String>)> {
        settings.iter().map(|one| (one.key.clone(), meaning(&one.text))).collect()
    };
    let script = |details: &Details| details.script.as_ref().map(|script| meaning(&script.text));
    let secrets = |secrets: &[Readable]| -> Vec<(String, String, Option<String>)> {
        let of = |one: &Readable| (one.name.clone(), one.origin.sentence(), one.held_by.clone());
        secrets.iter().map(of).collect()
    };
    Difference {
        fate: one.fate.word() != other.fate.word(),
        place: one.runs_on.words() != other.runs_on.words()
            || one.runs_on.targets != other.runs_on.targets,
        settings: texts(&own.settings) != texts(&theirs.settings),
        script: script(own) != script(theirs),
        secrets: secrets(&own.secrets) != secrets(&theirs.secrets),
    }
}

/// What each piece of a text comes to.
fn meaning(text: &Rendered) -> Vec<String> {
    text.spans.iter().map(Span::meaning).collect()
}

/// The actions of either plan, in the order of the process.
#[must_use]
pub fn actions_of_both(left: &Plan, right: &Plan) -> Vec<ActionId> {
    let mut all: Vec<_> = left.actions().map(|(_, action)| action.id.clone()).collect();
    for (_, action) in right.actions() {
        if !all.contains(&action.id) {
            all.push(action.id.clone());
        }
    }
    all
}

/// Both texts with the words marked that the other has not.
#[must_use]
pub fn marked(left: &Rendered, right: &Rendered) -> (Vec<Marked>, Vec<Marked>) {
    let (left, right) = (cut(left), cut(right));
    let keys = |cut: &[Span]| -> Vec<String> { cut.iter().map(Span::meaning).collect() };
    let (kept_left, kept_right) = partners(&keys(&left), &keys(&right));
    (joined(left, &kept_left), joined(right, &kept_right))
}

/// The longest value that is compared as a whole, in bytes.
const WHOLE: usize = 80;

/// The pieces of a text, cut at words; short values and what a script reads
/// stay whole.
fn cut(text: &Rendered) -> Vec<Span> {
    let mut pieces = Vec::new();
    for span in &text.spans {
        let is_whole = match span.kind {
            SpanKind::Plain => span.text.is_empty(),
            SpanKind::Value => {
                let is_read = span.trace.as_ref().is_some_and(|trace| trace.gives.is_some());
                is_read || span.text.len() <= WHOLE
            }
            _ => true,
        };
        if is_whole {
            pieces.push(span.clone());
        } else {
            let word = |word: &str| Span { text: word.to_owned(), ..span.clone() };
            pieces.extend(words(&span.text).into_iter().map(word));
        }
    }
    pieces
}

/// Pieces of one origin that fared alike, put together again.
fn joined(pieces: Vec<Span>, kept: &[bool]) -> Vec<Marked> {
    let mut all: Vec<Marked> = Vec::new();
    for (span, kept) in pieces.into_iter().zip(kept) {
        let differs = !kept;
        let is_blank = span.text.chars().all(char::is_whitespace);
        match all.last_mut() {
            Some(last)
                if last.span.kind == span.kind
                    && last.span.trace == span.trace
                    && (last.differs == differs || (differs && is_blank)) =>
            {
                last.span.text.push_str(&span.text);
            }
            _ => all.push(Marked { span, differs }),
        }
    }
    all
}
