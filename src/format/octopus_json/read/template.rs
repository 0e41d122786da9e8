//! Step templates.
//!
//! Source: reference, process, section 7.

use serde_json::Value;

use super::action;
use super::common::{name_of, owner};
use super::reading::{Object, Reading, extra};
use crate::base::Severity;
use crate::format::fragment::{Covers, Mention, tame_name};
use crate::model::ControlType;
use crate::model::space::TemplateParameter;

const TEMPLATE: &[&str] = &[
    "Id",
    "Name",
    "SpaceId",
    "Description",
    "ActionType",
    "Version",
    "CommunityActionTemplateId",
    "Packages",
    "Properties",
    "Parameters",
];
const PARAMETER: &[&str] = &["Id", "Name", "Label", "HelpText", "DefaultValue", "DisplaySettings"];

/// Reads a step template.
pub(super) fn read(map: &Object, reading: &mut Reading) -> Covers {
    owner(reading.text(map, "SpaceId"), "", reading);
    let name = name_of(map, "step template", reading);
    let octopus_id = reading.text(map, "Id").to_owned();
    let action_type = action::action_type(map, reading);
    let mention = match octopus_id.as_str() {
        "" => Mention::Name(name.as_str()),
        id => Mention::Id(id),
    };
    let template = reading.draft.step_template(mention, action_type.clone());
    let description = reading.text(map, "Description").to_owned();
    let version = reading.number(map, "Version");
    let community_id = reading.text(map, "CommunityActionTemplateId").to_owned();
    let packages = action::packages(map, reading);
    let properties = action::properties(map, reading);
    let mut parameters = Vec::new();
    reading.objects(map, "Parameters", |map, reading| parameters.push(parameter(map, reading)));
    reading.draft.step_templates.change(&template, |row| {
        row.name = name;
        row.description = description;
        row.action_type = action_type;
        row.version = version;
        row.parameters = parameters;
        row.properties = properties;
        row.packages = packages;
        row.community_id = community_id;
        row.octopus_id = octopus_id;
        row.extra = extra(map, TEMPLATE);
    });
    Covers::StepTemplate(template)
}

fn parameter(map: &Object, reading: &mut Reading) -> TemplateParameter {
    let name = tame_name(reading.text(map, "Name"));
    let (control, options) = control(map, reading);
    let default_value = map.get("DefaultValue").cloned().unwrap_or_default();
    if control == ControlType::Sensitive
        && matches!(&default_value, Value::String(text) if !text.is_empty() && !text.contains("#{"))
    {
        let what = format!("The default of the sensitive parameter \"{name}\" is a plain text.");
        reading.within("DefaultValue", |reading| {
            if let Some(finding) = reading.say(Severity::Warning, "import/plain-default", what) {
                "Whoever has the step template can read it, here as in Octopus."
                    .clone_into(&mut finding.why);
                "Take it out, unless it is meant to be known.".clone_into(&mut finding.fix);
            }
        });
    }
    TemplateParameter {
        name,
        label: reading.text(map, "Label").to_owned(),
        help: reading.text(map, "HelpText").to_owned(),
        default_value,
        control,
        options,
        octopus_id: reading.text(map, "Id").to_owned(),
        extra: extra(map, PARAMETER),
    }
}

/// How a prompt or a parameter is entered.
pub(super) fn control(map: &Object, reading: &mut Reading) -> (ControlType, String) {
    let Some(settings) = reading.object(map, "DisplaySettings") else {
        return (ControlType::default(), String::new());
    };
    reading.within("DisplaySettings", |reading| {
        let word = reading.text(settings, "Octopus.ControlType");
        let control = ControlType::from_word(word).unwrap_or_else(|| {
            if !word.is_empty() {
                let usual = ControlType::default().word();
                super::common::unknown_word("Octopus.ControlType", word, usual, reading);
            }
            ControlType::default()
        });
        (control, reading.text(settings, "Octopus.SelectOptions").to_owned())
    })
}
