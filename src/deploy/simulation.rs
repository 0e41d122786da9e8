//! A design made ready for being simulated many times.

use std::collections::HashMap;

use super::details::holds_secrets;
use crate::export::lower_design;
use crate::model::Design;
use crate::octostache::root_of;
use crate::scope::{Candidates, Resolver};

/// A design, lowered to what Octopus runs, with its names looked up quickly.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// The design as people made it.
    pub(super) original: Design,
    /// The design as Octopus gets it.
    pub(super) lowered: Design,
    pub(super) resolver: Resolver,
    /// The places of names by the first step of their paths; those that no
    /// expression can reach are under the empty one.
    pub(super) roots: HashMap<String, Vec<usize>>,
    /// The places of names of which any value is a secret, or brings one along.
    secret: Vec<usize>,
}

impl Simulation {
    /// Makes `design` ready.
    #[must_use]
    pub fn new(design: &Design) -> Self {
        let (lowered, _) = lower_design(design);
        let resolver = Resolver::new(&lowered);
        let mut roots: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, candidates) in resolver.names().iter().enumerate() {
            let root = root_of(candidates.name().as_str()).unwrap_or_default();
            roots.entry(root).or_default().push(index);
        }
        let is_secret = |candidates: &Candidates| {
            let mut entries = candidates.entries().iter();
            entries.any(|entry| holds_secrets(entry.content(), &design.space))
        };
        let names = resolver.names().iter().enumerate();
        let secret = names.filter(|(_, one)| is_secret(one)).map(|(index, _)| index).collect();
        Self { original: design.clone(), lowered, resolver, roots, secret }
    }

    /// The design that it was made from.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.original
    }

    /// The names of which any value is a secret, or brings one along.
    pub(super) fn secret(&self) -> impl Iterator<Item = &Candidates> {
        self.secret.iter().filter_map(|index| self.resolver.names().get(*index)).map(|one| &**one)
    }

    /// Looks names up, those that an export adds among them.
    #[must_use]
    pub fn resolver(&self) -> &Resolver {
        &self.resolver
    }
}
