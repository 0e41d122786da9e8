//! Facts of the space that steps refer to: worker pools, feeds, teams, packages.

use super::{Edit, Refusal, refuse};
use crate::model::process::WorkerPoolPick;
use crate::model::{
    Account, AccountId, AccountKind, Action, Container, Design, Feed, FeedId, FeedKind, Name,
    Package, PackageKey, Team, TeamId, WorkerPool, WorkerPoolChoice, WorkerPoolId,
};
use crate::record::{Bound, Extra};

fn name_of(text: &str) -> Result<Name, Refusal> {
    Name::parse(text.trim()).map_err(|error| Refusal(error.rule))
}

fn must_be_new<'a>(
    what: &str,
    name: &Name,
    mut others: impl Iterator<Item = &'a Name>,
) -> Result<(), Refusal> {
    if others.any(|other| other.as_str().eq_ignore_ascii_case(name.as_str())) {
        return refuse(format!("There is a {what} “{name}” already."));
    }
    Ok(())
}

/// Adds a worker pool.
#[must_use]
pub fn add_worker_pool(id: WorkerPoolId, text: &str) -> Edit {
    let text = text.to_owned();
    Edit::new("Add worker pool", move |design| {
        let name = name_of(&text)?;
        must_be_new("worker pool", &name, design.space.worker_pools.iter().map(|one| &one.name))?;
        design.space.worker_pools.push(WorkerPool::new(id, name));
        Ok(())
    })
}

/// Changes a worker pool.
#[must_use]
pub fn change_worker_pool(
    id: WorkerPoolId,
    label: &'static str,
    change: impl FnOnce(&mut WorkerPool) + 'static,
) -> Edit {
    Edit::new(label, move |design| {
        design.space.worker_pools.update(&id, change);
        Ok(())
    })
}

/// Adds a feed.
#[must_use]
pub fn add_feed(id: FeedId, text: &str, kind: FeedKind) -> Edit {
    let text = text.to_owned();
    Edit::new("Add feed", move |design| {
        let name = name_of(&text)?;
        must_be_new("feed", &name, design.space.feeds.iter().map(|one| &one.name))?;
        design.space.feeds.push(Feed::new(id, name, kind));
        Ok(())
    })
}

/// Adds a team.
#[must_use]
pub fn add_team(id: TeamId, text: &str) -> Edit {
    let text = text.to_owned();
    Edit::new("Add team", move |design| {
        let name = name_of(&text)?;
        must_be_new("team", &name, design.space.teams.iter().map(|one| &one.name))?;
        design.space.teams.push(Team::new(id, name));
        Ok(())
    })
}

/// Adds an account of a kind.
#[must_use]
pub fn add_account(id: AccountId, text: &str, kind: AccountKind) -> Edit {
    let text = text.to_owned();
    Edit::new("Add account", move |design| {
        let name = name_of(&text)?;
        must_be_new("account", &name, design.space.accounts.iter().map(|one| &one.name))?;
        design.space.accounts.push(Account::new(id, name, kind));
        Ok(())
    })
}

/// Adds a package of a feed and makes it the one that holds the Pulumi program
/// where there is none yet.
#[must_use]
pub fn add_package(key: PackageKey, text: &str, feed: Option<FeedId>) -> Edit {
    let text = text.trim().to_owned();
    Edit::new("Add package", move |design| {
        if text.is_empty() {
            return refuse("A package has an id, such as my-org.infrastructure.");
        }
        design.project.packages.push(Package::new(key.clone(), text, feed));
        if design.pulumi.package.is_none() {
            design.pulumi.package = Some(key);
        }
        Ok(())
    })
}

/// The id of the package that holds the Pulumi program; makes that package
/// where there is none. `key` and `feed` are for what is made.
#[must_use]
pub fn set_program_package(key: PackageKey, feed: FeedId, text: &str) -> Edit {
    let text = text.trim().to_owned();
    Edit::new("Choose package of the program", move |design| {
        if text.is_empty() {
            design.pulumi.package = None;
            return Ok(());
        }
        let known = design.project.packages.iter().find(|one| one.package_id == text);
        let known = known.map(|one| one.key.clone());
        let current = design.pulumi.package.clone();
        if let Some(known) = known {
            design.pulumi.package = Some(known);
        } else if let Some(current) =
            current.filter(|one| design.project.packages.get(one).is_some())
        {
            design.project.packages.update(&current, |package| package.package_id = text);
        } else {
            let feed = first_feed(design, feed)?;
            design.project.packages.push(Package::new(key.clone(), text, Some(feed)));
            design.pulumi.package = Some(key);
        }
        Ok(())
    })
}

/// The first feed for packages, or the built-in one, made as `fresh`.
fn first_feed(design: &mut Design, fresh: FeedId) -> Result<FeedId, Refusal> {
    let takes_packages =
        |feed: &Feed| !matches!(feed.kind, FeedKind::Docker | FeedKind::Ecr | FeedKind::Releases);
    if let Some(feed) = design.space.feeds.iter().find(|feed| takes_packages(feed)) {
        return Ok(feed.id.clone());
    }
    let mut feed =
        Feed::new(fresh.clone(), name_of("Octopus Server (built-in)")?, FeedKind::BuiltIn);
    feed.slug = crate::model::Slug::parse("octopus-server-built-in").ok();
    design.space.feeds.push(feed);
    Ok(fresh)
}

/// Sets the feed of the package that holds the Pulumi program.
#[must_use]
pub fn set_program_feed(feed: FeedId) -> Edit {
    Edit::new("Choose feed of the program", move |design| {
        let Some(key) = design.pulumi.package.clone() else {
            return refuse("Name the package first.");
        };
        design.project.packages.update(&key, |package| package.feed = Some(Bound::Is(feed)));
        Ok(())
    })
}

/// Where all of Pulpo's steps run: changes each that is there.
fn each_pulumi_action(design: &mut Design, change: impl Fn(&mut Action)) {
    design.project.process.steps.update_each(|step| {
        let mut changed = step.clone();
        for action in changed.actions.iter_mut().filter(|one| one.pulumi_step().is_some()) {
            change(action);
        }
        (changed != *step).then_some(changed)
    });
}

/// Lets all Pulumi steps, and those to come, run on the workers of one pool;
/// `None` is the default pool.
#[must_use]
pub fn run_on_pool(pool: Option<WorkerPoolId>) -> Edit {
    Edit::new("Choose worker pool of the Pulumi steps", move |design| {
        let choice = pool.map_or(WorkerPoolChoice::Default, |pool| {
            WorkerPoolChoice::Pool(WorkerPoolPick { pool, extra: Extra::default() })
        });
        each_pulumi_action(design, |action| action.worker_pool = choice.clone());
        design.pulumi.worker_pool = choice;
        Ok(())
    })
}

/// Lets all Pulumi steps, and those to come, run in a container; an empty image
/// is none. `fresh` is the id of the feed that is made where there is none for
/// images.
#[must_use]
pub fn run_in_container(image: &str, fresh: FeedId) -> Edit {
    let image = image.trim().to_owned();
    Edit::new("Choose container of the Pulumi steps", move |design| {
        if image.is_empty() {
            each_pulumi_action(design, |action| action.container = None);
            design.pulumi.container = None;
            return Ok(());
        }
        let images = |feed: &Feed| matches!(feed.kind, FeedKind::Docker | FeedKind::Ecr);
        let known = design.space.feeds.iter().find(|feed| images(feed));
        let feed = match known.map(|feed| feed.id.clone()) {
            Some(feed) => feed,
            None => {
                let name = name_of("Docker Hub")?;
                design.space.feeds.push(Feed::new(fresh.clone(), name, FeedKind::Docker));
                fresh
            }
        };
        let put = |container: &mut Option<Container>| {
            let mut own = container.take().unwrap_or_default();
            own.image.clone_from(&image);
            own.feed = own.feed.or_else(|| Some(Bound::Is(feed.clone())));
            *container = Some(own);
        };
        each_pulumi_action(design, |action| put(&mut action.container));
        put(&mut design.pulumi.container);
        Ok(())
    })
}

/// What all Pulumi steps share of where they run: `None` for a pool or container
/// that differs among them.
pub type SharedPlace = (Option<WorkerPoolChoice>, Option<Option<Container>>);

/// The pool and container that all Pulumi steps share, where they do; where
/// there is no such step, what the first one will take.
#[must_use]
pub fn shared_place(design: &Design) -> SharedPlace {
    let mut actions = design
        .project
        .process
        .actions()
        .map(|(_, action)| action)
        .filter(|one| one.pulumi_step().is_some());
    let (first_pool, first_container) = match actions.next() {
        Some(first) => (&first.worker_pool, &first.container),
        None => (&design.pulumi.worker_pool, &design.pulumi.container),
    };
    let (mut pool, mut container) = (Some(first_pool.clone()), Some(first_container.clone()));
    for action in actions {
        pool = pool.filter(|pool| *pool == action.worker_pool);
        container = container.filter(|container| *container == action.container);
    }
    (pool, container)
}
