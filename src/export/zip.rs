//! The export as one file.

use std::io::{Cursor, Result, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};

use super::OutFile;

/// The files as a zip archive: sorted, not compressed, all of 1 January 1980,
/// so that the same files give the same bytes.
///
/// # Errors
/// When two files have the same path, or one has a path longer than a zip can hold.
pub fn zip(files: &[OutFile]) -> Result<Vec<u8>> {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_by(|left, right| left.path.cmp(&right.path));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for file in sorted {
        let mode = if file.path.ends_with(".sh") { 0o755 } else { 0o644 };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(mode);
        archive.start_file(file.path.as_str(), options)?;
        archive.write_all(file.text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
