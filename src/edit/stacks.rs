//! Stacks: which one belongs to which environment.

use super::{Edit, Refusal, refuse};
use crate::model::pulumi::expand;
use crate::model::{EnvironmentId, PulumiProjectName, StackReference, VariableName};

/// Sets the stack of an environment from `organization/project/stack`; an empty
/// text takes it away.
#[must_use]
pub fn set(environment: EnvironmentId, text: &str) -> Edit {
    let text = text.trim().to_owned();
    let label = if text.is_empty() { "Unmap stack" } else { "Map stack" };
    Edit::new(label, move |design| {
        let stack = if text.is_empty() {
            None
        } else {
            Some(StackReference::parse(&text).map_err(|error| Refusal(error.rule))?)
        };
        design.pulumi.set_stack(&environment, stack);
        Ok(())
    })
}

/// Maps every environment to a stack by a pattern such as
/// `my-org/my-project/{environment}`.
#[must_use]
pub fn fill(pattern: &str) -> Edit {
    let pattern = pattern.trim().to_owned();
    Edit::new("Fill stacks by pattern", move |design| {
        if design.space.environments.is_empty() {
            return refuse("There is no environment yet to map.");
        }
        let mut stacks = Vec::new();
        for environment in &design.space.environments {
            let stack = expand(&pattern, environment)
                .map_err(|error| Refusal(format!("For {}: {error}", environment.name)))?;
            stacks.push((environment.id.clone(), stack));
        }
        if design.pulumi.project.is_none() {
            design.pulumi.project = stacks.first().map(|(_, stack)| stack.project.clone());
        }
        for (environment, stack) in stacks {
            design.pulumi.set_stack(&environment, Some(stack));
        }
        design.pulumi.pattern = pattern;
        Ok(())
    })
}

/// Sets the name of the Pulumi project; an empty text takes it away.
#[must_use]
pub fn set_project(text: &str) -> Edit {
    let text = text.trim().to_owned();
    Edit::new("Name Pulumi project", move |design| {
        design.pulumi.project = if text.is_empty() {
            None
        } else {
            Some(PulumiProjectName::parse(&text).map_err(|error| Refusal(error.rule))?)
        };
        Ok(())
    })
}

/// Reads the name of a variable; an empty text is none.
///
/// # Errors
/// When the text can't name a variable.
pub fn variable_name(text: &str) -> Result<Option<VariableName>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    VariableName::parse(text).map(Some).map_err(|error| Refusal(error.rule))
}
