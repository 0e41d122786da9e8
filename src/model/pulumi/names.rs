//! Stack references, by the rules of Pulumi's own validators.
//!
//! Source: reference, pulumi, sections 1.1, 1.2 and 1.4.

use std::fmt;

use serde_json::Value;

use crate::record::{Field, NameError, Reader, Schemas, names};

names! {
    /// A Pulumi Cloud organization or user, or `organization` on other backends.
    Organization by check_organization;
    /// The `name` of a `Pulumi.yaml`.
    PulumiProjectName by check_project;
    /// The last part of a stack reference.
    StackName by check_stack;
}

/// The most characters that a project or stack name may have.
const LONGEST: usize = 100;

fn check_organization(text: &str) -> Result<(), String> {
    let bytes = text.as_bytes();
    let inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return Err("The organization is missing: write organization/project/stack.".into());
    };
    if let Some(at) = bytes.iter().position(|byte| !inner(byte)) {
        return Err(bad_character("An organization", "letters, digits, - and _", text, at));
    }
    if !first.is_ascii_alphanumeric() || !last.is_ascii_alphanumeric() {
        return Err("An organization starts and ends with a letter or digit.".into());
    }
    if !(3..=40).contains(&bytes.len()) {
        return Err("An organization has 3 to 40 characters.".into());
    }
    Ok(())
}

fn check_project(text: &str) -> Result<(), String> {
    check_stack_part("A project name", text)
}

fn check_stack(text: &str) -> Result<(), String> {
    check_stack_part("A stack name", text)
}

/// The rule that project and stack names share.
///
/// # Errors
/// Names the first character that can't stand, with its place from 1.
pub fn check_stack_part(what: &str, text: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if text.is_empty() {
        return Err(format!("{what} can't be empty."));
    }
    if let Some(at) = text.bytes().position(|byte| !plain(byte)) {
        return Err(bad_character(what, "letters, digits, -, _ and .", text, at));
    }
    if text.len() > LONGEST {
        return Err(format!("{what} has at most {LONGEST} characters; this has {}.", text.len()));
    }
    Ok(())
}

fn bad_character(what: &str, allowed: &str, text: &str, at: usize) -> String {
    let letter = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
    let place = text.get(..at).map_or(at, |before| before.chars().count()) + 1;
    format!("{what} is made of {allowed}; '{letter}' at character {place} can't stand.")
}

/// A fully qualified stack: `organization/project/stack`.
///
/// Two-part names are not taken: Pulumi Cloud reads them as
/// organization and stack, which is rarely what was meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StackReference {
    /// The organization.
    pub organization: Organization,
    /// The project.
    pub project: PulumiProjectName,
    /// The stack.
    pub stack: StackName,
}

impl StackReference {
    /// Reads `organization/project/stack`.
    ///
    /// # Errors
    /// Says which part is missing or can't stand, and what would be right.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let fail = |rule: String| NameError { text: text.to_owned(), rule };
        let parts: Vec<_> = text.split('/').collect();
        let [organization, project, stack] = parts[..] else {
            return Err(fail(match parts.len() {
                1 => "Write all three parts: organization/project/stack.".into(),
                2 => format!(
                    "Two parts read as organization \"{}\" and stack \"{}\": write \
                     organization/project/stack.",
                    parts[0], parts[1]
                ),
                count => format!(
                    "A stack has three parts, organization/project/stack; this has {count}."
                ),
            }));
        };
        Ok(Self {
            organization: Organization::parse(organization).map_err(|error| fail(error.rule))?,
            project: PulumiProjectName::parse(project).map_err(|error| fail(error.rule))?,
            stack: StackName::parse(stack).map_err(|error| fail(error.rule))?,
        })
    }

    /// The file that holds this stack's settings, next to `Pulumi.yaml`.
    #[must_use]
    pub fn settings_file(&self) -> String {
        settings_file(self.stack.as_str(), "yaml")
    }
}

/// The settings file of `stack`; `extension` is that of the project file.
#[must_use]
pub fn settings_file(stack: &str, extension: &str) -> String {
    format!("Pulumi.{stack}.{extension}")
}

impl fmt::Display for StackReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.organization, self.project, self.stack)
    }
}

impl Field for StackReference {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let Some(text) = value.as_str() else {
            reader.expected("a text such as organization/project/stack", value);
            return None;
        };
        match Self::parse(text) {
            Ok(stack) => Some(stack),
            Err(error) => {
                reader.error("design/bad-name", format!("\"{text}\" is no stack. {error}"));
                None
            }
        }
    }

    fn blank() -> Self {
        Self {
            organization: Organization::blank(),
            project: PulumiProjectName::blank(),
            stack: StackName::blank(),
        }
    }

    fn write(&self) -> Value {
        Value::String(self.to_string())
    }

    fn schema(_: &mut Schemas) -> Value {
        serde_json::json!({ "type": "string", "pattern": "^[^/]+/[^/]+/[^/]+$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, because: &str) {
        let error = StackReference::parse(text).expect_err("it should be refused");
        assert!(error.rule.contains(because), "{text}: {}", error.rule);
    }

    #[test]
    fn three_parts_are_taken() {
        let stack = StackReference::parse("my-org/my-project/prod.eu").expect("it is right");
        assert_eq!(stack.to_string(), "my-org/my-project/prod.eu");
        assert_eq!(stack.settings_file(), "Pulumi.prod.eu.yaml");
    }

    #[test]
    fn anything_else_is_refused_in_words() {
        refused("dev", "all three parts");
        refused("my-org/dev", "Two parts");
        refused("a/b/c/d", "this has 4");
        refused("my org/p/s", "' ' at character 3");
        refused("ab/p/s", "3 to 40");
        refused("-ab/p/s", "starts and ends");
        refused("my.org/p/s", "'.' at character 3");
        refused("my-org//s", "A project name can't be empty");
        refused("my-org/p/é", "'é' at character 1");
        refused(&format!("my-org/p/{}", "x".repeat(101)), "at most 100");
    }
}
