//! Where a text of the preview comes from.

use crate::model::{Design, LibrarySetId, ProcessOwner, Scope, ValueId, VariableId};
use crate::scope::{Entry, Origin as Found};

/// What a person sees in place of a secret.
pub const MASK: &str = "••••••••";

/// Where a value stands in the design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueAt {
    /// The library set; absent for the project.
    pub set: Option<LibrarySetId>,
    /// The variable, where it is one of the design: tenants' values, defaults
    /// and what an export makes have none.
    pub variable: Option<(VariableId, ValueId)>,
    /// Who says it: the project, a set, a tenant.
    pub owner: String,
    /// What limits it, in words.
    pub scope: String,
    /// Whether whoever deploys is asked for it.
    pub is_prompted: bool,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A value that the design has.
    Value(ValueAt),
    /// Several values of the design with equal right.
    Tie(Vec<ValueAt>),
    /// Made by Octopus from the value of an account or certificate variable.
    SubVariable {
        /// That variable.
        of: String,
    },
    /// Octopus's own, and known here.
    System,
    /// Octopus's own, and made up here in the right form.
    Sample,
    /// A setting of the step itself.
    Step,
    /// An earlier step sets it.
    Output {
        /// The step's name.
        step: String,
    },
    /// A run has it, and nobody knows it before.
    RunTime,
    /// Nothing has it.
    Nowhere,
}

impl Origin {
    /// Its kind in a word, for machines.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::Tie(_) => "tie",
            Self::SubVariable { .. } => "sub-variable",
            Self::System => "system",
            Self::Sample => "sample",
            Self::Step => "step",
            Self::Output { .. } => "output",
            Self::RunTime => "run-time",
            Self::Nowhere => "nowhere",
        }
    }

    /// All of it as words that follow "from".
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Value(at) => at.sentence(),
            Self::Tie(all) => {
                let all: Vec<_> = all.iter().map(ValueAt::sentence).collect();
                format!("a tie, and Octopus does not promise which it takes: {}", all.join("; "))
            }
            Self::SubVariable { of } => format!("the account or certificate that {of} holds"),
            Self::System => "Octopus".to_owned(),
            Self::Sample => "Octopus; this is a sample".to_owned(),
            Self::Step => "the step's own settings".to_owned(),
            Self::Output { step } => format!("the step {step}, when it runs"),
            Self::RunTime => "Octopus, at run time".to_owned(),
            Self::Nowhere => "nowhere: nothing of this name applies here".to_owned(),
        }
    }
}

impl ValueAt {
    fn sentence(&self) -> String {
        let asked = if self.is_prompted { "; whoever deploys is asked for it" } else { "" };
        format!("{}, {}{asked}", self.owner, self.scope)
    }

    /// The place of `entry`, in the design that it belongs to. `original` tells
    /// what of it is not made by an export.
    pub(super) fn of(original: &Design, entry: &Entry) -> Self {
        let set = entry.set.as_ref();
        let named = set.and_then(|id| original.space.library_sets.get(id));
        let owner = match named {
            Some(set) => format!("library set {}", set.name),
            None => "project".to_owned(),
        };
        let mut at = Self {
            set: set.cloned(),
            variable: None,
            owner,
            scope: scope_words(original, entry.scope()),
            is_prompted: entry.value.prompt.is_some(),
        };
        match &entry.origin {
            Found::Variable(variable) => {
                let is_there = match named {
                    Some(set) => set.variables.get(&variable.id).is_some(),
                    None => original.project.variables.get(&variable.id).is_some(),
                };
                if is_there {
                    at.variable = Some((variable.id.clone(), entry.value.id.clone()));
                } else if variable.name.is_same(original.pulumi.stack_variable()) {
                    "the stacks of the environments".clone_into(&mut at.owner);
                } else {
                    "a variable that export adds".clone_into(&mut at.owner);
                }
            }
            Found::Tenant { tenant, .. } => at.owner = format!("tenant {}", tenant.name),
            Found::Default(_) => at.owner = format!("default for tenants of the {}", at.owner),
        }
        at
    }
}

/// The limits of `scope` in words.
#[must_use]
pub fn scope_words(design: &Design, scope: &Scope) -> String {
    let (space, project) = (&design.space, &design.project);
    let mut parts: Vec<String> = Vec::new();
    let mut add = |what: &str, names: Vec<String>| {
        if !names.is_empty() {
            parts.push([what, &names.join(" or ")].concat());
        }
    };
    let environments = &space.environments;
    let name = |id| environments.get(id).map_or_else(|| id.to_string(), |one| one.name.to_string());
    add("", scope.environments.iter().map(name).collect());
    let channels = &project.channels;
    let name = |id| channels.get(id).map_or_else(|| id.to_string(), |one| one.name.to_string());
    add("channel ", scope.channels.iter().map(name).collect());
    if !scope.actions.is_empty() {
        let runbooks = project.runbooks.iter().map(|one| &one.process);
        let actions = std::iter::once(&project.process)
            .chain(runbooks)
            .flat_map(|process| process.actions())
            .filter(|(_, action)| scope.actions.contains(&action.id));
        add("step ", actions.map(|(_, action)| action.name.to_string()).collect());
    }
    let targets = &space.targets;
    let name = |id| targets.get(id).map_or_else(|| id.to_string(), |one| one.name.to_string());
    add("target ", scope.targets.iter().map(name).collect());
    add("target tag ", scope.target_tags.iter().map(ToString::to_string).collect());
    add("tenant tag ", scope.tenant_tags.iter().map(ToString::to_string).collect());
    let name = |owner: &ProcessOwner| match owner {
        ProcessOwner::Deployment => "deployments".to_owned(),
        ProcessOwner::Runbook(id) => {
            let runbook = project.runbooks.get(id);
            runbook.map_or_else(|| id.to_string(), |one| format!("runbook {}", one.name))
        }
    };
    add("", scope.processes.iter().map(name).collect());
    if parts.is_empty() { "for all".to_owned() } else { format!("for {}", parts.join(", ")) }
}
