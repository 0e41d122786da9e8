//! What a rule is.

use crate::base::{Finding, Place, Severity};
use crate::model::Design;

/// One rule: what it says of itself, and how it looks at a design.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its id, `area/bad-pattern`; also the code of its findings.
    pub id: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// What it looks for, in one line.
    pub summary: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// Adds its findings.
    pub check: fn(&Design, &mut Vec<Finding>),
}

impl Rule {
    /// A finding of this rule at the JSON path `path`; `what` says what is so here.
    #[must_use]
    pub fn at(&self, path: impl Into<String>, what: impl Into<String>) -> Finding {
        Finding::new(self.severity, self.id, Place::path(path), what)
            .because(self.why)
            .do_this(self.remedy)
    }
}
