//! Edits of what a value holds: its type and its content.

use super::{ValueAt, VariableOwner, find, find_name, gone, in_value};
use crate::edit::{Edit, Refusal, refuse};
use crate::model::{
    Account, AccountId, AccountKind, Certificate, CertificateId, Design, Name, Scope, ValueId,
    VariableContent, VariableId, VariableValue, WorkerPool, WorkerPoolId,
};
use crate::record::{Bound, Extra};

/// An empty content of the type that one more value of `name` has: that of the
/// last value where the name is known, else a text.
#[must_use]
pub fn next_content(design: &Design, owner: &VariableOwner, name: &str) -> VariableContent {
    let last = find_name(design, owner, name).and_then(|one| one.values.iter().next_back());
    let like = last.and_then(|value| VariableContent::empty(value.content.word()));
    like.unwrap_or_else(|| VariableContent::text(""))
}

/// Adds a value of the type that the name's other values have; the variable is
/// made, as a text, if there is none. `held` is the text, the id of what is
/// chosen, or for a sensitive value anything to say that it is set.
/// `new_variable` and `id` are the ids of what is made.
#[must_use]
pub fn add_next(
    owner: VariableOwner,
    name: &str,
    held: &str,
    scope: Scope,
    new_variable: VariableId,
    id: ValueId,
) -> Edit {
    let (name, held) = (name.to_owned(), held.to_owned());
    Edit::new(format!("Add a value of {}", name.trim()), move |design| {
        let mut content = next_content(design, &owner, &name);
        match &mut content {
            VariableContent::Text(own) => own.text.clone_from(&held),
            VariableContent::Sensitive(own) => own.is_set = !held.is_empty(),
            _ => {}
        }
        let is_chosen =
            !matches!(content, VariableContent::Text(_) | VariableContent::Sensitive(_));
        let value = VariableValue::new(id.clone(), content, scope);
        *design = super::add(owner.clone(), &name, new_variable, value).apply(design)?;
        if is_chosen
            && !held.is_empty()
            && let Some(variable) = find_name(design, &owner, &name).map(|one| one.id.clone())
        {
            choose_in(design, &ValueAt { owner, variable, value: id }, &held)?;
        }
        Ok(())
    })
}

/// Sets the text of a text value.
#[must_use]
pub fn set_text(at: ValueAt, text: &str) -> Edit {
    let text = text.to_owned();
    Edit::new("Change value", move |design| match find(design, &at) {
        Some((_, value)) if matches!(value.content, VariableContent::Text(_)) => {
            in_value(design, &at, &mut |value| {
                if let VariableContent::Text(content) = &mut value.content {
                    text.clone_into(&mut content.text);
                }
            })
        }
        Some(_) => refuse("Only a value of the type Text holds a text."),
        None => gone(),
    })
}

/// Says whether Octopus holds a secret for a sensitive value.
#[must_use]
pub fn set_secret(at: ValueAt, is_set: bool) -> Edit {
    let label = if is_set { "Mark secret as set" } else { "Mark secret as not set" };
    Edit::new(label, move |design| match find(design, &at) {
        Some((_, value)) if value.content.is_sensitive() => in_value(design, &at, &mut |value| {
            if let VariableContent::Sensitive(content) = &mut value.content {
                content.is_set = is_set;
            }
        }),
        Some(_) => refuse("Only a sensitive value is set in Octopus."),
        None => gone(),
    })
}

/// Makes a value of another type. A text that is no longer to be shown is
/// dropped, and what was chosen for another type as well.
#[must_use]
pub fn set_type(at: ValueAt, word: &str) -> Edit {
    let word = word.to_owned();
    Edit::new("Change type", move |design| {
        let Some(content) = VariableContent::empty(&word) else {
            return refuse(format!("Octopus knows no variable type {word}."));
        };
        match find(design, &at) {
            Some((_, value)) if value.content.word() == word => Ok(()),
            Some(_) => in_value(design, &at, &mut |value| value.content = content.clone()),
            None => gone(),
        }
    })
}

/// Makes a value sensitive and drops its text. What stood there counts as not
/// set, because only Octopus can hold it.
#[must_use]
pub fn make_sensitive(at: ValueAt) -> Edit {
    let mut edit = set_type(at, "Sensitive");
    edit.label = "Make value sensitive".to_owned();
    edit
}

/// Chooses the account, certificate or worker pool of a value: its id, an
/// expression such as `#{Pool}`, or nothing for an empty text.
#[must_use]
pub fn choose(at: ValueAt, choice: &str) -> Edit {
    let choice = choice.to_owned();
    Edit::new("Choose value", move |design| choose_in(design, &at, &choice))
}

/// What `text` names: nothing, an expression, or the thing with this id.
fn bound<T>(
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, crate::record::NameError>,
) -> Result<Option<Bound<T>>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.contains("#{") {
        return Ok(Some(Bound::Expression(text.to_owned())));
    }
    parse(text).map(|id| Some(Bound::Is(id))).map_err(|error| Refusal(error.rule))
}

fn choose_in(design: &mut Design, at: &ValueAt, choice: &str) -> Result<(), Refusal> {
    let Some((_, value)) = find(design, at) else { return gone() };
    let mut content = value.content.clone();
    let word = content.word();
    let there = "What was chosen is not there any more.";
    match &mut content {
        VariableContent::Text(_) | VariableContent::Sensitive(_) => {
            return refuse("A text is typed, not chosen.");
        }
        VariableContent::AwsAccount(own)
        | VariableContent::AzureAccount(own)
        | VariableContent::GoogleAccount(own)
        | VariableContent::UsernamePassword(own)
        | VariableContent::GenericOidc(own) => {
            own.account = bound(choice, AccountId::parse)?;
            if let Some(Bound::Is(id)) = &own.account {
                let Some(account) = design.space.accounts.get(id) else { return refuse(there) };
                if account.kind.variable_type() != Some(word) {
                    return refuse(format!("{} is an account of another kind.", account.name));
                }
            }
        }
        VariableContent::Certificate(own) => {
            own.certificate = bound(choice, CertificateId::parse)?;
            if let Some(Bound::Is(id)) = &own.certificate
                && design.space.certificates.get(id).is_none()
            {
                return refuse(there);
            }
        }
        VariableContent::WorkerPool(own) => {
            own.pool = bound(choice, WorkerPoolId::parse)?;
            if let Some(Bound::Is(id)) = &own.pool
                && design.space.worker_pools.get(id).is_none()
            {
                return refuse(there);
            }
        }
    }
    in_value(design, at, &mut |value| value.content = content.clone())
}

fn parse_name(text: &str) -> Result<Name, Refusal> {
    Name::parse(text.trim()).map_err(|error| Refusal(error.rule))
}

fn taken<T>(kind: &str, name: &Name) -> Result<T, Refusal> {
    refuse(format!("There is {kind} called {name} already. Choose it from the list."))
}

/// Adds an account by its name, of the usual kind for the value's type, and chooses it.
#[must_use]
pub fn add_account(at: ValueAt, id: AccountId, name: &str) -> Edit {
    let name = name.to_owned();
    Edit::new("Add account", move |design| {
        let name = parse_name(&name)?;
        let Some((_, value)) = find(design, &at) else { return gone() };
        let word = value.content.word();
        let kind = AccountKind::ALL.iter().find(|kind| kind.variable_type() == Some(word));
        let Some(kind) = kind else { return refuse("This type of value holds no account.") };
        if design.space.accounts.iter().any(|one| is_same(&one.name, &name)) {
            return taken("an account", &name);
        }
        let choice = id.to_string();
        design.space.accounts.push(Account::new(id, name, *kind));
        choose_in(design, &at, &choice)
    })
}

/// Adds a certificate by its name, and chooses it.
#[must_use]
pub fn add_certificate(at: ValueAt, id: CertificateId, name: &str) -> Edit {
    let name = name.to_owned();
    Edit::new("Add certificate", move |design| {
        let name = parse_name(&name)?;
        if design.space.certificates.iter().any(|one| is_same(&one.name, &name)) {
            return taken("a certificate", &name);
        }
        let choice = id.to_string();
        let certificate = Certificate {
            id,
            name,
            environments: Vec::new(),
            octopus_id: String::new(),
            extra: Extra::default(),
        };
        design.space.certificates.push(certificate);
        choose_in(design, &at, &choice)
    })
}

/// Adds a worker pool by its name, and chooses it.
#[must_use]
pub fn add_pool(at: ValueAt, id: WorkerPoolId, name: &str) -> Edit {
    let name = name.to_owned();
    Edit::new("Add worker pool", move |design| {
        let name = parse_name(&name)?;
        if design.space.worker_pools.iter().any(|one| is_same(&one.name, &name)) {
            return taken("a worker pool", &name);
        }
        let choice = id.to_string();
        design.space.worker_pools.push(WorkerPool::new(id, name));
        choose_in(design, &at, &choice)
    })
}

fn is_same(left: &Name, right: &Name) -> bool {
    left.as_str().eq_ignore_ascii_case(right.as_str())
}
