//! The matrix: for each credential and environment, which steps can read it.

use super::bits::Bits;
use super::contexts::{Group, groups};
use crate::model::project::RunbookEnvironments;
use crate::model::{
    AccountId, Action, ActionId, CertificateId, ChannelId, Design, EnvironmentId, LibrarySetId,
    ProcessOwner, TargetTag, TenantTag, ValueId, VariableContent, VariableId, VariableName,
};
use crate::record::Bound;
use crate::scope::{Candidates, Entry, Origin, Outcome, Resolver, engine, sub_variables};

/// A step that can read variables: one that is not left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Whose process it is in.
    pub owner: ProcessOwner,
    /// Its address: the step's id, with the action's after a slash for a child.
    pub address: String,
    /// Its action.
    pub action: ActionId,
    /// Its name, with its runbook's.
    pub name: String,
    pub(super) target_tags: Vec<TargetTag>,
    pub(super) channels: Vec<ChannelId>,
    pub(super) tenant_tags: Vec<TenantTag>,
}

/// How sure it is that something can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It may be; see the module's definition.
    May,
    /// It can be.
    Certain,
}

/// What makes two values the same credential.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Identity {
    /// A secret, which is the value's own. The text tells tenants' apart.
    Secret(ValueId, String),
    /// An account.
    Account(AccountId),
    /// An account that an expression gives.
    AccountOf(String),
    /// A certificate.
    Certificate(CertificateId),
    /// A certificate that an expression gives.
    CertificateOf(String),
}

/// A value that holds a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A value of a variable, of the project or of a library set.
    Value {
        /// The library set; `None` for the project.
        set: Option<LibrarySetId>,
        /// The variable.
        variable: VariableId,
        /// The value.
        value: ValueId,
    },
    /// What a tenant says, or a template's default.
    Tenant(String),
}

/// What can be read of a credential in one environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Whether it can be read at all; by a step, or once there is one.
    pub reach: Option<Certainty>,
    /// Whether Octopus refuses it there: its account is limited to others.
    pub is_refused: bool,
    /// Which of the credential's values are read here, by their places.
    pub(super) holders: Bits,
    may: Bits,
    certain: Bits,
}

impl Cell {
    /// Whether it can be read, and is not refused.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.reach.is_some() && !self.is_refused
    }

    /// How sure it is that the step at `place` can read it.
    #[must_use]
    pub fn step(&self, place: usize) -> Option<Certainty> {
        if self.certain.has(place) {
            Some(Certainty::Certain)
        } else {
            self.may.has(place).then_some(Certainty::May)
        }
    }

    /// How many steps can read it, for sure or not.
    #[must_use]
    pub fn steps(&self) -> usize {
        let mut all = self.may.clone();
        all.add_all(&self.certain);
        all.count()
    }

    fn hit(&mut self, certainty: Certainty, steps: &Bits, here: &Bits) {
        self.reach = self.reach.max(Some(certainty));
        match certainty {
            Certainty::May => self.may.add_both(steps, here),
            Certainty::Certain => self.certain.add_both(steps, here),
        };
    }

    fn take_in(&mut self, other: &Self, holder: usize) {
        if other.reach.is_some() {
            self.holders.add(holder);
        }
        self.reach = self.reach.max(other.reach);
        self.may.add_all(&other.may);
        self.certain.add_all(&other.certain);
    }
}

/// A credential under one variable's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The variable.
    pub name: VariableName,
    /// What it is.
    pub identity: Identity,
    /// The values that hold it.
    pub holders: Vec<Holder>,
    /// Whether Octopus is known to hold it: a sensitive value may not be set.
    pub is_set: bool,
    /// Whether a person types it when a deployment is created.
    pub is_prompted: bool,
    /// The names of its secret parts: the variable's own, or sub-variables.
    pub secrets: Vec<String>,
    /// A cell for each environment, in promotion order.
    pub cells: Vec<Cell>,
}

/// What can be read where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The environments, in promotion order.
    pub environments: Vec<EnvironmentId>,
    /// The steps, first those of the deployment process.
    pub steps: Vec<Reader>,
    /// For each environment, the steps that run there.
    runs_in: Vec<Bits>,
    /// The credentials, in the order of the names.
    pub credentials: Vec<Credential>,
}

impl Reach {
    /// Whether the step at `step` runs in the environment at `environment`.
    #[must_use]
    pub fn runs(&self, step: usize, environment: usize) -> bool {
        self.runs_in.get(environment).is_some_and(|steps| steps.has(step))
    }
}

/// Which credentials of `design` can be read where.
#[must_use]
pub fn reach(design: &Design) -> Reach {
    let resolver = Resolver::new(design);
    let environments = resolver.environments().to_vec();
    let (steps, actions): (Vec<Reader>, Vec<&Action>) = readers(design).into_iter().unzip();
    let runs_in: Vec<Bits> = environments
        .iter()
        .map(|environment| {
            Bits::of(steps.len(), |place| {
                let both = steps.get(place).zip(actions.get(place));
                both.is_some_and(|(step, action)| {
                    action.runs_in(environment) && may_run(design, &step.owner, environment)
                })
            })
        })
        .collect();
    let mut reach = Reach { environments, steps, runs_in, credentials: Vec::new() };
    for name in resolver.names() {
        let found = credentials(design, &resolver, &reach, name);
        reach.credentials.extend(found);
    }
    reach
}

/// The actions that are not left out, of the deployment process and runbooks.
fn readers(design: &Design) -> Vec<(Reader, &Action)> {
    let mut all = Vec::new();
    let deployment = (ProcessOwner::Deployment, String::new(), &design.project.process);
    let runbooks = design.project.runbooks.iter().map(|one| {
        (ProcessOwner::Runbook(one.id.clone()), format!(" ({})", one.name), &one.process)
    });
    for (owner, suffix, process) in std::iter::once(deployment).chain(runbooks) {
        for (step, action) in process.actions().filter(|(_, action)| !action.is_disabled) {
            let address = if step.has_children() {
                format!("{}/{}", step.id, action.id)
            } else {
                step.id.to_string()
            };
            let reader = Reader {
                owner: owner.clone(),
                address,
                action: action.id.clone(),
                name: format!("{}{suffix}", action.name),
                target_tags: step.target_tags.clone(),
                channels: action.channels.clone(),
                tenant_tags: action.tenant_tags.clone(),
            };
            all.push((reader, action));
        }
    }
    all
}

/// Whether a process can run in an environment at all.
fn may_run(design: &Design, owner: &ProcessOwner, environment: &EnvironmentId) -> bool {
    match owner {
        ProcessOwner::Deployment => true,
        ProcessOwner::Runbook(id) => design.project.runbooks.get(id).is_some_and(|one| {
            one.environment_scope != RunbookEnvironments::Specified
                || one.environments.contains(environment)
        }),
    }
}

fn identity(entry: &Entry) -> Option<Identity> {
    match entry.content() {
        VariableContent::Sensitive(_) => {
            let whose = match &entry.origin {
                Origin::Variable(_) => String::new(),
                Origin::Tenant { tenant, index, .. } => format!("{}/{index}", tenant.id),
                Origin::Default(_) => "default".to_owned(),
            };
            Some(Identity::Secret(entry.value.id.clone(), whose))
        }
        VariableContent::Certificate(own) => match own.certificate.as_ref()? {
            Bound::Is(id) => Some(Identity::Certificate(id.clone())),
            Bound::Expression(text) => Some(Identity::CertificateOf(text.clone())),
        },
        other => match other.account()?.account.as_ref()? {
            Bound::Is(id) => Some(Identity::Account(id.clone())),
            Bound::Expression(text) => Some(Identity::AccountOf(text.clone())),
        },
    }
}

fn holder(entry: &Entry) -> Holder {
    match &entry.origin {
        Origin::Variable(variable) => Holder::Value {
            set: entry.set.clone(),
            variable: variable.id.clone(),
            value: entry.value.id.clone(),
        },
        Origin::Tenant { tenant, .. } => Holder::Tenant(tenant.name.to_string()),
        Origin::Default(_) => Holder::Tenant("the template's default".to_owned()),
    }
}

/// The secret parts of what an entry holds, by their full names.
fn secrets(design: &Design, name: &Candidates, entry: &Entry) -> Vec<String> {
    if entry.content().is_sensitive() {
        return vec![name.name().to_string()];
    }
    let subs = sub_variables(entry.content(), &design.space);
    let secret = subs.into_iter().filter(|(sub, _)| sub.is_secret);
    secret.map(|(sub, _)| format!("{}.{}", name.name(), sub.suffix)).collect()
}

fn credentials(
    design: &Design,
    resolver: &Resolver,
    reach: &Reach,
    name: &Candidates,
) -> Vec<Credential> {
    if !name.entries().iter().any(|entry| identity(entry).is_some()) {
        return Vec::new();
    }
    let cells = cells(design, resolver, reach, name);
    let mut found: Vec<Credential> = Vec::new();
    for (entry, cells) in name.entries().iter().zip(&cells) {
        let Some(identity) = identity(entry) else { continue };
        let place = match found.iter().position(|one| one.identity == identity) {
            Some(place) => place,
            None => {
                let is_set = match entry.content() {
                    VariableContent::Sensitive(own) => own.is_set,
                    _ => true,
                };
                let refused = refused(design, &identity);
                found.push(Credential {
                    name: name.name().clone(),
                    holders: Vec::new(),
                    is_set,
                    is_prompted: false,
                    secrets: secrets(design, name, entry),
                    cells: reach
                        .environments
                        .iter()
                        .map(|id| Cell { is_refused: refused.contains(id), ..Cell::default() })
                        .collect(),
                    identity,
                });
                found.len() - 1
            }
        };
        let Some(credential) = found.get_mut(place) else { continue };
        let number = credential.holders.len();
        credential.holders.push(holder(entry));
        credential.is_prompted |= entry.value.prompt.is_some();
        for (cell, more) in credential.cells.iter_mut().zip(cells) {
            cell.take_in(more, number);
        }
    }
    found
}

/// The environments in which the account or certificate may not be used.
fn refused(design: &Design, identity: &Identity) -> Vec<EnvironmentId> {
    let allowed = match identity {
        Identity::Account(id) => design.space.accounts.get(id).map(|one| &one.environments),
        Identity::Certificate(id) => design.space.certificates.get(id).map(|one| &one.environments),
        _ => None,
    };
    let Some(allowed) = allowed.filter(|allowed| !allowed.is_empty()) else { return Vec::new() };
    let all = design.space.environments.iter().map(|one| one.id.clone());
    all.filter(|id| !allowed.contains(id)).collect()
}

/// For each value of a name, a cell for each environment.
fn cells(design: &Design, resolver: &Resolver, reach: &Reach, name: &Candidates) -> Vec<Vec<Cell>> {
    let count = reach.environments.len();
    let mut cells = vec![vec![Cell::default(); count]; name.entries().len()];
    let mut row = Vec::new();
    for group in groups(design, name, &reach.steps) {
        let may_run: Vec<bool> =
            reach.environments.iter().map(|id| may_run(design, &group.owner, id)).collect();
        let Some(cases) = &group.cases else {
            everything(reach, name, &group, &may_run, &mut cells);
            continue;
        };
        for case in cases {
            resolver.resolve_row_into(name, &case.context, &mut row);
            for (place, resolution) in row.iter().enumerate() {
                let is_out = case.environments.as_ref().is_some_and(|one| !one.has(place));
                let (Some(here), Some(true), false) =
                    (reach.runs_in.get(place), may_run.get(place), is_out)
                else {
                    continue;
                };
                // No step of the group runs there, and it is not for the process itself.
                if group.steps.count() > 0 && !Bits::default().add_both(&group.steps, here) {
                    continue;
                }
                let sure = if case.is_assumed { Certainty::May } else { Certainty::Certain };
                let mut hit = |entry: usize, certainty: Certainty| {
                    if let Some(cell) = cells.get_mut(entry).and_then(|row| row.get_mut(place)) {
                        cell.hit(certainty, &group.steps, here);
                    }
                };
                match resolution.outcome() {
                    Outcome::Undefined => {}
                    Outcome::Value(entry) if resolution.caveats().is_empty() => hit(entry, sure),
                    outcome => {
                        // Not certain who wins: whatever applies, or ties.
                        let Some(environment) = reach.environments.get(place) else { continue };
                        let context = case.context.clone().in_environment(environment.clone());
                        let ranks = engine::ranks(&name.plain(), &context);
                        let best = resolution.rank();
                        let is_tie = matches!(outcome, Outcome::Ambiguous { .. })
                            && resolution.caveats().is_empty();
                        for (entry, rank) in ranks.iter().enumerate() {
                            if rank.is_some() && (!is_tie || *rank == best) {
                                hit(entry, Certainty::May);
                            }
                        }
                    }
                }
            }
        }
    }
    cells
}

/// Where there are too many contexts: every value that the environment, the
/// process and the step allow.
fn everything(
    reach: &Reach,
    name: &Candidates,
    group: &Group,
    may_run: &[bool],
    cells: &mut [Vec<Cell>],
) {
    let at = |list: &[EnvironmentId], id| list.is_empty() || list.contains(id);
    for (entry, row) in name.entries().iter().zip(cells) {
        let scope = entry.scope();
        if !scope.processes.is_empty() && !scope.processes.contains(&group.owner) {
            continue;
        }
        let steps = Bits::of(reach.steps.len(), |place| {
            group.steps.has(place)
                && reach.steps.get(place).is_some_and(|step| {
                    scope.actions.is_empty() || scope.actions.contains(&step.action)
                })
        });
        let is_bare = group.steps.count() == 0 && scope.actions.is_empty();
        for (place, id) in reach.environments.iter().enumerate() {
            let (Some(here), Some(cell)) = (reach.runs_in.get(place), row.get_mut(place)) else {
                continue;
            };
            let is_read = is_bare || Bits::default().add_both(&steps, here);
            if may_run.get(place) == Some(&true) && at(&scope.environments, id) && is_read {
                cell.hit(Certainty::May, &steps, here);
            }
        }
    }
}
