//! Leaks: a credential of a protected environment that can be read elsewhere.

use std::collections::HashMap;

use super::matrix::{Certainty, Holder, Identity, Reach};
use crate::model::{Design, EnvironmentId, LibrarySetId, ValueId, VariableId};

/// What to do to one value, so that it no longer leaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// The library set; `None` for the project.
    pub set: Option<LibrarySetId>,
    /// The variable.
    pub variable: VariableId,
    /// The value.
    pub value: ValueId,
    /// The environments that it is to be limited to; none means that it has no
    /// place in any protected one, and goes.
    pub environments: Vec<EnvironmentId>,
}

/// A credential that leaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// Its place among the credentials.
    pub credential: usize,
    /// The protected environments it is for.
    pub protected: Vec<EnvironmentId>,
    /// The environments where it can be read and should not be.
    pub outside: Vec<EnvironmentId>,
    /// How sure that is.
    pub certainty: Certainty,
    /// What mends it; what a tenant says is mended at the tenant.
    pub narrowings: Vec<Narrowing>,
    /// Whose values leak, where they are not variables' own.
    pub tenants: Vec<String>,
}

/// What leaks, in the order of the credentials. An account or certificate is
/// the same credential whatever variables hold it: it is protected if it can be
/// read in a protected environment by any of them.
#[must_use]
pub fn leaks(design: &Design, reach: &Reach) -> Vec<Leak> {
    let is_protected: Vec<bool> =
        design.space.environments.iter().map(|one| one.is_protected).collect();
    let mut protected_of: HashMap<&Identity, Vec<bool>> = HashMap::new();
    for credential in &reach.credentials {
        let known = protected_of
            .entry(&credential.identity)
            .or_insert_with(|| vec![false; reach.environments.len()]);
        for ((known, cell), is_protected) in
            known.iter_mut().zip(&credential.cells).zip(&is_protected)
        {
            *known |= *is_protected && cell.is_open();
        }
    }
    let mut leaks = Vec::new();
    for (index, credential) in reach.credentials.iter().enumerate() {
        let open = credential.cells.iter().zip(&reach.environments).zip(&is_protected);
        let outside: Vec<_> =
            open.filter(|((cell, _), is_protected)| !**is_protected && cell.is_open()).collect();
        if outside.is_empty() {
            continue;
        }
        let known = protected_of.get(&credential.identity).into_iter().flatten();
        let protected = reach.environments.iter().zip(known).filter(|(_, known)| **known);
        let protected: Vec<_> = protected.map(|(id, _)| id.clone()).collect();
        if protected.is_empty() {
            continue;
        }
        let certainty = outside.iter().filter_map(|((cell, _), _)| cell.reach).max();
        let (mut narrowings, mut tenants) = (Vec::new(), Vec::new());
        for (number, holder) in credential.holders.iter().enumerate() {
            if !outside.iter().any(|((cell, _), _)| cell.holders.has(number)) {
                continue;
            }
            match holder {
                Holder::Tenant(name) => tenants.push(name.clone()),
                Holder::Value { set, variable, value } => {
                    narrowings.push(Narrowing {
                        set: set.clone(),
                        variable: variable.clone(),
                        value: value.clone(),
                        environments: narrowed(design, set.as_ref(), variable, value),
                    });
                }
            }
        }
        leaks.push(Leak {
            credential: index,
            protected,
            outside: outside.into_iter().map(|((_, id), _)| id.clone()).collect(),
            certainty: certainty.unwrap_or(Certainty::May),
            narrowings,
            tenants,
        });
    }
    leaks
}

/// The protected environments among those that a value is for.
fn narrowed(
    design: &Design,
    set: Option<&LibrarySetId>,
    variable: &VariableId,
    value: &ValueId,
) -> Vec<EnvironmentId> {
    let table = match set {
        None => Some(&design.project.variables),
        Some(id) => design.space.library_sets.get(id).map(|set| &set.variables),
    };
    let value = table.and_then(|table| table.get(variable)?.values.get(value));
    let own = value.map(|value| value.scope.environments.as_slice()).unwrap_or_default();
    let all = design.space.environments.iter().filter(|one| one.is_protected);
    all.filter(|one| own.is_empty() || own.contains(&one.id)).map(|one| one.id.clone()).collect()
}
