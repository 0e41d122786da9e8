//! One difference between two designs.

use super::shape::Area;

/// What a difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Only in the second design.
    Added,
    /// Only in the first design.
    Removed,
    /// In both, with another value.
    Changed,
    /// In both, at another place in the order.
    Moved,
}

impl Change {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Added, Self::Removed, Self::Changed, Self::Moved];

    /// What a person calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Removed => "Removed",
            Self::Changed => "Changed",
            Self::Moved => "Moved",
        }
    }

    /// Its word in JSON and in classes of a page.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }
}

/// One step from the design to a place in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Leg {
    /// To a member.
    Member(String),
    /// To a row of a list, by what it is told by.
    Row(String),
}

/// A place in both designs.
pub(super) type Address = Vec<Leg>;

/// One difference, from the first design to the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where a reviewer looks for it.
    pub area: Area,
    /// Its place in the area, in words, from the outside to the inside; never empty.
    pub path: Vec<String>,
    /// What it is.
    pub change: Change,
    /// What the first design says; `None` is nothing.
    pub before: Option<String>,
    /// What the second design says; `None` is nothing.
    pub after: Option<String>,
    /// Whether it is prose or a script, to be compared by line.
    pub is_text: bool,
    /// Where it is. A step of one action may be told twice what is one thing.
    pub(super) places: Vec<Address>,
}

impl Difference {
    /// A difference that stands nowhere, to be shown.
    #[must_use]
    pub fn new(
        area: Area,
        path: Vec<String>,
        change: Change,
        before: Option<String>,
        after: Option<String>,
    ) -> Self {
        Self { area, path, change, before, after, is_text: false, places: Vec::new() }
    }

    /// The same difference, read from the second design to the first.
    #[must_use]
    pub fn turned(mut self) -> Self {
        std::mem::swap(&mut self.before, &mut self.after);
        self.change = match self.change {
            Change::Added => Change::Removed,
            Change::Removed => Change::Added,
            other => other,
        };
        self
    }

    /// Its place in words, in one line.
    #[must_use]
    pub fn title(&self) -> String {
        self.path.join(" › ")
    }

    /// Whether one of the two sides needs several lines.
    #[must_use]
    pub fn is_long(&self) -> bool {
        let long = |side: &Option<String>| side.as_ref().is_some_and(|text| text.contains('\n'));
        long(&self.before) || long(&self.after)
    }
}
