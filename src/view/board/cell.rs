//! What one cell says, and in which words.

use std::fmt::Write as _;

/// One thing that a cell is marked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// The value applies to no environment by name: it comes from a wider scope.
    Inherited,
    /// The value names this environment and others.
    Shared,
    /// The name exists, and no value can apply here.
    Hole,
    /// A value applies here only with a channel, step, target or tenant.
    Elsewhere,
    /// Several values apply with equal right.
    Tie,
    /// A credential of a protected environment can be read here as well.
    Leak,
    /// A secret, which is never shown.
    Secret,
    /// A secret that is not set, or nothing chosen yet.
    Unset,
    /// People are asked for it.
    Prompted,
    /// With a channel, step, target or tenant another value may win.
    Varies,
    /// The step runs.
    Runs,
    /// The step waits for a person.
    Gate,
    /// The step does not run here.
    Skipped,
    /// The step is disabled.
    Disabled,
    /// Octopus may decide otherwise: the order is not verified.
    Doubt,
    /// Something else is not right, and the words say what.
    Wrong,
    /// Written in the font of code.
    Code,
    /// Where it does not fit, its start is left out: its end tells it apart.
    Tail,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Inherited,
        Self::Shared,
        Self::Hole,
        Self::Elsewhere,
        Self::Tie,
        Self::Leak,
        Self::Secret,
        Self::Unset,
        Self::Prompted,
        Self::Varies,
        Self::Runs,
        Self::Gate,
        Self::Skipped,
        Self::Disabled,
        Self::Doubt,
        Self::Wrong,
        Self::Code,
        Self::Tail,
    ];

    /// The word in the style sheet.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Inherited => "inherited",
            Self::Shared => "shared",
            Self::Hole => "hole",
            Self::Elsewhere => "elsewhere",
            Self::Tie => "tie",
            Self::Leak => "leak",
            Self::Secret => "secret",
            Self::Unset => "unset",
            Self::Prompted => "prompted",
            Self::Varies => "varies",
            Self::Runs => "runs",
            Self::Gate => "gate",
            Self::Skipped => "skipped",
            Self::Disabled => "disabled",
            Self::Doubt => "doubt",
            Self::Wrong => "wrong",
            Self::Code => "code",
            Self::Tail => "tail",
        }
    }

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// A set of marks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Marks(u32);

impl Marks {
    /// No mark.
    pub const NONE: Self = Self(0);

    /// What "only with problems" looks for.
    #[must_use]
    pub fn problems() -> Self {
        Self::NONE
            .with(Mark::Hole)
            .with(Mark::Tie)
            .with(Mark::Leak)
            .with(Mark::Unset)
            .with(Mark::Wrong)
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, mark: Mark) -> Self {
        Self(self.0 | mark.bit())
    }

    /// These, and one more where `is_there`.
    #[must_use]
    pub fn with_if(self, is_there: bool, mark: Mark) -> Self {
        if is_there { self.with(mark) } else { self }
    }

    /// Whether `mark` is among them.
    #[must_use]
    pub fn has(self, mark: Mark) -> bool {
        self.0 & mark.bit() != 0
    }

    /// Whether any of `others` is among them.
    #[must_use]
    pub fn any_of(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether there is no mark.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The words of the marks, in the order of [`Mark::ALL`].
    #[must_use]
    pub fn words(self) -> String {
        let mut words = String::new();
        for mark in Mark::ALL.into_iter().filter(|mark| self.has(*mark)) {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(mark.word());
        }
        words
    }
}

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words())
    }
}

/// How a cell is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Holds {
    /// Not here.
    #[default]
    Nothing,
    /// By typing.
    Text,
    /// By choosing from a list.
    Choice,
    /// By switching it on and off.
    Switch,
}

/// One cell: what is true of a row in an environment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What is read in it; empty where a sign says it all.
    pub text: String,
    /// The rest in words: where it comes from, what is not right.
    pub says: String,
    /// Its marks.
    pub marks: Marks,
    /// How it is edited.
    pub holds: Holds,
}

impl Cell {
    /// A cell with a text and nothing else.
    #[must_use]
    pub fn text(text: impl Into<String>, holds: Holds) -> Self {
        Self { text: text.into(), holds, ..Self::default() }
    }

    /// All of it in words, for screen readers and tooltips.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.text.is_empty(), self.says.is_empty()) {
            (_, true) => self.text.clone(),
            (true, false) => self.says.clone(),
            (false, false) => [self.text.as_str(), ": ", self.says.as_str()].concat(),
        }
    }

    /// Adds a part to what it says.
    pub(super) fn say(&mut self, part: impl AsRef<str>) {
        if !self.says.is_empty() {
            self.says.push_str("; ");
        }
        self.says.push_str(part.as_ref());
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        self.marks = self.marks.with(mark);
    }
}

/// Names as a sentence lists them, at most four.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const MOST: usize = 4;
    let names: Vec<&str> = names.collect();
    let mut text = String::new();
    for (place, name) in names.iter().take(MOST).enumerate() {
        let is_last = place + 1 == names.len();
        text.push_str(match place {
            0 => "",
            _ if is_last => " and ",
            _ => ", ",
        });
        text.push_str(name);
    }
    if let Some(more) = names.len().checked_sub(MOST).filter(|more| *more > 0) {
        // Writing to a text never fails.
        write!(text, " and {more} more").ok();
    }
    text
}
