//! Files and folders for import, and files that are written.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::format::json_text::LARGEST;
use crate::import::{File, is_noise};

/// The most files that are read; a folder of more is not what was meant.
const MOST_FILES: usize = 5_000;

/// All files at these paths; those of folders sorted, so that the same folder
/// always reads the same.
pub fn all(paths: &[String]) -> Result<Vec<File>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path == "-" {
            let bytes = read(&mut std::io::stdin().lock(), "<stdin>")?;
            found.push(File { path: "<stdin>".to_owned(), bytes });
        } else if Path::new(path).is_dir() {
            folder(Path::new(path), &mut found)?;
        } else {
            found.push(file(Path::new(path))?);
        }
    }
    Ok(found)
}

fn file(path: &Path) -> Result<File, Failure> {
    let name = path.to_string_lossy().replace('\\', "/");
    let mut file = fs::File::open(path).map_err(|error| failed(&name, &error))?;
    Ok(File { bytes: read(&mut file, &name)?, path: name })
}

fn read(from: &mut impl Read, name: &str) -> Result<Vec<u8>, Failure> {
    // One byte more than is allowed is enough to know that there is too much.
    let mut bytes = Vec::new();
    let most = LARGEST as u64 + 1;
    from.take(most).read_to_end(&mut bytes).map_err(|error| failed(name, &error))?;
    Ok(bytes)
}

fn failed(name: &str, error: &std::io::Error) -> Failure {
    Failure(format!("can't read {name}: {error}"))
}

fn folder(path: &Path, found: &mut Vec<File>) -> Result<(), Failure> {
    let name = path.to_string_lossy();
    let entries = fs::read_dir(path).map_err(|error| failed(&name, &error))?;
    let mut inner: Vec<PathBuf> = Vec::new();
    for entry in entries {
        inner.push(entry.map_err(|error| failed(&name, &error))?.path());
    }
    inner.sort();
    for path in inner {
        let shown = path.to_string_lossy().replace('\\', "/");
        // Links are not followed: they may lead round in circles.
        let kind = fs::symlink_metadata(&path).map_err(|error| failed(&shown, &error))?;
        if kind.is_dir() && !is_noise(&format!("{shown}/x")) {
            folder(&path, found)?;
        } else if kind.is_file() && !is_noise(&shown) {
            if found.len() >= MOST_FILES {
                return Err(Failure(format!(
                    "the folder holds more than {MOST_FILES} files; name the one that is meant"
                )));
            }
            found.push(file(&path)?);
        }
    }
    Ok(())
}

/// Writes a file, in folders that are made where they are missing.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |what: &Path, error: std::io::Error| {
        Failure(format!("can't write {}: {error}", what.display()))
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| fail(folder, error))?;
    }
    fs::write(path, bytes).map_err(|error| fail(path, error))
}
