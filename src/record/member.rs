//! Members of records, each behind one interface, so that reading, writing and
//! describing are there once for all records.

use serde_json::{Map, Value};

use super::{Extra, Field, Reader};

/// A member of a record, whatever its type.
pub trait Member {
    /// Reads the member over this one; leaves it on a value of another kind.
    fn read_from(&mut self, value: &Value, reader: &mut Reader);

    /// Takes what absence means; says whether the member may be absent.
    fn take_missing(&mut self) -> bool;

    /// The member's value, or `None` if it may be left out.
    fn written(&self) -> Option<Value>;

    /// Whether it may be left out.
    fn may_be_left_out(&self) -> bool;

    /// JSON Schema of the member's type; the app writes none.
    #[cfg(not(target_arch = "wasm32"))]
    fn described(&self, schemas: &mut super::Schemas) -> Value;

    /// Whether the member must be there.
    #[cfg(not(target_arch = "wasm32"))]
    fn is_required(&self) -> bool;
}

impl<T: Field> Member for T {
    fn read_from(&mut self, value: &Value, reader: &mut Reader) {
        if let Some(read) = T::read(value, reader) {
            *self = read;
        }
    }

    fn take_missing(&mut self) -> bool {
        let missing = T::missing();
        let may_be_absent = missing.is_some();
        if let Some(missing) = missing {
            *self = missing;
        }
        may_be_absent
    }

    fn written(&self) -> Option<Value> {
        if self.is_missing() { None } else { Some(self.write()) }
    }

    fn may_be_left_out(&self) -> bool {
        self.is_missing()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn described(&self, schemas: &mut super::Schemas) -> Value {
        T::schema(schemas)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn is_required(&self) -> bool {
        T::missing().is_none()
    }
}

/// Called with each member's key, its text and the member.
pub type Visit<'v> = &'v mut dyn FnMut(&'static str, &'static str, &dyn Member);

/// Called with each member's key and the member.
pub type VisitMut<'v> = &'v mut dyn FnMut(&'static str, &mut dyn Member);

/// A JSON object with known members.
pub trait Record {
    /// Shows the known members in declaration order.
    fn members(&self, visit: Visit);

    /// Shows the known members in declaration order, to change.
    fn members_mut(&mut self, visit: VisitMut);

    /// The members that are not known.
    fn extra(&self) -> &Extra;

    /// The members that are not known, to change.
    fn extra_mut(&mut self) -> &mut Extra;

    /// Takes what absence of each member means; says whether all may be absent.
    fn set_missing(&mut self) -> bool {
        let mut all = true;
        self.members_mut(&mut |_, member| all &= member.take_missing());
        all
    }

    /// Whether all members may be left out.
    fn is_left_out(&self) -> bool {
        let mut all = self.extra().is_empty();
        self.members(&mut |_, _, member| all = all && member.may_be_left_out());
        all
    }
}

impl<T: Record> Record for Box<T> {
    fn members(&self, visit: Visit) {
        (**self).members(visit);
    }

    fn members_mut(&mut self, visit: VisitMut) {
        (**self).members_mut(visit);
    }

    fn extra(&self) -> &Extra {
        (**self).extra()
    }

    fn extra_mut(&mut self) -> &mut Extra {
        (**self).extra_mut()
    }
}

/// Reads `map` over the blank `record`; `tag` is a member that belongs to the
/// enclosing choice. Says whether all of it could be read.
pub fn read_members(
    record: &mut dyn Record,
    map: &Map<String, Value>,
    tag: Option<&str>,
    reader: &mut Reader,
) -> bool {
    let before = reader.failures();
    let mut known = Vec::new();
    record.members_mut(&mut |key, member| {
        known.push(key);
        reader.member(map, key, member);
    });
    *record.extra_mut() = Extra::of(map, tag, &known);
    reader.failures() == before
}

/// Appends the members to `map` in declaration order, unknown ones last.
pub fn write_members(record: &dyn Record, map: &mut Map<String, Value>) {
    record.members(&mut |key, _, member| {
        if let Some(value) = member.written() {
            map.insert(key.to_owned(), value);
        }
    });
    record.extra().write_into(map);
}

/// The record as one of any type.
pub fn as_record<T: Record>(record: &T) -> &dyn Record {
    record
}
