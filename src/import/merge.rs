//! Takes a fragment into a design.
//!
//! Invariants: what the design had and the documents do not speak of stays; an
//! action that takes the place of one of the same id or name keeps its id, so
//! that scopes still mean it; a scope that means nothing known stays as it is,
//! for without it the value would apply everywhere.

use std::collections::{HashMap, HashSet};

use super::matching::{Choice, Choices, holds, proposals};
use super::processes::Processes;
use super::remap::{Maps, all, to};
use crate::edit::{Edit, refuse};
use crate::format::fragment::{Covers, Fragment, Ids, Kind, Named};
use crate::model::{
    Account, Certificate, Channel, Design, EnvironmentId, Feed, LibrarySet, Lifecycle, Name,
    Package, PackageKey, Phase, Runbook, StepTemplate, TagSet, TagSetId, Target, Team, Tenant,
    ValueId, Variable, VariableId, VariableTemplateId, VariableValue, WorkerPool,
};
use crate::record::{Field, Table};

/// What becomes of what the design has of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The documents' steps come after the design's, variables beside them.
    #[default]
    Add,
    /// The documents' take the place of the design's.
    Replace,
}

/// How documents are taken in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct How {
    /// The deployment process.
    pub process: Mode,
    /// The project's variables, and those of library sets.
    pub variables: Mode,
    /// What is meant by what the documents refer to.
    pub choices: Choices,
    /// Whose the Pulumi stacks are, where no file says it; empty takes that of
    /// the design's other stacks.
    pub organization: String,
    /// Whether each step template also becomes a step of the process.
    pub templates_as_steps: bool,
}

/// Taking documents in, as one edit.
#[must_use]
pub fn edit(fragment: Fragment, how: How) -> Edit {
    let label = label(&fragment);
    Edit::new(label, move |design| {
        if !fragment.is_read() {
            return refuse("There is nothing to take in.");
        }
        merge(design, &fragment, &how);
        Ok(())
    })
}

/// What undo calls it.
#[must_use]
pub fn label(fragment: &Fragment) -> String {
    let what = match &fragment.covers[..] {
        [Covers::Design] => "design",
        [Covers::Process] => "deployment process",
        [Covers::Steps] => "steps",
        [Covers::Runbook(_)] => "runbook process",
        [Covers::Variables] => "variables",
        [Covers::LibrarySet(_)] => "library variable set",
        [Covers::StepTemplate(_)] => "step template",
        [Covers::Rows(kind)] => kind.words().1,
        [Covers::Project] => "project settings",
        covers if covers.iter().all(|one| matches!(one, Covers::StepTemplate(_))) => {
            "step templates"
        }
        covers if covers.iter().all(|one| matches!(one, Covers::Pulumi | Covers::Stack(_))) => {
            "Pulumi project"
        }
        _ => "files",
    };
    format!("Import {what}")
}

/// What became of the ids of the fragment.
pub(super) struct Merged {
    pub(super) maps: Maps,
}

/// Takes `fragment` into `design`.
pub fn merge(design: &mut Design, fragment: &Fragment, how: &How) {
    merge_with_maps(design, fragment, how);
}

pub(super) fn merge_with_maps(design: &mut Design, fragment: &Fragment, how: &How) -> Merged {
    let mut merging = Merging { design, fragment, how, maps: Maps::default() };
    merging.rows();
    merging.packages();
    merging.processes();
    merging.later_rows();
    merging.project();
    merging.variables();
    merging.pulumi();
    Merged { maps: merging.maps }
}

/// A step for each step template that `covers` names.
pub(super) fn add_template_steps(design: &mut Design, covers: Vec<Covers>) {
    let fragment = Fragment { covers, ..Fragment::default() };
    let how = How::default();
    let mut merging = Merging { design, fragment: &fragment, how: &how, maps: Maps::default() };
    Processes::of_templates(&mut merging).add_templates();
}

pub(super) struct Merging<'a> {
    pub(super) design: &'a mut Design,
    pub(super) fragment: &'a Fragment,
    pub(super) how: &'a How,
    pub(super) maps: Maps,
}

/// What ids became, and which rows are new.
type Put<T> = (
    HashMap<<T as crate::record::Entity>::Id, <T as crate::record::Entity>::Id>,
    Vec<<T as crate::record::Entity>::Id>,
);

/// One table of the fragment going into the same table of the design.
struct Rows<'a, T: Named> {
    proposed: Vec<Choice>,
    held: Vec<bool>,
    from: &'a Table<T>,
    choices: &'a Choices,
}

impl<'a, T: Named> Rows<'a, T> {
    fn of(
        design: &Design,
        table: &Table<T>,
        from: &'a Table<T>,
        merging: (&'a Fragment, &'a How),
    ) -> Self {
        let (fragment, how) = merging;
        Self {
            proposed: proposals(design, table, fragment, from),
            held: from.iter().map(|row| holds(fragment, T::KIND, row.id().as_ref())).collect(),
            from,
            choices: &how.choices,
        }
    }

    /// Puts each row in; `adopt` takes over what a held row says into the one
    /// that is there. Gives what ids became, and which rows are new.
    fn put(
        self,
        table: &mut Table<T>,
        mut fix: impl FnMut(&mut T),
        mut adopt: impl FnMut(&mut T, T),
    ) -> Put<T> {
        let mut map = HashMap::new();
        let mut ids = Ids::beside(table.iter().map(|row| row.id().as_ref()));
        let (mut added, mut changed) = (Vec::new(), HashMap::new());
        for ((row, proposed), held) in self.from.iter().zip(self.proposed).zip(self.held) {
            let key = (T::KIND, row.id().as_ref().to_owned());
            let choice = self.choices.get(&key).unwrap_or(&proposed);
            let used = match choice {
                Choice::Use(id) => T::make_id(id).filter(|id| table.get(id).is_some()),
                Choice::Add => None,
            };
            let mut row = (**row).clone();
            fix(&mut row);
            match used {
                Some(id) => {
                    map.insert(row.id().clone(), id.clone());
                    changed.insert(id, (row, held));
                }
                None => {
                    let Some(id) = T::make_id(&ids.take(row.id().as_ref())) else { continue };
                    map.insert(row.id().clone(), id.clone());
                    row.set_id(id);
                    added.push(row);
                }
            }
        }
        table.update_each(|old| {
            let (row, held) = changed.remove(old.id())?;
            let mut new = old.clone();
            let octopus_id = row.octopus_id().to_owned();
            if held {
                adopt(&mut new, row);
            }
            if new.octopus_id().is_empty() {
                new.set_octopus_id(octopus_id);
            }
            Some(new)
        });
        let new: Vec<_> = added.iter().map(|row| row.id().clone()).collect();
        if !added.is_empty() {
            let old = table.iter().map(|row| (**row).clone());
            *table = old.chain(added).collect();
        }
        (map, new)
    }
}

/// Takes over the members of a held row that a document speaks of.
macro_rules! adopt {
    ($row:ty: $($member:ident),*) => {
        |old: &mut $row, new: $row| {
            $(old.$member = new.$member;)*
            for (key, value) in new.extra.iter() {
                old.extra.set(key, value.clone());
            }
        }
    };
}

impl Merging<'_> {
    pub(super) fn covers(&self, covers: &Covers) -> bool {
        self.fragment.covers.iter().any(|one| one == covers || *one == Covers::Design)
    }

    /// The rows of the space, those that others refer to first.
    fn rows(&mut self) {
        let (fragment, maps) = (self.fragment, &mut self.maps);
        let from = &fragment.design.space;
        let with = (fragment, self.how);
        let before = self.design.clone();
        let space = &mut *self.design.space;
        let rows = Rows::of(&before, &space.environments, &from.environments, with);
        let (map, new) = rows.put(
            &mut space.environments,
            |_| {},
            |old, new| {
                // The stack of an environment says nothing of the environment.
                if fragment
                    .covers
                    .iter()
                    .any(|one| matches!(one, Covers::Design | Covers::Rows(Kind::Environment)))
                {
                    old.slug = new.slug;
                    old.description = new.description;
                    old.uses_guided_failure = new.uses_guided_failure;
                    old.allows_dynamic_infrastructure = new.allows_dynamic_infrastructure;
                    for (key, value) in new.extra.iter() {
                        old.extra.set(key, value.clone());
                    }
                }
            },
        );
        maps.environments = map;
        let rows = Rows::of(&before, &space.tenants, &from.tenants, with);
        let fix = |row: &mut Tenant| {
            all(&maps.environments, &mut row.environments);
            for value in &mut row.values {
                all(&maps.environments, &mut value.environments);
            }
        };
        maps.tenants = rows.put(&mut space.tenants, fix, adopt!(Tenant: tags, environments)).0;
        let rows = Rows::of(&before, &space.lifecycles, &from.lifecycles, with);
        let fix = |row: &mut Lifecycle| {
            for phase in &mut row.phases {
                all(&maps.environments, &mut phase.automatic);
                all(&maps.environments, &mut phase.manual);
            }
        };
        let adopt =
            adopt!(Lifecycle: slug, description, phases, release_retention, target_retention);
        maps.lifecycles = rows.put(&mut space.lifecycles, fix, adopt).0;
        let rows = Rows::of(&before, &space.accounts, &from.accounts, with);
        let fix = |row: &mut Account| {
            all(&maps.environments, &mut row.environments);
            all(&maps.tenants, &mut row.tenants);
        };
        let adopt = adopt!(Account: slug, kind, description, environments, tenants, tenant_tags);
        maps.accounts = rows.put(&mut space.accounts, fix, adopt).0;
        let rows = Rows::of(&before, &space.certificates, &from.certificates, with);
        let fix = |row: &mut Certificate| all(&maps.environments, &mut row.environments);
        maps.certificates =
            rows.put(&mut space.certificates, fix, adopt!(Certificate: environments)).0;
        let rows = Rows::of(&before, &space.targets, &from.targets, with);
        let fix = |row: &mut Target| all(&maps.environments, &mut row.environments);
        maps.targets = rows.put(&mut space.targets, fix, adopt!(Target: tags, environments)).0;
        let rows = Rows::of(&before, &space.feeds, &from.feeds, with);
        maps.feeds = rows.put(&mut space.feeds, |_| {}, adopt!(Feed: slug, kind)).0;
        let rows = Rows::of(&before, &space.worker_pools, &from.worker_pools, with);
        let adopt = adopt!(WorkerPool: slug, description, is_default);
        maps.worker_pools = rows.put(&mut space.worker_pools, |_| {}, adopt).0;
        let rows = Rows::of(&before, &space.teams, &from.teams, with);
        maps.teams = rows.put(&mut space.teams, |_| {}, adopt!(Team: is_system)).0;
        for set in &from.tag_sets {
            let is_there = |own: &&std::sync::Arc<TagSet>| own.name == set.name;
            if space.tag_sets.iter().find(is_there).is_none() {
                let mut ids = Ids::beside(space.tag_sets.iter().map(|one| one.id.as_str()));
                let mut set = (**set).clone();
                if let Ok(id) = TagSetId::parse(&ids.take(set.id.as_str())) {
                    set.id = id;
                    space.tag_sets.push(set);
                }
            }
        }
        if space.octopus_id.is_empty() {
            from.octopus_id.clone_into(&mut space.octopus_id);
        }
        if space.name.is_empty() {
            from.name.clone_into(&mut space.name);
        }
        // Else a release could never reach a new environment.
        if from.lifecycles.iter().all(|row| row.phases.is_empty()) {
            self.add_phases(&new);
        }
        let project = &mut *self.design.project;
        let rows =
            Rows::of(&before, &project.channels, &self.fragment.design.project.channels, with);
        let fix = |row: &mut Channel| {
            if let Some(lifecycle) = &mut row.lifecycle {
                to(&self.maps.lifecycles, lifecycle);
            }
        };
        let adopt = adopt!(Channel: slug, description, lifecycle, is_default, tenant_tags, rules);
        self.maps.channels = rows.put(&mut project.channels, fix, adopt).0;
    }

    /// Gives new environments a phase of the project's lifecycle, as adding one
    /// by hand does.
    fn add_phases(&mut self, new: &[EnvironmentId]) {
        let Some(lifecycle) = crate::edit::environments::project_lifecycle(self.design) else {
            return;
        };
        let environments = self.design.space.environments.clone();
        self.design.space.lifecycles.update(&lifecycle, |lifecycle| {
            if lifecycle.phases.is_empty() {
                return;
            }
            for row in new.iter().filter_map(|id| environments.get(id)) {
                if let Ok(name) = Name::parse(row.name.as_str()) {
                    lifecycle.phases.push(Phase::manual(name, row.id.clone()));
                }
            }
        });
    }

    fn packages(&mut self) {
        let from = &self.fragment.design.project.packages;
        if from.is_empty() {
            return;
        }
        let table = &mut self.design.project.packages;
        let mut ids = Ids::beside(table.iter().map(|one| one.key.as_str()));
        let known = |one: &Package| (one.package_id.to_lowercase(), one.feed.clone());
        let mut by_what: HashMap<_, PackageKey> =
            table.iter().map(|one| (known(one), one.key.clone())).collect();
        let mut added = Vec::new();
        for row in from {
            let mut row = (**row).clone();
            self.maps.feed(&mut row.feed);
            let key = match by_what.get(&known(&row)) {
                Some(key) => key.clone(),
                None => {
                    let key = PackageKey::parse(&ids.take(row.key.as_str()));
                    let key = key.unwrap_or_else(|_| PackageKey::blank());
                    by_what.insert(known(&row), key.clone());
                    added.push(Package { key: key.clone(), ..row.clone() });
                    key
                }
            };
            self.maps.packages.insert(row.key, key);
        }
        if !added.is_empty() {
            *table = table.iter().map(|row| (**row).clone()).chain(added).collect();
        }
    }

    fn processes(&mut self) {
        // Steps name templates and runbooks; both need their ids first.
        let before = self.design.clone();
        let with = (self.fragment, self.how);
        let space = &mut *self.design.space;
        let from = &self.fragment.design.space.step_templates;
        let rows = Rows::of(&before, &space.step_templates, from, with);
        let fix = |row: &mut StepTemplate| {
            self.maps.properties(&mut row.properties);
            for package in &mut row.packages {
                self.maps.package(package);
            }
        };
        let adopt = |old: &mut StepTemplate, new: StepTemplate| {
            let id = old.id.clone();
            *old = StepTemplate { id, ..new };
        };
        let map = rows.put(&mut space.step_templates, fix, adopt).0;
        self.maps.step_templates = map;
        let from = &self.fragment.design.project.runbooks;
        let rows = Rows::of(&before, &self.design.project.runbooks, from, with);
        let says_more = self.covers(&Covers::Rows(Kind::Runbook));
        let fix = |row: &mut Runbook| {
            all(&self.maps.environments, &mut row.environments);
            // Its steps follow when all ids are known.
            row.process = crate::model::Process::default();
        };
        let adopt = |old: &mut Runbook, new: Runbook| {
            if says_more {
                old.slug = new.slug;
                old.description = new.description;
                old.environment_scope = new.environment_scope;
                old.environments = new.environments;
                old.tenanted = new.tenanted;
            }
        };
        let map = rows.put(&mut self.design.project.runbooks, fix, adopt).0;
        self.maps.runbooks = map;
        let deleted = Processes::of(self).take();
        for (owner, actions) in deleted {
            crate::edit::steps::forget_actions(self.design, &owner, &actions);
        }
    }

    /// Library sets, whose variables mean actions.
    fn later_rows(&mut self) {
        let before = self.design.clone();
        let with = (self.fragment, self.how);
        let from = &self.fragment.design.space.library_sets;
        let rows = Rows::of(&before, &self.design.space.library_sets, from, with);
        let (maps, mode) = (&self.maps, self.how.variables);
        let fix = |row: &mut LibrarySet| row.variables = maps.variables(&row.variables);
        let adopt = |old: &mut LibrarySet, new: LibrarySet| {
            old.variables = join_variables(&old.variables, &new.variables, mode);
            if !new.description.is_empty() {
                old.description = new.description;
            }
            if !new.templates.is_empty() {
                old.templates = new.templates;
            }
            for (key, value) in new.extra.iter() {
                old.extra.set(key, value.clone());
            }
        };
        let map = rows.put(&mut self.design.space.library_sets, fix, adopt).0;
        self.maps.library_sets = map;
    }

    fn project(&mut self) {
        let from = &self.fragment.design.project;
        let is_whole = self.covers(&Covers::Project);
        let project = &mut *self.design.project;
        if project.octopus_id.is_empty() {
            from.octopus_id.clone_into(&mut project.octopus_id);
        }
        if project.name.is_empty() {
            from.name.clone_into(&mut project.name);
        }
        if !is_whole {
            return;
        }
        // Settings in Git do not say whose they are.
        if !from.name.is_empty() {
            from.name.clone_into(&mut project.name);
            project.slug = from.slug.clone();
            from.description.clone_into(&mut project.description);
            project.tenanted = from.tenanted;
        }
        if !from.group.is_empty() {
            from.group.clone_into(&mut project.group);
        }
        if let Some(lifecycle) = &from.lifecycle {
            let mut lifecycle = lifecycle.clone();
            to(&self.maps.lifecycles, &mut lifecycle);
            project.lifecycle = Some(lifecycle);
        }
        project.guided_failure = from.guided_failure;
        let mut sets = from.included_sets.clone();
        all(&self.maps.library_sets, &mut sets);
        let before: HashSet<_> = project.included_sets.iter().cloned().collect();
        project.included_sets.extend(sets.into_iter().filter(|set| !before.contains(set)));
        let own: HashSet<_> =
            project.templates.iter().map(|one| one.name.as_str().to_lowercase()).collect();
        let mut ids = Ids::beside(project.templates.iter().map(|one| one.id.as_str()));
        let mut added = Vec::new();
        for row in
            from.templates.iter().filter(|row| !own.contains(&row.name.as_str().to_lowercase()))
        {
            let mut row = (**row).clone();
            if let Ok(id) = VariableTemplateId::parse(&ids.take(row.id.as_str())) {
                row.id = id;
                added.push(row);
            }
        }
        for row in added {
            project.templates.push(row);
        }
        for (key, value) in from.extra.iter() {
            project.extra.set(key, value.clone());
        }
    }

    fn variables(&mut self) {
        if !self.covers(&Covers::Variables) {
            return;
        }
        let from = &self.fragment.design.project;
        let new = self.maps.variables(&from.variables);
        let project = &mut *self.design.project;
        let takes_all = project.variables.is_empty() || self.how.variables == Mode::Replace;
        project.variables = join_variables(&project.variables, &new, self.how.variables);
        if takes_all {
            for (key, value) in from.extra.iter() {
                project.extra.set(key, value.clone());
            }
        }
    }

    pub(super) fn new_action_ids(&self) -> Ids {
        let project = &self.design.project;
        let runbooks = project.runbooks.iter().map(|runbook| &runbook.process);
        let all = std::iter::once(&project.process).chain(runbooks);
        Ids::beside(all.flat_map(|one| one.actions()).map(|(_, action)| action.id.as_str()))
    }
}

/// The variables of both; a value of the same id on the server or of the same
/// name and scope takes the place of the old one.
fn join_variables(old: &Table<Variable>, new: &Table<Variable>, mode: Mode) -> Table<Variable> {
    if old.is_empty() {
        return new.clone();
    }
    let by_name: HashMap<_, _> =
        new.iter().map(|one| (one.name.as_str().to_lowercase(), one)).collect();
    let known: HashSet<_> = old.iter().map(|one| one.name.as_str().to_lowercase()).collect();
    let mut rows: Vec<Variable> = Vec::new();
    for row in old {
        let row = (**row).clone();
        match by_name.get(&row.name.as_str().to_lowercase()) {
            Some(new) => rows.push(join_values(row, new, mode)),
            None if mode == Mode::Add => rows.push(row),
            None => {}
        }
    }
    let mut ids = Ids::beside(old.iter().map(|one| one.id.as_str()));
    for row in new.iter().filter(|one| !known.contains(&one.name.as_str().to_lowercase())) {
        let mut row = (**row).clone();
        if let Ok(id) = VariableId::parse(&ids.take(row.id.as_str())) {
            row.id = id;
            rows.push(row);
        }
    }
    rows.into_iter().collect()
}

fn join_values(mut row: Variable, new: &Variable, mode: Mode) -> Variable {
    let mut ids = Ids::beside(row.values.iter().map(|one| one.id.as_str()));
    let mut left: Vec<Option<VariableValue>> =
        row.values.iter().map(|value| Some((**value).clone())).collect();
    let mut values: Vec<(usize, VariableValue)> = Vec::new();
    for (index, value) in new.values.iter().enumerate() {
        let mut value = (**value).clone();
        let same_id =
            |old: &VariableValue| !old.octopus_id.is_empty() && old.octopus_id == value.octopus_id;
        let same_scope = |old: &VariableValue| old.scope.is_same(&value.scope);
        let at = left
            .iter()
            .position(|one| one.as_ref().is_some_and(same_id))
            .or_else(|| left.iter().position(|one| one.as_ref().is_some_and(same_scope)));
        let old = at.and_then(|at| left.get_mut(at)).and_then(Option::take);
        match (at, old) {
            (Some(at), Some(old)) => {
                value.id = old.id;
                if value.octopus_id.is_empty() {
                    value.octopus_id = old.octopus_id;
                }
                values.push((at, value));
            }
            _ => {
                if let Ok(id) = ValueId::parse(&ids.take(value.id.as_str())) {
                    value.id = id;
                    values.push((row.values.len() + index, value));
                }
            }
        }
    }
    if mode == Mode::Add {
        values.extend(left.into_iter().enumerate().filter_map(|(at, one)| Some((at, one?))));
    }
    values.sort_by_key(|(at, _)| *at);
    row.values = values.into_iter().map(|(_, value)| value).collect();
    row
}
