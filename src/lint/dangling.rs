//! References in the design to what is not in it.

use std::collections::{HashMap, HashSet};

use super::walk;
use crate::catalog::{self, Refers};
use crate::model::{Design, EnvironmentId, ProcessOwner, VariableContent, WorkerPoolChoice};
use crate::record::{Entity, Table};

/// Where a reference stands, what it should lead to, and the id it has.
pub type Dangling = (String, &'static str, String);

/// All references that lead nowhere.
pub fn references(design: &Design) -> Vec<Dangling> {
    let order: Vec<_> = design.space.environments.iter().map(|one| &one.id).collect();
    let environments = order.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let mut look = Look { design, environments, order, found: Vec::new() };
    look.space();
    look.project();
    look.pulumi();
    look.actions();
    look.values();
    look.found
}

struct Look<'d> {
    design: &'d Design,
    /// Those that there are; scopes name them by the thousand.
    environments: HashMap<&'d EnvironmentId, usize>,
    order: Vec<&'d EnvironmentId>,
    found: Vec<Dangling>,
}

impl Look<'_> {
    fn one<T: Entity>(
        &mut self,
        table: &Table<T>,
        what: &'static str,
        id: Option<&T::Id>,
        path: impl FnOnce() -> String,
    ) {
        if let Some(id) = id
            && table.get(id).is_none()
        {
            self.found.push((path(), what, id.as_ref().to_owned()));
        }
    }

    fn all<T: Entity>(
        &mut self,
        table: &Table<T>,
        what: &'static str,
        ids: &[T::Id],
        path: impl Fn() -> String,
    ) {
        for (index, id) in ids.iter().enumerate() {
            self.one(table, what, Some(id), || format!("{}[{index}]", path()));
        }
    }

    fn environments(&mut self, ids: &[EnvironmentId], path: impl Fn() -> String) {
        let mut last = 0;
        for (index, id) in ids.iter().enumerate() {
            // Most lists follow the order of the environments.
            if self.order.get(last + 1) == Some(&id) {
                last += 1;
                continue;
            }
            match self.environments.get(id) {
                Some(place) => last = *place,
                None => {
                    let path = format!("{}[{index}]", path());
                    self.found.push((path, "environment", id.to_string()));
                }
            }
        }
    }

    fn space(&mut self) {
        let space = &self.design.space;
        for (index, lifecycle) in space.lifecycles.iter().enumerate() {
            for (number, phase) in lifecycle.phases.iter().enumerate() {
                let path = format!("$.space.lifecycles[{index}].phases[{number}]");
                self.environments(&phase.automatic, || format!("{path}.automatic"));
                self.environments(&phase.manual, || format!("{path}.manual"));
            }
        }
        for (index, account) in space.accounts.iter().enumerate() {
            let path = format!("$.space.accounts[{index}]");
            self.environments(&account.environments, || format!("{path}.environments"));
            self.all(&space.tenants, "tenant", &account.tenants, || format!("{path}.tenants"));
        }
        for (index, certificate) in space.certificates.iter().enumerate() {
            let path = format!("$.space.certificates[{index}].environments");
            self.environments(&certificate.environments, || path.clone());
        }
        for (index, target) in space.targets.iter().enumerate() {
            let path = format!("$.space.targets[{index}].environments");
            self.environments(&target.environments, || path.clone());
        }
        for (index, tenant) in space.tenants.iter().enumerate() {
            let path = format!("$.space.tenants[{index}]");
            self.environments(&tenant.environments, || format!("{path}.environments"));
            for (number, value) in tenant.values.iter().enumerate() {
                let path = format!("{path}.values[{number}]");
                self.environments(&value.environments, || format!("{path}.environments"));
                let is_own = self.design.project.templates.get(&value.template).is_some();
                let is_shared = space
                    .library_sets
                    .iter()
                    .any(|set| set.templates.get(&value.template).is_some());
                if !is_own && !is_shared {
                    let id = value.template.to_string();
                    self.found.push((format!("{path}.template"), "variable template", id));
                }
            }
        }
    }

    fn project(&mut self) {
        let (space, project) = (&self.design.space, &self.design.project);
        let lifecycle = project.lifecycle.as_ref();
        self.one(&space.lifecycles, "lifecycle", lifecycle, || "$.project.lifecycle".into());
        for (index, channel) in project.channels.iter().enumerate() {
            let lifecycle = channel.lifecycle.as_ref();
            self.one(&space.lifecycles, "lifecycle", lifecycle, || {
                format!("$.project.channels[{index}].lifecycle")
            });
        }
        for (index, package) in project.packages.iter().enumerate() {
            let feed = package.feed.as_ref().and_then(|feed| feed.known());
            self.one(&space.feeds, "feed", feed, || format!("$.project.packages[{index}].feed"));
        }
        let sets = &project.included_sets;
        self.all(&space.library_sets, "library variable set", sets, || {
            "$.project.includedSets".to_owned()
        });
        for (index, runbook) in project.runbooks.iter().enumerate() {
            let path = format!("$.project.runbooks[{index}].environments");
            self.environments(&runbook.environments, || path.clone());
        }
    }

    fn pulumi(&mut self) {
        let (design, pulumi) = (self.design, &self.design.pulumi);
        let package = pulumi.package.as_ref();
        self.one(&design.project.packages, "package", package, || "$.pulumi.package".into());
        if let WorkerPoolChoice::Pool(pick) = &pulumi.worker_pool {
            let path = || "$.pulumi.workerPool.pool".into();
            self.one(&design.space.worker_pools, "worker pool", Some(&pick.pool), path);
        }
        let feed = pulumi.container.as_ref().and_then(|one| one.feed.as_ref()?.known());
        self.one(&design.space.feeds, "feed", feed, || "$.pulumi.container.feed".into());
        for (index, mapping) in pulumi.stacks.iter().enumerate() {
            self.one(&design.space.environments, "environment", Some(&mapping.environment), || {
                format!("$.pulumi.stacks[{index}].environment")
            });
        }
    }

    fn actions(&mut self) {
        let (space, project) = (&self.design.space, &self.design.project);
        for at in walk::actions(self.design) {
            let action = at.action;
            self.environments(&action.environments, || at.member("environments"));
            self.environments(&action.excluded_environments, || at.member("excludedEnvironments"));
            self.all(&project.channels, "channel", &action.channels, || at.member("channels"));
            if let WorkerPoolChoice::Pool(pick) = &action.worker_pool {
                let path = || at.member("workerPool.pool");
                self.one(&space.worker_pools, "worker pool", Some(&pick.pool), path);
            }
            if let Some(container) = &action.container {
                let feed = container.feed.as_ref().and_then(|feed| feed.known());
                self.one(&space.feeds, "feed", feed, || at.member("container.feed"));
            }
            for (index, package) in action.packages.iter().enumerate() {
                let path = || format!("{}[{index}].package", at.member("packages"));
                self.one(&project.packages, "package", package.package.as_ref(), path);
            }
            if let Some(template) = &action.template {
                let path = || at.member("template.template");
                self.one(&space.step_templates, "step template", Some(&template.template), path);
            }
            for (key, value) in action.properties.iter() {
                if catalog::refers(key) == Refers::Teams {
                    self.teams(value.as_text().unwrap_or_default(), || at.property(key));
                }
            }
        }
    }

    /// Teams stand in properties by their id here or in Octopus.
    fn teams(&mut self, ids: &str, path: impl Fn() -> String) {
        let ids = ids.split(',').map(str::trim);
        for id in ids.filter(|id| !id.is_empty() && !id.contains("#{")) {
            let teams = &self.design.space.teams;
            let is_known = teams.iter().any(|team| team.id.as_str() == id || team.octopus_id == id);
            let is_octopus = id.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("teams-"))
                || id.starts_with("global/");
            if !is_known && !is_octopus {
                self.found.push((path(), "team", id.to_owned()));
            }
        }
    }

    fn values(&mut self) {
        let (space, project) = (&self.design.space, &self.design.project);
        let actions: HashSet<_> =
            walk::actions(self.design).into_iter().map(|at| &at.action.id).collect();
        for at in walk::values(self.design) {
            let scope = &at.value.scope;
            if !scope.is_unscoped() {
                let path = || format!("{}.scope", at.path());
                self.environments(&scope.environments, || format!("{}.environments", path()));
                self.all(&project.channels, "channel", &scope.channels, || {
                    format!("{}.channels", path())
                });
                self.all(&space.targets, "target", &scope.targets, || {
                    format!("{}.targets", path())
                });
                for (index, id) in scope.actions.iter().enumerate() {
                    if !actions.contains(id) {
                        let path = format!("{}.actions[{index}]", path());
                        self.found.push((path, "step", id.to_string()));
                    }
                }
                for (index, process) in scope.processes.iter().enumerate() {
                    if let ProcessOwner::Runbook(id) = process {
                        let path = || format!("{}.processes[{index}]", path());
                        self.one(&project.runbooks, "runbook", Some(id), path);
                    }
                }
            }
            let content = &at.value.content;
            let path = |member: &str| format!("{}.content.{member}", at.path());
            match content {
                VariableContent::Text(_) | VariableContent::Sensitive(_) => {}
                VariableContent::Certificate(content) => {
                    let id = content.certificate.as_ref().and_then(|bound| bound.known());
                    self.one(&space.certificates, "certificate", id, || path("certificate"));
                }
                VariableContent::WorkerPool(content) => {
                    let id = content.pool.as_ref().and_then(|bound| bound.known());
                    self.one(&space.worker_pools, "worker pool", id, || path("pool"));
                }
                other => {
                    let id = other.account().and_then(|content| content.account.as_ref()?.known());
                    self.one(&space.accounts, "account", id, || path("account"));
                }
            }
        }
    }
}
