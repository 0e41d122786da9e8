//! Deployment and runbook processes, steps and actions by themselves.
//!
//! Source: reference, process, sections 1 and 2.

use super::action;
use super::common::{name_of, project_of, slug_of, unknown_word, word};
use super::reading::{Object, Reading, extra};
use crate::base::Severity;
use crate::format::fragment::{Covers, Mention};
use crate::model::process::{PackageRequirement, keys};
use crate::model::{
    Process, Properties, PropertyValue, StartTrigger, Step, StepCondition, TargetTag,
};
use crate::record::OneOrMore;

const PROCESS: &[&str] = &["Id", "ProjectId", "RunbookId", "SpaceId", "Version", "Steps"];
const STEP: &[&str] = &[
    "Id",
    "Name",
    "Slug",
    "Condition",
    "StartTrigger",
    "PackageRequirement",
    "Properties",
    "Actions",
];

/// Reads a deployment process.
pub(super) fn deployment(map: &Object, reading: &mut Reading) -> Covers {
    project_of(map, reading);
    let process = process(map, reading);
    reading.draft.design.project.process = process;
    Covers::Process
}

/// Reads the process of a runbook.
pub(super) fn runbook_process(map: &Object, reading: &mut Reading) -> Covers {
    project_of(map, reading);
    let id = reading.text(map, "RunbookId");
    let mention = if id.is_empty() { Mention::Name("Runbook") } else { Mention::of_json(id) };
    let runbook = reading.draft.runbook(mention);
    let process = process(map, reading);
    reading.draft.runbooks.change(&runbook, |row| row.process = process);
    Covers::Runbook(runbook)
}

fn process(map: &Object, reading: &mut Reading) -> Process {
    let id = reading.text(map, "Id");
    let octopus_id = match Mention::of_json(id) {
        Mention::Id(id) => id.to_owned(),
        _ => String::new(),
    };
    let version = reading.number(map, "Version");
    let mut steps = Vec::new();
    reading.objects(map, "Steps", |map, reading| steps.extend(step(map, reading)));
    Process { steps: steps.into_iter().collect(), octopus_id, version, extra: extra(map, PROCESS) }
}

/// Reads a step by itself.
pub(super) fn loose_step(map: &Object, reading: &mut Reading) -> Covers {
    let step = step(map, reading);
    reading.draft.loose_steps.extend(step);
    Covers::Steps
}

/// Reads an action by itself: a step of that one action.
pub(super) fn loose_action(map: &Object, reading: &mut Reading) -> Covers {
    let action = action::read(map, reading);
    let id = reading.draft.new_step_id(action.name.as_str());
    reading.draft.loose_steps.push(Step::single(id, action));
    Covers::Steps
}

fn step(map: &Object, reading: &mut Reading) -> Option<Step> {
    let name = name_of(map, "step", reading);
    let mut actions = Vec::new();
    reading.objects(map, "Actions", |map, reading| actions.push(action::read(map, reading)));
    let Some(actions) = OneOrMore::from_vec(actions) else {
        if let Some(finding) = reading.say(
            Severity::Error,
            "import/no-action",
            format!("The step \"{name}\" has no action; it is left out."),
        ) {
            "Whether Octopus keeps such a step is not known.".clone_into(&mut finding.why);
        }
        return None;
    };
    let id = reading.draft.new_step_id(name.as_str());
    let found = reading.object(map, "Properties").into_iter().flatten();
    let properties: Properties = found
        .map(|(key, value)| (key.clone(), PropertyValue::from_wire(value, &mut false)))
        .collect();
    let mut step = Step {
        id,
        slug: slug_of(map, &name, reading),
        name,
        condition: StepCondition::default(),
        start: word(map, "StartTrigger", StartTrigger::from_word, reading),
        package_requirement: word(
            map,
            "PackageRequirement",
            PackageRequirement::from_word,
            reading,
        ),
        target_tags: Vec::new(),
        window: String::new(),
        properties,
        actions,
        octopus_id: reading.text(map, "Id").to_owned(),
        extra: extra(map, STEP),
    };
    condition(map, &mut step, reading);
    target_tags(&mut step, reading);
    if let Some(window) = step.properties.get(keys::MAX_PARALLELISM).and_then(|one| one.as_text()) {
        step.window = window.to_owned();
        step.properties.remove(keys::MAX_PARALLELISM);
    }
    Some(step)
}

fn condition(map: &Object, step: &mut Step, reading: &mut Reading) {
    let word = reading.text(map, "Condition");
    let word = if word.is_empty() { "Success" } else { word };
    let known = StepCondition::ALL.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
    let Some((word, _)) = known else {
        unknown_word("Condition", word, "Success", reading);
        return;
    };
    let expression = step.properties.text(keys::STEP_CONDITION).to_owned();
    step.condition = StepCondition::from_octopus(word, &expression).unwrap_or_default();
    if step.condition.expression().is_some() {
        step.properties.remove(keys::STEP_CONDITION);
    }
}

fn target_tags(step: &mut Step, reading: &mut Reading) {
    let Some(text) = step.properties.get(keys::TARGET_ROLES).and_then(|one| one.as_text()) else {
        return;
    };
    let parts = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    let tags: Vec<_> = parts.map(TargetTag::parse).collect();
    if tags.iter().any(Result::is_err) {
        let what = format!("\"{text}\" are no target tags; they stay a property of the step.");
        reading.within("Properties", |reading| reading.warning("import/target-tags", what));
        return;
    }
    step.target_tags = tags.into_iter().flatten().collect();
    step.properties.remove(keys::TARGET_ROLES);
}
