//! The state of one reading: the fragment so far, and where we are.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::base::{Finding, Place, Severity};
use crate::format::fragment::{Draft, Fragment};
use crate::record::{Extra, write_member};

/// An object of the document.
pub(super) type Object = Map<String, Value>;

/// The most findings of one document: who reads a thousand has seen enough.
const MOST_FINDINGS: usize = 1_000;

/// One step of a JSON path.
enum Step {
    Member(String),
    Item(usize),
}

/// The state of one reading.
#[derive(Default)]
pub(super) struct Reading {
    /// What was read so far.
    pub(super) draft: Draft,
    steps: Vec<Step>,
    left_out: usize,
}

/// Members that the server makes by itself.
pub(super) const SERVERS: [&str; 3] = ["Links", "LastModifiedOn", "LastModifiedBy"];

impl Reading {
    /// Reads the member `key` of where we are.
    pub(super) fn within<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(Step::Member(key.to_owned()));
        let result = read(self);
        self.steps.pop();
        result
    }

    /// Reads item `index` of where we are.
    pub(super) fn at<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(Step::Item(index));
        let result = read(self);
        self.steps.pop();
        result
    }

    fn path(&self) -> String {
        let mut path = String::from("$");
        for step in &self.steps {
            match step {
                Step::Member(name) => write_member(&mut path, name),
                // Writing to a string can't fail.
                Step::Item(index) => write!(path, "[{index}]").unwrap_or_default(),
            }
        }
        path
    }

    /// Says something of where we are.
    pub(super) fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        what: impl Into<String>,
    ) -> Option<&mut Finding> {
        if self.draft.findings.len() >= MOST_FINDINGS {
            self.left_out += 1;
            return None;
        }
        let place = Place::path(self.path());
        self.draft.findings.push(Finding::new(severity, code, place, what));
        self.draft.findings.last_mut()
    }

    pub(super) fn error(&mut self, code: &'static str, what: impl Into<String>) {
        self.say(Severity::Error, code, what);
    }

    pub(super) fn warning(&mut self, code: &'static str, what: impl Into<String>) {
        self.say(Severity::Warning, code, what);
    }

    pub(super) fn info(&mut self, code: &'static str, what: impl Into<String>) {
        self.say(Severity::Info, code, what);
    }

    /// Says that a member is of another kind than it should be; it is kept as
    /// it is for writing back.
    fn odd(&mut self, key: &str, wanted: &str) {
        let what = format!("\"{key}\" should be {wanted}; it is kept as it is, and not used.");
        self.within(key, |reading| reading.warning("import/wrong-kind", what));
    }

    /// The text of a member; empty where there is none.
    pub(super) fn text<'v>(&mut self, map: &'v Object, key: &str) -> &'v str {
        match map.get(key) {
            None | Some(Value::Null) => "",
            Some(Value::String(text)) => text,
            Some(_) => {
                self.odd(key, "a text");
                ""
            }
        }
    }

    /// Whether a member says true.
    pub(super) fn flag(&mut self, map: &Object, key: &str) -> bool {
        match map.get(key) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => true,
            Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => false,
            Some(_) => {
                self.odd(key, "true or false");
                false
            }
        }
    }

    /// The whole number of a member; 0 where there is none.
    pub(super) fn number(&mut self, map: &Object, key: &str) -> u32 {
        let value = map.get(key).unwrap_or(&Value::Null);
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() && !value.is_null() {
            self.odd(key, "a whole number from 0");
        }
        number.unwrap_or_default()
    }

    /// The items of a member; none where there is none.
    pub(super) fn list<'v>(&mut self, map: &'v Object, key: &str) -> &'v [Value] {
        match map.get(key) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.odd(key, "a list");
                &[]
            }
        }
    }

    /// The members of a member; none where there is none.
    pub(super) fn object<'v>(&mut self, map: &'v Object, key: &str) -> Option<&'v Object> {
        match map.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::Object(inner)) => Some(inner),
            Some(_) => {
                self.odd(key, "an object");
                None
            }
        }
    }

    /// Each text of a list.
    pub(super) fn texts<T>(
        &mut self,
        map: &Object,
        key: &str,
        mut read: impl FnMut(&str, &mut Self) -> Option<T>,
    ) -> Vec<T> {
        let items = self.list(map, key);
        let mut texts = Vec::new();
        self.within(key, |reading| {
            for (index, item) in items.iter().enumerate() {
                reading.at(index, |reading| match item {
                    Value::String(text) => texts.extend(read(text, reading)),
                    _ => reading.warning("import/wrong-kind", "This should be a text."),
                });
            }
        });
        texts
    }

    /// Each object of a list.
    pub(super) fn objects<'v>(
        &mut self,
        map: &'v Object,
        key: &str,
        mut read: impl FnMut(&'v Object, &mut Self),
    ) {
        let items = self.list(map, key);
        self.within(key, |reading| {
            for (index, item) in items.iter().enumerate() {
                reading.at(index, |reading| match item {
                    Value::Object(inner) => read(inner, reading),
                    _ => reading.error("import/wrong-kind", "This should be an object."),
                });
            }
        });
    }

    /// The fragment.
    pub(super) fn finish(mut self) -> Fragment {
        if self.left_out > 0 {
            let what =
                format!("{} more things are to be said; these are the first.", self.left_out);
            self.draft.findings.push(Finding::warning("import/more", Place::path("$"), what));
        }
        self.draft.finish()
    }
}

/// Octopus's members that are not among `known`, kept for writing back. What
/// the server makes by itself is kept apart, with what is written otherwise.
pub(super) fn extra(map: &Object, known: &[&str]) -> Extra {
    let mut extra = Extra::default();
    for (key, value) in map {
        let is_octopus = key.starts_with(|letter: char| letter.is_ascii_uppercase());
        let is_known = known.contains(&key.as_str()) || SERVERS.contains(&key.as_str());
        if is_octopus && !is_known {
            extra.set(key, value.clone());
        }
    }
    extra
}
