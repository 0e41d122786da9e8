//! Edits of variables: names, values, types, scopes, prompts; for the project
//! and for library variable sets.
//!
//! Invariants: names are unique in a set, ignoring case; a variable has at
//! least one value, so taking the last value away takes the variable away; a
//! value in a library set knows no step, channel or process (reference:
//! variables, section 2).
//!
//! Never: the text of a secret. Making a value sensitive drops its text.

mod content;
mod narrow;
pub mod sets;
#[cfg(test)]
mod tests;

pub use narrow::narrow;

pub use content::{
    add_account, add_certificate, add_next, add_pool, choose, make_sensitive, next_content,
    set_secret, set_text, set_type,
};

use super::{Edit, Refusal, refuse};
use crate::model::pulumi::{Backend, CloudCredentials, Pulumi};
use crate::model::{
    Design, LibrarySetId, Process, Prompt, Scope, ValueId, Variable, VariableContent, VariableId,
    VariableName, VariableValue, WorkerPoolChoice,
};
use crate::record::Table;

/// Whose variables.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum VariableOwner {
    /// The project's.
    Project,
    /// Those of a library variable set.
    Set(LibrarySetId),
}

/// One value of a variable.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ValueAt {
    /// Whose.
    pub owner: VariableOwner,
    /// Of which variable.
    pub variable: VariableId,
    /// Which of its values.
    pub value: ValueId,
}

/// The variables of `owner`; `None` where the set is gone.
#[must_use]
pub fn variables_of<'d>(design: &'d Design, owner: &VariableOwner) -> Option<&'d Table<Variable>> {
    match owner {
        VariableOwner::Project => Some(&design.project.variables),
        VariableOwner::Set(id) => design.space.library_sets.get(id).map(|set| &set.variables),
    }
}

/// The value at `at`, with its variable.
#[must_use]
pub fn find<'d>(design: &'d Design, at: &ValueAt) -> Option<(&'d Variable, &'d VariableValue)> {
    let variable = variables_of(design, &at.owner)?.get(&at.variable)?;
    Some((variable, variable.values.get(&at.value)?))
}

/// The variable of `owner` called `name`, ignoring case.
#[must_use]
pub fn find_name<'d>(
    design: &'d Design,
    owner: &VariableOwner,
    name: &str,
) -> Option<&'d Variable> {
    let name = name.trim();
    variables_of(design, owner)?.iter().find(|one| one.name.is_same(name)).map(|one| &**one)
}

fn gone<T>() -> Result<T, Refusal> {
    refuse("This variable is not there any more.")
}

fn parse_name(text: &str) -> Result<VariableName, Refusal> {
    VariableName::parse(text.trim()).map_err(|error| Refusal(error.rule))
}

/// Changes the variables of `owner`; `change` says whether what it wanted was there.
fn in_table(
    design: &mut Design,
    owner: &VariableOwner,
    change: &mut dyn FnMut(&mut Table<Variable>) -> bool,
) -> Result<(), Refusal> {
    let done = match owner {
        VariableOwner::Project => change(&mut design.project.variables),
        VariableOwner::Set(id) => {
            let mut done = false;
            design.space.library_sets.update(id, |set| done = change(&mut set.variables));
            done
        }
    };
    if done { Ok(()) } else { gone() }
}

fn in_variable(
    design: &mut Design,
    owner: &VariableOwner,
    id: &VariableId,
    change: &mut dyn FnMut(&mut Variable) -> bool,
) -> Result<(), Refusal> {
    in_table(design, owner, &mut |table| {
        let mut done = false;
        table.update(id, |variable| done = change(variable));
        done
    })
}

fn in_value(
    design: &mut Design,
    at: &ValueAt,
    change: &mut dyn FnMut(&mut VariableValue),
) -> Result<(), Refusal> {
    in_variable(design, &at.owner, &at.variable, &mut |variable| {
        variable.values.update(&at.value, &mut *change)
    })
}

/// A library set knows neither steps nor channels nor processes.
fn check_scope(owner: &VariableOwner, scope: &Scope) -> Result<(), Refusal> {
    let is_limited =
        !scope.channels.is_empty() || !scope.actions.is_empty() || !scope.processes.is_empty();
    match owner {
        VariableOwner::Set(_) if is_limited => refuse(
            "A library variable set can't limit a value to channels, steps or processes. Keep the variable in the project for that.",
        ),
        _ => Ok(()),
    }
}

/// Adds a value to the variable called `name`, which is made if there is none.
/// `new_variable` is the id it gets then.
#[must_use]
pub fn add(
    owner: VariableOwner,
    name: &str,
    new_variable: VariableId,
    value: VariableValue,
) -> Edit {
    let name = name.to_owned();
    Edit::new(format!("Add a value of {}", name.trim()), move |design| {
        check_scope(&owner, &value.scope)?;
        let name = parse_name(&name)?;
        in_table(design, &owner, &mut |table| {
            let known = table.iter().find(|one| one.name.is_same(name.as_str()));
            match known.map(|one| one.id.clone()) {
                Some(id) => {
                    let mut done = false;
                    table.update(&id, |variable| done = variable.values.push(value.clone()));
                    done
                }
                None => {
                    let mut variable = Variable::new(new_variable.clone(), name.clone());
                    variable.values.push(value.clone());
                    table.push(variable)
                }
            }
        })
    })
}

/// Renames a variable; whatever of the Pulumi settings and worker pools
/// named it by its old name follows.
#[must_use]
pub fn rename(owner: VariableOwner, id: VariableId, name: &str) -> Edit {
    let name = name.to_owned();
    Edit::new("Rename variable", move |design| {
        let name = parse_name(&name)?;
        let Some(table) = variables_of(design, &owner) else { return gone() };
        let Some(variable) = table.get(&id) else { return gone() };
        let old = variable.name.clone();
        if table.iter().any(|one| one.id != id && one.name.is_same(name.as_str())) {
            return refuse(format!(
                "There is a variable {name} here already, and case does not count. Choose another name, or add a value to that one."
            ));
        }
        in_variable(design, &owner, &id, &mut |variable| {
            variable.name = name.clone();
            true
        })?;
        if !is_declared(design, &old) {
            follow(design, &old, &name);
        }
        Ok(())
    })
}

/// Whether the project, or a set it includes, has a variable of this name.
fn is_declared(design: &Design, name: &VariableName) -> bool {
    let has = |table: &Table<Variable>| table.iter().any(|one| one.name.is_same(name.as_str()));
    let sets = design.project.included_sets.iter();
    has(&design.project.variables)
        || sets.filter_map(|id| design.space.library_sets.get(id)).any(|set| has(&set.variables))
}

/// Lets what names a variable by `old` name it by `new`.
fn follow(design: &mut Design, old: &VariableName, new: &VariableName) {
    let swap = |name: &mut VariableName| {
        if name.is_same(old.as_str()) {
            *name = new.clone();
        }
    };
    let mut pulumi: Pulumi = (*design.pulumi).clone();
    match &mut pulumi.backend {
        Backend::Cloud(cloud) => {
            // The usual name stands there unwritten.
            let usual = cloud.token.is_none() && old.is_same(Pulumi::TOKEN_VARIABLE);
            if usual {
                cloud.token = Some(new.clone());
            } else if let Some(token) = &mut cloud.token {
                swap(token);
            }
        }
        Backend::Oidc(login) => swap(&mut login.account),
        Backend::SelfManaged(own) => {
            if let Some(passphrase) = &mut own.passphrase {
                swap(passphrase);
            }
        }
    }
    match &mut pulumi.credentials {
        CloudCredentials::Ambient => {}
        CloudCredentials::Aws(account)
        | CloudCredentials::Azure(account)
        | CloudCredentials::Google(account) => swap(&mut account.variable),
    }
    match &mut pulumi.stack_variable {
        Some(name) => swap(name),
        None if old.is_same(Pulumi::STACK_VARIABLE) => pulumi.stack_variable = Some(new.clone()),
        None => {}
    }
    if pulumi != *design.pulumi {
        design.pulumi = pulumi.into();
    }
    follow_in(&mut design.project.process, old, new);
    design.project.runbooks.update_each(|runbook| {
        let mut runbook = runbook.clone();
        follow_in(&mut runbook.process, old, new).then_some(runbook)
    });
}

/// Worker pools that a variable names; says whether one did.
fn follow_in(process: &mut Process, old: &VariableName, new: &VariableName) -> bool {
    let is_old = |choice: &WorkerPoolChoice| matches!(choice, WorkerPoolChoice::Variable(pick) if pick.variable.is_same(old.as_str()));
    let mut done = false;
    process.steps.update_each(|step| {
        if !step.actions.iter().any(|action| is_old(&action.worker_pool)) {
            return None;
        }
        done = true;
        let mut step = step.clone();
        for action in step.actions.iter_mut() {
            if let WorkerPoolChoice::Variable(pick) = &mut action.worker_pool
                && pick.variable.is_same(old.as_str())
            {
                pick.variable = new.clone();
            }
        }
        Some(step)
    });
    done
}

/// Sets where a value applies.
#[must_use]
pub fn set_scope(at: ValueAt, scope: Scope) -> Edit {
    Edit::new("Change scope", move |design| {
        check_scope(&at.owner, &scope)?;
        in_value(design, &at, &mut |value| {
            let extra = std::mem::take(&mut value.scope.extra);
            value.scope = Scope { extra, ..scope.clone() };
        })
    })
}

/// Says what a value is for.
#[must_use]
pub fn describe(at: ValueAt, text: &str) -> Edit {
    let text = text.trim().to_owned();
    Edit::new("Describe value", move |design| {
        in_value(design, &at, &mut |value| value.description = text.clone())
    })
}

/// Asks for the value when a deployment is created, or no longer.
#[must_use]
pub fn set_prompt(at: ValueAt, prompt: Option<Prompt>) -> Edit {
    let label = if prompt.is_some() { "Change prompt" } else { "Take prompt away" };
    Edit::new(label, move |design| {
        in_value(design, &at, &mut |value| value.prompt = prompt.clone())
    })
}

/// Adds a copy of a value right after it, under the id `copy`.
#[must_use]
pub fn duplicate_value(at: ValueAt, copy: ValueId) -> Edit {
    Edit::new("Duplicate value", move |design| {
        in_variable(design, &at.owner, &at.variable, &mut |variable| {
            let Some(index) = variable.values.position(&at.value) else { return false };
            let Some(value) = variable.values.nth(index) else { return false };
            let mut value = (**value).clone();
            value.id = copy.clone();
            // What Octopus knows is the first one.
            value.octopus_id = String::new();
            variable.values.insert(index + 1, value)
        })
    })
}

/// Adds an empty value of the type of the variable's last one, under the id `new`.
#[must_use]
pub fn add_value(owner: VariableOwner, id: VariableId, new: ValueId) -> Edit {
    Edit::new("Add value", move |design| {
        in_variable(design, &owner, &id, &mut |variable| {
            let last = variable.values.iter().next_back();
            let content = last.and_then(|value| VariableContent::empty(value.content.word()));
            let content = content.unwrap_or_else(|| VariableContent::text(""));
            variable.values.push(VariableValue::new(new.clone(), content, Scope::default()))
        })
    })
}

/// Adds a copy of a variable right after it, under a free name. `ids` are the
/// new ids of its values, in their order.
#[must_use]
pub fn duplicate_variable(
    owner: VariableOwner,
    id: VariableId,
    copy: VariableId,
    ids: Vec<ValueId>,
) -> Edit {
    Edit::new("Duplicate variable", move |design| {
        let mut clash = false;
        in_table(design, &owner, &mut |table| {
            let Some(index) = table.position(&id) else { return false };
            let Some(variable) = table.nth(index) else { return false };
            let Some(name) = free_name(table, &variable.name) else { return false };
            clash = ids.len() < variable.values.len();
            let mut made = (**variable).clone();
            made.id = copy.clone();
            made.name = name;
            made.values = variable
                .values
                .iter()
                .zip(&ids)
                .map(|(value, id)| {
                    let mut value = (**value).clone();
                    value.id = id.clone();
                    value.octopus_id = String::new();
                    value
                })
                .collect();
            table.insert(index + 1, made)
        })?;
        if clash { refuse("Each value of the copy needs an id.") } else { Ok(()) }
    })
}

/// `name copy`, or with a number where that is taken.
fn free_name(table: &Table<Variable>, name: &VariableName) -> Option<VariableName> {
    let taken = |text: &str| table.iter().any(|one| one.name.is_same(text));
    let mut text = format!("{name} copy");
    let mut number = 2_u32;
    while taken(&text) {
        text = format!("{name} copy {number}");
        number = number.checked_add(1)?;
    }
    VariableName::parse(&text).ok()
}

/// Takes a value away, and with the last one the variable.
#[must_use]
pub fn delete_value(at: ValueAt) -> Edit {
    Edit::new("Delete value", move |design| {
        in_table(design, &at.owner, &mut |table| {
            let mut done = false;
            let mut is_empty = false;
            table.update(&at.variable, |variable| {
                done = variable.values.remove(&at.value).is_some();
                is_empty = variable.values.is_empty();
            });
            if done && is_empty {
                table.remove(&at.variable);
            }
            done
        })
    })
}

/// Takes a variable away, with all its values.
#[must_use]
pub fn delete_variable(owner: VariableOwner, id: VariableId) -> Edit {
    Edit::new("Delete variable", move |design| {
        in_table(design, &owner, &mut |table| table.remove(&id).is_some())
    })
}
