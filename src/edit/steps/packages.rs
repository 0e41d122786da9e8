//! Packages and Git repositories that an action refers to.

use super::{gone, other_id};
use crate::edit::{Refusal, refuse};
use crate::model::process::{Acquisition, GitDependency};
use crate::model::{
    Action, Design, Feed, FeedId, FeedKind, Name, Package, PackageKey, PackageReference,
};
use crate::record::{Bound, Extra};

/// A reference to the package that holds the Pulumi program, if the design has one.
pub(super) fn program_reference(design: &Design) -> Option<PackageReference> {
    let key = design.pulumi.package.as_ref()?;
    let package = design.project.packages.get(key)?;
    let name = match design.pulumi.reference.as_str() {
        "" => package.package_id.clone(),
        name => name.to_owned(),
    };
    Some(PackageReference::extracted(name, key.clone()))
}

/// The package with this key, or a new one whose id in its feed is `text`.
pub(super) fn package(design: &mut Design, text: &str, fresh: &str) -> Result<PackageKey, Refusal> {
    let packages = &design.project.packages;
    let known = packages.iter().find(|one| one.key.as_str() == text || one.package_id == text);
    if let Some(known) = known {
        return Ok(known.key.clone());
    }
    if text.trim().is_empty() {
        return refuse("A package has an id in its feed, such as my-app.");
    }
    let key =
        PackageKey::parse(&other_id(fresh, "package", 0)).map_err(|error| Refusal(error.rule))?;
    let feeds = &design.space.feeds;
    let feed = feeds.iter().find(|one| !is_container(one.kind)).map(|one| one.id.clone());
    design.project.packages.push(Package::new(key.clone(), text.trim(), feed));
    Ok(key)
}

/// Whether a feed holds container images.
#[must_use]
pub fn is_container(kind: FeedKind) -> bool {
    matches!(kind, FeedKind::Docker | FeedKind::Ecr)
}

/// The feed with this id, an expression, or a new one of this name and `kind`.
pub(super) fn feed(
    design: &mut Design,
    text: &str,
    kind: FeedKind,
    fresh: &str,
) -> Result<Option<Bound<FeedId>>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.contains("#{") {
        return Ok(Some(Bound::Expression(text.to_owned())));
    }
    if let Some(known) = design.space.feeds.iter().find(|one| one.id.as_str() == text) {
        return Ok(Some(Bound::Is(known.id.clone())));
    }
    let id = FeedId::parse(&other_id(fresh, "feed", 0)).map_err(|error| Refusal(error.rule))?;
    let name = Name::parse(text.trim()).map_err(|error| Refusal(error.rule))?;
    let is_built_in = text.to_lowercase().contains("built-in");
    let kind = if is_built_in { FeedKind::BuiltIn } else { kind };
    design.space.feeds.push(Feed::new(id.clone(), name, kind));
    Ok(Some(Bound::Is(id)))
}

/// Adds a reference to `key` under a name of its own; the primary one has none.
pub(super) fn refer(action: &mut Action, key: PackageKey, name: &str, is_primary: bool) {
    let name = if is_primary { String::new() } else { free_reference(action, name) };
    let mut reference = PackageReference::extracted(name, key);
    if is_primary {
        reference.properties.remove(PackageReference::EXTRACT);
        reference.properties.remove(PackageReference::PARAMETER);
        action.packages.insert(0, reference);
    } else {
        action.packages.push(reference);
    }
}

fn free_reference(action: &Action, name: &str) -> String {
    let is_taken =
        |name: &str| action.packages.iter().any(|one| one.name.eq_ignore_ascii_case(name));
    let mut free = name.to_owned();
    for count in 2_u32.. {
        if !is_taken(&free) {
            break;
        }
        free = format!("{name}-{count}");
    }
    free
}

/// Sets one thing of the package reference at `index`.
pub(super) fn set(
    action: &mut Action,
    index: usize,
    what: &str,
    text: &str,
) -> Result<(), Refusal> {
    if what == "remove" {
        if index < action.packages.len() {
            action.packages.remove(index);
        }
        return Ok(());
    }
    let is_taken = action
        .packages
        .iter()
        .enumerate()
        .any(|(at, one)| at != index && one.name.eq_ignore_ascii_case(text));
    let Some(reference) = action.packages.get_mut(index) else { return gone() };
    match what {
        "name" if is_taken => return refuse("Another package of this step has this name."),
        "name" if text.trim().is_empty() => {
            return refuse("A reference has a name: scripts find the package by it.");
        }
        "name" => text.trim().clone_into(&mut reference.name),
        "extract" => reference.properties.set_text(PackageReference::EXTRACT, text),
        "version" => text.clone_into(&mut reference.version),
        "acquisition" => {
            reference.acquisition = Acquisition::from_word(text).unwrap_or_default();
            reference.acquisition_expression = String::new();
        }
        _ => return gone(),
    }
    Ok(())
}

/// A Git repository of which nothing is said yet.
pub(super) fn new_git(action: &Action) -> GitDependency {
    let name = if action.git_dependencies.is_empty() {
        String::new()
    } else {
        format!("repository-{}", action.git_dependencies.len() + 1)
    };
    GitDependency {
        name,
        repository: String::new(),
        default_branch: "main".to_owned(),
        credential_type: "Anonymous".to_owned(),
        credential_id: String::new(),
        connection_id: String::new(),
        path_filters: Vec::new(),
        extra: Extra::default(),
    }
}

/// Sets one thing of the Git repository at `index`.
pub(super) fn set_git(
    action: &mut Action,
    index: usize,
    what: &str,
    text: &str,
) -> Result<(), Refusal> {
    if what == "remove" {
        if index < action.git_dependencies.len() {
            action.git_dependencies.remove(index);
        }
        return Ok(());
    }
    let Some(git) = action.git_dependencies.get_mut(index) else { return gone() };
    let field = match what {
        "name" => &mut git.name,
        "repository" => &mut git.repository,
        "branch" => &mut git.default_branch,
        "credential" => &mut git.credential_type,
        "paths" => {
            git.path_filters = super::field::lines(text);
            return Ok(());
        }
        _ => return gone(),
    };
    text.trim().clone_into(field);
    Ok(())
}
