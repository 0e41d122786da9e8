//! Tests of the rules in `SPEC.md`; each names the rules it holds.

mod laws;
mod oracle;
mod problems;
mod rules;
mod written;
