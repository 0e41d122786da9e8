//! One edit for every field of a step's form: the form says the key, the
//! person the text. Lists are texts of one item a line.

use super::{
    Item, find, gone, name_of, other_id, packages, process, process_mut, pulumi, rename, settle,
    step_mut,
};
use crate::catalog::{self, Control};
use crate::edit::{Edit, Refusal, refuse};
use crate::model::process::{
    ActionKind, Container, PackageRequirement, WorkerPoolChoice, WorkerPoolPick,
    WorkerPoolVariable, keys,
};
use crate::model::{
    Action, ActionCondition, ChannelId, ControlType, Design, EnvironmentId, FeedKind, Name,
    ProcessOwner, PropertyValue, StartTrigger, Step, StepCondition, TargetTag, Team, TeamId,
    TenantTag, VariableName, WorkerPool, WorkerPoolId,
};
use crate::record::{Bound, Extra};

/// Sets the field `key` of the item at `address` to `text`; what has to be
/// made for it, such as a team, takes an id made of `fresh`.
#[must_use]
pub fn set(
    design: &Design,
    owner: &ProcessOwner,
    address: &str,
    key: &str,
    text: &str,
    fresh: &str,
) -> Edit {
    if key == "name" {
        return rename(design, owner, address, text);
    }
    let name = process(design, owner)
        .and_then(|process| find(process, address).map(|item| name_of(process, item).to_owned()));
    let label = format!("Change step “{}”", name.unwrap_or_default());
    let (owner, address, key, text, fresh) =
        (owner.clone(), address.to_owned(), key.to_owned(), text.to_owned(), fresh.to_owned());
    Edit::new(label, move |design| {
        let text = resolve(design, &owner, &address, &key, text, &fresh)?;
        process_mut(design, &owner, |process| {
            let Some(item) = find(process, &address) else { return gone() };
            let (Item::Step(at) | Item::Child(at, _)) = item;
            let child = if let Item::Child(_, child) = item { child } else { 0 };
            let is_first = at == 0;
            step_mut(process, at, |step| apply(step, child, is_first, &key, &text))?;
            settle(process);
            Ok(())
        })
    })
}

/// The items of a text of one item a line.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn in_words(error: crate::record::NameError) -> Refusal {
    Refusal(error.rule)
}

/// Makes what `text` names and the design does not have yet; gives the text to
/// keep, where names have become ids.
fn resolve(
    design: &mut Design,
    owner: &ProcessOwner,
    address: &str,
    key: &str,
    text: String,
    fresh: &str,
) -> Result<String, Refusal> {
    if let Some(name) = key.strip_prefix("property:") {
        let is_teams = catalog::refers(name) == catalog::Refers::Teams;
        return if is_teams { teams(design, &text, fresh) } else { Ok(text) };
    }
    if let Some(name) = key.strip_prefix("parameter:") {
        let is_secret = !text.is_empty() && !text.contains("#{");
        if is_secret && is_sensitive(design, owner, address, name) {
            return refuse(
                "A design keeps no secrets. Write a sensitive variable, such as \
                 #{PULUMI_ACCESS_TOKEN}.",
            );
        }
        return Ok(text);
    }
    if key == "pool" {
        return pool(design, &text, fresh);
    }
    if key == "image-feed" {
        let feed = packages::feed(design, &text, FeedKind::Docker, fresh)?;
        return Ok(bound_text(feed));
    }
    if key == "package-add" || key == "primary" {
        if text.is_empty() {
            return Ok(text);
        }
        let key = packages::package(design, &text, fresh)?;
        take_as_program(design, owner, address, &key);
        let id = design.project.packages.get(&key).map(|one| one.package_id.clone());
        return Ok(format!("{key}\n{}", id.unwrap_or_default()));
    }
    let parts: Vec<&str> = key.split(':').collect();
    if let ["package", index, "feed"] = parts.as_slice() {
        let index: usize = index.parse().unwrap_or(usize::MAX);
        let feed = packages::feed(design, &text, FeedKind::Other, fresh)?;
        let package = process(design, owner)
            .and_then(|process| super::action_of(process, find(process, address)?))
            .and_then(|action| action.packages.get(index)?.package.clone());
        let Some(package) = package else { return gone() };
        design.project.packages.update(&package, |package| package.feed = feed);
    }
    Ok(text)
}

/// Whether the template of the step asks for `name` as for a secret.
fn is_sensitive(design: &Design, owner: &ProcessOwner, address: &str, name: &str) -> bool {
    let used = process(design, owner)
        .and_then(|process| super::action_of(process, find(process, address)?))
        .and_then(|action| action.template.as_ref());
    let template = used.and_then(|used| design.space.step_templates.get(&used.template));
    let parameters = template.map(|one| one.parameters.as_slice()).unwrap_or_default();
    let mut own = parameters.iter().filter(|one| one.name.as_str().eq_ignore_ascii_case(name));
    own.any(|one| one.control == ControlType::Sensitive)
}

/// The first package of a Pulumi step holds the program, until the design says another.
fn take_as_program(
    design: &mut Design,
    owner: &ProcessOwner,
    address: &str,
    key: &crate::model::PackageKey,
) {
    let is_pulumi = process(design, owner)
        .and_then(|process| super::action_of(process, find(process, address)?))
        .is_some_and(|action| action.pulumi_step().is_some());
    if is_pulumi && design.pulumi.package.is_none() {
        design.pulumi.package = Some(key.clone());
    }
}

fn bound_text<T: AsRef<str>>(bound: Option<Bound<T>>) -> String {
    match bound {
        Some(Bound::Is(id)) => id.as_ref().to_owned(),
        Some(Bound::Expression(text)) => text,
        None => String::new(),
    }
}

/// Teams by id, joined as Octopus does; a name that is none makes a new team.
fn teams(design: &mut Design, text: &str, fresh: &str) -> Result<String, Refusal> {
    let mut ids = Vec::new();
    for word in text.split(['\n', ',']).map(str::trim).filter(|word| !word.is_empty()) {
        let teams = &design.space.teams;
        let known = teams.iter().find(|one| one.id.as_str() == word || one.name.as_str() == word);
        let id = match known {
            Some(team) => team.id.to_string(),
            None if word.contains("#{")
                || word.starts_with("teams-")
                || word.starts_with("Teams-") =>
            {
                word.to_owned()
            }
            None => {
                let id = TeamId::parse(&other_id(fresh, "team", 0)).map_err(in_words)?;
                let name = Name::parse(word).map_err(in_words)?;
                design.space.teams.push(Team::new(id.clone(), name));
                id.to_string()
            }
        };
        ids.push(id);
    }
    Ok(ids.join(","))
}

/// `pool:<id>`, `variable:<name>` or nothing; a name that is none makes a new pool.
fn pool(design: &mut Design, text: &str, fresh: &str) -> Result<String, Refusal> {
    if text.is_empty() || text.starts_with("pool:") || text.starts_with("variable:") {
        return Ok(text.to_owned());
    }
    let known = design.space.worker_pools.iter().find(|one| one.name.as_str() == text.trim());
    if let Some(known) = known {
        return Ok(format!("pool:{}", known.id));
    }
    let id = WorkerPoolId::parse(&other_id(fresh, "pool", 0)).map_err(in_words)?;
    let name = Name::parse(text.trim()).map_err(in_words)?;
    design.space.worker_pools.push(WorkerPool::new(id.clone(), name));
    Ok(format!("pool:{id}"))
}

fn parsed<T>(
    text: &str,
    parse: impl Fn(&str) -> Result<T, crate::record::NameError>,
) -> Result<Vec<T>, Refusal> {
    lines(text).iter().map(|one| parse(one).map_err(in_words)).collect()
}

/// Sets a field of the step, or of the action at `child`.
fn apply(
    step: &mut Step,
    child: usize,
    is_first: bool,
    key: &str,
    text: &str,
) -> Result<(), Refusal> {
    match key {
        "start" => {
            let start = StartTrigger::from_word(text).unwrap_or_default();
            if is_first && start == StartTrigger::WithPrevious {
                return refuse("There is no step before this one that it could start with.");
            }
            step.start = start;
        }
        "condition" => {
            let expression = step.condition.expression().unwrap_or_default();
            // Success of earlier steps is not implied by an expression.
            let usual = "#{unless Octopus.Deployment.Error}true#{/unless}";
            let expression = if expression.is_empty() { usual } else { expression };
            step.condition = StepCondition::from_octopus(text, expression).unwrap_or_default();
        }
        "expression" => {
            if let StepCondition::Variable(condition) = &mut step.condition {
                text.clone_into(&mut condition.expression);
            }
        }
        "package-requirement" => {
            step.package_requirement = PackageRequirement::from_word(text).unwrap_or_default();
        }
        "tags" => step.target_tags = parsed(text, TargetTag::parse)?,
        "window" => text.trim().clone_into(&mut step.window),
        // A step is disabled when all that it does is.
        "step-disabled" => {
            for action in step.actions.iter_mut() {
                action.is_disabled = text == "True";
            }
        }
        _ => {
            let Some(action) = step.actions.get_mut(child) else { return gone() };
            return apply_to_action(action, key, text);
        }
    }
    Ok(())
}

fn apply_to_action(action: &mut Action, key: &str, text: &str) -> Result<(), Refusal> {
    if let Some(name) = key.strip_prefix("property:") {
        return set_property(action, name, text);
    }
    if let Some(name) = key.strip_prefix("parameter:") {
        // What is left empty is said, since the template may have a default.
        let is_new = action.properties.get(name).is_none();
        if !(is_new && text.is_empty()) {
            action.properties.set(name, PropertyValue::Text(text.to_owned()));
        }
        return Ok(());
    }
    if let Some(name) = key.strip_prefix("raw:") {
        action.properties.set(name, PropertyValue::Text(text.to_owned()));
        return Ok(());
    }
    if let Some(name) = key.strip_prefix("raw-remove:") {
        action.properties.remove(name);
        return Ok(());
    }
    if let Some(key) = key.strip_prefix("pulumi:") {
        return match &mut action.kind {
            ActionKind::Pulumi(own) => pulumi::set(&mut own.step, key, text),
            ActionKind::Octopus(_) => gone(),
        };
    }
    if let Some((what, index, field)) = part(key) {
        return match what {
            "package" if field == "feed" => Ok(()),
            "package" => packages::set(action, index, field, text),
            _ => packages::set_git(action, index, field, text),
        };
    }
    let is_on = text == "True";
    match key {
        "raw-add" => {
            let name = text.trim();
            if name.is_empty() {
                return refuse("A property has a key, such as Octopus.Action.RunOnServer.");
            }
            if action.properties.get(name).is_none() {
                action.properties.set(name, PropertyValue::Text(String::new()));
            }
        }
        "notes" => text.clone_into(&mut action.notes),
        "disabled" => action.is_disabled = is_on,
        "required" => action.is_required = is_on,
        "numbers-releases" => action.numbers_releases = is_on,
        "environments" => action.environments = parsed(text, EnvironmentId::parse)?,
        "excluded" => action.excluded_environments = parsed(text, EnvironmentId::parse)?,
        "channels" => action.channels = parsed(text, ChannelId::parse)?,
        "tenant-tags" => action.tenant_tags = parsed(text, TenantTag::parse)?,
        "child-condition" => {
            action.condition = ActionCondition::from_word(text).unwrap_or_default();
        }
        "child-expression" => action.properties.set_text(keys::ACTION_CONDITION, text),
        "pool" => set_pool(action, text)?,
        "image" => {
            let container = action.container.get_or_insert_default();
            text.trim().clone_into(&mut container.image);
            drop_empty_container(action);
        }
        "image-feed" => {
            let container = action.container.get_or_insert_default();
            container.feed = match text {
                "" => None,
                text if text.contains("#{") => Some(Bound::Expression(text.to_owned())),
                text => Some(Bound::Is(crate::model::FeedId::parse(text).map_err(in_words)?)),
            };
            drop_empty_container(action);
        }
        "package-add" | "primary" => {
            let (package, id) = text.split_once('\n').unwrap_or((text, ""));
            if key == "primary" {
                action.packages.retain(|one| !one.name.is_empty());
            }
            if !package.is_empty() {
                let package = crate::model::PackageKey::parse(package).map_err(in_words)?;
                packages::refer(action, package, id, key == "primary");
            }
        }
        "git-add" => action.git_dependencies.push(packages::new_git(action)),
        _ => return gone(),
    }
    Ok(())
}

/// The parts of a key such as `package:2:extract`.
fn part(key: &str) -> Option<(&str, usize, &str)> {
    let (what, rest) = key.split_once(':')?;
    let (index, field) = rest.split_once(':')?;
    (what == "package" || what == "git").then_some(())?;
    Some((what, index.parse().ok()?, field))
}

fn drop_empty_container(action: &mut Action) {
    let is_empty = |one: &Container| *one == Container::default();
    if action.container.as_ref().is_some_and(is_empty) {
        action.container = None;
    }
}

fn set_pool(action: &mut Action, text: &str) -> Result<(), Refusal> {
    action.worker_pool = match text.split_once(':') {
        Some(("pool", id)) => {
            let pool = WorkerPoolId::parse(id).map_err(in_words)?;
            WorkerPoolChoice::Pool(WorkerPoolPick { pool, extra: Extra::default() })
        }
        Some(("variable", name)) => {
            let variable = VariableName::parse(name).map_err(in_words)?;
            WorkerPoolChoice::Variable(WorkerPoolVariable { variable, extra: Extra::default() })
        }
        _ => WorkerPoolChoice::Default,
    };
    Ok(())
}

/// Sets a property as its control does, and gives what thereby shows its default.
fn set_property(action: &mut Action, key: &str, text: &str) -> Result<(), Refusal> {
    let info = action.octopus_type().and_then(catalog::action_type);
    let property = info.and_then(|info| info.property(key));
    let is_number = [keys::RETRY_BACKOFF, keys::TIMEOUT].contains(&key);
    if is_number && !text.is_empty() && !text.contains("#{") && text.trim().parse::<u32>().is_err()
    {
        return refuse("A whole number, or nothing.");
    }
    let text = if property.is_some_and(|one| one.control == Control::Script) {
        // Octopus hands the script to bash as it is, so lines end as bash has them.
        text.replace("\r\n", "\n")
    } else {
        text.to_owned()
    };
    action.properties.set_text(key, &text);
    if key == keys::RETRIES && text.is_empty() {
        // Octopus refuses a wait where nothing is tried again.
        action.properties.remove(keys::RETRY_BACKOFF);
    }
    let Some(info) = info else { return Ok(()) };
    for property in info.properties() {
        let is_new = !property.default.is_empty() && action.properties.get(property.key).is_none();
        if is_new && !property.is(key) && info.is_shown(property, &action.properties) {
            action.properties.set_text(property.key, property.default);
        }
    }
    Ok(())
}
