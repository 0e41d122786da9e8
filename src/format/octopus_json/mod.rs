//! Octopus's JSON: bodies for its REST interface, and step templates as its
//! portal imports them. Members stand in the order of the portal's download.
//!
//! A design is written as it is; steps whose script Pulpo writes have to be
//! lowered to steps of Octopus's own first (`crate::export`).
//!
//! Never: a secret; a `Version` that was not read from the server; an id that
//! is not the server's own: where it is not known, a placeholder such as
//! `{Environments:Production}` stands in its place and is listed.
//! Source: reference, process, sections 0 to 7; REST import, sections 4 and 7.

mod ids;
mod process;
mod read;
mod template;
mod variables;

pub use ids::{IdKind, Placeholder};
pub use process::{deployment_process, runbook_process};
pub use read::{Shape, read, read_value, shape_of};
pub use template::{TemplateMeta, control_setting, guid, step_template};
pub use variables::{library_variable_set, project_variable_set};

use serde_json::{Map, Value};

use crate::base::Finding;
use crate::format::fragment::AS_READ;
use crate::record::Extra;

/// What a writer made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// The document.
    pub value: Value,
    /// The ids to fill in, in the order in which they are first needed.
    pub placeholders: Vec<Placeholder>,
    /// What the document could not carry, or needs besides.
    pub findings: Vec<Finding>,
}

impl Written {
    /// The document's text: two-space indents, a newline at the end.
    #[must_use]
    pub fn text(&self) -> String {
        text_of(&self.value)
    }
}

/// A document's text: two-space indents, a newline at the end.
#[must_use]
pub fn text_of(value: &Value) -> String {
    // `Value`'s own `{:#}` is serde_json's pretty form and can't fail.
    let mut text = format!("{value:#}");
    text.push('\n');
    text
}

/// A JSON object under construction.
#[derive(Default)]
struct Members(Map<String, Value>);

impl Members {
    fn put(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// The text, or `null` where there is none.
    fn put_or_null(&mut self, key: &str, text: &str) -> &mut Self {
        self.put(key, if text.is_empty() { Value::Null } else { Value::from(text) })
    }

    /// The text, unless there is none.
    fn put_known(&mut self, key: &str, text: &str) -> &mut Self {
        if !text.is_empty() {
            self.put(key, text);
        }
        self
    }

    /// The members that came from Octopus and that Pulpo does not know. The
    /// design file's own members start with a small letter and stay behind, and
    /// so do those that the server makes by itself.
    fn put_extra(&mut self, extra: &Extra) -> &mut Self {
        for (key, value) in extra.iter() {
            let is_octopus = key.starts_with(|letter: char| letter.is_ascii_uppercase());
            if is_octopus && !matches!(key.as_str(), "Links" | "LastModifiedOn" | "LastModifiedBy")
            {
                self.put(key, value.clone());
            }
        }
        self
    }

    /// Puts back what was read where Pulpo writes the same in another way.
    fn put_back(&mut self, extra: &Extra) -> &mut Self {
        crate::format::fragment::apply(AS_READ, &mut self.0, extra);
        self
    }

    fn done(&mut self) -> Value {
        Value::Object(std::mem::take(&mut self.0))
    }
}

#[cfg(test)]
mod tests;
