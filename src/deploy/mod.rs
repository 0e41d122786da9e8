//! Simulates deployments: what a scenario runs, skips and waits for, and every
//! text as a run gets it, with where each piece of it came from.
//!
//! Invariants: a secret is never more than a mask; what only a run knows stays
//! open and says so; samples are marked as samples.
//! Never: a guess; an answer for what the reference calls unverified without
//! saying so.
//!
//! The simulation follows a run in which nothing fails. Sources: reference,
//! process, sections 2 to 5 and 9; variables, sections 3, 5 and 7.

mod compare;
mod conditions;
mod details;
mod ground;
mod names;
mod origin;
mod place;
mod plan;
mod reads;
mod scenario;
mod simulation;
mod system;
mod text;
mod values;
mod words;

pub use compare::{Difference, Marked, actions_of_both, difference, marked};
pub use conditions::{Fate, Reason};
pub use details::{Details, PlannedScript, PlannedSetting, Readable};
pub use origin::{MASK, Origin, ValueAt, scope_words};
pub use place::RunsOn;
pub use plan::{Gate, Group, Plan, PlannedAction, PlannedPackage, PlannedStep};
pub use scenario::{RELEASE, Scenario};
pub use simulation::Simulation;
pub use text::{Rendered, Source, Span, SpanKind, Trace};
pub use values::{NamedValue, Spot, Told};
