//! What an evaluation gives back.
//!
//! Sources: SPEC.md, E, R and S rules.

use std::fmt;

use super::ast::Span;
use super::parser::ParseError;

/// The result of one evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The result; `None` when a `null` filter made it so (rule E6).
    pub text: Option<String>,
    /// Tokens echoed because they could not be evaluated, each once.
    pub missing: Vec<String>,
    /// Why the template did not parse; then `text` is the template itself.
    pub parse_error: Option<ParseError>,
    /// Filters that this build can't evaluate, each once; their tokens are echoed.
    pub unsupported: Vec<String>,
    /// The output cut into pieces, in order, covering all of it.
    pub segments: Vec<Segment>,
    /// Every variable asked for, directly or through others, in order, each once.
    pub reads: Vec<Asked>,
    /// How far a run's result may be another (rule U5).
    pub doubt: Doubt,
}

/// How far what a run gives may be another (rule U5), the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Doubt {
    /// Not at all.
    #[default]
    None,
    /// A sample is in it.
    Sample,
    /// Something opaque is in it.
    Opaque,
    /// It holds a condition or a loop that nobody can decide before the run.
    Undecided,
}

/// A variable asked for during an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The path with its indexes filled in.
    pub name: String,
    /// Whether there was something at that path.
    pub found: bool,
}

/// A piece of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Byte range of the output.
    pub output: Span,
    /// Byte range of the template it came from.
    pub source: Span,
    /// What kind of piece.
    pub kind: SegmentKind,
    /// Variables asked for while making it, in order, each once.
    pub reads: Vec<Asked>,
    /// Tokens inside it that could not be evaluated.
    pub missing: Vec<String>,
    /// How far a run's piece may be another.
    pub doubt: Doubt,
}

/// The kinds of output pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentKind {
    /// Text of the template, escapes removed.
    Literal,
    /// What a substitution or calculation gave.
    Substituted,
    /// A token printed back because it could not be evaluated.
    Echoed,
    /// A block printed back because only a run can decide it (rule U3).
    Undecided,
}

impl Evaluation {
    /// The message beside the result, worded as the server words it (rule E2).
    #[must_use]
    pub fn error(&self) -> Option<String> {
        if let Some(error) = &self.parse_error {
            return Some(error.to_string());
        }
        let mut out = String::new();
        if !self.missing.is_empty() {
            out.push_str("The following tokens were unable to be evaluated: ");
            for (count, token) in self.missing.iter().enumerate() {
                out.push_str(if count > 0 { ", '" } else { "'" });
                out.push_str(token);
                out.push('\'');
            }
        }
        for filter in &self.unsupported {
            if !out.is_empty() {
                out.push_str(". ");
            }
            out.push_str(filter);
        }
        (!out.is_empty()).then_some(out)
    }
}

/// An evaluation that has no result. On a server the run fails.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EvalError {
    /// A variable leads back to itself.
    Recursion {
        /// The path met again.
        symbol: String,
        /// The paths from the first to the last before it.
        chain: Vec<String>,
    },
    /// The server's engine throws here.
    Failed(Failure),
    /// A required variable is missing or empty.
    Required {
        /// Its name.
        name: String,
    },
    /// This engine gives up; the server might not.
    Limit(Limit),
}

/// What makes the server's engine throw.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// Not base64.
    Base64,
    /// Empty or malformed version.
    Version(String),
    /// A part of a version beyond 32 bits.
    VersionTooLarge(String),
    /// Not a regular expression; with the reason.
    Pattern(&'static str),
    /// Start plus length beyond 32 bits.
    Substring,
    /// Negative index into a JSON array.
    NegativeIndex,
    /// A JSON integer beyond 64 bits.
    JsonInteger,
    /// Not a date format.
    DateFormat(String),
    /// Digits other than 0 to 9 in a calculation.
    Number(ParseError),
    /// A variable name with a substituted index.
    Name(String),
    /// A loop variable called `Octopus`.
    LoopName,
    /// Not a path.
    Path(String),
}

/// A limit of this engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// Too much work.
    Steps,
    /// Too much text.
    Bytes,
    /// Too deep.
    Depth,
    /// Regular expression too large, or with a feature not known here.
    Pattern(&'static str),
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recursion { symbol, chain } => write!(
                f,
                "An attempt to parse the variable symbol \"{symbol}\" appears to have resulted in a self referencing loop ({} -> {symbol}). Ensure that recursive loops do not exist in the variable values.",
                chain.join(" -> ")
            ),
            Self::Failed(failure) => failure.fmt(f),
            Self::Required { name } => {
                write!(f, "The variable '{name}' is required but no value is set.")
            }
            Self::Limit(limit) => f.write_str(match limit {
                Limit::Steps => "Evaluating this takes too many steps to be done here",
                Limit::Bytes => "The result is too long to be shown here",
                Limit::Depth => "Variables lead into each other too deeply to be followed here",
                Limit::Pattern(why) => why,
            }),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64 => f.write_str("FromBase64 was given text that is not base64"),
            Self::Version(text) => write!(f, "'{text}' is not a version"),
            Self::VersionTooLarge(text) => {
                write!(f, "A number in the version '{text}' is too large")
            }
            Self::Pattern(why) => write!(f, "The regular expression is not valid: {why}"),
            Self::Substring => f.write_str("Substring was given a start and length too large"),
            Self::NegativeIndex => f.write_str("A JSON array was given a negative index"),
            Self::JsonInteger => f.write_str("A JSON integer does not fit 64 bits"),
            Self::DateFormat(format) => write!(f, "'{format}' is not a date format"),
            Self::Number(error) => error.fmt(f),
            Self::Name(name) => {
                write!(f, "The variable name '{name}' has a substituted index")
            }
            Self::LoopName => f.write_str("A loop variable may not be called Octopus"),
            Self::Path(path) => write!(f, "'{path}' is not the path of a variable"),
        }
    }
}

impl std::error::Error for EvalError {}
