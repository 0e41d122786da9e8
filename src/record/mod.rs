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
mod member;
mod names;
mod reader;
mod schema;
mod table;
mod words;

pub use fields::{AS_READ, Bound, Extra, OneOrMore};
pub use member::{Member, Record, Visit, VisitMut, as_record, read_members, write_members};
pub use names::{NameError, check_id};
pub use reader::{Reader, write_member};
pub use schema::Schemas;
pub use table::{Entity, Table};

pub(crate) use choice::{bound, choices, first_variant, tagged, usual};
pub(crate) use names::{ids, names};
pub(crate) use words::words;

use serde_json::Value;

/// A value that can stand in a record.
pub trait Field: Sized + Clone + PartialEq + 'static {
    /// Reads the value; on a value of another kind adds an error to `reader`
    /// and gives `None`.
    fn read(value: &Value, reader: &mut Reader) -> Option<Self>;

    /// Writes the value.
    fn write(&self) -> Value;

    /// A value to begin reading with. It may break the type's own rule, and is
    /// thrown away unless it was read over.
    fn blank() -> Self;

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

/// Declares records: see the module's own text. What the macro writes is kept
/// to lists of members; all else is in `member.rs` once for all records.
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
            fn members(&self, visit: $crate::record::Visit) {
                $(visit($key, $crate::record::described!(concat!($($doc, "\n",)* "")), &self.$field);)*
            }

            fn members_mut(&mut self, visit: $crate::record::VisitMut) {
                $(visit($key, &mut self.$field);)*
            }

            fn extra(&self) -> &$crate::record::Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut $crate::record::Extra {
                &mut self.extra
            }
        }

        impl $crate::record::Field for $name {
            fn read(value: &serde_json::Value, reader: &mut $crate::record::Reader) -> Option<Self> {
                let map = reader.object(value)?;
                let mut record = <Self as $crate::record::Field>::blank();
                $crate::record::read_members(&mut record, map, None, reader).then_some(record)
            }

            fn write(&self) -> serde_json::Value {
                let mut map = serde_json::Map::new();
                $crate::record::write_members(self, &mut map);
                serde_json::Value::Object(map)
            }

            fn blank() -> Self {
                Self {
                    $($field: <$type as $crate::record::Field>::blank(),)*
                    extra: $crate::record::Extra::default(),
                }
            }

            fn missing() -> Option<Self> {
                let mut record = <Self as $crate::record::Field>::blank();
                $crate::record::Record::set_missing(&mut record).then_some(record)
            }

            fn is_missing(&self) -> bool {
                $crate::record::Record::is_left_out(self)
            }

            fn schema(schemas: &mut $crate::record::Schemas) -> serde_json::Value {
                schemas.record(stringify!($name), &<Self as $crate::record::Field>::blank())
            }
        }
    )*};
}

/// The text of a member, where there are schemas to write: not in the app.
macro_rules! described {
    ($text:expr) => {
        if cfg!(target_arch = "wasm32") { "" } else { $text }
    };
}

pub(crate) use {described, records};
