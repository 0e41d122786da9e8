//! Test data that is not the project's own: where it is, and how much of it ran.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder `part` of the conformance data: of `PULPO_CONFORMANCE`, by default
/// of `../shared/conformance`. Says loudly when it is not there.
pub fn conformance(part: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PULPO_CONFORMANCE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance"),
        PathBuf::from,
    );
    let folder = root.join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    say(&format!("\n*** {part} conformance: NOT RUN, there is no {} ***", folder.display()));
    say(&format!("*** set PULPO_CONFORMANCE to the folder that holds {part}/ ***\n"));
    None
}

/// Says it past the capture of test output, so that it is seen in every run.
pub fn say(what: &str) {
    writeln!(std::io::stderr(), "{what}").expect("an open stderr");
}
