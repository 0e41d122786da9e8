//! The arguments that choose what is simulated, and names found by their text.

use super::Failure;
use crate::deploy::Scenario;
use crate::model::{ActionId, Design, ProcessOwner, TargetTag};

/// What is deployed, to where and for whom.
#[derive(Debug, clap::Args)]
pub struct Choice {
    /// The environment's name.
    #[arg(long, short = 'e', value_name = "NAME")]
    pub environment: String,
    /// The channel of the release [default: the project's default channel].
    #[arg(long, value_name = "NAME")]
    pub channel: Option<String>,
    /// The tenant that it is for.
    #[arg(long, value_name = "NAME")]
    pub tenant: Option<String>,
    /// The runbook that runs, instead of a deployment.
    #[arg(long, value_name = "NAME", conflicts_with = "channel")]
    pub runbook: Option<String>,
    /// The deployment target that steps on targets are shown for.
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,
}

impl Choice {
    /// The scenario in `design`.
    pub fn scenario(&self, design: &Design) -> Result<Scenario, Failure> {
        let space = &design.space;
        let environments = space.environments.iter().map(|one| (one.name.as_str(), &one.id));
        let id = find("environment", &self.environment, environments)?;
        let mut scenario = Scenario::deployment(design, id.clone());
        if let Some(name) = &self.channel {
            let channels = design.project.channels.iter().map(|one| (one.name.as_str(), &one.id));
            scenario.channel = Some(find("channel", name, channels)?.clone());
        }
        if let Some(name) = &self.tenant {
            let tenants = space.tenants.iter().map(|one| (one.name.as_str(), &one.id));
            scenario.tenant = Some(find("tenant", name, tenants)?.clone());
        }
        if let Some(name) = &self.runbook {
            let runbooks = design.project.runbooks.iter().map(|one| (one.name.as_str(), &one.id));
            scenario.process = ProcessOwner::Runbook(find("runbook", name, runbooks)?.clone());
        }
        if let Some(name) = &self.target {
            let targets = space.targets.iter().map(|one| (one.name.as_str(), &one.id));
            scenario.target = Some(find("deployment target", name, targets)?.clone());
        }
        Ok(scenario)
    }
}

/// The action called `name` in the process of `scenario`, child steps too.
pub fn action(design: &Design, scenario: &Scenario, name: &str) -> Result<ActionId, Failure> {
    let process = scenario.process(design);
    let actions = process.into_iter().flat_map(|process| process.actions());
    let all: Vec<_> = actions.map(|(_, action)| (action.name.as_str(), &action.id)).collect();
    find("step", name, all.into_iter()).cloned()
}

/// A target tag, whether the design has it or not.
pub fn tag(text: &str) -> Result<TargetTag, Failure> {
    TargetTag::parse(text).map_err(|error| Failure(format!("\"{text}\" is no target tag: {error}")))
}

/// The thing called `name`, whatever its case.
pub fn find<'d, T>(
    what: &str,
    name: &str,
    all: impl Iterator<Item = (&'d str, T)>,
) -> Result<T, Failure> {
    let mut known = Vec::new();
    for (own, thing) in all {
        if own.to_lowercase() == name.to_lowercase() {
            return Ok(thing);
        }
        known.push(own);
    }
    Err(Failure(not_there(what, name, &known)))
}

/// What is said of a name that nothing has.
pub fn not_there(what: &str, name: &str, known: &[&str]) -> String {
    let mut text = format!("there is no {what} \"{name}\"");
    match (nearest(name, known), known) {
        (_, []) => text.push_str(&format!("; the design has no {what} at all")),
        (Some(near), _) => text.push_str(&format!("; did you mean \"{near}\"?")),
        (None, known) if known.len() <= 12 => {
            text.push_str(&format!("; there are {}", known.join(", ")));
        }
        (None, known) => text.push_str(&format!(", among {} there are", known.len())),
    }
    text
}

/// The name that `name` was most likely meant to be.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let wanted = name.to_lowercase();
    let close = |one: &&'k str| {
        let one = one.to_lowercase();
        let is_part = wanted.chars().count() > 2 && one.contains(&wanted);
        if is_part { 1 } else { distance(&wanted, &one) }
    };
    let best = known.iter().min_by_key(|one| close(one))?;
    let most = (wanted.chars().count() / 3).max(1);
    (close(best) <= most).then_some(*best)
}

/// How many letters must be changed, put in or left out.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.chars().enumerate() {
        let mut corner = at;
        let mut before = at + 1;
        let mut next = vec![before];
        for (other, above) in right.iter().zip(row.iter().skip(1)) {
            let changed = corner + usize::from(*other != letter);
            corner = *above;
            before = changed.min(before + 1).min(*above + 1);
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_suggested() {
        let known = ["Development", "Staging", "Production"];
        assert_eq!(nearest("Prodution", &known), Some("Production"));
        assert_eq!(nearest("prod", &known), Some("Production"));
        assert_eq!(nearest("Acceptance", &known), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "ab"), 2);
    }
}
