//! The state of one reading: where we are, and what was found.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::Member;
use crate::base::{Finding, Place};

/// One step of a JSON path.
#[derive(Debug, Clone)]
enum Step {
    Member(String),
    Item(usize),
}

/// Collects findings, each with the JSON path at which it was made.
#[derive(Debug, Default)]
pub struct Reader {
    steps: Vec<Step>,
    failures: usize,
    /// What was found so far, in reading order.
    pub findings: Vec<Finding>,
}

impl Reader {
    /// A reader at the root of a document.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The JSON path of the value being read, such as `$.environments[2].name`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for step in &self.steps {
            match step {
                Step::Member(name) => write_member(&mut path, name),
                Step::Item(index) => {
                    // Writing to a string can't fail.
                    write!(path, "[{index}]").ok();
                }
            }
        }
        path
    }

    /// The place of the value being read.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::path(self.path())
    }

    /// Reads `value` as the member `name` of where we are.
    pub fn within<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(Step::Member(name.to_owned()));
        let result = read(self);
        self.steps.pop();
        result
    }

    /// Reads `value` as item `index` of where we are.
    pub fn at<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(Step::Item(index));
        let result = read(self);
        self.steps.pop();
        result
    }

    /// Reads the member `key`, or takes what its absence means; `null` counts
    /// as absent.
    pub fn member(&mut self, map: &Map<String, Value>, key: &str, member: &mut dyn Member) {
        match map.get(key).filter(|value| !value.is_null()) {
            None => {
                if !member.take_missing() {
                    self.must_have(key);
                }
            }
            Some(value) => {
                self.steps.push(Step::Member(key.to_owned()));
                member.read_from(value, self);
                self.leave();
            }
        }
    }

    #[inline(never)]
    fn leave(&mut self) {
        self.steps.pop();
    }

    /// How many errors were found so far.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.failures
    }

    /// Reads each item of a list with `read_item`, which says whether it could;
    /// goes on after a bad one, so that all findings come at once. Says whether
    /// `value` is a list and all its items could be read.
    #[inline(never)]
    pub fn items(
        &mut self,
        value: &Value,
        read_item: &mut dyn FnMut(&Value, &mut Self) -> bool,
    ) -> bool {
        let Value::Array(items) = value else {
            self.expected("a list", value);
            return false;
        };
        let mut is_sound = true;
        for (index, item) in items.iter().enumerate() {
            self.steps.push(Step::Item(index));
            is_sound &= read_item(item, self);
            self.leave();
        }
        is_sound
    }

    /// The value as an object, or a finding.
    pub fn object<'v>(&mut self, value: &'v Value) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.expected("an object", value);
        }
        object
    }

    /// Adds: this value should be something else.
    pub fn expected(&mut self, wanted: &str, found: &Value) {
        let what = format!("This should be {wanted}, but it is {}.", kind_of(found));
        self.error("design/wrong-kind", what);
    }

    /// Adds an error at this place.
    pub fn error(&mut self, code: &'static str, what: impl Into<String>) {
        self.failures += 1;
        let place = self.place();
        self.findings.push(Finding::error(code, place, what));
    }

    /// Adds a warning at this place.
    pub fn warning(&mut self, code: &'static str, what: impl Into<String>) {
        let place = self.place();
        self.findings.push(Finding::warning(code, place, what));
    }

    fn must_have(&mut self, key: &str) {
        self.error("design/missing-member", format!("The member \"{key}\" is missing."));
    }
}

/// Appends the step to the member `name` to a JSON path.
pub fn write_member(path: &mut String, name: &str) {
    let is_plain =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain {
        path.push('.');
        path.push_str(name);
    } else {
        path.push('[');
        path.push_str(&Value::String(name.to_owned()).to_string());
        path.push(']');
    }
}

/// What a JSON value is, in words.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
