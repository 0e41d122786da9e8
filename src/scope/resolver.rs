//! The resolver: an index of all names of a design.
//!
//! It holds shared rows of the design, so it outlives the design it was made
//! from, and an edit renews only the names that the edit touched: the
//! [`Candidates`] of all others stay the very same `Arc`, which makes a good
//! cache key.
//!
//! Never: anything iterated in the order of a hash.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::candidates::{At, Candidates, Entry, Origin};
use super::context::Context;
use super::engine::Resolution;
use super::explain::Explanation;
use super::tables::{Edit, Tables};
use crate::model::variable::{
    AccountContent, CertificateContent, ControlType, SensitiveContent, Variable, VariableContent,
    VariableTemplate, VariableValue, WorkerPoolContent,
};
use crate::model::{Design, EnvironmentId, LibrarySetId, Scope, Tenant, ValueId, VariableName};
use crate::record::{Bound, Extra};

/// A small hash for short texts that nobody chose to collide.
#[derive(Default)]
pub(super) struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

pub(super) type Places<K> = HashMap<K, usize, BuildHasherDefault<Fnv>>;

/// The form of a name by which names are the same: Octopus ignores case.
#[must_use]
pub fn folded(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { name.to_lowercase() }
}

/// An index of all names of a design.
#[derive(Debug, Clone, Default)]
pub struct Resolver {
    environments: Vec<EnvironmentId>,
    places: Places<EnvironmentId>,
    names: Vec<Arc<Candidates>>,
    index: Places<String>,
    tables: Tables,
}

/// Everything of one name, before its values are made ready.
pub(super) struct Group {
    pub(super) name: VariableName,
    pub(super) rows: Vec<(Option<LibrarySetId>, Arc<Variable>)>,
    pub(super) templates: Vec<(Option<LibrarySetId>, Arc<VariableTemplate>)>,
}

impl Resolver {
    /// The index of `design`.
    #[must_use]
    pub fn new(design: &Design) -> Self {
        let mut resolver = Self::default();
        resolver.refresh(design);
        resolver
    }

    /// Brings the index up to `design`. Names that did not change keep their
    /// candidates; gives those that are new or changed.
    ///
    /// An edit of some rows costs a comparison of pointers for each row, and
    /// the names of those rows; anything else costs a look at every name.
    pub fn refresh(&mut self, design: &Design) -> Vec<Arc<Candidates>> {
        let environments = &design.space.environments;
        let keeps_places = environments.iter().map(|one| &one.id).eq(&self.environments);
        let tables = Tables::of(design);
        let old = std::mem::replace(&mut self.tables, tables);
        if keeps_places && let Some(edits) = old.edits(&self.tables) {
            return self.edit(&edits);
        }
        if !keeps_places {
            self.environments = environments.iter().map(|one| one.id.clone()).collect();
            let places = self.environments.iter().cloned().enumerate();
            self.places = places.map(|(place, id)| (id, place)).collect();
        }
        let keeps_tenants = old.tenants.is_same(&self.tables.tenants);
        let (groups, index) = self.tables.gather();
        let mut names = Vec::with_capacity(groups.len());
        let mut changed = Vec::new();
        for group in groups {
            let old = self.candidates(group.name.as_str()).filter(|old| {
                keeps_places
                    && is_same(&old.rows, &group.rows)
                    && is_same(&old.templates, &group.templates)
                    && (keeps_tenants || group.templates.is_empty())
            });
            names.push(if let Some(old) = old {
                Arc::clone(old)
            } else {
                let new = Arc::new(self.build(group));
                changed.push(Arc::clone(&new));
                new
            });
        }
        self.names = names;
        self.index = index;
        changed
    }

    /// Takes rows in the place of others that have the same name.
    fn edit(&mut self, edits: &[Edit]) -> Vec<Arc<Candidates>> {
        let mut slots = Vec::new();
        for Edit { old, new } in edits {
            let Some(slot) = self.index.get(&folded(new.name.as_str())).copied() else { continue };
            let Some(candidates) = self.names.get(slot).cloned() else { continue };
            let mut rows = candidates.rows.clone();
            for (_, row) in &mut rows {
                if Arc::ptr_eq(row, old) {
                    *row = Arc::clone(new);
                }
            }
            let (name, templates) = (candidates.name().clone(), candidates.templates.clone());
            let candidates = Arc::new(self.build(Group { name, rows, templates }));
            if let Some(place) = self.names.get_mut(slot) {
                *place = candidates;
            }
            if !slots.contains(&slot) {
                slots.push(slot);
            }
        }
        slots.into_iter().filter_map(|slot| self.names.get(slot).cloned()).collect()
    }

    /// The environments, in the order of rows of results.
    #[must_use]
    pub fn environments(&self) -> &[EnvironmentId] {
        &self.environments
    }

    /// All names, in the order in which the design has them: the project's,
    /// then those of included library sets, then those of templates.
    #[must_use]
    pub fn names(&self) -> &[Arc<Candidates>] {
        &self.names
    }

    /// The values of `name`, in any case.
    #[must_use]
    pub fn candidates(&self, name: &str) -> Option<&Arc<Candidates>> {
        self.names.get(*self.index.get(&folded(name))?)
    }

    /// Looks `name` up.
    #[must_use]
    pub fn resolve(&self, name: &str, context: &Context) -> Resolution {
        self.candidates(name)
            .map_or_else(Resolution::default, |candidates| self.resolve_one(candidates, context))
    }

    /// Looks up the name of `candidates`, which are of this resolver.
    #[must_use]
    pub fn resolve_one(&self, candidates: &Candidates, context: &Context) -> Resolution {
        candidates.resolve(context, &self.place(context))
    }

    /// The value of `name`, where exactly one wins.
    #[must_use]
    pub fn value(&self, name: &str, context: &Context) -> Option<&Entry> {
        let candidates = self.candidates(name)?;
        candidates.get(self.resolve_one(candidates, context).winner()?)
    }

    /// Looks `name` up for every environment; that of `context` does not count.
    #[must_use]
    pub fn resolve_row(&self, name: &str, context: &Context) -> Vec<Resolution> {
        let mut row = vec![Resolution::default(); self.environments.len()];
        if let Some(candidates) = self.candidates(name) {
            candidates.resolve_row(context, &mut row);
        }
        row
    }

    /// Looks up the name of `candidates`, which are of this resolver, for
    /// every environment, into `row`, whose allocation is used again.
    pub fn resolve_row_into(
        &self,
        candidates: &Candidates,
        context: &Context,
        row: &mut Vec<Resolution>,
    ) {
        row.resize(self.environments.len(), Resolution::default());
        candidates.resolve_row(context, row);
    }

    /// Looks all names up, in the order of [`Resolver::names`].
    pub fn all<'a>(
        &'a self,
        context: &'a Context,
    ) -> impl Iterator<Item = (&'a Arc<Candidates>, Resolution)> {
        let at = self.place(context);
        self.names.iter().map(move |name| (name, name.resolve(context, &at)))
    }

    /// Why `name` has the value it has.
    #[must_use]
    pub fn explain(&self, name: &str, context: &Context) -> Explanation {
        match self.candidates(name) {
            Some(candidates) => candidates.explain(context),
            None => Explanation::of(&[], context),
        }
    }

    fn place(&self, context: &Context) -> At {
        let place = context.environment.as_ref().and_then(|one| self.places.get(one));
        place.map_or(At::Unknown, |place| At::Place(*place))
    }

    /// The places of `environments` as bits; `None` where there is no limit.
    fn bits(&self, environments: &[EnvironmentId]) -> Option<Box<[u64]>> {
        if environments.is_empty() {
            return None;
        }
        let mut bits = vec![0_u64; self.environments.len().div_ceil(64)].into_boxed_slice();
        // Most lists follow the order of the environments, so the next place
        // is mostly as far away as the one before was.
        let (mut last, mut stride) = (0_usize, 1_usize);
        for environment in environments {
            let guess = last.wrapping_add(stride);
            let place = if self.environments.get(guess) == Some(environment) {
                Some(guess)
            } else {
                self.places.get(environment).copied()
            };
            let Some(place) = place else { continue };
            (stride, last) = (place.wrapping_sub(last), place);
            if let Some(word) = bits.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        Some(bits)
    }

    fn build(&self, group: Group) -> Candidates {
        let mut entries = Vec::new();
        for (set, variable) in &group.rows {
            for value in &variable.values {
                entries.push(self.entry(
                    Origin::Variable(Arc::clone(variable)),
                    set,
                    Arc::clone(value),
                ));
            }
        }
        for (set, template) in &group.templates {
            for tenant in &self.tables.tenants {
                self.add_tenant(set, template, tenant, &mut entries);
            }
        }
        for (set, template) in &group.templates {
            let text = &template.default_value;
            if !text.is_empty()
                && let Some(value) = made_up(template, &[], content_of(template.control, text))
            {
                entries.push(self.entry(Origin::Default(Arc::clone(template)), set, value));
            }
        }
        Candidates::new(group.name, group.rows, group.templates, entries)
    }

    fn add_tenant(
        &self,
        set: &Option<LibrarySetId>,
        template: &Arc<VariableTemplate>,
        tenant: &Arc<Tenant>,
        entries: &mut Vec<Entry>,
    ) {
        for (index, given) in tenant.values.iter().enumerate() {
            if given.template != template.id {
                continue;
            }
            let content = if given.is_sensitive {
                secret()
            } else {
                content_of(template.control, &given.value)
            };
            if let Some(value) = made_up(template, &given.environments, content) {
                let (template, tenant) = (Arc::clone(template), Arc::clone(tenant));
                entries.push(self.entry(Origin::Tenant { template, tenant, index }, set, value));
            }
        }
    }

    fn entry(
        &self,
        origin: Origin,
        set: &Option<LibrarySetId>,
        value: Arc<VariableValue>,
    ) -> Entry {
        let environments = self.bits(&value.scope.environments);
        Entry { origin, set: set.clone(), value, environments }
    }
}

fn is_same<T>(
    old: &[(Option<LibrarySetId>, Arc<T>)],
    new: &[(Option<LibrarySetId>, Arc<T>)],
) -> bool {
    let same =
        |(old, new): (&(_, Arc<T>), &(_, Arc<T>))| old.0 == new.0 && Arc::ptr_eq(&old.1, &new.1);
    old.len() == new.len() && old.iter().zip(new).all(same)
}

/// A tenant's value or a default in the form of a variable's value.
fn made_up(
    template: &VariableTemplate,
    environments: &[EnvironmentId],
    content: VariableContent,
) -> Option<Arc<VariableValue>> {
    let scope = Scope { environments: environments.to_vec(), ..Scope::default() };
    let id = ValueId::parse(template.id.as_str()).ok()?;
    Some(Arc::new(VariableValue::new(id, content, scope)))
}

fn secret() -> VariableContent {
    VariableContent::Sensitive(SensitiveContent { is_set: true, extra: Extra::default() })
}

/// What the text that was entered in a `control` means.
fn content_of(control: ControlType, text: &str) -> VariableContent {
    let account = || AccountContent {
        account: bound(text, crate::model::AccountId::parse),
        extra: Extra::default(),
    };
    match control {
        ControlType::Sensitive => secret(),
        ControlType::AwsAccount => VariableContent::AwsAccount(account()),
        ControlType::AzureAccount => VariableContent::AzureAccount(account()),
        ControlType::GoogleAccount => VariableContent::GoogleAccount(account()),
        ControlType::UsernamePassword => VariableContent::UsernamePassword(account()),
        ControlType::GenericOidc => VariableContent::GenericOidc(account()),
        ControlType::Certificate => VariableContent::Certificate(CertificateContent {
            certificate: bound(text, crate::model::CertificateId::parse),
            extra: Extra::default(),
        }),
        ControlType::WorkerPool => VariableContent::WorkerPool(WorkerPoolContent {
            pool: bound(text, crate::model::WorkerPoolId::parse),
            extra: Extra::default(),
        }),
        _ => VariableContent::text(text),
    }
}

fn bound<T>(
    text: &str,
    parse: impl Fn(&str) -> Result<T, crate::record::NameError>,
) -> Option<Bound<T>> {
    if text.contains("#{") {
        Some(Bound::Expression(text.to_owned()))
    } else {
        parse(text).ok().map(Bound::Is)
    }
}
