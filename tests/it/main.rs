//! Integration tests: one binary, one module an area.

mod samples;
mod scope_conformance;
mod scripts;
