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
        let chosen = project.runbooks.iter().filter_map(|one| one.slug.as_ref());
        let mut taken: HashSet<String> = chosen.map(Slug::to_string).collect();
        let mut files = HashSet::new();
        for runbook in &project.runbooks {
            let made = || made(runbook.name.as_str(), runbook.id.as_str());
            let slug = match &runbook.slug {
                Some(slug) => slug.to_string(),
                None => free(made(), &mut taken),
            };
            // Two that chose one slug can't be one file.
            let slug = free(slug, &mut files);
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
    let chosen = process.steps.iter().filter_map(|step| step.slug.as_ref());
    let mut steps: HashSet<String> = chosen.map(Slug::to_string).collect();
    let chosen = process.actions().filter_map(|(_, action)| action.slug.as_ref());
    let mut actions: HashSet<String> = chosen.map(Slug::to_string).collect();
    let mut slugs = Vec::with_capacity(process.steps.len());
    for step in &process.steps {
        let slug = match &step.slug {
            Some(slug) => slug.to_string(),
            None => free(made(step.name.as_str(), step.id.as_str()), &mut steps),
        };
        let is_only = !step.has_children();
        let inner = step.actions.iter().map(|action| match &action.slug {
            Some(slug) => slug.to_string(),
            // The only action of a step goes by the step's slug.
            None if is_only && action.name == step.name => free(slug.clone(), &mut actions),
            None => free(made(action.name.as_str(), action.id.as_str()), &mut actions),
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

/// `slug`, or with the first number at its end that nothing has yet.
fn free(slug: String, taken: &mut HashSet<String>) -> String {
    let mut one = slug.clone();
    let mut count = 0_u32;
    while !taken.insert(one.clone()) {
        count += 1;
        one = format!("{slug}-{count}");
    }
    one
}
