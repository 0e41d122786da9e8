//! Findings: what a reader, a rule or a writer has to say about its input.

use std::fmt;

use super::place::Place;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The result is wrong or can't be used until this is mended.
    Error,
    /// The result can be used, and is likely not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word shown to people and written to JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One finding: what, where, why it matters, what to do.
///
/// Bad input is not an error of the program: readers give a value and a list
/// of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Stable identifier, `area/bad-pattern`.
    pub code: &'static str,
    /// Where.
    pub place: Place,
    /// What is so, in one sentence.
    pub what: String,
    /// Why that matters; empty where `what` says it all.
    pub why: String,
    /// What to do about it; empty where there is nothing to do.
    pub fix: String,
}

impl Finding {
    /// A finding with neither reason nor remedy yet.
    #[must_use]
    pub fn new(
        severity: Severity,
        code: &'static str,
        place: Place,
        what: impl Into<String>,
    ) -> Self {
        Self { severity, code, place, what: what.into(), why: String::new(), fix: String::new() }
    }

    /// An [`Severity::Error`].
    #[must_use]
    pub fn error(code: &'static str, place: Place, what: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, place, what)
    }

    /// A [`Severity::Warning`].
    #[must_use]
    pub fn warning(code: &'static str, place: Place, what: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, place, what)
    }

    /// An [`Severity::Info`].
    #[must_use]
    pub fn info(code: &'static str, place: Place, what: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, place, what)
    }

    /// Adds why it matters.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn do_this(mut self, fix: impl Into<String>) -> Self {
        self.fix = fix.into();
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}] {}", self.severity.word(), self.code, self.what)?;
        let place = self.place.to_string();
        if !place.is_empty() {
            write!(f, "\n  where: {place}")?;
        }
        if !self.why.is_empty() {
            write!(f, "\n  why: {}", self.why)?;
        }
        if !self.fix.is_empty() {
            write!(f, "\n  do: {}", self.fix)?;
        }
        Ok(())
    }
}
