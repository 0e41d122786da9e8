//! The files of a zip archive, bounded: a small archive can hold a large lie.

use std::io::{Cursor, Read};

use ::zip::ZipArchive;

use super::File;
use crate::base::{Finding, Place};
use crate::format::json_text;

/// The most files that are taken out of an archive.
const MOST_FILES: usize = 5_000;
/// The most bytes that all files of an archive may have together.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The files of an archive, without folders and what only an operating system
/// or a package manager wants.
///
/// # Errors
/// Says why the archive can't be read.
pub fn unzip(bytes: &[u8]) -> Result<Vec<File>, Box<Finding>> {
    let refuse = |what: String| Box::new(Finding::error("import/zip", Place::default(), what));
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| refuse(format!("The zip archive can't be read: {error}.")))?;
    if archive.len() > MOST_FILES {
        return Err(refuse(format!(
            "The zip archive holds {} files; Pulpo takes up to {MOST_FILES}.",
            archive.len()
        )));
    }
    let mut files = Vec::new();
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let mut entry = archive
            .by_index(index)
            .map_err(|error| refuse(format!("The zip archive can't be read: {error}.")))?;
        let path = entry.name().replace('\\', "/");
        if entry.is_dir() || super::is_noise(&path) {
            continue;
        }
        // What the archive says of sizes may be a lie, so only what comes counts.
        let most = left.min(json_text::LARGEST as u64 + 1);
        let mut inner = Vec::new();
        entry
            .by_ref()
            .take(most)
            .read_to_end(&mut inner)
            .map_err(|error| refuse(format!("\"{path}\" can't be unpacked: {error}.")))?;
        left = left.saturating_sub(inner.len() as u64);
        if left == 0 {
            return Err(refuse(format!(
                "The zip archive unpacks to more than {} MiB.",
                MOST_BYTES >> 20
            )));
        }
        files.push(File { path, bytes: inner });
    }
    Ok(files)
}
