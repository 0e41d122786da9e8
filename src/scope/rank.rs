//! How specific a value is: the levels, their order, and what is not known of it.
//!
//! Source: reference, variables, section 3. Rules: `SPEC.md`, S10 to S14 and S30 to S33.

use std::fmt;

/// What a matching value can be specific to, the most specific first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The current step.
    Action,
    /// The current deployment target.
    Target,
    /// A tag of the target that the step asks for.
    StepTag,
    /// Another tag of the target.
    OtherTag,
    /// The tenant itself: its own values.
    Tenant,
    /// A tag of the tenant.
    TenantTag,
    /// The environment.
    Environment,
    /// The release's channel.
    Channel,
    /// The deployment process or the runbook.
    Process,
    /// Defined by the project, not by a library set.
    Project,
}

impl Level {
    /// All levels, the most specific first.
    pub const ALL: [Self; 10] = [
        Self::Action,
        Self::Target,
        Self::StepTag,
        Self::OtherTag,
        Self::Tenant,
        Self::TenantTag,
        Self::Environment,
        Self::Channel,
        Self::Process,
        Self::Project,
    ];

    /// What a person calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Action => "step",
            Self::Target => "deployment target",
            Self::StepTag => "target tag of the step",
            Self::OtherTag => "other target tag",
            Self::Tenant => "tenant",
            Self::TenantTag => "tenant tag",
            Self::Environment => "environment",
            Self::Channel => "channel",
            Self::Process => "process",
            Self::Project => "project over library set",
        }
    }

    /// Its weight in the public client's sum. The client has none for the
    /// process; 5 puts it where the documentation does.
    #[must_use]
    pub fn weight(self) -> u32 {
        match self {
            Self::Action => 10_000_000,
            Self::Target => 1_000_000,
            Self::StepTag => 100_000,
            Self::OtherTag => 10_000,
            Self::Tenant => 1_001,
            Self::TenantTag => 1_000,
            Self::Environment => 100,
            Self::Channel => 10,
            Self::Process => 5,
            Self::Project => 1,
        }
    }

    fn bit(self) -> u16 {
        1 << (Self::Project as u16 - self as u16)
    }
}

/// The levels that a matching value has; the greater rank wins.
///
/// The order is the one of the levels compared one by one, the most specific
/// first, so a single high level outranks any number of lower ones.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Rank(u16);

impl Rank {
    /// The rank of a library value without scope.
    pub const LOWEST: Self = Self(0);

    /// The same rank with one more level.
    #[must_use]
    pub fn with(self, level: Level) -> Self {
        Self(self.0 | level.bit())
    }

    /// The same rank without a level.
    #[must_use]
    pub fn without(self, level: Level) -> Self {
        Self(self.0 & !level.bit())
    }

    /// Whether the value has this level.
    #[must_use]
    pub fn has(self, level: Level) -> bool {
        self.0 & level.bit() != 0
    }

    /// Its levels, the most specific first.
    pub fn levels(self) -> impl Iterator<Item = Level> {
        Level::ALL.into_iter().filter(move |level| self.has(*level))
    }

    /// The sum of the public client's weights.
    #[must_use]
    pub fn weight(self) -> u32 {
        self.levels().map(Level::weight).sum()
    }

    /// The first level, from the most specific, that only one of both has.
    #[must_use]
    pub fn differs_at(self, other: Self) -> Option<Level> {
        Rank(self.0 ^ other.0).levels().next()
    }
}

impl fmt::Debug for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.levels()).finish()
    }
}

/// Why the order of two values is not certain: the server's code is not
/// public, and neither its documentation nor its client settles these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Caveat {
    /// A tenant's own value against a tenant tag together with something lower.
    TenantAgainstTag,
    /// Decided by a second tag of the target, both having a tag of the step.
    SecondTargetTag,
    /// The default of a tenant's variable against another value.
    TemplateDefault,
    /// A tenant's value for the project against its value for a library set.
    TenantOwner,
}

impl Caveat {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::TenantAgainstTag, Self::SecondTargetTag, Self::TemplateDefault, Self::TenantOwner];

    /// What is not known, as a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::TenantAgainstTag => {
                "Octopus documents a tenant above a tenant tag, but its client weighs a tenant \
                 tag with any further scope at least as much as the tenant alone."
            }
            Self::SecondTargetTag => {
                "That a second tag of the target decides between values that share the step's \
                 tag follows from an issue, not from the documentation."
            }
            Self::TemplateDefault => {
                "How the default of a tenant's variable ranks against other values is not \
                 documented."
            }
            Self::TenantOwner => {
                "How a tenant's value for the project ranks against its value for a library \
                 set is not documented."
            }
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of caveats.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Caveats(u8);

impl Caveats {
    /// No caveat.
    pub const NONE: Self = Self(0);

    /// Whether the order is certain.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `caveat` is among them.
    #[must_use]
    pub fn has(self, caveat: Caveat) -> bool {
        self.0 & caveat.bit() != 0
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, caveat: Caveat) -> Self {
        Self(self.0 | caveat.bit())
    }

    /// These and those.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The caveats, in the order of [`Caveat::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Caveat> {
        Caveat::ALL.into_iter().filter(move |caveat| self.has(*caveat))
    }
}

impl fmt::Debug for Caveats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
