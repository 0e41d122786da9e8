//! Integration tests: one binary, one module an area.

mod cli;
mod samples;
mod scope_conformance;
mod scripts;
