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
use crate::model::variable::{
    AccountContent, CertificateContent, ControlType, SensitiveContent, Variable, VariableContent,
    VariableTemplate, VariableValue, WorkerPoolContent,
};
use crate::model::{Design, EnvironmentId, LibrarySetId, Scope, Tenant, ValueId, VariableName};
use crate::record::{Bound, Extra, Table};

/// A small hash for short texts that nobody chose to collide.
#[derive(Default)]
struct Fnv(u64);

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

type Places<K> = HashMap<K, usize, BuildHasherDefault<Fnv>>;

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
    tenants: Table<Tenant>,
}

/// Everything of one name, before it is compared with what was there.
struct Group {
    name: VariableName,
    rows: Vec<(Option<LibrarySetId>, Arc<Variable>)>,
    templates: Vec<(Option<LibrarySetId>, Arc<VariableTemplate>)>,
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
    pub fn refresh(&mut self, design: &Design) -> Vec<Arc<Candidates>> {
        let environments = &design.space.environments;
        let keeps_places = environments.iter().map(|one| &one.id).eq(&self.environments);
        if !keeps_places {
            self.environments = environments.iter().map(|one| one.id.clone()).collect();
            let places = self.environments.iter().cloned().enumerate();
            self.places = places.map(|(place, id)| (id, place)).collect();
        }
        let keeps_tenants = self.tenants.is_same(&design.space.tenants);
        self.tenants = design.space.tenants.clone();
        let (groups, index) = gather(design);
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
        for environment in environments {
            if let Some(place) = self.places.get(environment)
                && let Some(word) = bits.get_mut(place / 64)
            {
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
            for tenant in &self.tenants {
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

/// All names of `design` with where they stand, and the place of each.
fn gather(design: &Design) -> (Vec<Group>, Places<String>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut index = Places::default();
    let mut group = |name: &VariableName, add: &mut dyn FnMut(&mut Group)| {
        let place = *index.entry(folded(name.as_str())).or_insert(groups.len());
        if place == groups.len() {
            let (name, rows, templates) = (name.clone(), Vec::new(), Vec::new());
            groups.push(Group { name, rows, templates });
        }
        if let Some(group) = groups.get_mut(place) {
            add(group);
        }
    };
    let mut sets = Vec::new();
    for id in &design.project.included_sets {
        if let Some(set) = design.space.library_sets.get(id)
            && !sets.iter().any(|other| Arc::ptr_eq(other, set))
        {
            sets.push(Arc::clone(set));
        }
    }
    for variable in &design.project.variables {
        group(&variable.name, &mut |group| group.rows.push((None, Arc::clone(variable))));
    }
    for set in &sets {
        for variable in &set.variables {
            let row = (Some(set.id.clone()), Arc::clone(variable));
            group(&variable.name, &mut |group| group.rows.push(row.clone()));
        }
    }
    for template in &design.project.templates {
        group(&template.name, &mut |group| group.templates.push((None, Arc::clone(template))));
    }
    for set in &sets {
        for template in &set.templates {
            let row = (Some(set.id.clone()), Arc::clone(template));
            group(&template.name, &mut |group| group.templates.push(row.clone()));
        }
    }
    (groups, index)
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
