//! Texts filled in, with where each piece came from.

use super::ground::Ground;
use super::origin::Origin;
use super::reads;
use crate::octostache::{Asked, Doubt, Mode, ParseError, Segment, SegmentKind, parse};

/// What a piece of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// As it is typed.
    Plain,
    /// Filled in.
    Value,
    /// Filled in with something made up.
    Sample,
    /// A secret stands here.
    Secret,
    /// A run fills it in, and nobody knows with what.
    RunTime,
    /// A run decides which of several texts stands here.
    Undecided,
    /// Octopus leaves the expression as it is, or bash reads nothing.
    Unresolved,
}

impl SpanKind {
    /// Its name, for machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Value => "value",
            Self::Sample => "sample",
            Self::Secret => "secret",
            Self::RunTime => "run-time",
            Self::Undecided => "undecided",
            Self::Unresolved => "unresolved",
        }
    }

    /// What it tells, in a few words; nothing for what is typed.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Value => "filled in",
            Self::Sample => "a sample",
            Self::Secret => "a secret",
            Self::RunTime => "known at run time only",
            Self::Undecided => "decided at run time",
            Self::Unresolved => "not resolved",
        }
    }
}

/// A name that was asked for, and what has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name as it was asked for.
    pub name: String,
    /// What has it.
    pub origin: Origin,
    /// What else is to be said of it, as sentences.
    pub notes: Vec<String>,
}

/// How a piece came about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// The outermost expression, or the call of a script, as it is typed.
    pub expression: String,
    /// The names that were asked for, the outermost first.
    pub sources: Vec<Source>,
    /// For what a script reads when it runs: what it gets.
    pub gives: Option<String>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What stands there. A secret is a mask, what a run knows is in ‹›.
    pub text: String,
    /// What it is.
    pub kind: SpanKind,
    /// How it came about; for plain pieces there is nothing to tell.
    pub trace: Option<Box<Trace>>,
}

/// A text as a run gets it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// Its pieces in order; together they are the text.
    pub spans: Vec<Span>,
    /// What went wrong with all of it, as a sentence.
    pub problem: Option<String>,
}

/// The kinds of texts, by how they are filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// A setting: one expression that can't be read leaves it all as it is.
    Setting,
    /// A script: each expression stands for itself, and the script itself
    /// reads names when it runs.
    Script,
}

impl Span {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: SpanKind::Plain, trace: None }
    }

    /// What stands there for whoever compares: what a script reads counts too,
    /// and of secrets, where they come from.
    #[must_use]
    pub fn meaning(&self) -> String {
        let Some(trace) = &self.trace else { return self.text.clone() };
        let mut meaning = self.text.clone();
        if let Some(gives) = &trace.gives {
            meaning.push('\0');
            meaning.push_str(gives);
        }
        if self.kind == SpanKind::Secret {
            for source in &trace.sources {
                meaning.push('\0');
                meaning.push_str(&source.origin.sentence());
            }
        }
        meaning
    }
}

impl Rendered {
    /// All of it.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The names behind it that only a run knows, each once.
    #[must_use]
    pub fn open_names(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        let traces = self.spans.iter().filter_map(|span| span.trace.as_ref());
        for source in traces.flat_map(|trace| &trace.sources) {
            let is_open = matches!(
                source.origin,
                Origin::Sample | Origin::Output { .. } | Origin::RunTime | Origin::Tie(_)
            );
            if is_open && !all.contains(&source.name.as_str()) {
                all.push(&source.name);
            }
        }
        all
    }

    /// The expressions in it that nothing resolves, each once.
    #[must_use]
    pub fn unresolved(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for span in self.spans.iter().filter(|span| span.kind == SpanKind::Unresolved) {
            let expression = span.trace.as_ref().map_or(span.text.as_str(), |one| &one.expression);
            if !all.contains(&expression) {
                all.push(expression);
            }
        }
        all
    }
}

impl Ground<'_> {
    /// `text` as a run gets it.
    pub(super) fn render(&mut self, text: &str, nature: Nature) -> Rendered {
        let text = super::ground::plain(text);
        self.need(&text);
        let mode = match nature {
            Nature::Setting => Mode::Halt,
            Nature::Script => Mode::Continue,
        };
        let evaluated = self.engine().evaluate_in(&text, mode);
        let result = match evaluated {
            Ok(result) => result,
            Err(error) => {
                let spans = vec![Span::plain(text)];
                return Rendered { spans, problem: Some(format!("Octopus fails here: {error}.")) };
            }
        };
        let output = result.text.unwrap_or_default();
        let mut rendered = Rendered::default();
        for segment in &result.segments {
            let piece = output.get(segment.output.start..segment.output.end).unwrap_or_default();
            let typed = text.get(segment.source.start..segment.source.end).unwrap_or_default();
            match segment.kind {
                SegmentKind::Literal => rendered.spans.push(Span::plain(piece)),
                SegmentKind::Echoed => {
                    rendered.spans.push(self.span(piece, SpanKind::Unresolved, segment, typed));
                }
                SegmentKind::Undecided => {
                    rendered.spans.push(self.span(piece, SpanKind::Undecided, segment, typed));
                }
                SegmentKind::Substituted => self.filled(piece, segment, typed, &mut rendered.spans),
            }
        }
        rendered.problem = self.problem(&text, result.parse_error.as_ref(), mode);
        if let [filter, ..] = result.unsupported.as_slice() {
            rendered.problem.get_or_insert_with(|| filter.clone());
        }
        if nature == Nature::Script {
            rendered.spans = reads::mark(self, rendered.spans);
        }
        rendered
    }

    fn problem(&self, text: &str, error: Option<&ParseError>, mode: Mode) -> Option<String> {
        match (error, mode) {
            (Some(error), _) => Some(format!(
                "Octopus can't read an expression in it, so it leaves all of it as it is. {error}"
            )),
            (None, Mode::Continue) if text.contains("#{") => {
                let error = parse(text, Mode::Halt).err()?;
                Some(format!("Octopus leaves an expression as it is, as it can't read it. {error}"))
            }
            _ => None,
        }
    }

    /// A filled-in piece: what is known of it, and each mark for itself.
    fn filled(&self, piece: &str, segment: &Segment, typed: &str, spans: &mut Vec<Span>) {
        let known = match segment.doubt {
            Doubt::None => SpanKind::Value,
            Doubt::Sample => SpanKind::Sample,
            // What is opaque has marks of its own.
            Doubt::Opaque => SpanKind::Value,
            Doubt::Undecided => SpanKind::Undecided,
        };
        let known = if segment.missing.is_empty() { known } else { SpanKind::Unresolved };
        let mut from = 0;
        for (at, letter) in piece.char_indices() {
            let Some(mark) = self.marked(letter) else { continue };
            let before = piece.get(from..at).unwrap_or_default();
            if !before.is_empty() {
                spans.push(self.span(before, known, segment, typed));
            }
            let kind = if mark.is_secret { SpanKind::Secret } else { SpanKind::RunTime };
            spans.push(self.span(&mark.shown, kind, segment, typed));
            from = at + letter.len_utf8();
        }
        let rest = piece.get(from..).unwrap_or_default();
        // An expression that gives nothing is still told of.
        if !rest.is_empty() || piece.is_empty() {
            spans.push(self.span(rest, known, segment, typed));
        }
    }

    fn span(&self, text: &str, kind: SpanKind, segment: &Segment, typed: &str) -> Span {
        let trace = Trace {
            expression: typed.to_owned(),
            sources: self.sources(&segment.reads),
            gives: None,
        };
        Span { text: self.shown(text), kind, trace: Some(Box::new(trace)) }
    }

    pub(super) fn sources(&self, reads: &[Asked]) -> Vec<Source> {
        let source = |asked: &Asked| match self.known(&asked.name).filter(|_| asked.found) {
            Some(known) => {
                Source { name: asked.name.clone(), origin: known.origin, notes: known.notes }
            }
            None => {
                let notes = self.why_missing(&asked.name).into_iter().collect();
                Source { name: asked.name.clone(), origin: Origin::Nowhere, notes }
            }
        };
        reads.iter().map(source).collect()
    }

    /// `text` with what stands for its marks.
    pub(super) fn shown(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for letter in text.chars() {
            match self.marked(letter) {
                Some(mark) => out.push_str(&mark.shown),
                None => out.push(letter),
            }
        }
        out
    }
}
