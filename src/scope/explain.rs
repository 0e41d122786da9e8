//! Why a value won: every candidate, what each dimension said, where it lost.
//!
//! Made on demand, because it allocates; the tables of results hold only
//! [`Resolution`]s.

use super::context::Context;
use super::engine::{self, Candidate, Dimension, Outcome, Resolution, Source, Verdict};
use super::rank::{Caveats, Level, Rank};

/// What the decision rested on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// There is no value of this name at all.
    NoValue,
    /// There are values, and none applies.
    NoMatch,
    /// Just one value applies.
    OnlyMatch,
    /// The winner has this level, and no other value that equals it above does.
    Level(Level),
    /// Several are equal in all levels.
    Tie,
}

impl Decision {
    /// The decision as a sentence.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::NoValue => "Nothing defines this name.".to_owned(),
            Self::NoMatch => "No value applies here, so the name is not defined.".to_owned(),
            Self::OnlyMatch => "It is the only value that applies here.".to_owned(),
            Self::Level(Level::Project) => {
                "Scopes are equally specific, and the project goes before library sets.".to_owned()
            }
            Self::Level(level) => {
                ["It is the most specific: it wins by its ", level.label(), "."].concat()
            }
            Self::Tie => "Several values are equally specific; Octopus does not promise which \
                          one it takes."
                .to_owned(),
        }
    }
}

/// How a candidate fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the value.
    Wins,
    /// It is one of several equal winners.
    Ties,
    /// It applies, but loses at this level.
    Beaten(Level),
    /// A default that the tenant has a value for.
    Replaced,
    /// It does not apply; its dimensions say why.
    NoMatch,
}

/// What is to say about one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Its index among the candidates.
    pub index: usize,
    /// What each dimension says, in the order of [`Dimension::ALL`].
    pub verdicts: [(Dimension, Verdict); 8],
    /// Its rank, where it applies.
    pub rank: Option<Rank>,
    /// How it fared.
    pub standing: Standing,
    /// What is uncertain between it and the winner.
    pub caveats: Caveats,
}

impl Explained {
    /// The dimensions that keep it from applying.
    pub fn mismatches(&self) -> impl Iterator<Item = (Dimension, Verdict)> {
        self.verdicts.iter().copied().filter(|(_, verdict)| verdict.is_mismatch())
    }

    /// Whether it applies here.
    #[must_use]
    pub fn applies(&self) -> bool {
        self.rank.is_some()
    }
}

/// Why a name has the value it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The result.
    pub resolution: Resolution,
    /// What it rests on.
    pub decision: Decision,
    /// Every candidate, in the order in which they were given.
    pub candidates: Vec<Explained>,
}

impl Explanation {
    /// Explains the lookup among `candidates`.
    #[must_use]
    pub fn of(candidates: &[Candidate<'_>], context: &Context) -> Self {
        let ranks = engine::ranks(candidates, context);
        let resolution = engine::decide(candidates, &ranks);
        let first = resolution.first().and_then(|first| candidates.get(first));
        let explained = candidates.iter().zip(&ranks).enumerate().map(|(index, (one, rank))| {
            let verdicts = Dimension::ALL
                .map(|dimension| (dimension, engine::verdict(dimension, *one, context)));
            let standing = standing(resolution, *rank, &verdicts);
            let caveats = match (resolution.rank(), first, rank) {
                (Some(best), Some(first), Some(rank)) if resolution.first() != Some(index) => {
                    engine::doubts((best, first.source), (*rank, one.source))
                }
                _ => Caveats::NONE,
            };
            Explained { index, verdicts, rank: *rank, standing, caveats }
        });
        let candidates: Vec<_> = explained.collect();
        Self { resolution, decision: decision(resolution, &ranks), candidates }
    }

    /// The indexes of all winners.
    pub fn winners(&self) -> impl Iterator<Item = usize> {
        self.candidates
            .iter()
            .filter(|one| matches!(one.standing, Standing::Wins | Standing::Ties))
            .map(|one| one.index)
    }
}

fn standing(
    resolution: Resolution,
    rank: Option<Rank>,
    verdicts: &[(Dimension, Verdict)],
) -> Standing {
    let Some(rank) = rank else {
        let is_limited = verdicts.iter().any(|(_, verdict)| verdict.is_mismatch());
        return if is_limited { Standing::NoMatch } else { Standing::Replaced };
    };
    match resolution.rank().unwrap_or_default().differs_at(rank) {
        Some(level) => Standing::Beaten(level),
        None if resolution.is_ambiguous() => Standing::Ties,
        None => Standing::Wins,
    }
}

fn decision(resolution: Resolution, ranks: &[Option<Rank>]) -> Decision {
    match resolution.outcome() {
        Outcome::Undefined if ranks.is_empty() => Decision::NoValue,
        Outcome::Undefined => Decision::NoMatch,
        Outcome::Ambiguous { .. } => Decision::Tie,
        Outcome::Value(_) => {
            let best = resolution.rank().unwrap_or_default();
            let runner_up = ranks.iter().flatten().filter(|rank| **rank != best).max();
            match runner_up.and_then(|rank| best.differs_at(*rank)) {
                Some(level) => Decision::Level(level),
                None => Decision::OnlyMatch,
            }
        }
    }
}

/// What a person calls the source of a candidate.
#[must_use]
pub fn source_label(source: Source<'_>) -> &'static str {
    match source {
        Source::Project => "project",
        Source::Library => "library set",
        Source::Tenant { .. } => "tenant",
        Source::Default { .. } => "default for tenants",
    }
}
