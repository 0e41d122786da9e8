//! Integration tests: one binary, one module an area.

mod cli;
mod deploy;
mod export;
mod formats;
mod import_ocl;
mod layering;
mod lints;
mod ocl_conformance;
mod ocl_designs;
mod octostache_conformance;
mod outside;
mod samples;
mod scope_conformance;
mod scripts;
mod shown;
