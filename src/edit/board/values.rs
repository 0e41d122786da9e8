//! One environment's value of a name: put there or taken away, so that no
//! other environment gets another value.
//!
//! Which values are concerned is decided by the scope rules themselves, in the
//! Board's situation: a deployment without channel, target, step and tenant.

use super::names::{Names, Place};
use super::{Change, Ids};
use crate::edit::{Refusal, refuse};
use crate::model::{
    AccountId, CertificateId, Design, EnvironmentId, Scope, ValueId, Variable, VariableContent,
    VariableId, VariableName, VariableValue, WorkerPoolId,
};
use crate::record::{Bound, NameError};
use crate::scope::{Candidate, Context, Rank, Source, engine};

/// A value of the name, and how it stands in an environment.
#[derive(Debug)]
struct Found {
    place: Place,
    /// Which of the variable's values.
    at: usize,
    rank: Option<Rank>,
    /// Whether its scope names the environment.
    names: bool,
    /// Whether it names no other.
    is_alone: bool,
}

impl Found {
    fn value<'d>(&self, design: &'d Design, names: &Names) -> Option<&'d VariableValue> {
        let variable = names.variable(design, self.place)?;
        variable.values.nth(self.at).map(|value| &**value)
    }
}

/// All values of the variables at `places`.
fn find(
    design: &Design,
    names: &Names,
    places: &[Place],
    environment: &EnvironmentId,
) -> Vec<Found> {
    let context = Context::deployment().in_environment(environment.clone());
    let mut found = Vec::new();
    for place in places {
        let Some(variable) = names.variable(design, *place) else { continue };
        let source = if place.is_of_project() { Source::Project } else { Source::Library };
        found.extend(variable.values.iter().enumerate().map(|(at, value)| {
            let scope = &value.scope;
            let is_named = scope.environments.contains(environment);
            Found {
                place: *place,
                at,
                rank: engine::rank(Candidate { scope, source }, &context),
                names: is_named,
                is_alone: is_named && scope.environments.iter().all(|one| one == environment),
            }
        }));
    }
    found
}

/// The values that win; several where they tie.
fn winners(found: &[Found]) -> Vec<&Found> {
    let best = found.iter().filter_map(|one| one.rank).max();
    found.iter().filter(|one| best.is_some() && one.rank == best).collect()
}

/// Lets `name` have what `change` says in `environment`, and only there. Where
/// there is no such variable, the new one holds what `word` names.
pub(super) fn put(
    design: &mut Design,
    names: &mut Names,
    (name, word): (&str, &str),
    environment: &EnvironmentId,
    change: &Change,
    ids: &mut Ids,
) -> Result<(), Refusal> {
    let places = names.find(design, name);
    let found = find(design, names, &places, environment);
    let winning = winners(&found);
    let named: Vec<&Found> = winning.iter().copied().filter(|one| one.names).collect();
    let alone = named.iter().find(|one| one.is_alone).copied();
    let base = alone.or(named.first().copied()).or(winning.first().copied());
    // A new value has the type of its neighbours.
    let like = base.or(found.last()).and_then(|one| one.value(design, names));
    let start = match like {
        Some(value) => value.content.clone(),
        None => VariableContent::empty(word).unwrap_or_else(|| VariableContent::text("")),
    };
    let content = changed(design, start, change, name)?;
    let Some(base) = base else {
        // Nothing applies here yet.
        let scope = Scope::environment(environment.clone());
        let value = VariableValue::new(ids.next(ValueId::parse)?, content, scope);
        return match places.first() {
            Some(place) => names.update(design, *place, |variable| {
                variable.values.push(value);
            }),
            None => {
                let name = VariableName::parse(name.trim()).map_err(in_words)?;
                let mut variable = Variable::new(ids.next(VariableId::parse)?, name);
                variable.values.push(value);
                names.add(design, variable);
                Ok(())
            }
        };
    };
    // Where several won, or the winner was shared, the new one is to be alone.
    let is_other =
        |one: &&&Found| alone.is_none_or(|own| (own.place, own.at) != (one.place, one.at));
    let others: Vec<_> = named
        .iter()
        .filter(is_other)
        .filter_map(|one| Some((one.place, one.value(design, names)?.id.clone())))
        .collect();
    let at = base.at;
    if alone.is_some() {
        names.update(design, base.place, |variable| {
            variable.values.update_nth(at, |value| value.content = content);
        })?;
    } else {
        let id = ids.next(ValueId::parse)?;
        names.update(design, base.place, |variable| {
            let Some(mut copy) = variable.values.nth(at).map(|one| (**one).clone()) else {
                return;
            };
            copy.id = id;
            copy.octopus_id = String::new();
            copy.content = content;
            copy.scope.environments = vec![environment.clone()];
            variable.values.insert(at + 1, copy);
        })?;
    }
    for (place, id) in others {
        drop_from(design, names, place, &id, environment)?;
    }
    Ok(())
}

/// Takes away what `name` has in `environment` by naming it.
pub(super) fn clear(
    design: &mut Design,
    names: &mut Names,
    name: &str,
    environment: &EnvironmentId,
) -> Result<(), Refusal> {
    let places = names.find(design, name);
    let found = find(design, names, &places, environment);
    let named: Vec<_> = winners(&found)
        .into_iter()
        .filter(|one| one.names)
        .filter_map(|one| Some((one.place, one.value(design, names)?.id.clone())))
        .collect();
    if named.is_empty() {
        return refuse(format!(
            "{name} has no value of its own here. It comes from a wider scope; type another value to have one."
        ));
    }
    for (place, id) in named {
        drop_from(design, names, place, &id, environment)?;
    }
    Ok(())
}

/// Lets a value name the environment no longer; without others it goes.
fn drop_from(
    design: &mut Design,
    names: &mut Names,
    place: Place,
    id: &ValueId,
    environment: &EnvironmentId,
) -> Result<(), Refusal> {
    names.update(design, place, |variable| {
        let mut is_alone = true;
        variable.values.update(id, |value| {
            value.scope.environments.retain(|one| one != environment);
            is_alone = value.scope.environments.is_empty();
        });
        if is_alone {
            variable.values.remove(id);
        }
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
