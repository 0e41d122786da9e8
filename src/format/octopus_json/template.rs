//! Step templates, as the portal imports them.
//!
//! Source: reference, process, section 7; the Library's rules in 7.3.

use serde_json::{Value, json};

use super::ids::Ids;
use super::process::{package, write_properties};
use super::{Members, Written};
use crate::model::space::TemplateParameter;
use crate::model::{ControlType, Design, StepTemplate};

/// What an exported step template says of its export. All of it is fixed, so
/// that the same design gives the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateMeta<'a> {
    /// ISO 8601 with milliseconds and `Z`.
    pub exported_at: &'a str,
    /// The Octopus version that the format is of.
    pub octopus_version: &'a str,
}

impl Default for TemplateMeta<'_> {
    fn default() -> Self {
        Self { exported_at: "2026-01-01T00:00:00.000Z", octopus_version: "2026.1.0" }
    }
}

/// The longest name that the Library takes.
const LONGEST_NAME: usize = 200;

/// Members of a package reference that a template leaves open.
const OPEN: [&str; 2] = ["PackageId", "FeedId"];

/// A step template in the form of the portal's export.
#[must_use]
pub fn step_template(design: &Design, template: &StepTemplate, meta: TemplateMeta) -> Written {
    let mut ids = Ids::new(design);
    let name: String = template.name.as_str().chars().take(LONGEST_NAME).collect();
    let id = match template.octopus_id.as_str() {
        "" => guid(&["pulpo/step-template/", &name]),
        id => id.to_owned(),
    };
    let mut body = Members::default();
    body.put("Id", id.as_str()).put("Name", name.as_str());
    body.put("Description", template.description.as_str());
    body.put("ActionType", template.action_type.as_str()).put("Version", template.version);
    if !template.community_id.is_empty() {
        body.put("CommunityActionTemplateId", template.community_id.as_str());
    }
    let packages: Vec<_> = template
        .packages
        .iter()
        .map(|one| {
            let mut one = one.clone();
            if one.octopus_id.is_empty() {
                one.octopus_id = guid(&[&id, "/package/", &one.name]);
            }
            // A feed's id means nothing on another server, so both are left open:
            // whoever uses the template chooses.
            let mut written = package(&one, Value::Null, Value::Null);
            if let Some(members) = written.as_object_mut() {
                members.retain(|key, value| !value.is_null() || !OPEN.contains(&key.as_str()));
            }
            written
        })
        .collect();
    body.put("Packages", packages).put("GitDependencies", json!([]));
    let properties = write_properties(&template.properties, false, "$.Properties", &mut ids);
    body.put("Properties", properties);
    let parameters = template.parameters.iter().map(|one| parameter(one, &id));
    body.put("Parameters", parameters.collect::<Vec<_>>());
    body.put("StepPackageId", template.action_type.as_str());
    body.put(
        "$Meta",
        json!({
            "ExportedAt": meta.exported_at,
            "OctopusVersion": meta.octopus_version,
            "Type": "ActionTemplate",
        }),
    );
    body.put("LastModifiedBy", "Pulpo").put("Category", "pulumi");
    body.put_extra(&template.extra).put_back(&template.extra);
    ids.done(body.done())
}

fn parameter(parameter: &TemplateParameter, template: &str) -> Value {
    let id = match parameter.octopus_id.as_str() {
        "" => guid(&[template, "/parameter/", parameter.name.as_str()]),
        id => id.to_owned(),
    };
    let default = match &parameter.default_value {
        Value::Null => Value::Null,
        // A secret's default is never carried, and anything else is a text.
        Value::Object(_) => Value::from(""),
        Value::Bool(flag) => Value::from(if *flag { "True" } else { "False" }),
        Value::String(text) => Value::from(text.as_str()),
        other => Value::from(other.to_string()),
    };
    let mut body = Members::default();
    body.put("Id", id).put("Name", parameter.name.as_str()).put("Label", parameter.label.as_str());
    body.put("HelpText", parameter.help.as_str()).put("DefaultValue", default);
    body.put("DisplaySettings", control_setting(parameter.control, &parameter.options));
    body.put_extra(&parameter.extra).put_back(&parameter.extra).done()
}

/// Octopus's `DisplaySettings` of a control.
#[must_use]
pub fn control_setting(control: ControlType, options: &str) -> Value {
    let mut body = Members::default();
    body.put("Octopus.ControlType", control.word());
    if control == ControlType::Select {
        body.put("Octopus.SelectOptions", options);
    }
    body.done()
}

/// A UUID made of a text, the same every time: FNV-1a of 128 bits, marked as
/// version 8, which is the one for such.
#[must_use]
pub fn guid(parts: &[&str]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = parts.iter().flat_map(|part| part.bytes());
    let hash = bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    let hash = hash & !(0xf << 76) & !(0x3 << 62) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{hash:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}
