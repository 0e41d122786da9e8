//! What Octopus's action types are made of: a table that drives the forms,
//! the checks and the exporters.
//!
//! Everything is `static` and borrowed; a type that is not in the table is
//! still carried through, with its properties as they are.
//!
//! Never: a rule about what is wise (that is lint), text that is not from
//! Octopus's own vocabulary or this table's help.
//! Source: reference, process, sections 3 to 5; labels by Octopus's own
//! documentation where it has them. Labels of the AWS, Google and email forms
//! were not checked against a portal.

pub mod community;
mod features;
mod form;
mod palette;
mod scripts;
mod types;

pub use community::{Community, community_of};
pub use form::{Category, Control, PrimaryPackage, Property, Refers, Section, When};
pub use palette::{Group, Kind, PALETTE, StepKind, kind_of, new_action, step_kind};
pub use types::{ACTION_TYPES, COMMON, OTHER_TYPES};

use crate::model::Properties;

/// A type of action with its properties.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ActionInfo {
    /// Octopus's id of the type, such as `Octopus.Script`.
    pub id: &'static str,
    /// The portal's name of it.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Where the portal files it.
    pub category: Category,
    /// Whether it has a primary package.
    pub primary_package: PrimaryPackage,
    /// Whether it may refer to further packages by name.
    pub has_named_packages: bool,
    /// Whether it needs deployment targets, so target tags on its step.
    pub needs_targets: bool,
    /// Properties of which at least one must be set; empty where there is no such rule.
    pub one_of: &'static [&'static str],
    /// Its properties, as the form shows them.
    pub sections: &'static [Section],
}

impl ActionInfo {
    /// Its properties in the form's order.
    pub fn properties(&self) -> impl Iterator<Item = &'static Property> + use<> {
        self.sections.iter().flat_map(|section| section.properties)
    }

    /// The property called `key`, ignoring case.
    #[must_use]
    pub fn property(&self, key: &str) -> Option<&'static Property> {
        self.properties().find(|property| property.is(key))
    }

    /// The text of `key`, or its default where it is not set.
    #[must_use]
    pub fn value<'a>(&self, key: &str, properties: &'a Properties) -> &'a str {
        match properties.get(key) {
            Some(value) => value.as_text().unwrap_or_default(),
            None => self.property(key).map_or("", |property| property.default),
        }
    }

    /// Whether the form shows `property` while the action has these properties.
    #[must_use]
    pub fn is_shown(&self, property: &Property, properties: &Properties) -> bool {
        match property.when {
            When::Always => true,
            When::Is(key, values) => {
                // A property that is itself hidden shows nothing either.
                let is_open = self.property(key).is_none_or(|other| match other.when {
                    When::Always | When::Feature(_) => true,
                    When::Is(..) => self.is_shown(other, properties),
                });
                let value = self.value(key, properties);
                is_open && values.iter().any(|one| one.eq_ignore_ascii_case(value))
            }
            When::Feature(feature) => has_feature(properties, feature),
        }
    }

    /// The properties that the form shows, requires, and finds empty.
    pub fn missing<'a>(
        &'a self,
        properties: &'a Properties,
    ) -> impl Iterator<Item = &'static Property> + 'a {
        self.properties().filter(|property| {
            property.is_required
                && property.default.is_empty()
                && self.is_shown(property, properties)
                && properties.get(property.key).is_none_or(|value| value.as_text() == Some(""))
        })
    }
}

/// The type called `id`, ignoring case, if its properties are known.
#[must_use]
pub fn action_type(id: &str) -> Option<&'static ActionInfo> {
    ACTION_TYPES.iter().copied().find(|one| one.id.eq_ignore_ascii_case(id))
}

/// The name that people know the type `id` by; the id itself where none is known.
#[must_use]
pub fn type_name(id: &str) -> &str {
    if let Some(info) = action_type(id) {
        return info.name;
    }
    let other = OTHER_TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(id));
    other.map_or(id, |(_, name)| name)
}

/// What the value of property `key` refers to, whatever the type of its action.
#[must_use]
pub fn refers(key: &str) -> Refers {
    let properties = ACTION_TYPES.iter().flat_map(|info| info.properties()).chain(&COMMON);
    properties.into_iter().find(|one| one.is(key)).map_or(Refers::Nothing, |one| one.refers)
}

/// Whether the features that are switched on have `feature` among them.
#[must_use]
pub fn has_feature(properties: &Properties, feature: &str) -> bool {
    let enabled = properties.text(crate::model::process::keys::ENABLED_FEATURES);
    enabled.split(',').any(|one| one.trim() == feature)
}

#[cfg(test)]
mod tests;
