//! One environment's value of a name: put there or taken away, so that no
//! other environment gets another value.
//!
//! Which values are concerned is decided by the scope rules themselves, in the
//! Board's situation: a deployment without channel, target, step and tenant.

use super::{Change, Ids};
use crate::edit::variables::{VariableOwner, variables_of};
use crate::edit::{Refusal, refuse};
use crate::model::{
    AccountId, CertificateId, Design, EnvironmentId, Scope, ValueId, Variable, VariableContent,
    VariableId, VariableName, VariableValue, WorkerPoolId,
};
use crate::record::{Bound, NameError, Table};
use crate::scope::{Candidate, Context, Rank, Source, engine, folded};

/// A value of the name, and how it ranks where it applies.
struct Found {
    owner: VariableOwner,
    variable: VariableId,
    value: ValueId,
    scope: Scope,
    content: VariableContent,
    rank: Option<Rank>,
}

impl Found {
    fn names(&self, environment: &EnvironmentId) -> bool {
        self.scope.environments.contains(environment)
    }

    fn is_alone(&self, environment: &EnvironmentId) -> bool {
        self.scope.environments.iter().all(|one| one == environment)
            && !self.scope.environments.is_empty()
    }
}

/// All values of `name` that the project has, its own and those of included sets.
fn find(design: &Design, name: &str, environment: &EnvironmentId) -> Vec<Found> {
    let wanted = folded(name);
    let context = Context::deployment().in_environment(environment.clone());
    let mut owners = vec![VariableOwner::Project];
    for id in &design.project.included_sets {
        let owner = VariableOwner::Set(id.clone());
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    let mut found = Vec::new();
    for owner in owners {
        let Some(table) = variables_of(design, &owner) else { continue };
        let is_project = owner == VariableOwner::Project;
        let source = if is_project { Source::Project } else { Source::Library };
        let is_same = |variable: &Variable| {
            // Nearly all names are plain, and need no copy to be told apart.
            let own = variable.name.as_str();
            own.eq_ignore_ascii_case(name) || (!own.is_ascii() && folded(own) == wanted)
        };
        for variable in table.iter().filter(|one| is_same(one)) {
            for value in &variable.values {
                found.push(Found {
                    owner: owner.clone(),
                    variable: variable.id.clone(),
                    value: value.id.clone(),
                    scope: value.scope.clone(),
                    content: value.content.clone(),
                    rank: engine::rank(Candidate { scope: &value.scope, source }, &context),
                });
            }
        }
    }
    found
}

/// The values that win; several where they tie.
fn winners(found: &[Found]) -> Vec<&Found> {
    let best = found.iter().filter_map(|one| one.rank).max();
    found.iter().filter(|one| best.is_some() && one.rank == best).collect()
}

/// Lets `name` have what `change` says in `environment`, and only there.
pub(super) fn put(
    design: &mut Design,
    name: &str,
    word: &str,
    environment: &EnvironmentId,
    change: &Change,
    ids: &mut Ids,
) -> Result<(), Refusal> {
    let found = find(design, name, environment);
    let winning = winners(&found);
    let named: Vec<&Found> = winning.iter().copied().filter(|one| one.names(environment)).collect();
    let alone = named.iter().find(|one| one.is_alone(environment)).copied();
    let base = alone.or(named.first().copied()).or(winning.first().copied());
    // A new value has the type of its neighbours.
    let like = base.or(found.last()).map(|one| one.content.clone());
    let start = match like {
        Some(content) => content,
        None => VariableContent::empty(word).unwrap_or_else(|| VariableContent::text("")),
    };
    let content = changed(design, start, change, name)?;
    let Some(base) = base else {
        // Nothing applies here yet.
        let scope = Scope::environment(environment.clone());
        let value = VariableValue::new(ids.next(ValueId::parse)?, content, scope);
        let place = found.first().map(|one| (one.owner.clone(), one.variable.clone()));
        return match place {
            Some((owner, variable)) => in_variable(design, &owner, &variable, |variable| {
                variable.values.push(value);
            }),
            None => add_variable(design, name, value, ids),
        };
    };
    if let Some(own) = alone {
        set(design, own, content)?;
    } else {
        let id = ids.next(ValueId::parse)?;
        let (value, at) = (base.value.clone(), environment.clone());
        in_variable(design, &base.owner, &base.variable, |variable| {
            let Some(place) = variable.values.position(&value) else { return };
            let Some(mut copy) = variable.values.nth(place).map(|one| (**one).clone()) else {
                return;
            };
            copy.id = id;
            copy.octopus_id = String::new();
            copy.content = content;
            copy.scope.environments = vec![at];
            variable.values.insert(place + 1, copy);
        })?;
    }
    // Where several won, or the winner was shared, the new one is to be alone.
    for other in named.iter().filter(|one| alone.is_none_or(|own| own.value != one.value)) {
        drop_from(design, other, environment)?;
    }
    Ok(())
}

/// Takes away what `name` has in `environment` by naming it.
pub(super) fn clear(
    design: &mut Design,
    name: &str,
    environment: &EnvironmentId,
) -> Result<(), Refusal> {
    let found = find(design, name, environment);
    let named: Vec<&Found> =
        winners(&found).into_iter().filter(|one| one.names(environment)).collect();
    if named.is_empty() {
        return refuse(format!(
            "{name} has no value of its own here. It comes from a wider scope; type another value to have one."
        ));
    }
    for own in named {
        drop_from(design, own, environment)?;
    }
    Ok(())
}

/// Lets a value name the environment no longer; without others it goes.
fn drop_from(design: &mut Design, own: &Found, environment: &EnvironmentId) -> Result<(), Refusal> {
    let is_alone = own.is_alone(environment);
    let mut is_empty = false;
    in_variable(design, &own.owner, &own.variable, |variable| {
        if is_alone {
            variable.values.remove(&own.value);
            is_empty = variable.values.is_empty();
        } else {
            variable.values.update(&own.value, |value| {
                value.scope.environments.retain(|one| one != environment);
            });
        }
    })?;
    if is_empty {
        in_table(design, &own.owner, |table| {
            table.remove(&own.variable);
        })?;
    }
    Ok(())
}

fn set(design: &mut Design, own: &Found, content: VariableContent) -> Result<(), Refusal> {
    in_variable(design, &own.owner, &own.variable, |variable| {
        variable.values.update(&own.value, |value| value.content = content);
    })
}

fn add_variable(
    design: &mut Design,
    name: &str,
    value: VariableValue,
    ids: &mut Ids,
) -> Result<(), Refusal> {
    let name = VariableName::parse(name.trim()).map_err(in_words)?;
    let mut variable = Variable::new(ids.next(VariableId::parse)?, name);
    variable.values.push(value);
    in_table(design, &VariableOwner::Project, |table| {
        table.push(variable);
    })
}

fn in_table(
    design: &mut Design,
    owner: &VariableOwner,
    change: impl FnOnce(&mut Table<Variable>),
) -> Result<(), Refusal> {
    match owner {
        VariableOwner::Project => change(&mut design.project.variables),
        VariableOwner::Set(id) => {
            if !design.space.library_sets.update(id, |set| change(&mut set.variables)) {
                return refuse("This library variable set is not there any more.");
            }
        }
    }
    Ok(())
}

fn in_variable(
    design: &mut Design,
    owner: &VariableOwner,
    id: &VariableId,
    change: impl FnOnce(&mut Variable),
) -> Result<(), Refusal> {
    in_table(design, owner, |table| {
        table.update(id, change);
    })
}

fn in_words(error: NameError) -> Refusal {
    Refusal(error.rule)
}

/// `content` after `change`, of the same type.
fn changed(
    design: &Design,
    mut content: VariableContent,
    change: &Change,
    name: &str,
) -> Result<VariableContent, Refusal> {
    let (text, is_id) = match change {
        Change::Text(text) => (text.as_str(), false),
        Change::Choice(text) => (text.as_str(), true),
        Change::On(_) | Change::Clear => return refuse("A value is typed or chosen."),
    };
    let word = content.word();
    let space = &design.space;
    match &mut content {
        VariableContent::Text(own) => text.clone_into(&mut own.text),
        VariableContent::Sensitive(own) => {
            own.is_set = match text.trim().trim_start_matches('•').trim() {
                "set" => true,
                "" | "not set" => false,
                _ => {
                    return refuse(format!(
                        "{name} is sensitive: a design holds no secret. Say only whether it is set in Octopus."
                    ));
                }
            }
        }
        VariableContent::Certificate(own) => {
            let all = space.certificates.iter().map(|one| (one.id.as_str(), one.name.as_str()));
            own.certificate = chosen(text, is_id, all, CertificateId::parse)?;
        }
        VariableContent::WorkerPool(own) => {
            let all = space.worker_pools.iter().map(|one| (one.id.as_str(), one.name.as_str()));
            own.pool = chosen(text, is_id, all, WorkerPoolId::parse)?;
        }
        VariableContent::AwsAccount(own)
        | VariableContent::AzureAccount(own)
        | VariableContent::GoogleAccount(own)
        | VariableContent::UsernamePassword(own)
        | VariableContent::GenericOidc(own) => {
            let fitting = |one: &crate::model::Account| one.kind.variable_type() == Some(word);
            let all = space.accounts.iter().filter(|one| fitting(one));
            let all = all.map(|one| (one.id.as_str(), one.name.as_str()));
            own.account = chosen(text, is_id, all, AccountId::parse)?;
        }
    }
    Ok(content)
}

/// What `text` chooses: nothing, an expression, or one of `all` by id or name.
fn chosen<'a, T>(
    text: &str,
    is_id: bool,
    mut all: impl Iterator<Item = (&'a str, &'a str)>,
    parse: impl Fn(&str) -> Result<T, NameError>,
) -> Result<Option<Bound<T>>, Refusal> {
    let text = text.trim();
    if text.is_empty() || text == "Not chosen" {
        return Ok(None);
    }
    if text.contains("#{") {
        return Ok(Some(Bound::Expression(text.to_owned())));
    }
    let is_it = |id: &str, name: &str| {
        if is_id { id == text } else { name.eq_ignore_ascii_case(text) }
    };
    match all.find(|(id, name)| is_it(id, name)) {
        Some((id, _)) => parse(id).map(|id| Some(Bound::Is(id))).map_err(in_words),
        None => refuse(format!("There is no “{text}” that fits here. Choose one from the list.")),
    }
}
