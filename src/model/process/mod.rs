//! The process: steps, their actions, and what each action is.
//!
//! Source: reference, process, sections 1 to 5.

mod action;
pub mod keys;
mod package;
mod pulumi_step;
mod step;

pub use action::{
    Action, ActionCondition, ActionKind, ActionType, Container, OctopusAction, PulumiAction,
    TemplateUse, WorkerPoolChoice, WorkerPoolPick, WorkerPoolVariable,
};
pub use package::{Acquisition, GitDependency, PackageReference};
pub use pulumi_step::{
    ConfigEntry, ConfigOverrideStep, ExtractStep, ExtractStyle, ProgramFolder, ProgramPackage,
    ProgramSource, PulumiOperation, PulumiStep, Restore, RestoreKind, RunStep,
};
pub use step::{PackageRequirement, Process, StartTrigger, Step, StepCondition, VariableCondition};
