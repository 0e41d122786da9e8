//! What the caller decides: culture, clock and limits.
//!
//! Never: a system clock or the machine's culture.

/// The instant that `NowDate` and `NowDateUtc` show, and the server's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since 1970-01-01 UTC.
    pub unix_millis: i64,
    /// Minutes that local time is ahead of UTC.
    pub offset_minutes: i32,
}

impl Default for Now {
    /// Noon of 2000-01-01 UTC, a fixed moment for callers to whom time is no matter.
    fn default() -> Self {
        Self { unix_millis: 946_728_000_000, offset_minutes: 0 }
    }
}

/// The parts of a .NET culture that reach into templates (rule S1). Names of
/// months and days are English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Culture {
    /// Shown beside results.
    pub name: &'static str,
    /// Decimal separator.
    pub decimal: char,
    /// Separator of digit groups.
    pub group: char,
    /// Currency symbol, written before the number.
    pub currency: &'static str,
}

/// The invariant culture.
pub const INVARIANT: Culture =
    Culture { name: "invariant", decimal: '.', group: ',', currency: "¤" };

/// Where an evaluation gives up (rule S3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Steps of work.
    pub steps: u64,
    /// Bytes that may be produced in all, intermediate texts included.
    pub bytes: usize,
    /// How deep variables and blocks may lead into each other.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 500_000, bytes: 16 << 20, depth: 120 }
    }
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Culture for numbers, and for dates in part.
    pub culture: Culture,
    /// The clock.
    pub now: Now,
    /// Limits.
    pub limits: Limits,
}

impl Default for Setting {
    fn default() -> Self {
        Self { culture: INVARIANT, now: Now::default(), limits: Limits::default() }
    }
}
