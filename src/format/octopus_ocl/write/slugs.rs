//! Slugs of steps, actions and runbooks: those that were chosen, and for the
//! rest the ones of their names, numbered where they clash (S1, S3).

use std::collections::{HashMap, HashSet};

use crate::model::{ActionId, Design, Process, RunbookId, Slug};

/// The slugs of one process: of each step, and of each of its actions.
pub(super) type ProcessSlugs = Vec<(String, Vec<String>)>;

/// The slugs of a design.
pub(super) struct Slugs {
    /// Of the deployment process.
    pub deployment: ProcessSlugs,
    /// Of each runbook: its own, and those of its process.
    pub runbooks: Vec<(String, ProcessSlugs)>,
    actions: HashMap<ActionId, String>,
    runbook_ids: HashMap<RunbookId, String>,
}

impl Slugs {
    pub(super) fn of(design: &Design) -> Self {
        let project = &design.project;
        let mut slugs = Self {
            deployment: process(&project.process),
            runbooks: Vec::new(),
            actions: HashMap::new(),
            runbook_ids: HashMap::new(),
        };
        slugs.index(&project.process, &slugs.deployment.clone());
        let mut taken = Taken::with(project.runbooks.iter().filter_map(|one| one.slug.as_ref()));
        let mut files = Taken::default();
        for runbook in &project.runbooks {
            let made = || made(runbook.name.as_str(), runbook.id.as_str());
            let slug = match &runbook.slug {
                Some(slug) => slug.to_string(),
                None => taken.free(made()),
            };
            // Two that chose one slug can't be one file.
            let slug = files.free(slug);
            let inner = process(&runbook.process);
            slugs.index(&runbook.process, &inner);
            slugs.runbook_ids.insert(runbook.id.clone(), slug.clone());
            slugs.runbooks.push((slug, inner));
        }
        slugs
    }

    /// The slug of an action, wherever in the project it stands.
    pub(super) fn action(&self, id: &ActionId) -> Option<&str> {
        self.actions.get(id).map(String::as_str)
    }

    /// The slug of a runbook.
    pub(super) fn runbook(&self, id: &RunbookId) -> Option<&str> {
        self.runbook_ids.get(id).map(String::as_str)
    }

    fn index(&mut self, process: &Process, slugs: &ProcessSlugs) {
        for (step, (_, slugs)) in process.steps.iter().zip(slugs) {
            for (action, slug) in step.actions.iter().zip(slugs) {
                self.actions.entry(action.id.clone()).or_insert_with(|| slug.clone());
            }
        }
    }
}

fn process(process: &Process) -> ProcessSlugs {
    let mut steps = Taken::with(process.steps.iter().filter_map(|step| step.slug.as_ref()));
    let chosen = process.actions().filter_map(|(_, action)| action.slug.as_ref());
    let mut actions = Taken::with(chosen);
    let mut slugs = Vec::with_capacity(process.steps.len());
    for step in &process.steps {
        let slug = match &step.slug {
            Some(slug) => slug.to_string(),
            None => steps.free(made(step.name.as_str(), step.id.as_str())),
        };
        let is_only = !step.has_children();
        let inner = step.actions.iter().map(|action| match &action.slug {
            Some(slug) => slug.to_string(),
            // The only action of a step goes by the step's slug.
            None if is_only && action.name == step.name => actions.free(slug.clone()),
            None => actions.free(made(action.name.as_str(), action.id.as_str())),
        });
        let inner = inner.collect();
        slugs.push((slug, inner));
    }
    slugs
}

/// The slug that Octopus makes of `name`, or else one of `id`.
pub(super) fn made(name: &str, id: &str) -> String {
    Slug::of(name).or_else(|| Slug::of(id)).map_or_else(|| id.to_owned(), |slug| slug.to_string())
}

/// Slugs that are taken, and the numbers that were given to those that clashed.
#[derive(Default)]
struct Taken {
    slugs: HashSet<String>,
    counts: HashMap<String, u32>,
}

impl Taken {
    /// With those that were chosen.
    fn with<'s>(chosen: impl Iterator<Item = &'s Slug>) -> Self {
        Self { slugs: chosen.map(Slug::to_string).collect(), counts: HashMap::new() }
    }

    /// `slug`, or with the first number at its end that nothing has yet.
    fn free(&mut self, slug: String) -> String {
        if self.slugs.insert(slug.clone()) {
            return slug;
        }
        // Counting on from the last number keeps many of one name quick.
        let count = self.counts.entry(slug.clone()).or_default();
        loop {
            *count += 1;
            let one = format!("{slug}-{count}");
            if self.slugs.insert(one.clone()) {
                return one;
            }
        }
    }
}
