//! Records: plain structs that read themselves from JSON with findings, keep
//! the fields they do not know, write themselves the same way every time, and
//! describe themselves as JSON Schema. One declaration gives all four.
//!
//! A field whose value says nothing (an empty list, `false`, the usual choice)
//! is left out when written, so design files stay short and their diffs small.
//!
//! Never: a reader that panics, a known field lost, an unknown field lost.

mod choice;
mod fields;
mod names;
mod reader;
mod schema;
mod table;
mod words;

pub use fields::{Bound, Extra, OneOrMore};
pub use names::{NameError, check_id};
pub use reader::{Reader, write_member};
pub use schema::Schemas;
pub use table::{Entity, Table};

pub(crate) use choice::{bound, choices, usual};
pub(crate) use names::{ids, names};
pub(crate) use words::words;

use serde_json::{Map, Value};

/// A value that can stand in a record.
pub trait Field: Sized + Clone + PartialEq {
    /// Reads the value; on a value of another kind adds findings to `reader`
    /// and gives `None`.
    fn read(value: &Value, reader: &mut Reader) -> Option<Self>;

    /// Writes the value.
    fn write(&self) -> Value;

    /// What an absent field means; `None` where the field must be there.
    #[must_use]
    fn missing() -> Option<Self> {
        None
    }

    /// Whether the value may be left out, because [`Field::missing`] gives it back.
    fn is_missing(&self) -> bool {
        false
    }

    /// JSON Schema of the value; named shapes are added to `schemas`.
    fn schema(schemas: &mut Schemas) -> Value;
}

/// A [`Field`] that is a JSON object with known members.
pub trait Record: Field {
    /// Reads the members; `tag` is a member that belongs to the enclosing choice.
    fn read_members(
        map: &Map<String, Value>,
        tag: Option<&str>,
        reader: &mut Reader,
    ) -> Option<Self>;

    /// Appends the members to `map` in declaration order, unknown ones last.
    fn write_members(&self, map: &mut Map<String, Value>);

    /// Properties and required names for the schema.
    fn schema_members(schemas: &mut Schemas) -> (Map<String, Value>, Vec<Value>);
}

/// Appends `key` unless the value may be left out.
pub fn put<T: Field>(map: &mut Map<String, Value>, key: &str, value: &T) {
    if !value.is_missing() {
        insert(map, key, value.write());
    }
}

#[inline(never)]
fn insert(map: &mut Map<String, Value>, key: &str, value: Value) {
    map.insert(key.to_owned(), value);
}

/// Declares records: see the module's own text.
macro_rules! records {
    ($($(#[$meta:meta])* pub struct $name:ident {
        $($(#[doc = $doc:literal])* $field:ident: $type:ty = $key:literal),* $(,)?
    })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
            /// Members that this version does not know, kept and written back.
            pub extra: $crate::record::Extra,
        }

        impl $crate::record::Record for $name {
            // Kept apart: inlined into its tables and parents it would be there many times.
            #[inline(never)]
            fn read_members(
                map: &serde_json::Map<String, serde_json::Value>,
                tag: Option<&str>,
                reader: &mut $crate::record::Reader,
            ) -> Option<Self> {
                $(let $field = reader.member::<$type>(map, $key);)*
                let extra = $crate::record::Extra::of(map, tag, &[$($key),*]);
                Some(Self { $($field: $field?,)* extra })
            }

            #[inline(never)]
            fn write_members(&self, map: &mut serde_json::Map<String, serde_json::Value>) {
                $($crate::record::put(map, $key, &self.$field);)*
                self.extra.write_into(map);
            }

            fn schema_members(schemas: &mut $crate::record::Schemas)
                -> (serde_json::Map<String, serde_json::Value>, Vec<serde_json::Value>)
            {
                let mut properties = serde_json::Map::new();
                let mut required = Vec::new();
                $(schemas.member::<$type>(
                    $key, concat!($($doc, "\n",)* ""), &mut properties, &mut required,
                );)*
                (properties, required)
            }
        }

        impl $crate::record::Field for $name {
            fn read(value: &serde_json::Value, reader: &mut $crate::record::Reader) -> Option<Self> {
                let map = reader.object(value)?;
                <Self as $crate::record::Record>::read_members(map, None, reader)
            }

            fn write(&self) -> serde_json::Value {
                let mut map = serde_json::Map::new();
                $crate::record::Record::write_members(self, &mut map);
                serde_json::Value::Object(map)
            }

            fn missing() -> Option<Self> {
                Some(Self {
                    $($field: <$type as $crate::record::Field>::missing()?,)*
                    extra: $crate::record::Extra::default(),
                })
            }

            fn is_missing(&self) -> bool {
                $(<$type as $crate::record::Field>::is_missing(&self.$field) &&)*
                    self.extra.is_empty()
            }

            fn schema(schemas: &mut $crate::record::Schemas) -> serde_json::Value {
                schemas.named(stringify!($name), |schemas| {
                    let (properties, required) =
                        <Self as $crate::record::Record>::schema_members(schemas);
                    $crate::record::Schemas::object(properties, required)
                })
            }
        }
    )*};
}

pub(crate) use records;
