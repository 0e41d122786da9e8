//! The entry points: evaluate a text, or read a variable.
//!
//! Sources: SPEC.md E and N rules.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::ast::{Span, Template};
use super::chars::fold;
use super::eval::{Run, is_truthy};
use super::number::parse_int32;
use super::outcome::{Doubt, EvalError, Evaluation, Failure, Segment, SegmentKind};
use super::parser::{Mode, ParseError, ParseErrorKind, parse, parse_path};
use super::setting::Setting;
use super::variables::Variables;

/// A filter that the host adds; `None` from it echoes the token.
pub type HostFilter = fn(Option<&str>, &[String]) -> Option<String>;

/// Says of a path that is not there what stands for it, if a run will have
/// something there.
pub type Unknown<'v> = Box<dyn Fn(&str) -> Option<Arc<str>> + 'v>;

/// What is known of a text: its tree, or why it has none.
type Known = Result<Arc<Template>, ParseErrorKind>;

/// Parsed texts kept at most; more empties the store.
const CACHE_SIZE: usize = 4096;

/// Evaluates templates against one set of variables.
///
/// Make one and use it for many texts: what it parsed it remembers.
pub struct Engine<'v> {
    pub(super) variables: &'v Variables,
    pub(super) setting: Setting,
    pub(super) host_filters: HashMap<String, HostFilter>,
    pub(super) unknown: Option<Unknown<'v>>,
    cache: RefCell<HashMap<Arc<str>, Known>>,
}

impl<'v> Engine<'v> {
    /// With invariant culture, a fixed clock and the usual limits.
    #[must_use]
    pub fn new(variables: &'v Variables) -> Self {
        Self::with(variables, Setting::default())
    }

    /// With culture, clock and limits of the caller's choice.
    #[must_use]
    pub fn with(variables: &'v Variables, setting: Setting) -> Self {
        let host_filters = HashMap::new();
        Self { variables, setting, host_filters, unknown: None, cache: RefCell::default() }
    }

    /// Asks the host about every path that is not there (rule U4).
    pub fn set_unknown(&mut self, unknown: Unknown<'v>) {
        self.unknown = Some(unknown);
    }

    /// Adds a filter; used where no built-in gave a result, outside variable
    /// values, loops and options (rule F7).
    pub fn add_filter(&mut self, name: &str, filter: HostFilter) {
        self.host_filters.insert(fold(name), filter);
    }

    /// Evaluates a text.
    ///
    /// # Errors
    /// [`EvalError`] where a server's run would fail or a limit is met.
    pub fn evaluate(&self, text: &str) -> Result<Evaluation, EvalError> {
        self.evaluate_in(text, Mode::Halt)
    }

    /// Evaluates a text in the given mode.
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn evaluate_in(&self, text: &str, mode: Mode) -> Result<Evaluation, EvalError> {
        if !text.contains("#{") {
            return Ok(unchanged(text, None));
        }
        let template = match mode {
            Mode::Halt => match self.parsed(text) {
                Ok(template) => template,
                Err(ParseErrorKind::Syntax) => {
                    return Ok(unchanged(text, parse(text, mode).err()));
                }
                Err(_) => return Err(refused(text, mode)),
            },
            Mode::Continue => Arc::new(parse(text, mode).map_err(refusal)?),
        };
        if let Some(name) = &self.variables.tree().bad_name {
            return Err(EvalError::Failed(Failure::Name(name.clone())));
        }
        Run::new(self).whole(&template)
    }

    /// Whether a text evaluates without errors to something truthy (rule E5).
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn truthy(&self, text: &str) -> Result<bool, EvalError> {
        let result = self.evaluate(text)?;
        let clean = result.error().is_none();
        Ok(clean && result.text.is_some_and(|text| is_truthy(&text)))
    }

    /// Reads a variable by its full name, evaluated; `None` when missing or null.
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn get(&self, name: &str) -> Result<Option<Evaluation>, EvalError> {
        self.variables.get_raw(name).map(|text| self.evaluate(text)).transpose()
    }

    fn get_text(&self, name: &str) -> Result<Option<String>, EvalError> {
        Ok(self.get(name)?.and_then(|result| result.text))
    }

    /// Reads a variable that must have a value.
    ///
    /// # Errors
    /// [`EvalError::Required`] when missing or empty; else as [`Engine::evaluate`].
    pub fn require(&self, name: &str) -> Result<String, EvalError> {
        let text = self.get_text(name)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| EvalError::Required { name: name.to_owned() })
    }

    /// Reads `true` or `false` in any case; `fallback` for anything else.
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn get_flag(&self, name: &str, fallback: bool) -> Result<bool, EvalError> {
        let text = self.get_text(name)?.unwrap_or_default();
        let word = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        Ok(match () {
            () if word.eq_ignore_ascii_case("true") => true,
            () if word.eq_ignore_ascii_case("false") => false,
            () => fallback,
        })
    }

    /// Reads a 32-bit integer.
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn get_int32(&self, name: &str) -> Result<Option<i32>, EvalError> {
        Ok(self.get_text(name)?.and_then(|text| parse_int32(&text)))
    }

    /// Reads a list: split at the separators, trimmed, empty ones dropped.
    ///
    /// # Errors
    /// As [`Engine::evaluate`].
    pub fn get_strings(&self, name: &str, separators: &[char]) -> Result<Vec<String>, EvalError> {
        let text = self.get_text(name)?.unwrap_or_default();
        let parts = text.split(separators).map(str::trim).filter(|part| !part.is_empty());
        Ok(parts.map(str::to_owned).collect())
    }

    /// The index keys under a path, in insertion order (rule N4).
    ///
    /// # Errors
    /// [`Failure::Path`] when the path does not read as one.
    pub fn indexes(&self, path: &str) -> Result<Vec<String>, EvalError> {
        let bad = || EvalError::Failed(Failure::Path(path.to_owned()));
        let symbol = Some(path).filter(|path| !path.trim().is_empty()).and_then(parse_path);
        let symbol = symbol.ok_or_else(bad)?;
        if let Some(name) = &self.variables.tree().bad_name {
            return Err(EvalError::Failed(Failure::Name(name.clone())));
        }
        Run::new(self).items_of(&symbol)
    }

    /// Parses in halt mode, remembering the result.
    pub(super) fn parsed(&self, text: &str) -> Known {
        if let Some(known) = self.cache.borrow().get(text) {
            return known.clone();
        }
        let result = parse(text, Mode::Halt).map(Arc::new).map_err(|error| error.kind);
        let mut cache = self.cache.borrow_mut();
        if cache.len() >= CACHE_SIZE {
            cache.clear();
        }
        cache.insert(Arc::from(text), result.clone());
        result
    }
}

fn refused(text: &str, mode: Mode) -> EvalError {
    match parse(text, mode) {
        Err(error) => refusal(error),
        Ok(_) => EvalError::Limit(super::outcome::Limit::Depth),
    }
}

/// What a parse error other than plain syntax means for an evaluation.
pub(super) fn refusal(error: ParseError) -> EvalError {
    match error.kind {
        ParseErrorKind::Number => EvalError::Failed(Failure::Number(error)),
        _ => EvalError::Limit(super::outcome::Limit::Depth),
    }
}

fn unchanged(text: &str, parse_error: Option<ParseError>) -> Evaluation {
    let span = Span { start: 0, end: text.len() };
    let whole = Segment {
        output: span,
        source: span,
        kind: SegmentKind::Literal,
        reads: Vec::new(),
        missing: Vec::new(),
        doubt: Doubt::None,
    };
    Evaluation {
        text: Some(text.to_owned()),
        missing: Vec::new(),
        parse_error,
        unsupported: Vec::new(),
        segments: if text.is_empty() { Vec::new() } else { vec![whole] },
        reads: Vec::new(),
        doubt: Doubt::None,
    }
}
