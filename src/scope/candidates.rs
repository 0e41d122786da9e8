//! All values of one name, made ready for looking it up quickly.
//!
//! Invariant: the quick path gives what `engine::resolve` gives; it only knows
//! the environments by their place, as bits, so that one pass over the values
//! answers for all environments and allocates nothing.

use std::sync::Arc;

use super::context::Context;
use super::engine::{self, Candidate, Resolution, Source};
use super::explain::Explanation;
use super::rank::{Level, Rank};
use crate::model::variable::{Variable, VariableContent, VariableTemplate, VariableValue};
use crate::model::{LibrarySetId, Scope, Tenant, VariableName};

/// Where a value stands in the design.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A value of a variable.
    Variable(Arc<Variable>),
    /// A tenant's value for a template.
    Tenant {
        /// The template.
        template: Arc<VariableTemplate>,
        /// The tenant.
        tenant: Arc<Tenant>,
        /// Which of the tenant's values it is.
        index: usize,
    },
    /// The default of a template.
    Default(Arc<VariableTemplate>),
}

/// One value of a name.
#[derive(Debug)]
pub struct Entry {
    /// Where it stands in the design.
    pub origin: Origin,
    /// The library set of its variable or template; absent for the project.
    pub set: Option<LibrarySetId>,
    /// The value. For tenants and defaults it is made up, with the template's
    /// id, to hold their content and environments in the same form.
    pub value: Arc<VariableValue>,
    /// The places of its environments; absent where it is not limited to any.
    pub(super) environments: Option<Box<[u64]>>,
}

impl Entry {
    /// What it holds.
    #[must_use]
    pub fn content(&self) -> &VariableContent {
        &self.value.content
    }

    /// What limits it.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.value.scope
    }

    /// The value as the rules see it.
    #[must_use]
    pub fn candidate(&self) -> Candidate<'_> {
        Candidate { scope: &self.value.scope, source: self.source() }
    }

    /// Where it comes from, as the rules see it.
    #[must_use]
    pub fn source(&self) -> Source<'_> {
        let of_project = self.set.is_none();
        match &self.origin {
            Origin::Variable(_) if of_project => Source::Project,
            Origin::Variable(_) => Source::Library,
            Origin::Tenant { template, tenant, .. } => {
                Source::Tenant { tenant: &tenant.id, template: &template.id, of_project }
            }
            Origin::Default(template) => Source::Default { template: &template.id, of_project },
        }
    }

    fn rank_at(&self, context: &Context, at: &At) -> Option<Rank> {
        let rank = engine::rank_beside_environment(self.candidate(), context)?;
        match &self.environments {
            None => Some(rank),
            Some(bits) => self.is_in(bits, context, at).then(|| rank.with(Level::Environment)),
        }
    }

    fn is_in(&self, bits: &[u64], context: &Context, at: &At) -> bool {
        match at {
            At::Place(place) => has_bit(bits, *place),
            // The design may not know the environment, yet a value may name it.
            At::Unknown => context
                .environment
                .as_ref()
                .is_some_and(|environment| self.scope().environments.contains(environment)),
        }
    }
}

/// The environment of a lookup.
pub(super) enum At {
    /// The one at this place of the design's list.
    Place(usize),
    /// None, or one that the design does not have.
    Unknown,
}

fn has_bit(bits: &[u64], place: usize) -> bool {
    bits.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
}

/// All values of one name, from everywhere.
#[derive(Debug)]
pub struct Candidates {
    name: VariableName,
    pub(super) rows: Vec<(Option<LibrarySetId>, Arc<Variable>)>,
    pub(super) templates: Vec<(Option<LibrarySetId>, Arc<VariableTemplate>)>,
    entries: Vec<Entry>,
    may_doubt: bool,
}

impl Candidates {
    pub(super) fn new(
        name: VariableName,
        rows: Vec<(Option<LibrarySetId>, Arc<Variable>)>,
        templates: Vec<(Option<LibrarySetId>, Arc<VariableTemplate>)>,
        entries: Vec<Entry>,
    ) -> Self {
        // Each caveat needs a tenant's value or default, or two tags in a scope.
        let may_doubt = entries.len() > 1
            && entries.iter().any(|entry| {
                !matches!(entry.origin, Origin::Variable(_)) || entry.scope().target_tags.len() > 1
            });
        Self { name, rows, templates, entries, may_doubt }
    }

    /// The name, as the design writes it first.
    #[must_use]
    pub fn name(&self) -> &VariableName {
        &self.name
    }

    /// The values: the project's, then those of library sets in the order of
    /// inclusion, then those of tenants, then defaults.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The value at `index`, as a [`Resolution`] or an explanation gives it.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// The values as the rules see them.
    #[must_use]
    pub fn plain(&self) -> Vec<Candidate<'_>> {
        self.entries.iter().map(Entry::candidate).collect()
    }

    /// Every value, whether it applies, and why or why not.
    #[must_use]
    pub fn explain(&self, context: &Context) -> Explanation {
        Explanation::of(&self.plain(), context)
    }

    /// The values that win with equal right; one where nothing is ambiguous.
    pub fn winners(&self, context: &Context) -> impl Iterator<Item = &Entry> {
        let ranks = engine::ranks(&self.plain(), context);
        let best = ranks.iter().flatten().max().copied();
        let wins = move |rank: &Option<Rank>| best.is_some() && *rank == best;
        self.entries.iter().zip(ranks).filter(move |(_, rank)| wins(rank)).map(|(entry, _)| entry)
    }

    pub(super) fn resolve(&self, context: &Context, at: &At) -> Resolution {
        let mut resolution = Resolution::default();
        for (index, entry) in self.entries.iter().enumerate() {
            if let Some(rank) = entry.rank_at(context, at)
                && !self.is_stood_in_for(entry, context, at)
            {
                resolution.offer(index, rank);
            }
        }
        self.doubt(&mut resolution, context, at);
        resolution
    }

    /// The resolutions for the environment of each place of `row`.
    pub(super) fn resolve_row(&self, context: &Context, row: &mut [Resolution]) {
        row.fill(Resolution::default());
        for (index, entry) in self.entries.iter().enumerate() {
            let Some(rank) = engine::rank_beside_environment(entry.candidate(), context) else {
                continue;
            };
            match &entry.environments {
                None if matches!(entry.origin, Origin::Default(_)) => {
                    for (place, cell) in row.iter_mut().enumerate() {
                        if !self.is_stood_in_for(entry, context, &At::Place(place)) {
                            cell.offer(index, rank);
                        }
                    }
                }
                None => row.iter_mut().for_each(|cell| cell.offer(index, rank)),
                Some(bits) => {
                    let rank = rank.with(Level::Environment);
                    for (word, cells) in bits.iter().zip(row.chunks_mut(64)) {
                        let mut left = *word;
                        while left != 0 {
                            if let Some(cell) = cells.get_mut(left.trailing_zeros() as usize) {
                                cell.offer(index, rank);
                            }
                            left &= left - 1;
                        }
                    }
                }
            }
        }
        if self.may_doubt && may_doubt(context) {
            for (place, cell) in row.iter_mut().enumerate() {
                self.doubt(cell, context, &At::Place(place));
            }
        }
    }

    fn doubt(&self, resolution: &mut Resolution, context: &Context, at: &At) {
        if !self.may_doubt || !may_doubt(context) {
            return;
        }
        let Some(first) = resolution.first().and_then(|first| self.entries.get(first)) else {
            return;
        };
        for (index, entry) in self.entries.iter().enumerate() {
            if let Some(rank) = entry.rank_at(context, at)
                && !self.is_stood_in_for(entry, context, at)
            {
                resolution.doubt(first.source(), index, rank, entry.source());
            }
        }
    }

    /// Whether `entry` is a default and the tenant has a value in its place.
    fn is_stood_in_for(&self, entry: &Entry, context: &Context, at: &At) -> bool {
        let Origin::Default(wanted) = &entry.origin else { return false };
        self.entries.iter().any(|entry| match &entry.origin {
            Origin::Tenant { template, .. } => {
                template.id == wanted.id && entry.rank_at(context, at).is_some()
            }
            _ => false,
        })
    }
}

/// Whether there can be a caveat at all: each needs a tenant or a target.
fn may_doubt(context: &Context) -> bool {
    context.tenant.is_some() || !context.tenant_tags.is_empty() || !context.target_tags.is_empty()
}
