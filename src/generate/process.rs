//! Processes of a large design: for each area the same few steps, over and over.

use super::{AREAS, Size, id, stage};
use crate::model::process::PulumiOperation;
use crate::model::process::keys;
use crate::model::{
    Action, ActionId, ActionType, EnvironmentId, Name, PackageKey, PackageReference, Process,
    PulumiStep, StartTrigger, Step, StepCondition, StepId, TargetTag,
};

const WORK: [&str; 5] = ["Preview", "Approve", "Deploy", "Warm up", "Smoke test"];

pub(super) fn deployment(size: Size) -> Option<Process> {
    let mut steps = Vec::with_capacity(size.steps);
    for index in 0..size.steps {
        steps.push(step(index, size)?);
    }
    Some(Process { steps: steps.into_iter().collect(), ..Process::default() })
}

fn step(index: usize, size: Size) -> Option<Step> {
    let work = *WORK.get(index % WORK.len())?;
    let area = *AREAS.get(index / WORK.len() % AREAS.len())?;
    let round = index / (WORK.len() * AREAS.len());
    let mut name = format!("{work} {}", area.to_ascii_lowercase());
    if round > 0 {
        name = format!("{name} {}", round + 1);
    }
    let key = format!("step-{index}");
    let action_id = id(ActionId::parse, &key)?;
    let name = Name::parse(&name).ok()?;
    let mut action = match work {
        "Preview" => pulumi(action_id, name, PulumiOperation::Preview)?,
        "Deploy" => pulumi(action_id, name, PulumiOperation::Up)?,
        "Approve" => approval(action_id, name, area)?,
        _ => script(action_id, name, area)?,
    };
    let production = |first: bool| -> Option<Vec<EnvironmentId>> {
        let places =
            (0..size.environments).filter(|place| (stage(*place, size.environments) == 3) == first);
        places.map(|place| id(EnvironmentId::parse, &format!("env-{place}"))).collect()
    };
    match work {
        "Approve" => action.environments = production(true)?,
        "Warm up" => action.environments = production(false)?,
        _ => {}
    }
    let is_warm_up = work == "Warm up";
    if is_warm_up {
        action.properties.set_text(keys::RUN_ON_SERVER, "false");
    }
    let mut step = Step::single(id(StepId::parse, &key)?, action);
    if is_warm_up {
        step.target_tags = vec![id(TargetTag::parse, "web")?];
    }
    if index % 25 == 24 {
        step.condition = StepCondition::Always;
    }
    if index % 10 == 5 {
        step.start = StartTrigger::WithPrevious;
    }
    Some(step)
}

pub(super) fn runbook(key: &str, name: &str) -> Option<Process> {
    let operation = match key {
        "drift" => PulumiOperation::Refresh,
        "destroy" => PulumiOperation::Destroy,
        _ => PulumiOperation::Up,
    };
    let id_text = format!("{key}-run");
    let action = pulumi(id(ActionId::parse, &id_text)?, Name::parse(name).ok()?, operation)?;
    let step = Step::single(id(StepId::parse, &id_text)?, action);
    Some(Process { steps: [step].into_iter().collect(), ..Process::default() })
}

fn pulumi(id_: ActionId, name: Name, operation: PulumiOperation) -> Option<Action> {
    let mut action = Action::pulumi(id_, name, PulumiStep::run(operation));
    let package = id(PackageKey::parse, "platform")?;
    action.packages = vec![PackageReference::extracted("platform", package)];
    Some(action)
}

fn approval(id: ActionId, name: Name, area: &str) -> Option<Action> {
    let mut action = Action::octopus(id, name, ActionType::parse("Octopus.Manual").ok()?);
    let text =
        format!("Release #{{Octopus.Release.Number}} of {area}: is the preview as expected?");
    action.properties.set_text(keys::RUN_ON_SERVER, "true");
    action.properties.set_text(keys::MANUAL_INSTRUCTIONS, &text);
    Some(action)
}

fn script(id: ActionId, name: Name, area: &str) -> Option<Action> {
    let mut action = Action::octopus(id, name, ActionType::parse("Octopus.Script").ok()?);
    let body = format!(
        "set -euo pipefail\nurl=$(get_octopusvariable \"{area}:Api:Url\")\n\
         curl --fail --silent --show-error --retry 5 \"$url/health\" > /dev/null\n\
         echo \"{area} answers in #{{Octopus.Environment.Name}}\"\n"
    );
    for (key, text) in [
        (keys::RUN_ON_SERVER, "true"),
        (keys::SCRIPT_SOURCE, "Inline"),
        (keys::SCRIPT_SYNTAX, "Bash"),
        (keys::SCRIPT_BODY, &body),
    ] {
        action.properties.set_text(key, text);
    }
    Some(action)
}
