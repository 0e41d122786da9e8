//! Text that looks like a secret that somebody pasted.

use super::OutFile;
use crate::base::{Finding, LineColumn, Place, secret};

/// One finding for each file that seems to hold a token.
pub(super) fn findings(files: &[OutFile]) -> Vec<Finding> {
    let found = files.iter().filter_map(|file| {
        let (what, at) = secret::token(&file.text)?;
        let place = Place::position(LineColumn::of(&file.text, at)).in_file(&file.path);
        Some(
            Finding::warning(
                "export/token-in-text",
                place,
                format!("There seems to be {what} in plain text."),
            )
            .because("Whoever gets the file gets the token.")
            .do_this("Revoke it, and put the new one in a sensitive variable."),
        )
    });
    found.collect()
}
