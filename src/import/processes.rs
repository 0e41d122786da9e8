//! Steps going into the design's processes.

use std::collections::{HashMap, HashSet};

use super::merge::{Merging, Mode};
use crate::format::fragment::{Covers, Ids};
use crate::format::octopus_ocl::UNKNOWN_TYPE;
use crate::model::process::{ActionKind, OctopusAction, TemplateUse};
use crate::model::{
    Action, ActionId, Name, Process, ProcessOwner, Slug, StartTrigger, Step, StepId,
};
use crate::record::{Extra, Field};

/// A process of the fragment, and where it goes.
struct Going<'f> {
    owner: ProcessOwner,
    from: &'f Process,
    /// Whether it takes the place of the design's.
    replaces: bool,
}

/// The processes of one merge.
pub(super) struct Processes<'m, 'a> {
    merging: &'m mut Merging<'a>,
    going: Vec<Going<'a>>,
}

impl<'m, 'a> Processes<'m, 'a> {
    pub(super) fn of(merging: &'m mut Merging<'a>) -> Self {
        let fragment = merging.fragment;
        let project = &fragment.design.project;
        let mut going = Vec::new();
        let is_whole = merging.covers(&Covers::Process);
        if is_whole || merging.covers(&Covers::Steps) {
            let is_empty = merging.design.project.process.steps.is_empty();
            going.push(Going {
                owner: ProcessOwner::Deployment,
                from: &project.process,
                replaces: is_whole && (is_empty || merging.how.process == Mode::Replace),
            });
        }
        for runbook in &project.runbooks {
            if merging.covers(&Covers::Runbook(runbook.id.clone())) {
                let id = merging.maps.runbooks.get(&runbook.id).unwrap_or(&runbook.id);
                let owner = ProcessOwner::Runbook(id.clone());
                going.push(Going { owner, from: &runbook.process, replaces: true });
            }
        }
        Self { merging, going }
    }

    /// Nothing but steps for step templates.
    pub(super) fn of_templates(merging: &'m mut Merging<'a>) -> Self {
        Self { merging, going: Vec::new() }
    }

    /// A step for each step template that the documents hold.
    pub(super) fn add_templates(mut self) {
        let mut ids = self.merging.new_action_ids();
        self.templates(&mut ids);
    }

    /// Puts all of them in; gives the actions that are no more, by process.
    pub(super) fn take(mut self) -> Vec<(ProcessOwner, Vec<ActionId>)> {
        let mut ids = self.merging.new_action_ids();
        let going = std::mem::take(&mut self.going);
        for one in &going {
            self.name_actions(one, &mut ids);
        }
        self.find_mentioned(&mut ids);
        let deleted = going.iter().map(|one| (one.owner.clone(), self.put(one))).collect();
        if self.merging.how.templates_as_steps {
            self.templates(&mut ids);
        }
        deleted
    }

    fn process(&self, owner: &ProcessOwner) -> Process {
        let found = crate::edit::steps::process(self.merging.design, owner);
        found.cloned().unwrap_or_default()
    }

    /// Gives each action its id: that of the one whose place it takes, or a new one.
    fn name_actions(&mut self, going: &Going, ids: &mut Ids) {
        let old = self.process(&going.owner);
        let mut by_id = HashMap::new();
        let mut by_name = HashMap::new();
        if going.replaces {
            for (_, action) in old.actions() {
                if !action.octopus_id.is_empty() {
                    by_id.insert(action.octopus_id.as_str(), &action.id);
                }
                by_name.insert(action.name.as_str().to_lowercase(), &action.id);
            }
        }
        let mut used = HashSet::new();
        for (_, action) in going.from.actions() {
            let found = by_id.get(action.octopus_id.as_str());
            let found = found.or_else(|| by_name.get(&action.name.as_str().to_lowercase()));
            let id = match found.filter(|id| used.insert((**id).clone())) {
                Some(id) => (*id).clone(),
                None => new_id(ids, action.id.as_str()),
            };
            self.merging.maps.actions.insert(action.id.clone(), id);
        }
    }

    /// What the documents mean without holding it may be in the design.
    fn find_mentioned(&mut self, ids: &mut Ids) {
        if self.merging.fragment.actions.is_empty() {
            return;
        }
        let project = &self.merging.design.project;
        let runbooks = project.runbooks.iter().map(|one| &one.process);
        let all = std::iter::once(&project.process).chain(runbooks);
        let mut known = HashMap::new();
        for (_, action) in all.flat_map(|one| one.actions()) {
            let keys = [
                format!("i{}", action.octopus_id.to_lowercase()),
                format!("n{}", action.name.as_str().to_lowercase()),
                format!("n{}", action.slug()),
            ];
            for key in keys {
                known.entry(key).or_insert_with(|| action.id.clone());
            }
        }
        for mention in &self.merging.fragment.actions {
            let by_id = format!("i{}", mention.octopus_id.to_lowercase());
            let by_name = format!("n{}", mention.name.to_lowercase());
            let found = known.get(&by_id).filter(|_| !mention.octopus_id.is_empty());
            let found = found.or_else(|| known.get(&by_name).filter(|_| !mention.name.is_empty()));
            let id = found.cloned().unwrap_or_else(|| new_id(ids, mention.id.as_str()));
            self.merging.maps.actions.insert(mention.id.clone(), id);
        }
    }

    fn put(&mut self, going: &Going) -> Vec<ActionId> {
        let old = self.process(&going.owner);
        let mut ids = Ids::beside(old.steps.iter().map(|step| step.id.as_str()));
        let mut taken = Taken::default();
        let (mut steps, mut by_name) = (Vec::new(), HashMap::new());
        for step in &old.steps {
            if going.replaces {
                by_name.insert(step.name.as_str().to_lowercase(), step.id.clone());
            } else {
                taken.note(step);
                steps.push((**step).clone());
            }
        }
        let actions: HashMap<_, _> =
            old.actions().map(|(_, action)| (action.id.clone(), action.clone())).collect();
        for step in &going.from.steps {
            let mut step = (**step).clone();
            let old_id = by_name.remove(&step.name.as_str().to_lowercase());
            step.id = old_id.unwrap_or_else(|| {
                StepId::parse(&ids.take(step.id.as_str())).unwrap_or_else(|_| StepId::blank())
            });
            for action in step.actions.iter_mut() {
                self.merging.maps.action(action);
                if let Some(old) = actions.get(&action.id) {
                    keep_unsaid(action, old);
                }
                self.name_type(action);
            }
            if !going.replaces {
                taken.make_free(&mut step);
            }
            steps.push(step);
        }
        if let Some(first) = steps.first_mut() {
            first.start = StartTrigger::AfterPrevious;
        }
        let mut new = old.clone();
        new.steps = steps.into_iter().collect();
        if going.replaces {
            let from = going.from;
            if !from.octopus_id.is_empty() {
                from.octopus_id.clone_into(&mut new.octopus_id);
            }
            new.version = from.version.max(old.version);
            new.extra = from.extra.clone();
        }
        let kept: HashSet<_> = new.actions().map(|(_, action)| action.id.clone()).collect();
        let deleted =
            old.actions().map(|(_, one)| one.id.clone()).filter(|id| !kept.contains(id)).collect();
        self.store(&going.owner, new);
        deleted
    }

    /// Gives an action that was made from a template the type which that has,
    /// where the document does not say it.
    fn name_type(&self, action: &mut Action) {
        let Some(used) = &action.template else { return };
        if action.octopus_type() == Some(UNKNOWN_TYPE)
            && let Some(template) = self.merging.design.space.step_templates.get(&used.template)
        {
            let action_type = template.action_type.clone();
            action.kind =
                ActionKind::Octopus(OctopusAction { action_type, extra: Extra::default() });
        }
    }

    fn store(&mut self, owner: &ProcessOwner, process: Process) {
        let project = &mut *self.merging.design.project;
        match owner {
            ProcessOwner::Deployment => project.process = process,
            ProcessOwner::Runbook(id) => {
                project.runbooks.update(id, |runbook| runbook.process = process);
            }
        }
    }

    /// A step for each step template that the documents hold.
    fn templates(&mut self, ids: &mut Ids) {
        let mut process = self.merging.design.project.process.clone();
        let mut taken = Taken::default();
        process.steps.iter().for_each(|step| taken.note(step));
        let mut step_ids = Ids::beside(process.steps.iter().map(|step| step.id.as_str()));
        for covers in &self.merging.fragment.covers {
            let Covers::StepTemplate(id) = covers else { continue };
            let id = self.merging.maps.step_templates.get(id).unwrap_or(id);
            let Some(template) = self.merging.design.space.step_templates.get(id) else {
                continue;
            };
            let action_id = new_id(ids, template.id.as_str());
            let action_type = template.action_type.clone();
            let mut action = Action::octopus(action_id, template.name.clone(), action_type);
            for parameter in &template.parameters {
                let default = parameter.default_value.as_str().unwrap_or_default();
                action.properties.set_text(parameter.name.as_str(), default);
            }
            action.template = Some(TemplateUse {
                template: template.id.clone(),
                version: template.version.to_string(),
                extra: Extra::default(),
            });
            let step_id = StepId::parse(&step_ids.take(template.id.as_str()));
            let mut step = Step::single(step_id.unwrap_or_else(|_| StepId::blank()), action);
            taken.make_free(&mut step);
            process.steps.push(step);
        }
        self.store(&ProcessOwner::Deployment, process);
    }
}

/// What OCL does not say of an action stays as it is in the one whose place it
/// takes.
fn keep_unsaid(new: &mut Action, old: &Action) {
    if new.octopus_id.is_empty() {
        old.octopus_id.clone_into(&mut new.octopus_id);
        new.numbers_releases |= old.numbers_releases;
    }
    if new.slug.as_ref() == Slug::of(old.name.as_str()).as_ref() && old.slug.is_none() {
        new.slug = None;
    }
}

fn new_id(ids: &mut Ids, text: &str) -> ActionId {
    ActionId::parse(&ids.take(text)).unwrap_or_else(|_| ActionId::blank())
}

/// The names and slugs that a process has, ignoring case.
#[derive(Default)]
struct Taken {
    names: HashSet<String>,
    slugs: HashSet<String>,
}

impl Taken {
    fn note(&mut self, step: &Step) {
        self.names.insert(step.name.as_str().to_lowercase());
        self.slugs.extend(step.slug.iter().map(Slug::to_string));
        for action in step.actions.iter() {
            self.names.insert(action.name.as_str().to_lowercase());
            self.slugs.extend(action.slug.iter().map(Slug::to_string));
        }
    }

    /// Gives the step and its actions names and slugs that are free.
    fn make_free(&mut self, step: &mut Step) {
        let own = step.name.clone();
        step.name = self.free(&own);
        if step.slug.as_ref().is_some_and(|slug| self.slugs.contains(slug.as_str())) {
            step.slug = None;
        }
        let name = step.name.clone();
        for action in step.actions.iter_mut() {
            // A step and its own action share their name.
            action.name = if action.name == own { name.clone() } else { self.free(&action.name) };
            if action.slug.as_ref().is_some_and(|slug| self.slugs.contains(slug.as_str())) {
                action.slug = None;
            }
        }
        self.note(step);
    }

    fn free(&self, name: &Name) -> Name {
        let mut count = 1_u32;
        let mut free = name.clone();
        while self.names.contains(&free.as_str().to_lowercase()) {
            count += 1;
            free = Name::parse(&format!("{name} {count}")).unwrap_or_else(|_| name.clone());
        }
        free
    }
}
