//! The Pulumi side: the project, its backend, and the stack of every environment.
//!
//! Source: reference, pulumi, sections 1 and 4.

mod names;
mod pattern;
mod settings;

pub use names::{
    Organization, PulumiProjectName, StackName, StackReference, check_stack_part, settings_file,
};
pub use pattern::{PLACEHOLDER, expand};
pub use settings::{
    AccountVariable, Backend, CloudCredentials, ConfigKey, ConfigValue, OidcLogin, Pulumi,
    PulumiCloud, SelfManaged, StackMapping,
};
