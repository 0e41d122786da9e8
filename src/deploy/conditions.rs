//! Whether an action runs in a scenario, and why not.
//!
//! Sources: reference, process, sections 2 and 3. How tenant tags of a step
//! work over several tag sets, and without a tenant, is not in the reference:
//! where it matters, the answer is "not known".

use super::ground::Ground;
use super::text::{Nature, Rendered};
use crate::model::process::keys;
use crate::model::{Action, ActionCondition, Design, Step, StepCondition, Tenant};
use crate::octostache::{Doubt, EvalError};

/// What becomes of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It runs, if nothing before it fails.
    Runs,
    /// It runs only if something before it fails.
    OnFailure,
    /// It is skipped, for all of these reasons.
    Skipped(Vec<Reason>),
    /// Only the run decides, and why.
    Undecided(Vec<Reason>),
}

/// Why an action is skipped, or why that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it rests on: `disabled`, `environment`, `channel`, `tenant`,
    /// `condition`, `targets`.
    pub on: &'static str,
    /// It, as a sentence.
    pub what: String,
    /// The condition as it was filled in, where it rests on one.
    pub condition: Option<Rendered>,
}

impl Fate {
    /// A word for machines.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::OnFailure => "on-failure",
            Self::Skipped(_) => "skipped",
            Self::Undecided(_) => "undecided",
        }
    }

    /// A few words for people.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Runs => "Runs",
            Self::OnFailure => "Only on failure",
            Self::Skipped(_) => "Skipped",
            Self::Undecided(_) => "Decided at run time",
        }
    }

    /// What there is to say about it.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Self::Runs | Self::OnFailure => &[],
            Self::Skipped(reasons) | Self::Undecided(reasons) => reasons,
        }
    }
}

fn because(on: &'static str, what: impl Into<String>) -> Reason {
    Reason { on, what: what.into(), condition: None }
}

/// What becomes of `action` in the scenario of `ground`.
pub(super) fn fate(ground: &mut Ground<'_>, step: &Step, action: &Action) -> Fate {
    let mut skipped = Vec::new();
    let mut open = Vec::new();
    if action.is_disabled {
        skipped.push(because("disabled", "It is disabled."));
    }
    environment(ground, action, &mut skipped);
    channel(ground, action, &mut skipped);
    tenant(ground, action, &mut skipped, &mut open);
    targets(ground, step, action, &mut skipped);
    let mut on_failure = false;
    match &step.condition {
        StepCondition::Success | StepCondition::Always => {}
        StepCondition::Failure => on_failure = true,
        StepCondition::Variable(variable) => {
            condition(ground, &variable.expression, &mut skipped, &mut open);
        }
    }
    if action.condition == ActionCondition::Variable {
        let expression = action.properties.text(keys::ACTION_CONDITION).to_owned();
        condition(ground, &expression, &mut skipped, &mut open);
    }
    match (skipped.is_empty(), open.is_empty()) {
        (false, _) => Fate::Skipped(skipped),
        (true, false) => Fate::Undecided(open),
        (true, true) if on_failure => Fate::OnFailure,
        (true, true) => Fate::Runs,
    }
}

fn environment(ground: &Ground<'_>, action: &Action, skipped: &mut Vec<Reason>) {
    let (design, here) = (ground.design(), &ground.scenario.environment);
    let environments = &design.space.environments;
    let names = |ids: &[crate::model::EnvironmentId]| {
        let names: Vec<_> = ids
            .iter()
            .map(|id| environments.get(id).map_or(id.as_str(), |one| one.name.as_str()))
            .collect();
        listed(&names)
    };
    if !action.environments.is_empty() && !action.environments.contains(here) {
        let what = format!("It runs only in {}.", names(&action.environments));
        skipped.push(because("environment", what));
    }
    if action.excluded_environments.contains(here) {
        let what = format!("It is excluded from {}.", names(std::slice::from_ref(here)));
        skipped.push(because("environment", what));
    }
}

fn channel(ground: &Ground<'_>, action: &Action, skipped: &mut Vec<Reason>) {
    // Whether a runbook minds channels of a step is unverified; a run has none.
    if action.channels.is_empty() {
        return;
    }
    let design = ground.design();
    let channels = &design.project.channels;
    let names: Vec<_> = action
        .channels
        .iter()
        .map(|id| channels.get(id).map_or(id.as_str(), |one| one.name.as_str()))
        .collect();
    match ground.scenario.channel(design) {
        Some(channel) if action.channels.contains(&channel.id) => {}
        Some(_) => {
            let what = format!("It runs only for releases of {}.", listed(&names));
            skipped.push(because("channel", what));
        }
        None => {
            let what = format!(
                "It runs only for {}, and a run without a release has no channel.",
                listed(&names)
            );
            skipped.push(because("channel", what));
        }
    }
}

fn tenant(ground: &Ground<'_>, action: &Action, skipped: &mut Vec<Reason>, open: &mut Vec<Reason>) {
    if action.tenant_tags.is_empty() {
        return;
    }
    let names: Vec<_> = action.tenant_tags.iter().map(|tag| tag.as_str()).collect();
    let names = listed(&names);
    let Some(tenant) = ground.scenario.tenant(ground.design()) else {
        let what = format!(
            "It runs for tenants tagged {names}; what that means without a tenant is not documented."
        );
        open.push(because("tenant", what));
        return;
    };
    match matches(tenant, action) {
        Some(true) => {}
        Some(false) => {
            let what = format!("It runs for tenants tagged {names}, and {} is not.", tenant.name);
            skipped.push(because("tenant", what));
        }
        None => {
            let what = format!(
                "{} has a tag of some tag sets among {names}, but not of all.",
                tenant.name
            );
            open.push(because("tenant", what));
        }
    }
}

/// Whether the tenant's tags fit: `None` where they fit some tag sets only.
fn matches(tenant: &Tenant, action: &Action) -> Option<bool> {
    let set = |tag: &str| tag.split('/').next().unwrap_or_default().to_lowercase();
    let has = |tag: &str| tenant.tags.iter().any(|own| own.as_str().eq_ignore_ascii_case(tag));
    let mut sets: Vec<(String, bool)> = Vec::new();
    for tag in &action.tenant_tags {
        let (name, fits) = (set(tag.as_str()), has(tag.as_str()));
        match sets.iter_mut().find(|(known, _)| *known == name) {
            Some((_, any)) => *any |= fits,
            None => sets.push((name, fits)),
        }
    }
    match (sets.iter().all(|(_, fits)| *fits), sets.iter().any(|(_, fits)| *fits)) {
        (true, _) => Some(true),
        (_, false) => Some(false),
        (false, true) => None,
    }
}

fn targets(ground: &Ground<'_>, step: &Step, action: &Action, skipped: &mut Vec<Reason>) {
    let design = ground.design();
    // A design need not list its targets; where it lists none, nothing is said.
    if step.target_tags.is_empty() || action.is_manual() || design.space.targets.is_empty() {
        return;
    }
    if ground.scenario.targets(design, &step.target_tags).next().is_none() {
        let tags: Vec<_> = step.target_tags.iter().map(|tag| tag.as_str()).collect();
        let environment = name_of_environment(design, ground);
        let what = format!("No target of {environment} is tagged {}.", tags.join(" or "));
        skipped.push(because("targets", what));
    }
}

fn name_of_environment(design: &Design, ground: &Ground<'_>) -> String {
    let environment = ground.scenario.environment(design);
    environment.map_or_else(String::new, |one| one.name.to_string())
}

/// Octopus takes the result of a condition for true unless it is empty, `0`,
/// `no` or `false`; one that it can't fill in counts as false (reference:
/// octostache, section 1).
fn condition(
    ground: &mut Ground<'_>,
    expression: &str,
    skipped: &mut Vec<Reason>,
    open: &mut Vec<Reason>,
) {
    let rendered = ground.render(expression, Nature::Setting);
    let (what, is_open) = match decided(ground, expression) {
        Err(error) => (format!("Octopus fails at its condition: {error}."), true),
        Ok(Some(true)) => return,
        Ok(Some(false)) => ("Its condition is not met.".to_owned(), false),
        Ok(None) => {
            let names = rendered.open_names();
            let what = match names.as_slice() {
                [] => "Its condition depends on what only the run knows.".to_owned(),
                names => format!("Its condition depends on {}.", listed(names)),
            };
            (what, true)
        }
    };
    let reason = Reason { on: "condition", what, condition: Some(rendered) };
    if is_open { open.push(reason) } else { skipped.push(reason) }
}

/// Whether a condition holds, if that can be known.
fn decided(ground: &Ground<'_>, expression: &str) -> Result<Option<bool>, EvalError> {
    let engine = ground.engine();
    let result = engine.evaluate(expression)?;
    // What asked for a sample and was decided leaves no doubt in the output.
    let doubts = result.segments.iter().map(|segment| segment.doubt);
    let is_known = doubts.max().unwrap_or_default() == Doubt::None || result.error().is_some();
    if is_known { engine.truthy(expression).map(Some) } else { Ok(None) }
}

/// The most names that a reason lists.
const MOST_NAMES: usize = 6;

/// Names as a sentence lists them.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        all if all.len() > MOST_NAMES => {
            let first = all.get(..MOST_NAMES - 1).unwrap_or_default();
            format!("{} and {} more", first.join(", "), all.len() - first.len())
        }
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
