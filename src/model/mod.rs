//! The design: what a team says about its space, its project, its Pulumi
//! stacks and how the one deploys the other. Plain data and its invariants.
//!
//! Never: a secret, a server, a rule about what is wise (that is lint), a
//! format other than the design's own.

pub mod design;
pub mod ids;
pub mod process;
pub mod project;
pub mod properties;
pub mod pulumi;
pub mod scope;
pub mod space;
pub mod variable;

pub use design::Design;
pub use ids::*;
pub use process::{
    Action, ActionCondition, ActionKind, ActionType, Container, GitDependency, OctopusAction,
    PackageReference, Process, PulumiStep, StartTrigger, Step, StepCondition, WorkerPoolChoice,
};
pub use project::{Channel, Package, Project, Runbook};
pub use properties::{Properties, PropertyValue};
pub use pulumi::{
    Backend, CloudCredentials, Pulumi, PulumiProjectName, StackMapping, StackReference,
};
pub use scope::{ProcessOwner, Scope};
pub use space::{
    Account, AccountKind, Certificate, Environment, Feed, FeedKind, LibrarySet, Lifecycle, Phase,
    Space, StepTemplate, TagSet, Target, Team, Tenant, WorkerPool,
};
pub use variable::{
    ControlType, Prompt, Variable, VariableContent, VariableTemplate, VariableValue,
};
