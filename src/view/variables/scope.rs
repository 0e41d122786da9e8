//! Scopes in words: chips to read, options to choose from.
//!
//! An option is kept as `dimension:id`, so that one list holds all dimensions.

use crate::edit::variables::VariableOwner;
use crate::model::{
    ActionId, ChannelId, Design, EnvironmentId, ProcessOwner, RunbookId, Scope, TargetId,
    TargetTag, TenantTag,
};

/// The dimensions in the order in which they are always shown: the word in
/// front of an option, and the heading.
pub const DIMENSIONS: [(&str, &str); 7] = [
    ("environment", "Environments"),
    ("channel", "Channels"),
    ("step", "Steps"),
    ("target", "Deployment targets"),
    ("target-tag", "Target tags"),
    ("tenant-tag", "Tenant tags"),
    ("process", "Processes"),
];

/// One limit of a scope, to read or to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// `dimension:id`.
    pub code: String,
    /// What is read.
    pub label: String,
    /// The place of its dimension in [`DIMENSIONS`].
    pub dimension: usize,
    /// An environment's colour, 1 to 12; 0 for others.
    pub hue: u32,
}

/// How many chips a cell shows: those that it has room for in whole, and the
/// first in any case. A row of cut names says less than a few names and a count.
#[must_use]
pub fn chips_shown(chips: &[Chip]) -> usize {
    // Characters; a chip's dot and margins take as much as some.
    const ROOM: usize = 44;
    const MARGINS: usize = 5;
    let mut room = ROOM;
    let fits = |chip: &&Chip| {
        let left = room.checked_sub(chip.label.chars().count() + MARGINS);
        room = left.unwrap_or(0);
        left.is_some()
    };
    chips.iter().take_while(fits).count().max(1).min(chips.len())
}

fn code(dimension: usize, id: &str) -> String {
    let word = DIMENSIONS.get(dimension).map_or("", |(word, _)| word);
    let mut code = String::with_capacity(word.len() + id.len() + 1);
    code.push_str(word);
    code.push(':');
    code.push_str(id);
    code
}

const DEPLOYMENT: &str = "deployment";

/// The (dimension, id) of each limit of a scope, in order.
fn parts(scope: &Scope) -> Vec<(usize, &str)> {
    fn add<'s, T: AsRef<str>>(parts: &mut Vec<(usize, &'s str)>, dimension: usize, ids: &'s [T]) {
        parts.extend(ids.iter().map(|id| (dimension, id.as_ref())));
    }
    let mut all = Vec::new();
    add(&mut all, 0, &scope.environments);
    add(&mut all, 1, &scope.channels);
    add(&mut all, 2, &scope.actions);
    add(&mut all, 3, &scope.targets);
    add(&mut all, 4, &scope.target_tags);
    add(&mut all, 5, &scope.tenant_tags);
    all.extend(scope.processes.iter().map(|process| match process {
        ProcessOwner::Deployment => (6, DEPLOYMENT),
        ProcessOwner::Runbook(id) => (6, id.as_str()),
    }));
    all
}

/// The limits of a scope as options are kept.
#[must_use]
pub fn scope_codes(scope: &Scope) -> Vec<String> {
    parts(scope).into_iter().map(|(dimension, id)| code(dimension, id)).collect()
}

/// The scope of these options; what is none is left out.
#[must_use]
pub fn scope_of(codes: &[String]) -> Scope {
    fn add<T: PartialEq, E>(list: &mut Vec<T>, item: Result<T, E>) {
        if let Ok(item) = item
            && !list.contains(&item)
        {
            list.push(item);
        }
    }
    let mut scope = Scope::default();
    for code in codes {
        let Some((word, id)) = code.split_once(':') else { continue };
        match word {
            "environment" => add(&mut scope.environments, EnvironmentId::parse(id)),
            "channel" => add(&mut scope.channels, ChannelId::parse(id)),
            "step" => add(&mut scope.actions, ActionId::parse(id)),
            "target" => add(&mut scope.targets, TargetId::parse(id)),
            "target-tag" => add(&mut scope.target_tags, TargetTag::parse(id.trim())),
            "tenant-tag" => add(&mut scope.tenant_tags, TenantTag::parse(id.trim())),
            "process" if id == DEPLOYMENT => {
                add::<_, ()>(&mut scope.processes, Ok(ProcessOwner::Deployment));
            }
            "process" => {
                add(&mut scope.processes, RunbookId::parse(id).map(ProcessOwner::Runbook));
            }
            _ => {}
        }
    }
    scope
}

/// A scope's limits in words, in the order of [`DIMENSIONS`].
#[must_use]
pub fn chips(design: &Design, scope: &Scope) -> Vec<Chip> {
    parts(scope)
        .into_iter()
        .map(|(dimension, id)| {
            let (label, hue) =
                words(design, dimension, id).unwrap_or_else(|| (format!("{id} (unknown)"), 0));
            Chip { code: code(dimension, id), label, dimension, hue }
        })
        .collect()
}

/// The colour of the environment at `place`.
fn hue(own: u32, place: usize) -> u32 {
    let place = u32::try_from(place % 12).unwrap_or(0);
    if (1..=12).contains(&own) { own } else { place + 1 }
}

fn words(design: &Design, dimension: usize, id: &str) -> Option<(String, u32)> {
    let (space, project) = (&design.space, &design.project);
    let plain = |name: &str| Some((name.to_owned(), 0));
    match dimension {
        0 => {
            let mut all = space.environments.iter().enumerate();
            let (place, one) = all.find(|(_, one)| one.id.as_str() == id)?;
            Some((one.name.to_string(), hue(one.hue, place)))
        }
        1 => plain(project.channels.iter().find(|one| one.id.as_str() == id)?.name.as_str()),
        2 => {
            let runbooks = project.runbooks.iter().flat_map(|runbook| runbook.process.actions());
            let mut all = project.process.actions().chain(runbooks);
            plain(all.find(|(_, one)| one.id.as_str() == id)?.1.name.as_str())
        }
        3 => plain(space.targets.iter().find(|one| one.id.as_str() == id)?.name.as_str()),
        6 if id == DEPLOYMENT => plain("Deployment process"),
        6 => plain(project.runbooks.iter().find(|one| one.id.as_str() == id)?.name.as_str()),
        _ => plain(id),
    }
}

/// All that a value of `owner` can be limited to, in the order of
/// [`DIMENSIONS`]; what `now` has is always among it.
#[must_use]
pub fn scope_options(design: &Design, owner: &VariableOwner, now: &Scope) -> Vec<Chip> {
    let (space, project) = (&design.space, &design.project);
    let mut all: Vec<Chip> = Vec::new();
    let mut add = |dimension: usize, id: &str, label: &str, hue: u32| {
        all.push(Chip { code: code(dimension, id), label: label.to_owned(), dimension, hue });
    };
    for (place, one) in space.environments.iter().enumerate() {
        add(0, one.id.as_str(), one.name.as_str(), hue(one.hue, place));
    }
    let in_project = *owner == VariableOwner::Project;
    if in_project {
        for one in &project.channels {
            add(1, one.id.as_str(), one.name.as_str(), 0);
        }
        for (_, action) in project.process.actions() {
            add(2, action.id.as_str(), action.name.as_str(), 0);
        }
        for runbook in &project.runbooks {
            for (_, action) in runbook.process.actions() {
                add(2, action.id.as_str(), &format!("{} ({})", action.name, runbook.name), 0);
            }
        }
    }
    for one in &space.targets {
        add(3, one.id.as_str(), one.name.as_str(), 0);
    }
    let mut tags: Vec<&str> =
        space.targets.iter().flat_map(|one| one.tags.iter().map(TargetTag::as_str)).collect();
    let runbooks = project.runbooks.iter().map(|runbook| &runbook.process);
    for process in std::iter::once(&project.process).chain(runbooks) {
        let steps = process.steps.iter();
        tags.extend(steps.flat_map(|step| step.target_tags.iter().map(TargetTag::as_str)));
    }
    tags.sort_unstable();
    tags.dedup();
    for tag in tags {
        add(4, tag, tag, 0);
    }
    for set in &space.tag_sets {
        for tag in &set.tags {
            let text = format!("{}/{tag}", set.name);
            add(5, &text, &text, 0);
        }
    }
    if in_project {
        add(6, DEPLOYMENT, "Deployment process", 0);
        for one in &project.runbooks {
            add(6, one.id.as_str(), one.name.as_str(), 0);
        }
    }
    for chip in chips(design, now) {
        if !all.iter().any(|one| one.code == chip.code) {
            let end = all.iter().rposition(|one| one.dimension <= chip.dimension);
            all.insert(end.map_or(0, |at| at + 1), chip);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(labels: &[&str]) -> usize {
        let chip = |label: &&str| Chip {
            code: String::new(),
            label: (*label).to_owned(),
            dimension: 0,
            hue: 1,
        };
        chips_shown(&labels.iter().map(chip).collect::<Vec<_>>())
    }

    #[test]
    fn a_cell_shows_the_chips_that_fit_and_one_at_least() {
        assert_eq!(shown(&[]), 0);
        assert_eq!(shown(&["Development", "Staging", "Production"]), 3);
        assert_eq!(shown(&["Development 10", "Development 11", "Development 12"]), 2);
        assert_eq!(shown(&["Development in the data centre of the north-west"]), 1);
        assert_eq!(shown(&["Development in the data centre of the north-west", "Test"]), 1);
    }
}
