//! The rules themselves, over plain borrowed values: which candidates match,
//! how they rank, who wins.
//!
//! Never: a silent pick among equals, a value that only its order made win.
//! Source: reference, variables, sections 2 and 3. Rules: `SPEC.md`.

use super::context::Context;
use super::rank::{Caveat, Caveats, Level, Rank};
use crate::model::{Scope, TenantId, VariableTemplateId};

/// Where a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// The project's variables.
    Project,
    /// A library set that the project includes.
    Library,
    /// A tenant's value for a template.
    Tenant {
        /// Whose.
        tenant: &'a TenantId,
        /// For which template.
        template: &'a VariableTemplateId,
        /// Whether the project defines the template, not a library set.
        of_project: bool,
    },
    /// What a template gives where the tenant has no value for it.
    Default {
        /// Which template.
        template: &'a VariableTemplateId,
        /// Whether the project defines the template, not a library set.
        of_project: bool,
    },
}

impl Source<'_> {
    fn is_of_project(self) -> bool {
        match self {
            Self::Project => true,
            Self::Library => false,
            Self::Tenant { of_project, .. } | Self::Default { of_project, .. } => of_project,
        }
    }

    fn is_of_tenant(self) -> bool {
        matches!(self, Self::Tenant { .. } | Self::Default { .. })
    }
}

/// One value of a name.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// What limits it; for a tenant's value only its environments.
    pub scope: &'a Scope,
    /// Where it comes from.
    pub source: Source<'a>,
}

/// One of the things a scope can limit a value to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// Steps.
    Action,
    /// Deployment targets.
    Target,
    /// Target tags.
    TargetTag,
    /// The tenant whose value it is.
    Tenant,
    /// Tenant tags.
    TenantTag,
    /// Environments.
    Environment,
    /// Channels.
    Channel,
    /// Processes.
    Process,
}

impl Dimension {
    /// All of them, in the order of the levels.
    pub const ALL: [Self; 8] = [
        Self::Action,
        Self::Target,
        Self::TargetTag,
        Self::Tenant,
        Self::TenantTag,
        Self::Environment,
        Self::Channel,
        Self::Process,
    ];

    /// What a person calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Action => "step",
            Self::Target => "deployment target",
            Self::TargetTag => "target tag",
            Self::Tenant => "tenant",
            Self::TenantTag => "tenant tag",
            Self::Environment => "environment",
            Self::Channel => "channel",
            Self::Process => "process",
        }
    }
}

/// What one dimension says of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The candidate is not limited here.
    Unlimited,
    /// The context is among the candidate's.
    Matches,
    /// The context has another.
    Other,
    /// The context has none, so nothing can match.
    Absent,
}

impl Verdict {
    /// Whether it keeps the candidate from applying.
    #[must_use]
    pub fn is_mismatch(self) -> bool {
        matches!(self, Self::Other | Self::Absent)
    }
}

fn one<T: PartialEq>(listed: &[T], current: Option<&T>) -> Verdict {
    match current {
        _ if listed.is_empty() => Verdict::Unlimited,
        None => Verdict::Absent,
        Some(current) if listed.contains(current) => Verdict::Matches,
        Some(_) => Verdict::Other,
    }
}

fn has_tag<T: AsRef<str>>(tags: &[T], tag: &T) -> bool {
    tags.iter().any(|one| one.as_ref().eq_ignore_ascii_case(tag.as_ref()))
}

fn any<T: AsRef<str>>(listed: &[T], current: &[T], is_bearer_known: bool) -> Verdict {
    if listed.is_empty() {
        Verdict::Unlimited
    } else if listed.iter().any(|tag| has_tag(current, tag)) {
        Verdict::Matches
    } else if is_bearer_known || !current.is_empty() {
        Verdict::Other
    } else {
        Verdict::Absent
    }
}

/// What `dimension` says of `candidate`.
#[must_use]
pub fn verdict(dimension: Dimension, candidate: Candidate<'_>, context: &Context) -> Verdict {
    let Candidate { scope, source } = candidate;
    match dimension {
        Dimension::Action => one(&scope.actions, context.action.as_ref()),
        Dimension::Target => one(&scope.targets, context.target.as_ref()),
        Dimension::TargetTag => {
            any(&scope.target_tags, &context.target_tags, context.target.is_some())
        }
        Dimension::TenantTag => {
            any(&scope.tenant_tags, &context.tenant_tags, context.tenant.is_some())
        }
        Dimension::Environment => one(&scope.environments, context.environment.as_ref()),
        Dimension::Channel => one(&scope.channels, context.channel.as_ref()),
        Dimension::Process => one(&scope.processes, context.process.as_ref()),
        Dimension::Tenant => match (source, &context.tenant) {
            (Source::Project | Source::Library, _) => Verdict::Unlimited,
            (_, None) => Verdict::Absent,
            (Source::Tenant { tenant, .. }, Some(current)) if tenant != current => Verdict::Other,
            (_, Some(_)) => Verdict::Matches,
        },
    }
}

/// How `candidate` ranks as far as all dimensions but the environment say;
/// `None` where one of them does not match.
#[must_use]
pub fn rank_beside_environment(candidate: Candidate<'_>, context: &Context) -> Option<Rank> {
    let mut rank = Rank::LOWEST;
    for dimension in Dimension::ALL {
        if dimension == Dimension::Environment {
            continue;
        }
        match verdict(dimension, candidate, context) {
            Verdict::Unlimited => {}
            Verdict::Matches => rank = add(rank, dimension, candidate.scope, context),
            Verdict::Other | Verdict::Absent => return None,
        }
    }
    Some(if candidate.source.is_of_project() { rank.with(Level::Project) } else { rank })
}

fn add(rank: Rank, dimension: Dimension, scope: &Scope, context: &Context) -> Rank {
    rank.with(match dimension {
        Dimension::Action => Level::Action,
        Dimension::Target => Level::Target,
        Dimension::Tenant => Level::Tenant,
        Dimension::TenantTag => Level::TenantTag,
        Dimension::Environment => Level::Environment,
        Dimension::Channel => Level::Channel,
        Dimension::Process => Level::Process,
        Dimension::TargetTag => {
            let mut rank = rank;
            for tag in scope.target_tags.iter().filter(|tag| has_tag(&context.target_tags, tag)) {
                let of_step = has_tag(&context.step_tags, tag);
                rank = rank.with(if of_step { Level::StepTag } else { Level::OtherTag });
            }
            return rank;
        }
    })
}

/// How `candidate` ranks; `None` where it does not match.
#[must_use]
pub fn rank(candidate: Candidate<'_>, context: &Context) -> Option<Rank> {
    let rank = rank_beside_environment(candidate, context)?;
    match verdict(Dimension::Environment, candidate, context) {
        Verdict::Unlimited => Some(rank),
        Verdict::Matches => Some(rank.with(Level::Environment)),
        Verdict::Other | Verdict::Absent => None,
    }
}

/// How each candidate ranks; `None` where it does not match, or is a default
/// that the tenant has a value for.
#[must_use]
pub fn ranks(candidates: &[Candidate<'_>], context: &Context) -> Vec<Option<Rank>> {
    let mut ranks: Vec<_> = candidates.iter().map(|one| rank(*one, context)).collect();
    for index in 0..candidates.len() {
        if is_stood_in_for(candidates, &ranks, index)
            && let Some(rank) = ranks.get_mut(index)
        {
            *rank = None;
        }
    }
    ranks
}

fn is_stood_in_for(candidates: &[Candidate<'_>], ranks: &[Option<Rank>], index: usize) -> bool {
    let Some(Source::Default { template: wanted, .. }) = candidates.get(index).map(|c| c.source)
    else {
        return false;
    };
    candidates.iter().zip(ranks).any(|(candidate, rank)| {
        let same =
            matches!(candidate.source, Source::Tenant { template, .. } if template == wanted);
        same && rank.is_some()
    })
}

/// What came of looking a name up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No value applies: the name is not defined.
    Undefined,
    /// One value applies before all others; its index among the candidates.
    Value(usize),
    /// Several values apply with equal right, and Octopus promises nothing.
    Ambiguous {
        /// The first of them; not the one Octopus takes.
        first: usize,
        /// How many.
        count: usize,
    },
}

/// Who won, with which rank, and how sure that is. Small and without
/// allocations, so that a table of them is cheap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Resolution {
    first: u32,
    count: u32,
    rank: Rank,
    caveats: Caveats,
}

impl Resolution {
    /// What came of it.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self.count {
            0 => Outcome::Undefined,
            1 => Outcome::Value(self.first as usize),
            count => Outcome::Ambiguous { first: self.first as usize, count: count as usize },
        }
    }

    /// The index of the winner, where there is exactly one.
    #[must_use]
    pub fn winner(self) -> Option<usize> {
        match self.outcome() {
            Outcome::Value(index) => Some(index),
            _ => None,
        }
    }

    /// Whether several won.
    #[must_use]
    pub fn is_ambiguous(self) -> bool {
        self.count > 1
    }

    /// Whether nothing won.
    #[must_use]
    pub fn is_undefined(self) -> bool {
        self.count == 0
    }

    /// The rank of what won.
    #[must_use]
    pub fn rank(self) -> Option<Rank> {
        (self.count > 0).then_some(self.rank)
    }

    /// What makes the result uncertain.
    #[must_use]
    pub fn caveats(self) -> Caveats {
        self.caveats
    }

    /// The index of the first winner, if anything won.
    pub(super) fn first(self) -> Option<usize> {
        (self.count > 0).then_some(self.first as usize)
    }

    /// Takes a matching candidate into account.
    #[inline]
    pub(super) fn offer(&mut self, index: usize, rank: Rank) {
        if self.count == 0 || rank > self.rank {
            self.first = u32::try_from(index).unwrap_or(u32::MAX);
            self.count = 1;
            self.rank = rank;
        } else if rank == self.rank {
            self.count += 1;
        }
    }

    /// Takes in what is uncertain between the winners and a matching
    /// candidate; to be called after all were offered.
    pub(super) fn doubt(
        &mut self,
        first: Source<'_>,
        other: usize,
        rank: Rank,
        source: Source<'_>,
    ) {
        if self.first as usize != other {
            self.caveats = self.caveats.and(doubts((self.rank, first), (rank, source)));
        }
    }
}

/// What is uncertain about `winner` not losing against `other`.
#[must_use]
pub fn doubts(winner: (Rank, Source<'_>), other: (Rank, Source<'_>)) -> Caveats {
    let ((won, won_source), (lost, lost_source)) = (winner, other);
    let level = won.differs_at(lost);
    let mut caveats = Caveats::NONE;
    // Whether tenants' values carry the project's weight is not known, so it
    // is not counted for them.
    let least = won.without(Level::Project).weight();
    if level == Some(Level::Tenant) && lost.has(Level::TenantTag) && lost.weight() >= least {
        caveats = caveats.with(Caveat::TenantAgainstTag);
    }
    let without = won.without(Level::OtherTag);
    if level == Some(Level::OtherTag) && lost.has(Level::StepTag) && lost >= without {
        caveats = caveats.with(Caveat::SecondTargetTag);
    }
    let is_default = |source| matches!(source, Source::Default { .. });
    if is_default(won_source) || (level.is_none() && is_default(lost_source)) {
        caveats = caveats.with(Caveat::TemplateDefault);
    }
    let both_of_tenant = won_source.is_of_tenant() && lost_source.is_of_tenant();
    if level == Some(Level::Project) && both_of_tenant {
        caveats = caveats.with(Caveat::TenantOwner);
    }
    caveats
}

/// Looks a name up among its candidates.
#[must_use]
pub fn resolve(candidates: &[Candidate<'_>], context: &Context) -> Resolution {
    decide(candidates, &ranks(candidates, context))
}

/// Who wins among `candidates` that rank as `ranks` says.
pub(super) fn decide(candidates: &[Candidate<'_>], ranks: &[Option<Rank>]) -> Resolution {
    let mut resolution = Resolution::default();
    for (index, rank) in ranks.iter().enumerate() {
        if let Some(rank) = rank {
            resolution.offer(index, *rank);
        }
    }
    let Some(first) = resolution.first().and_then(|first| candidates.get(first)) else {
        return resolution;
    };
    for (index, (candidate, rank)) in candidates.iter().zip(ranks).enumerate() {
        if let Some(rank) = rank {
            resolution.doubt(first.source, index, *rank, candidate.source);
        }
    }
    resolution
}
