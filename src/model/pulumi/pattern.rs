//! Patterns that name the stack of every environment at once.

use super::names::StackReference;
use crate::model::space::Environment;
use crate::record::NameError;

/// What stands for the environment's slug in a pattern.
pub const PLACEHOLDER: &str = "{environment}";

/// The stack that `pattern` gives for `environment`.
///
/// # Errors
/// When the pattern names no stack, or names one for all environments.
pub fn expand(pattern: &str, environment: &Environment) -> Result<StackReference, NameError> {
    let fail = |rule: &str| NameError { text: pattern.to_owned(), rule: rule.to_owned() };
    if !pattern.contains(PLACEHOLDER) {
        return Err(fail(
            "Put {environment} into the pattern: otherwise all environments share one stack.",
        ));
    }
    let text = pattern.replace(PLACEHOLDER, &environment.slug());
    if text.contains(['{', '}']) {
        return Err(fail("The only placeholder is {environment}."));
    }
    StackReference::parse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EnvironmentId, EnvironmentName};

    #[track_caller]
    fn check(pattern: &str, expected: Result<&str, &str>) {
        let id = EnvironmentId::parse("e1").expect("an id");
        let name = EnvironmentName::parse("Pre Production").expect("a name");
        let found = expand(pattern, &Environment::new(id, name));
        match (found, expected) {
            (Ok(stack), Ok(text)) => assert_eq!(stack.to_string(), text),
            (Err(error), Err(part)) => assert!(error.rule.contains(part), "{error}"),
            (found, _) => panic!("{pattern}: {found:?}"),
        }
    }

    #[test]
    fn the_placeholder_becomes_the_slug() {
        check("my-org/my-project/{environment}", Ok("my-org/my-project/pre-production"));
        check(
            "my-org/app-{environment}/eu-{environment}",
            Ok("my-org/app-pre-production/eu-pre-production"),
        );
        check("my-org/my-project/dev", Err("Put {environment}"));
        check("my-org/{project}/{environment}", Err("only placeholder"));
        check("my-project/{environment}", Err("Two parts"));
    }
}
