//! The Octostache engine: the `#{...}` language of Octopus variables.
//!
//! Reads a template into a tree with places ([`parse`]), lists what it reads
//! ([`Template::reads`]), and evaluates it against [`Variables`] ([`Engine`]),
//! with the output cut into segments that say where each piece came from.
//! SPEC.md beside this file states the behaviour as numbered rules; comments
//! and tests name them.
//!
//! Invariants: output depends on the variables, the template and the
//! [`Setting`] only; insertion order of variables is kept.
//! Never: a panic on any input, an evaluation beyond its [`Limits`], the
//! system's clock or culture, knowledge of anything but text.
//! Source: OctopusDeploy/Octostache at commit `5a082330` (2026-08-14).

mod ast;
mod chars;
mod date;
mod date_format;
mod date_parse;
mod engine;
mod eval;
mod filters;
mod grammar;
mod json;
mod names;
mod number;
mod number_custom;
mod number_format;
mod outcome;
mod parser;
mod pattern;
mod print;
mod setting;
mod variables;
mod walk;

#[cfg(test)]
mod tests;

pub use ast::{
    Each, Expression, Factor, FilterCall, If, Kind, Node, Product, Span, Step, StepKind, Sum,
    Symbol, Template, Test,
};
pub use engine::{Engine, HostFilter, Unknown};
pub use filters::filter_names;
pub use names::Read;
pub use outcome::{Asked, Doubt, EvalError, Evaluation, Failure, Limit, Segment, SegmentKind};
pub use parser::{MAX_DEPTH, Mode, ParseError, ParseErrorKind, parse};
pub use setting::{Culture, INVARIANT, Limits, Now, Setting};
pub use variables::{Standing, Variables, root_of};
