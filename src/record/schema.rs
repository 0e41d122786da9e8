//! JSON Schema (2020-12) of records, gathered while walking the types.

use serde_json::{Map, Value, json};

use super::{Field, Member, Record};

/// The named shapes met so far.
#[derive(Debug, Default)]
pub struct Schemas {
    definitions: Map<String, Value>,
}

impl Schemas {
    /// The schema document of `T`.
    #[must_use]
    pub fn document<T: Field>(id: &str, title: &str) -> Value {
        let mut schemas = Self::default();
        let root = T::schema(&mut schemas);
        let mut definitions: Vec<_> = schemas.definitions.into_iter().collect();
        definitions.sort_by(|left, right| left.0.cmp(&right.0));
        let mut document = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": id,
            "title": title,
        });
        if let (Some(document), Some(root)) = (document.as_object_mut(), root.as_object()) {
            document.extend(root.clone());
            document.insert("$defs".into(), Value::Object(definitions.into_iter().collect()));
        }
        document
    }

    /// A reference to the shape `name`, built by `build` the first time.
    pub fn named(&mut self, name: &str, build: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            // Holds the place, so that shapes that contain themselves end.
            self.definitions.insert(name.to_owned(), Value::Null);
            let shape = build(self);
            self.definitions.insert(name.to_owned(), shape);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// A reference to the shape of a record.
    pub fn record(&mut self, name: &str, blank: &dyn Record) -> Value {
        self.named(name, |schemas| {
            let (properties, required) = schemas.members(blank);
            Self::object(properties, required)
        })
    }

    /// The members of a record, and the names of those that must be there.
    pub fn members(&mut self, blank: &dyn Record) -> (Map<String, Value>, Vec<Value>) {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        blank.members(&mut |key, doc, member| {
            let mut shape = described(member, self);
            if let (Some(shape), false) = (shape.as_object_mut(), doc.trim().is_empty()) {
                let text: Vec<_> = doc.lines().map(str::trim).collect();
                shape.insert("description".into(), text.join(" ").trim().into());
            }
            properties.insert(key.to_owned(), shape);
            if is_required(member) {
                required.push(key.into());
            }
        });
        (properties, required)
    }

    /// A shape of just a JSON type.
    #[must_use]
    pub fn kind(kind: &str) -> Value {
        json!({ "type": kind })
    }

    /// An object with known members; others are allowed and kept.
    #[must_use]
    pub fn object(properties: Map<String, Value>, required: Vec<Value>) -> Value {
        let mut object = json!({ "type": "object", "properties": properties });
        if let (Some(object), false) = (object.as_object_mut(), required.is_empty()) {
            object.insert("required".into(), Value::Array(required));
        }
        object
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn described(member: &dyn Member, schemas: &mut Schemas) -> Value {
    member.described(schemas)
}

#[cfg(not(target_arch = "wasm32"))]
fn is_required(member: &dyn Member) -> bool {
    member.is_required()
}

/// The app writes no schema and does not carry what it is made of.
#[cfg(target_arch = "wasm32")]
fn described(_: &dyn Member, _: &mut Schemas) -> Value {
    Value::Null
}

#[cfg(target_arch = "wasm32")]
fn is_required(_: &dyn Member) -> bool {
    false
}
