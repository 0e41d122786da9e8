//! Texts with what was filled in marked, and what each mark tells.

use crate::deploy::{Marked, Origin, Rendered, Source, Span, SpanKind};
use crate::highlight::{Highlight, Kind};

/// A piece of code: a mark, or plain code between marks, in its colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRun {
    /// Colours and texts.
    pub pieces: Vec<(Kind, String)>,
    /// The span that it shows; plain code has no trace.
    pub span: Span,
    /// Whether the other environment has another here.
    pub differs: bool,
}

/// The pieces of a text that is compared with nothing.
#[must_use]
pub fn plain_marks(text: &Rendered) -> Vec<Marked> {
    text.spans.iter().map(|span| Marked { span: span.clone(), differs: false }).collect()
}

/// A script in its colours, with its marks.
#[must_use]
pub fn code_runs(marks: &[Marked], highlight: Highlight) -> Vec<CodeRun> {
    let text: String = marks.iter().map(|mark| mark.span.text.as_str()).collect();
    let colours = highlight(&text);
    let mut next = 0;
    let mut at = 0;
    let mut runs = Vec::with_capacity(marks.len());
    for mark in marks {
        let end = at + mark.span.text.len();
        let mut pieces = Vec::new();
        while at < end {
            while colours.get(next).is_some_and(|piece| piece.end <= at) {
                next += 1;
            }
            let (kind, until) = match colours.get(next) {
                Some(piece) => (piece.kind, piece.end.min(end)),
                None => (Kind::Plain, end),
            };
            pieces.push((kind, text.get(at..until).unwrap_or_default().to_owned()));
            at = until;
        }
        runs.push(CodeRun { pieces, span: mark.span.clone(), differs: mark.differs });
    }
    runs
}

/// What a mark tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tip {
    /// The expression or call, as it is typed.
    pub expression: String,
    /// What stands there, or what the script gets.
    pub gives: String,
    /// What kind of thing that is.
    pub label: &'static str,
    /// The word of the kind in the style sheet.
    pub word: &'static str,
    /// The names behind it.
    pub lines: Vec<TipLine>,
}

/// A name behind a mark.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TipLine {
    /// The name.
    pub name: String,
    /// Where its value comes from.
    pub from: String,
    /// What else there is to say.
    pub notes: Vec<String>,
    /// The fragment of the place where it can be changed.
    pub link: Option<String>,
    /// The variable's name, where its value was chosen among others.
    pub why: bool,
}

/// What the mark of `span` tells.
#[must_use]
pub fn tip(span: &Span) -> Tip {
    let trace = span.trace.as_deref();
    let gives = match trace.and_then(|trace| trace.gives.clone()) {
        Some(gives) => gives,
        None => span.text.clone(),
    };
    Tip {
        expression: trace.map(|trace| trace.expression.clone()).unwrap_or_default(),
        gives,
        label: label(span),
        word: span.kind.word(),
        lines: trace.map(|trace| trace.sources.iter().map(line).collect()).unwrap_or_default(),
    }
}

fn label(span: &Span) -> &'static str {
    let is_read = span.trace.as_ref().is_some_and(|trace| trace.gives.is_some());
    match (span.kind, is_read) {
        (SpanKind::Value, true) => "read when the script runs",
        (SpanKind::Unresolved, true) => "reads nothing",
        (kind, _) => kind.label(),
    }
}

fn line(source: &Source) -> TipLine {
    let link = match &source.origin {
        Origin::Value(at) => match &at.variable {
            Some((variable, value)) => Some(format!("#/variables/{variable}/{value}")),
            None if at.owner.starts_with("the stacks") => Some("#/stacks".to_owned()),
            None => None,
        },
        Origin::Tie(all) => all
            .iter()
            .find_map(|at| at.variable.as_ref())
            .map(|(variable, value)| format!("#/variables/{variable}/{value}")),
        _ => None,
    };
    TipLine {
        name: source.name.clone(),
        from: source.origin.sentence(),
        notes: source.notes.clone(),
        link,
        why: matches!(source.origin, Origin::Value(_) | Origin::Tie(_)),
    }
}

/// A mark in words, for a screen reader; what is seen comes first, so that
/// people who speak to their machine can name it.
#[must_use]
pub fn said(span: &Span) -> String {
    let tip = tip(span);
    let is_secret = span.kind == SpanKind::Secret;
    let gives = match tip.gives.as_str() {
        "" => "nothing".to_owned(),
        _ if is_secret => "a secret".to_owned(),
        gives => gives.to_owned(),
    };
    let is_call = !span.text.is_empty() && span.text != tip.gives;
    let mut words = match (is_call, is_secret) {
        (true, true) => format!("{} gives {gives}", span.text),
        (true, false) => format!("{} gives {gives}, {}", span.text, tip.label),
        (false, true) => gives,
        (false, false) => format!("{gives}, {}", tip.label),
    };
    if let Some(first) = tip.lines.first() {
        words.push_str(&format!(": {} from {}", first.name, first.from));
    }
    words
}
