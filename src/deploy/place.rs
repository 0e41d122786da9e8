//! Where an action runs: on which workers or targets, in which container.
//!
//! Source: reference, process, section 3.1.

use super::ground::Ground;
use super::scenario::Scenario;
use super::text::{Nature, Rendered};
use crate::catalog::{self, Category};
use crate::model::{Action, Design, Step, Target, VariableContent, WorkerPoolChoice};
use crate::scope::Outcome;

/// Where an action runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunsOn {
    /// The worker pool, or why it is not known; absent where it runs on
    /// targets, or on the server itself.
    pub pool: Option<String>,
    /// Whether the pool is known.
    pub is_pool_known: bool,
    /// The target tags of its step.
    pub tags: Vec<String>,
    /// The targets of the environment that have one of the tags.
    pub targets: Vec<String>,
    /// The target whose variables are shown, of several.
    pub shown: Option<String>,
    /// The container's image.
    pub container: Option<Rendered>,
}

impl RunsOn {
    /// All of it as a few words.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = match (&self.pool, self.tags.is_empty()) {
            (Some(pool), true) => pool.clone(),
            (Some(pool), false) => format!("{pool}, for each {}", self.tags.join(" or ")),
            (None, false) => self.tags.join(" or "),
            (None, true) => String::new(),
        };
        if let Some(container) = &self.container {
            let image = container.text();
            words = if words.is_empty() { image } else { format!("{words}, in {image}") };
        }
        words
    }
}

/// The target that `step` is shown for: the scenario's, or the first it has.
pub(super) fn target<'d>(
    design: &'d Design,
    scenario: &'d Scenario,
    step: &'d Step,
) -> Option<&'d Target> {
    let mut targets = scenario.targets(design, &step.target_tags);
    match &scenario.target {
        Some(id) => targets
            .find(|one| one.id == *id)
            .or_else(|| scenario.targets(design, &step.target_tags).next()),
        None => targets.next(),
    }
}

/// The name of the pool that `action` runs in, if it is known.
pub(super) fn pool(ground: &mut Ground<'_>, step: &Step, action: &Action) -> Option<String> {
    if !has_worker(step, action) {
        return None;
    }
    chosen(ground, action).ok()
}

fn has_worker(step: &Step, action: &Action) -> bool {
    let info = action.octopus_type().and_then(catalog::action_type);
    step.runs_on_worker(action)
        && !info.is_some_and(|info| info.needs_targets && info.category == Category::Package)
        && !action.is_manual()
        && action.octopus_type() != Some("Octopus.Email")
}

/// The pool's name, or why it is not known.
fn chosen(ground: &Ground<'_>, action: &Action) -> Result<String, String> {
    let design = ground.design();
    let pools = &design.space.worker_pools;
    match &action.worker_pool {
        WorkerPoolChoice::Default => {
            let default = pools.iter().find(|pool| pool.is_default);
            Ok(default.map_or_else(|| "Default pool".to_owned(), |pool| pool.name.to_string()))
        }
        WorkerPoolChoice::Pool(pick) => match pools.get(&pick.pool) {
            Some(pool) => Ok(pool.name.to_string()),
            None => Err(format!("{}, which the design does not have", pick.pool)),
        },
        WorkerPoolChoice::Variable(by) => {
            let name = by.variable.as_str();
            let resolver = &ground.simulation.resolver;
            let Some(candidates) = resolver.candidates(name) else {
                return Err(format!("the pool in {name}, which nothing defines"));
            };
            match resolver.resolve_one(candidates, &ground.context).outcome() {
                Outcome::Value(index) => {
                    let content = candidates.get(index).map(|entry| entry.content());
                    let pool = match content {
                        Some(VariableContent::WorkerPool(content)) => {
                            content.pool.as_ref().and_then(|bound| bound.known())
                        }
                        _ => None,
                    };
                    let pool = pool.and_then(|id| pools.get(id));
                    let unknown = || format!("the pool that {name} has at run time");
                    pool.map(|pool| pool.name.to_string()).ok_or_else(unknown)
                }
                Outcome::Ambiguous { count, .. } => {
                    Err(format!("the pool in {name}, one of {count} values with equal right"))
                }
                Outcome::Undefined => Err(format!("the pool in {name}, which has no value here")),
            }
        }
    }
}

/// Where `action` runs.
pub(super) fn runs_on(ground: &mut Ground<'_>, step: &Step, action: &Action) -> RunsOn {
    let (design, scenario) = (ground.design(), ground.scenario);
    let mut place = RunsOn {
        tags: step.target_tags.iter().map(ToString::to_string).collect(),
        targets: scenario
            .targets(design, &step.target_tags)
            .map(|one| one.name.to_string())
            .collect(),
        ..RunsOn::default()
    };
    if place.targets.len() > 1 {
        place.shown = target(design, scenario, step).map(|one| one.name.to_string());
    }
    if has_worker(step, action) {
        let pool = chosen(ground, action);
        place.is_pool_known = pool.is_ok();
        place.pool = Some(pool.unwrap_or_else(|unknown| unknown));
    }
    if let Some(container) = action.container.as_ref().filter(|one| !one.image.is_empty()) {
        place.container = Some(ground.render(&container.image, Nature::Setting));
    }
    place
}
