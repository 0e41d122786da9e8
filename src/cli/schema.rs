//! `pulpo schema`.

use super::{Ended, Outcome, output};
use crate::format::design_file;

/// Prints the JSON Schema of design files.
pub fn run() -> Outcome {
    output::print(format!("{:#}\n", design_file::schema()).as_bytes())?;
    Ok(Ended::Clean)
}
