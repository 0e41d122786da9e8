//! Integration tests: one binary, one module an area.

mod cli;
mod lints;
mod octostache_conformance;
mod export;
mod samples;
mod scope_conformance;
mod scripts;
