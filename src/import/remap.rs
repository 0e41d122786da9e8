//! From the ids of a fragment to those of the design that takes it in.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::catalog::{Refers, refers};
use crate::model::process::{ProgramSource, WorkerPoolPick};
use crate::model::{
    AccountId, Action, ActionId, CertificateId, ChannelId, EnvironmentId, FeedId, LibrarySetId,
    LifecycleId, PackageKey, PackageReference, ProcessOwner, Properties, PropertyValue, PulumiStep,
    RunbookId, Scope, StepTemplateId, TargetId, TeamId, TenantId, Variable, VariableContent,
    WorkerPoolChoice, WorkerPoolId,
};
use crate::record::{Bound, Table};

/// For each kind, what an id of the fragment became.
#[derive(Debug, Default)]
pub(super) struct Maps {
    pub(super) environments: HashMap<EnvironmentId, EnvironmentId>,
    pub(super) lifecycles: HashMap<LifecycleId, LifecycleId>,
    pub(super) worker_pools: HashMap<WorkerPoolId, WorkerPoolId>,
    pub(super) feeds: HashMap<FeedId, FeedId>,
    pub(super) accounts: HashMap<AccountId, AccountId>,
    pub(super) certificates: HashMap<CertificateId, CertificateId>,
    pub(super) teams: HashMap<TeamId, TeamId>,
    pub(super) targets: HashMap<TargetId, TargetId>,
    pub(super) tenants: HashMap<TenantId, TenantId>,
    pub(super) library_sets: HashMap<LibrarySetId, LibrarySetId>,
    pub(super) step_templates: HashMap<StepTemplateId, StepTemplateId>,
    pub(super) channels: HashMap<ChannelId, ChannelId>,
    pub(super) runbooks: HashMap<RunbookId, RunbookId>,
    pub(super) packages: HashMap<PackageKey, PackageKey>,
    pub(super) actions: HashMap<ActionId, ActionId>,
}

/// What an id became; one that is not known stays.
pub(super) fn to<T: Clone + Eq + Hash>(map: &HashMap<T, T>, id: &mut T) {
    if let Some(new) = map.get(id) {
        *id = new.clone();
    }
}

/// [`to`] for lists; two that became one stand once.
pub(super) fn all<T: Clone + Eq + Hash>(map: &HashMap<T, T>, ids: &mut Vec<T>) {
    let mut seen = HashSet::new();
    for id in ids.iter_mut() {
        to(map, id);
    }
    ids.retain(|id| seen.insert(id.clone()));
}

fn bound<T: Clone + Eq + Hash>(map: &HashMap<T, T>, value: &mut Option<Bound<T>>) {
    if let Some(Bound::Is(id)) = value {
        to(map, id);
    }
}

impl Maps {
    pub(super) fn action(&self, action: &mut Action) {
        to(&self.actions, &mut action.id);
        all(&self.environments, &mut action.environments);
        all(&self.environments, &mut action.excluded_environments);
        all(&self.channels, &mut action.channels);
        if let WorkerPoolChoice::Pool(WorkerPoolPick { pool, .. }) = &mut action.worker_pool {
            to(&self.worker_pools, pool);
        }
        if let Some(container) = &mut action.container {
            bound(&self.feeds, &mut container.feed);
        }
        for package in &mut action.packages {
            self.package(package);
        }
        if let Some(used) = &mut action.template {
            to(&self.step_templates, &mut used.template);
        }
        self.properties(&mut action.properties);
        if let crate::model::ActionKind::Pulumi(pulumi) = &mut action.kind {
            self.pulumi_step(&mut pulumi.step);
        }
    }

    fn pulumi_step(&self, step: &mut PulumiStep) {
        if let PulumiStep::Run(run) = step {
            if let Some(verifies) = &mut run.verifies {
                to(&self.actions, verifies);
            }
            // Sources name package references and paths, which are texts.
            let (ProgramSource::Package(_) | ProgramSource::Folder(_)) = &run.source;
        }
    }

    pub(super) fn package(&self, package: &mut PackageReference) {
        if let Some(key) = &mut package.package {
            to(&self.packages, key);
        }
    }

    pub(super) fn feed(&self, feed: &mut Option<Bound<FeedId>>) {
        bound(&self.feeds, feed);
    }

    /// Properties hold ids as texts.
    pub(super) fn properties(&self, properties: &mut Properties) {
        let mut changed = Vec::new();
        for (key, value) in properties.iter() {
            let PropertyValue::Text(text) = value else { continue };
            let new = match refers(key) {
                Refers::Teams => {
                    let teams = text.split(',').map(|team| {
                        let team = team.trim();
                        text_id(&self.teams, TeamId::parse(team).ok(), team)
                    });
                    let teams: Vec<_> = teams.collect();
                    teams.join(",")
                }
                Refers::Account => text_id(&self.accounts, AccountId::parse(text).ok(), text),
                Refers::Feed => text_id(&self.feeds, FeedId::parse(text).ok(), text),
                Refers::StepTemplate => {
                    text_id(&self.step_templates, StepTemplateId::parse(text).ok(), text)
                }
                Refers::Nothing | Refers::Variable(_) | Refers::Project => continue,
            };
            if new != *text {
                changed.push((key.to_owned(), new));
            }
        }
        for (key, text) in changed {
            properties.set(&key, PropertyValue::Text(text));
        }
    }

    pub(super) fn scope(&self, scope: &mut Scope) {
        all(&self.environments, &mut scope.environments);
        all(&self.channels, &mut scope.channels);
        all(&self.actions, &mut scope.actions);
        all(&self.targets, &mut scope.targets);
        for owner in &mut scope.processes {
            if let ProcessOwner::Runbook(id) = owner {
                to(&self.runbooks, id);
            }
        }
    }

    fn content(&self, content: &mut VariableContent) {
        match content {
            VariableContent::AwsAccount(one)
            | VariableContent::AzureAccount(one)
            | VariableContent::GoogleAccount(one)
            | VariableContent::UsernamePassword(one)
            | VariableContent::GenericOidc(one) => bound(&self.accounts, &mut one.account),
            VariableContent::Certificate(one) => bound(&self.certificates, &mut one.certificate),
            VariableContent::WorkerPool(one) => bound(&self.worker_pools, &mut one.pool),
            VariableContent::Text(_) | VariableContent::Sensitive(_) => {}
        }
    }

    /// The variables with all that their values refer to.
    pub(super) fn variables(&self, variables: &Table<Variable>) -> Table<Variable> {
        let changed = variables.iter().map(|variable| {
            let mut variable = (**variable).clone();
            let values = variable.values.iter().map(|value| {
                let mut value = (**value).clone();
                self.scope(&mut value.scope);
                self.content(&mut value.content);
                value
            });
            variable.values = values.collect();
            variable
        });
        changed.collect()
    }
}

fn text_id<T: Eq + Hash + AsRef<str>>(map: &HashMap<T, T>, id: Option<T>, text: &str) -> String {
    id.and_then(|id| map.get(&id)).map_or_else(|| text.to_owned(), |new| new.as_ref().to_owned())
}
