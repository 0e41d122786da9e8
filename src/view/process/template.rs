//! The form of a step that was made from a step template: what the template
//! asks, and where its script is.

use super::form::{Control, Field, Section};
use super::sections::Context;
use crate::catalog::community;
use crate::model::process::keys;
use crate::model::space::TemplateParameter;
use crate::model::{ControlType, PropertyValue, StepTemplate};

impl<'a> Context<'a> {
    /// The template that the step was made from, if the space has it.
    pub fn template(&self) -> Option<&'a StepTemplate> {
        let used = self.action.template.as_ref()?;
        self.design.space.step_templates.get(&used.template).map(|row| &**row)
    }

    /// Whether what the type of the action has is shown: not where all of it is
    /// the template's.
    pub fn shows_type(&self) -> bool {
        self.template().is_none() || !self.action.properties.text(keys::SCRIPT_BODY).is_empty()
    }

    /// Whether the form asks for `key` as a parameter of the template.
    pub fn asks(&self, key: &str) -> bool {
        let parameters = self.template().map(|one| one.parameters.as_slice()).unwrap_or_default();
        parameters
            .iter()
            .any(|one| one.name.as_str().eq_ignore_ascii_case(key) && is_asked(one.control))
    }

    /// What the template asks.
    pub fn parameters(&self) -> Option<Section> {
        let template = self.template()?;
        let version = self.action.template.as_ref().map_or("", |used| used.version.as_str());
        let note = |text: String| Field::new("", text, "", Control::Note, "");
        let mut fields = vec![note(match version {
            "" => format!("Made from the step template “{}”.", template.name),
            version => {
                format!("Made from the step template “{}”, version {version}.", template.name)
            }
        })];
        let known = community::known(template);
        let has_script = [&template.properties, &self.action.properties]
            .iter()
            .any(|one| !one.text(keys::SCRIPT_BODY).is_empty());
        if known.is_some() && !has_script {
            fields.push(note(
                "Its script is not in the design: Octopus gets it from the community library, \
                 with the template. What it asks and how it fails is known here."
                    .to_owned(),
            ));
        }
        for parameter in template.parameters.iter().filter(|one| is_asked(one.control)) {
            let told = known.and_then(|known| {
                known.parameters.iter().find(|one| parameter.name.as_str() == one.name)
            });
            fields.push(self.parameter(parameter, told.map_or("", |one| one.help)));
            if told.is_none() && !parameter.help.trim().is_empty() {
                fields.push(note(parameter.help.trim().to_owned()));
            }
        }
        Some(Section { title: "Template parameters", fields })
    }

    fn parameter(&self, parameter: &TemplateParameter, help: &'static str) -> Field {
        let name = parameter.name.as_str();
        let default = parameter.default_value.as_str().unwrap_or_default();
        let held = self.action.properties.get(name);
        let text = match held {
            Some(value) => value.as_text().unwrap_or_default(),
            None => default,
        };
        let control = match parameter.control {
            ControlType::MultiLine => Control::Lines(4),
            ControlType::Checkbox => Control::Check,
            ControlType::Select => Control::Select(options(&parameter.options)),
            ControlType::SingleLine | ControlType::Sensitive => Control::Code,
            _ => Control::Text,
        };
        let value = match control {
            Control::Check if text.eq_ignore_ascii_case("True") => "True",
            Control::Check => "",
            _ => text,
        };
        let label = if parameter.label.is_empty() { name } else { &parameter.label };
        let field = Field::new(format!("parameter:{name}"), label, help, control, value);
        match held {
            Some(PropertyValue::Sensitive { has_value: true }) => field.hint("A secret is set"),
            _ if parameter.control == ControlType::Sensitive => field.hint("#{Name of a variable}"),
            _ => field,
        }
    }
}

/// Packages have a part of the form of their own.
fn is_asked(control: ControlType) -> bool {
    control != ControlType::Package
}

/// The options of a drop down, a line each: `value|Label`.
fn options(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| match line.split_once('|') {
            Some((value, label)) => (value.to_owned(), label.to_owned()),
            None => (line.to_owned(), line.to_owned()),
        })
        .collect()
}
