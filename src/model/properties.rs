//! Property bags: how Octopus keeps the settings of steps and actions.
//!
//! A value is a text, or a secret of which only its existence is known; the
//! wire forms are in the reference (process, sections 0 and 6).

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::record::{Field, Reader, Schemas};

/// One property's value.
#[derive(Debug, Clone, PartialEq)]
pub enum PropertyValue {
    /// A text, perhaps with `#{…}` in it.
    Text(String),
    /// A secret; never its text, only whether Octopus has one.
    Sensitive {
        /// Whether a secret is stored there.
        has_value: bool,
    },
    /// What old exports hold instead of a text (`null`, a number), kept as it is.
    Other(Value),
}

impl PropertyValue {
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Reads Octopus's wire form. A secret's text is dropped; says so in `dropped`.
    #[must_use]
    pub fn from_wire(value: &Value, dropped: &mut bool) -> Self {
        match value {
            Value::String(text) => Self::Text(text.clone()),
            Value::Object(map) if map.contains_key("HasValue") || map.contains_key("NewValue") => {
                let new_value = map.get("NewValue").is_some_and(|value| !value.is_null());
                *dropped |= new_value;
                let has_value = map.get("HasValue").and_then(Value::as_bool).unwrap_or(new_value);
                Self::Sensitive { has_value }
            }
            other => Self::Other(other.clone()),
        }
    }

    /// Octopus's wire form; a secret without its text.
    #[must_use]
    pub fn to_wire(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone()),
            Self::Sensitive { has_value } => {
                json!({ "HasValue": has_value, "NewValue": null, "Hint": null })
            }
            Self::Other(value) => value.clone(),
        }
    }
}

/// Properties in the order in which they were set; keys ignore case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Properties(Vec<(String, PropertyValue)>);

impl Properties {
    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&PropertyValue> {
        self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// The text of `key`; empty where there is none.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.get(key).and_then(PropertyValue::as_text).unwrap_or_default()
    }

    /// Whether `key` says `True`, in any case.
    #[must_use]
    pub fn is_true(&self, key: &str) -> bool {
        self.text(key).eq_ignore_ascii_case("true")
    }

    /// Sets `key`, in its place if it was there.
    pub fn set(&mut self, key: &str, value: PropertyValue) {
        match self.0.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(key)) {
            Some((_, old)) => *old = value,
            None => self.0.push((key.to_owned(), value)),
        }
    }

    /// Sets `key` to a text; an empty one takes the property away.
    pub fn set_text(&mut self, key: &str, text: &str) {
        if text.is_empty() {
            self.remove(key);
        } else {
            self.set(key, PropertyValue::Text(text.to_owned()));
        }
    }

    /// Takes `key` away.
    pub fn remove(&mut self, key: &str) {
        self.0.retain(|(name, _)| !name.eq_ignore_ascii_case(key));
    }

    /// The same properties with one more text.
    #[must_use]
    pub fn with(mut self, key: &str, text: &str) -> Self {
        self.set(key, PropertyValue::Text(text.to_owned()));
        self
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keys and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &PropertyValue)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl FromIterator<(String, PropertyValue)> for Properties {
    fn from_iter<I: IntoIterator<Item = (String, PropertyValue)>>(items: I) -> Self {
        // As `set` for each, but without looking through all for each.
        let mut list: Vec<(String, PropertyValue)> = Vec::new();
        let mut places = HashMap::new();
        for (key, value) in items {
            let place = *places.entry(key.to_ascii_lowercase()).or_insert(list.len());
            match list.get_mut(place) {
                Some((_, old)) => *old = value,
                None => list.push((key, value)),
            }
        }
        Self(list)
    }
}

impl Field for Properties {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let map = reader.object(value)?;
        let mut properties = Vec::with_capacity(map.len());
        for (key, value) in map {
            let mut dropped = false;
            properties.push((key.clone(), PropertyValue::from_wire(value, &mut dropped)));
            if dropped {
                reader.within(key, |reader| {
                    reader.warning(
                        "design/secret-dropped",
                        "A secret stood here; only that it is set was kept.",
                    );
                });
            }
        }
        Some(properties.into_iter().collect())
    }

    fn blank() -> Self {
        Self::default()
    }

    fn write(&self) -> Value {
        let map: Map<_, _> =
            self.0.iter().map(|(key, value)| (key.clone(), value.to_wire())).collect();
        Value::Object(map)
    }

    fn missing() -> Option<Self> {
        Some(Self::default())
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({ "type": "object", "additionalProperties": true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_dropped_on_reading_and_said() {
        let mut reader = Reader::new();
        let wire = json!({ "Token": { "HasValue": true, "NewValue": "s3cret", "Hint": null } });
        let properties = Properties::read(&wire, &mut reader).expect("an object");
        assert!(!properties.write().to_string().contains("s3cret"));
        assert_eq!(reader.findings[0].code, "design/secret-dropped");
        assert_eq!(reader.findings[0].place.to_string(), "$.Token");
    }

    #[test]
    fn keys_ignore_case_and_keep_their_place() {
        let mut properties = Properties::default().with("A", "1").with("B", "2");
        properties.set_text("a", "3");
        assert_eq!(properties.write(), json!({ "A": "3", "B": "2" }));
        properties.set_text("A", "");
        assert_eq!(properties.write(), json!({ "B": "2" }));
    }
}
