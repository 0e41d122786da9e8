//! The formats that Pulpo reads and writes.
//!
//! A reader gives a [`Fragment`](fragment::Fragment) with findings and never
//! panics; a writer gives text and says what it could not carry.
//!
//! Never: an edit, a rule, anything of the screen.

pub mod design_file;
pub mod fragment;
pub mod json_text;
pub mod octopus_json;
pub mod octopus_ocl;
pub mod pulumi_yaml;
pub mod yaml;
