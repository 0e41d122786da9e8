//! [`Field`] for the plain kinds: texts, numbers, lists, unknown members.

use std::ops::{Deref, DerefMut};

use serde_json::{Map, Value};

use super::{Field, Reader, Schemas};

impl Field for String {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        match value {
            Value::String(text) => Some(text.clone()),
            other => {
                reader.expected("a text", other);
                None
            }
        }
    }

    fn blank() -> Self {
        Self::new()
    }

    fn write(&self) -> Value {
        Value::String(self.clone())
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }

    fn schema(_: &mut Schemas) -> Value {
        Schemas::kind("string")
    }
}

impl Field for bool {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let flag = value.as_bool();
        if flag.is_none() {
            reader.expected("true or false", value);
        }
        flag
    }

    fn blank() -> Self {
        false
    }

    fn write(&self) -> Value {
        Value::Bool(*self)
    }

    fn missing() -> Option<Self> {
        Some(false)
    }

    fn is_missing(&self) -> bool {
        !self
    }

    fn schema(_: &mut Schemas) -> Value {
        Schemas::kind("boolean")
    }
}

impl Field for u32 {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let number = value.as_u64().and_then(|number| Self::try_from(number).ok());
        if number.is_none() {
            reader.expected("a whole number from 0", value);
        }
        number
    }

    fn blank() -> Self {
        0
    }

    fn write(&self) -> Value {
        Value::from(*self)
    }

    fn missing() -> Option<Self> {
        Some(0)
    }

    fn is_missing(&self) -> bool {
        *self == 0
    }

    fn schema(_: &mut Schemas) -> Value {
        serde_json::json!({ "type": "integer", "minimum": 0 })
    }
}

/// Any JSON, kept as it is.
impl Field for Value {
    fn read(value: &Value, _: &mut Reader) -> Option<Self> {
        Some(value.clone())
    }

    fn blank() -> Self {
        Self::Null
    }

    fn write(&self) -> Value {
        self.clone()
    }

    fn missing() -> Option<Self> {
        Some(Value::Null)
    }

    fn is_missing(&self) -> bool {
        self.is_null()
    }

    fn schema(_: &mut Schemas) -> Value {
        Value::Bool(true)
    }
}

impl<T: Field> Field for Option<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        T::read(value, reader).map(Some)
    }

    fn blank() -> Self {
        None
    }

    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::write)
    }

    fn missing() -> Option<Self> {
        Some(None)
    }

    fn is_missing(&self) -> bool {
        self.is_none()
    }

    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }
}

impl<T: Field> Field for Box<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        T::read(value, reader).map(Self::new)
    }

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn write(&self) -> Value {
        (**self).write()
    }

    fn missing() -> Option<Self> {
        T::missing().map(Self::new)
    }

    fn is_missing(&self) -> bool {
        (**self).is_missing()
    }

    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let mut list = Self::new();
        let is_sound = reader.items(value, &mut |item, reader| {
            let item = T::read(item, reader);
            let is_sound = item.is_some();
            list.extend(item);
            is_sound
        });
        is_sound.then_some(list)
    }

    fn blank() -> Self {
        Self::new()
    }

    fn write(&self) -> Value {
        Value::Array(self.iter().map(Field::write).collect())
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let items = T::schema(schemas);
        serde_json::json!({ "type": "array", "items": items })
    }
}

/// A list that has at least one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMore<T>(Vec<T>);

impl<T> OneOrMore<T> {
    /// The list of just `first`.
    pub fn of(first: T) -> Self {
        Self(vec![first])
    }

    /// The list, or `None` if it has no item.
    #[must_use]
    pub fn from_vec(items: Vec<T>) -> Option<Self> {
        if items.is_empty() { None } else { Some(Self(items)) }
    }

    /// The first item.
    #[must_use]
    pub fn first(&self) -> &T {
        // Not empty by construction: no method takes the last item away.
        &self.0[0]
    }

    /// The first item, to change.
    pub fn first_mut(&mut self) -> &mut T {
        &mut self.0[0]
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        self.0.push(item);
    }

    /// Inserts before `index`, or at the end.
    pub fn insert(&mut self, index: usize, item: T) {
        self.0.insert(index.min(self.0.len()), item);
    }

    /// Takes an item away, unless it is the only one or is not there.
    pub fn remove(&mut self, index: usize) -> Option<T> {
        (self.0.len() > 1 && index < self.0.len()).then(|| self.0.remove(index))
    }

    /// The items as a plain list.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> Deref for OneOrMore<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for OneOrMore<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T: Field> Field for OneOrMore<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let items = Vec::read(value, reader)?;
        let list = Self::from_vec(items);
        if list.is_none() {
            reader.error("design/empty-list", "This list needs at least one item.");
        }
        list
    }

    fn blank() -> Self {
        Self(Vec::new())
    }

    fn write(&self) -> Value {
        self.0.write()
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let items = T::schema(schemas);
        serde_json::json!({ "type": "array", "items": items, "minItems": 1 })
    }
}

/// Either a known thing or an Octostache expression that gives it at run time.
///
/// Written as one text: ids hold no `#`, so `#{` tells them apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Bound<T> {
    /// The thing itself.
    Is(T),
    /// Text with `#{…}` in it.
    Expression(String),
}

impl<T> Bound<T> {
    /// The thing, where it is known before run time.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Is(thing) => Some(thing),
            Self::Expression(_) => None,
        }
    }
}

impl<T: Field> Field for Bound<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        match value {
            Value::String(text) if text.contains("#{") => Some(Self::Expression(text.clone())),
            other => T::read(other, reader).map(Self::Is),
        }
    }

    fn blank() -> Self {
        Self::Expression(String::new())
    }

    fn write(&self) -> Value {
        match self {
            Self::Is(thing) => thing.write(),
            Self::Expression(text) => Value::String(text.clone()),
        }
    }

    fn schema(_: &mut Schemas) -> Value {
        Schemas::kind("string")
    }
}

/// The member among them that holds how a document of another format differed
/// from what Pulpo writes. Octopus's own members start with a capital letter, so
/// none has this name.
pub const AS_READ: &str = "asRead";

/// Members that were read but are not known, kept for writing back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Map<String, Value>>>);

impl Extra {
    /// The members of `map` that are neither `tag` nor among `known`.
    #[must_use]
    pub fn of(map: &Map<String, Value>, tag: Option<&str>, known: &[&str]) -> Self {
        let mut extra = Self::default();
        for (key, value) in map {
            if Some(key.as_str()) != tag && !known.contains(&key.as_str()) {
                extra.set(key, value.clone());
            }
        }
        extra
    }

    /// Whether nothing was left over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The member called `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.as_ref()?.get(key)
    }

    /// Keeps `value` under `key`.
    pub fn set(&mut self, key: &str, value: Value) {
        self.0.get_or_insert_with(Default::default).insert(key.to_owned(), value);
    }

    /// The members in reading order.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter().flat_map(|map| map.iter())
    }

    /// Appends the members to `map`.
    pub fn write_into(&self, map: &mut Map<String, Value>) {
        for (key, value) in self.iter() {
            map.insert(key.clone(), value.clone());
        }
    }
}
