//! OCL, the Octopus Configuration Language: reading, writing, mending.
//!
//! [`parse`] gives a lossless [`Syntax`] tree with every problem of the text,
//! [`Syntax::document`] what it says, [`write()`] the text of a document as
//! Octopus lays it out, [`highlight`] spans for colouring, [`mend`] a text with
//! the mistakes taken out that can be. `SPEC.md` beside this file has the rules
//! by number.
//!
//! Never: what a name means to Octopus; acceptance wider or narrower than that
//! of the reference parser, save for the limits L1 to L3; a panic; recursion by
//! depth of the input.
//!
//! Source: the parser and writer of `OctopusDeploy/Ocl` at 6056fac4032e, and
//! what they were seen to do.

mod chars;
mod decimal;
mod doctor;
mod document;
mod fault;
mod highlight;
mod lower;
mod order;
mod parser;
mod problem;
mod syntax;
#[cfg(test)]
mod tests;
mod writer;

pub use decimal::Decimal;
pub use doctor::{Mended, apply, mend};
pub use document::{At, Attribute, Block, Document, Element, Entry, Heredoc, Value};
pub use fault::Fault;
pub use highlight::{TextKind, highlight, spans};
pub use parser::{MAX_DEPTH, MAX_MEBIBYTES, MAX_PROBLEMS, parse};
pub use problem::{Edit, Problem};
pub use syntax::{NodeKind, Span, Syntax, TokenKind};
pub use writer::{LineEnd, Loss, LossKind, Written, write};

use crate::base::LineColumn;

/// Reads `text` and gives what it says, or else all that is wrong with it.
///
/// # Errors
/// Every problem of the text, in its order; at least one.
pub fn read(text: &str) -> Result<Document, Vec<Problem>> {
    let syntax = parse(text);
    if syntax.problems.is_empty() { Ok(syntax.document()) } else { Err(syntax.problems) }
}

/// The text that `bytes` are (rule T3).
///
/// # Errors
/// A problem at the first byte that is not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Box<Problem>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
        let good = std::str::from_utf8(good).unwrap_or("");
        let mut problem = Problem::new(Fault::Encoding, Span::new(good.len(), good.len()), "");
        problem.place = LineColumn::of(good, good.len());
        problem.noticed = problem.place;
        Box::new(problem)
    })
}
