//! Walks over the design that know where they are.

use std::fmt;

use crate::catalog::{Community, community_of};
use crate::model::process::{ProgramSource, PulumiOperation, RunStep, keys};
use crate::model::project::RunbookEnvironments;
use crate::model::{
    Action, Backend, CloudCredentials, Design, Environment, EnvironmentId, Lifecycle, Process,
    PulumiStep, Runbook, Scope, StartTrigger, Step, StepCondition, Variable, VariableContent,
    VariableValue, WorkerPool, WorkerPoolChoice,
};
use crate::record::Table;

/// A process and whose it is.
#[derive(Clone, Copy)]
pub struct ProcessAt<'d> {
    /// The design.
    pub design: &'d Design,
    /// The runbook and its place; `None` for the deployment process.
    pub runbook: Option<(usize, &'d Runbook)>,
    /// The process.
    pub process: &'d Process,
}

impl<'d> ProcessAt<'d> {
    /// Its JSON path.
    pub fn path(self) -> String {
        match self.runbook {
            None => "$.project.process".to_owned(),
            Some((index, _)) => format!("$.project.runbooks[{index}].process"),
        }
    }

    /// ` of the runbook "X"`, or nothing for the deployment process.
    pub fn suffix(self) -> String {
        self.runbook.map_or_else(String::new, |(_, runbook)| {
            format!(" of the runbook \"{}\"", runbook.name)
        })
    }

    /// Its actions in order.
    pub fn actions(self) -> Vec<ActionAt<'d>> {
        let mut all = Vec::new();
        for (step_index, step) in self.process.steps.iter().enumerate() {
            for (index, action) in step.actions.iter().enumerate() {
                all.push(ActionAt { owner: self, step_index, step, index, action });
            }
        }
        all
    }

    /// Whether the process may run in `environment`: a deployment reaches what
    /// the lifecycles have, a runbook what its scope says.
    pub fn runs_in(self, environment: &Environment) -> bool {
        match self.runbook {
            None => is_in_lifecycles(self.design, environment),
            Some((_, runbook)) => match runbook.environment_scope {
                RunbookEnvironments::All => true,
                RunbookEnvironments::Specified => runbook.environments.contains(&environment.id),
                RunbookEnvironments::Lifecycles => is_in_lifecycles(self.design, environment),
            },
        }
    }

    /// Whether the process is meant for `environment`: as [`Self::runs_in`], but
    /// a runbook for all environments is meant for those of the project.
    pub fn is_meant_for(self, environment: &Environment) -> bool {
        let is_for_all = self
            .runbook
            .is_some_and(|(_, runbook)| runbook.environment_scope == RunbookEnvironments::All);
        self.runs_in(environment) && (!is_for_all || is_in_lifecycles(self.design, environment))
    }
}

/// The lifecycles of the project and its channels.
pub fn lifecycles(design: &Design) -> Vec<&Lifecycle> {
    let channels = design.project.channels.iter().filter_map(|one| one.lifecycle.as_ref());
    let own = design.project.lifecycle.iter();
    let found = own.chain(channels).filter_map(|id| design.space.lifecycles.get(id));
    found.map(|one| &**one).collect()
}

/// Whether releases can reach `environment`; so it is where no lifecycle is
/// known, and where one takes all environments that are left.
pub fn is_in_lifecycles(design: &Design, environment: &Environment) -> bool {
    let all = lifecycles(design);
    design.project.lifecycle.is_none()
        || all.is_empty()
        || all.iter().any(|one| takes_the_rest(one))
        || all.iter().any(|one| {
            one.phases.iter().any(|phase| phase.environments().any(|id| *id == environment.id))
        })
}

/// Whether a lifecycle has no phases, or one for all environments that are left.
fn takes_the_rest(lifecycle: &Lifecycle) -> bool {
    lifecycle.phases.is_empty()
        || lifecycle.phases.iter().any(|phase| phase.environments().next().is_none())
}

/// An action and where it stands.
#[derive(Clone, Copy)]
pub struct ActionAt<'d> {
    /// Its process.
    pub owner: ProcessAt<'d>,
    /// The place of its step.
    pub step_index: usize,
    /// Its step.
    pub step: &'d Step,
    /// Its place in the step.
    pub index: usize,
    /// The action.
    pub action: &'d Action,
}

impl ActionAt<'_> {
    /// The JSON path of its step.
    pub fn step_path(&self) -> String {
        format!("{}.steps[{}]", self.owner.path(), self.step_index)
    }

    /// Its JSON path.
    pub fn path(&self) -> String {
        format!("{}.actions[{}]", self.step_path(), self.index)
    }

    /// The JSON path of one of its members.
    pub fn member(&self, name: &str) -> String {
        format!("{}.{name}", self.path())
    }

    /// The JSON path of one of its properties.
    pub fn property(&self, key: &str) -> String {
        let mut path = self.member("properties");
        crate::record::write_member(&mut path, key);
        path
    }

    /// `"X"`, with its runbook's name where it has one.
    pub fn in_words(&self) -> String {
        format!("\"{}\"{}", self.action.name, self.owner.suffix())
    }

    /// Whether it may run in `environment`, by its own lists and its runbook's.
    pub fn runs_in(&self, environment: &Environment) -> bool {
        !self.action.is_disabled
            && self.owner.runs_in(environment)
            && self.action.runs_in(&environment.id)
    }
}

impl ActionAt<'_> {
    /// Whether it is meant to run in `environment`; see [`ProcessAt::is_meant_for`].
    pub fn is_meant_for(&self, environment: &Environment) -> bool {
        self.runs_in(environment) && self.owner.is_meant_for(environment)
    }
}

/// `The step "X"`, with its runbook's name where it has one.
impl fmt::Display for ActionAt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The step {}", self.in_words())
    }
}

/// The deployment process and those of all runbooks.
pub fn processes(design: &Design) -> Vec<ProcessAt<'_>> {
    let mut all = vec![ProcessAt { design, runbook: None, process: &design.project.process }];
    for (index, runbook) in design.project.runbooks.iter().enumerate() {
        all.push(ProcessAt { design, runbook: Some((index, runbook)), process: &runbook.process });
    }
    all
}

/// The actions of all processes.
pub fn actions(design: &Design) -> Vec<ActionAt<'_>> {
    processes(design).into_iter().flat_map(ProcessAt::actions).collect()
}

/// The actions that were made from a community template that Pulpo knows by heart.
pub fn community_steps(design: &Design) -> Vec<(ActionAt<'_>, &'static Community)> {
    let known = |at: ActionAt<'_>| community_of(design, at.action);
    actions(design).into_iter().filter_map(|at| Some((at, known(at)?))).collect()
}

/// A set of variables and whose it is.
#[derive(Clone, Copy)]
pub struct SetAt<'d> {
    /// The place and name of the library set; `None` for the project's own.
    pub library: Option<(usize, &'d str)>,
    /// The variables.
    pub variables: &'d Table<Variable>,
}

impl SetAt<'_> {
    /// The JSON path of its variables.
    pub fn path(&self) -> String {
        match self.library {
            None => "$.project.variables".to_owned(),
            Some((index, _)) => format!("$.space.librarySets[{index}].variables"),
        }
    }

    /// ` in the library set "X"`, or nothing for the project's own.
    pub fn suffix(&self) -> String {
        self.library.map_or_else(String::new, |(_, name)| format!(" in the library set \"{name}\""))
    }
}

/// One value of a variable and where it stands.
#[derive(Clone, Copy)]
pub struct ValueAt<'d> {
    /// Its set.
    pub set: SetAt<'d>,
    /// The place of its variable.
    pub variable_index: usize,
    /// Its variable.
    pub variable: &'d Variable,
    /// Its place.
    pub index: usize,
    /// The value.
    pub value: &'d VariableValue,
}

impl ValueAt<'_> {
    /// The JSON path of its variable.
    pub fn variable_path(&self) -> String {
        format!("{}[{}]", self.set.path(), self.variable_index)
    }

    /// Its JSON path.
    pub fn path(&self) -> String {
        format!("{}.values[{}]", self.variable_path(), self.index)
    }
}

/// The project's variables and those of every library set that the space knows.
pub fn sets(design: &Design) -> Vec<SetAt<'_>> {
    let mut all = vec![SetAt { library: None, variables: &design.project.variables }];
    for (index, set) in design.space.library_sets.iter().enumerate() {
        all.push(SetAt { library: Some((index, set.name.as_str())), variables: &set.variables });
    }
    all
}

/// All values of all sets.
pub fn values(design: &Design) -> Vec<ValueAt<'_>> {
    let mut all = Vec::new();
    for set in sets(design) {
        for (variable_index, variable) in set.variables.iter().enumerate() {
            for (index, value) in variable.values.iter().enumerate() {
                all.push(ValueAt { set, variable_index, variable, index, value });
            }
        }
    }
    all
}

/// The values of the variable `name` that the project sees: its own, and those
/// of the sets it includes.
pub fn values_of<'d>(design: &'d Design, name: &str) -> Vec<ValueAt<'d>> {
    let mut all = values(design);
    all.retain(|at| {
        at.variable.name.is_same(name)
            && at.set.library.is_none_or(|(index, _)| {
                let set = design.space.library_sets.nth(index);
                set.is_some_and(|set| design.project.included_sets.contains(&set.id))
            })
    });
    all
}

/// Whether a tenant is asked for the variable `name`, by the project or by a set.
pub fn is_asked_of_tenants(design: &Design, name: &str) -> bool {
    let own = design.project.templates.iter();
    let shared = design.space.library_sets.iter().flat_map(|set| set.templates.iter());
    own.chain(shared).any(|template| template.name.is_same(name))
}

/// Whether a value of this scope may apply in `environment`.
pub fn may_apply(scope: &Scope, environment: &Environment) -> bool {
    scope.environments.is_empty() || scope.environments.contains(&environment.id)
}

/// The environments of a scope by their names, for people; `everywhere` without any.
pub fn where_in_words(design: &Design, scope: &Scope) -> String {
    if scope.environments.is_empty() {
        return "everywhere".to_owned();
    }
    let names: Vec<_> = scope
        .environments
        .iter()
        .map(|id| design.space.environments.get(id).map_or(id.as_str(), |one| one.name.as_str()))
        .collect();
    format!("in {}", some_of(&names))
}

/// What an action tells Pulumi to do, if it runs Pulumi.
pub fn run_of(action: &Action) -> Option<&RunStep> {
    match action.pulumi_step() {
        Some(PulumiStep::Run(run)) => Some(run),
        _ => None,
    }
}

/// Whether an action changes or destroys what a stack deploys.
pub fn changes_stack(action: &Action) -> bool {
    run_of(action)
        .is_some_and(|run| matches!(run.operation, PulumiOperation::Up | PulumiOperation::Destroy))
}

/// Where a step of Pulpo's finds its program, if it needs one.
pub fn source_of(step: &PulumiStep) -> Option<&ProgramSource> {
    match step {
        PulumiStep::Extract(_) => None,
        PulumiStep::ConfigOverride(step) => Some(&step.source),
        PulumiStep::Run(run) => Some(&run.source),
    }
}

/// Whether a person is waited for in `environment` before `action` runs.
pub fn is_approved(action: &ActionAt<'_>, environment: &Environment) -> bool {
    // Steps that start together with the action's own do not wait for each other.
    let mut first = action.step_index;
    while first > 0
        && action
            .owner
            .process
            .steps
            .nth(first)
            .is_some_and(|step| step.start == StartTrigger::WithPrevious)
    {
        first -= 1;
    }
    action.owner.actions().iter().any(|at| {
        let is_before =
            at.step_index < first || at.step_index == action.step_index && at.index < action.index;
        is_before
            && at.action.is_manual()
            && at.step.condition != StepCondition::Failure
            && at.runs_in(environment)
    })
}

/// The inline Bash script of an action of Octopus's own.
pub fn bash_of(action: &Action) -> Option<&str> {
    action.octopus_type()?;
    let properties = &action.properties;
    let source = properties.text(keys::SCRIPT_SOURCE);
    let is_bash = properties.text(keys::SCRIPT_SYNTAX).eq_ignore_ascii_case("Bash");
    let is_inline = source.is_empty() || source.eq_ignore_ascii_case("Inline");
    let body = properties.text(keys::SCRIPT_BODY);
    (is_bash && is_inline && !body.is_empty()).then_some(body)
}

/// The pools that an action may run on, as far as the design knows them.
pub fn pools_of<'d>(design: &'d Design, action: &Action) -> Vec<&'d WorkerPool> {
    let pools = &design.space.worker_pools;
    match &action.worker_pool {
        WorkerPoolChoice::Default => {
            pools.iter().filter(|one| one.is_default).map(|one| &**one).collect()
        }
        WorkerPoolChoice::Pool(pick) => {
            pools.get(&pick.pool).map(|one| &**one).into_iter().collect()
        }
        WorkerPoolChoice::Variable(pick) => values_of(design, pick.variable.as_str())
            .into_iter()
            .filter_map(|at| match &at.value.content {
                VariableContent::WorkerPool(content) => content.pool.as_ref()?.known(),
                _ => None,
            })
            .filter_map(|id| pools.get(id).map(|one| &**one))
            .collect(),
    }
}

/// The name of an environment, or its id where it is not there.
pub fn environment_name<'d>(design: &'d Design, id: &'d EnvironmentId) -> &'d str {
    design.space.environments.get(id).map_or(id.as_str(), |one| one.name.as_str())
}

/// Whether any step runs Pulumi.
pub fn runs_pulumi(design: &Design) -> bool {
    actions(design).iter().any(|at| run_of(at.action).is_some())
}

/// The variable that logs in to the backend, and where the design names it.
pub fn login_variable(design: &Design) -> Option<(&'static str, &str)> {
    match &design.pulumi.backend {
        Backend::Cloud(_) => Some(("$.pulumi.backend", design.pulumi.token_variable()?)),
        Backend::Oidc(login) => Some(("$.pulumi.backend.accountVariable", login.account.as_str())),
        Backend::SelfManaged(backend) => {
            Some(("$.pulumi.backend.passphraseVariable", backend.passphrase.as_ref()?.as_str()))
        }
    }
}

/// The variable with the cloud account, and where the design names it.
pub fn credential_variable(design: &Design) -> Option<(&'static str, &str)> {
    match &design.pulumi.credentials {
        CloudCredentials::Ambient => None,
        CloudCredentials::Aws(account)
        | CloudCredentials::Azure(account)
        | CloudCredentials::Google(account) => {
            Some(("$.pulumi.credentials.variable", account.variable.as_str()))
        }
    }
}

/// The name of a package reference: `own`, or the one that exports take.
pub fn reference_name<'d>(design: &'d Design, own: &'d str) -> &'d str {
    let pulumi = &design.pulumi;
    if !own.is_empty() {
        return own;
    }
    if !pulumi.reference.is_empty() {
        return &pulumi.reference;
    }
    let Some(key) = &pulumi.package else { return "pulumi-app" };
    match design.project.packages.get(key) {
        Some(package) if !package.package_id.is_empty() && !package.package_id.contains("#{") => {
            &package.package_id
        }
        _ => key.as_str(),
    }
}

/// Names for people, `A, B, C and 7 more`: a list as long as the design helps nobody.
pub fn some_of(names: &[&str]) -> String {
    const MOST: usize = 5;
    let shown = names.get(..MOST).unwrap_or(names).join(", ");
    match names.len().checked_sub(MOST) {
        Some(more) if more > 0 => format!("{shown} and {more} more"),
        _ => shown,
    }
}
