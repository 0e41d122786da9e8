//! Running other programs, with what is run said first.

use crate::Result;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// Prints a line that stands out from the output of the programs run.
pub fn say(line: &str) {
    println!("==> {line}");
    std::io::stdout().flush().ok();
}

/// The folders of the search path, `first` before the user's own.
pub fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let user = std::env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().cloned().chain(std::env::split_paths(&user));
    std::env::join_paths(folders).map_err(|error| format!("PATH cannot be extended: {error}"))
}

/// Finds a program on the search path.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// What a program prints on its standard output, trimmed; nothing if it fails.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A short form of the command for messages.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut text =
        program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

/// Runs the command with its output shown.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", shown(command))) }
}

/// Runs the command with its output shown, and gives each line of both its
/// streams to `seen` as well.
pub fn run_watching(command: &mut Command, mut seen: impl FnMut(&str) + Send) -> Result {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let errors = child.stderr.take();
    thread::scope(|scope| {
        scope.spawn(|| {
            if let Some(errors) = errors {
                each_line(errors, |line| eprintln!("{line}"));
            }
        });
        if let Some(output) = child.stdout.take() {
            each_line(output, |line| {
                println!("{line}");
                seen(line);
            });
        }
    });
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", shown(command))) }
}

fn each_line(stream: impl Read, mut seen: impl FnMut(&str)) {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        seen(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
        line.clear();
    }
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}", shown(command))
}

/// File access whose errors name the file.
pub mod fs {
    use crate::Result;
    use std::path::Path;

    pub fn read(path: &Path) -> Result<Vec<u8>> {
        std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
    }

    pub fn read_text(path: &Path) -> Result<String> {
        std::fs::read_to_string(path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))
    }

    /// Writes the file, with the folders that it needs.
    pub fn write(path: &Path, bytes: &[u8]) -> Result {
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        std::fs::write(path, bytes)
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))
    }

    /// Copies a file and makes the folders above it.
    pub fn copy(from: &Path, to: &Path) -> Result {
        if let Some(folder) = to.parent() {
            make_folder(folder)?;
        }
        std::fs::copy(from, to)
            .map(|_| ())
            .map_err(|error| format!("{} cannot be copied: {error}", from.display()))
    }

    pub fn make_folder(path: &Path) -> Result {
        std::fs::create_dir_all(path)
            .map_err(|error| format!("{} cannot be made: {error}", path.display()))
    }

    pub fn remove_folder(path: &Path) -> Result {
        if !path.exists() {
            return Ok(());
        }
        std::fs::remove_dir_all(path)
            .map_err(|error| format!("{} cannot be removed: {error}", path.display()))
    }

    /// Every file under the folder, as paths relative to it with `/`, sorted.
    pub fn files_under(folder: &Path) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let mut waiting = vec![folder.to_owned()];
        while let Some(next) = waiting.pop() {
            let entries = std::fs::read_dir(&next)
                .map_err(|error| format!("{} cannot be read: {error}", next.display()))?;
            for entry in entries.flatten() {
                let path = entry.path();
                if path.is_dir() {
                    waiting.push(path);
                } else if let Ok(relative) = path.strip_prefix(folder) {
                    let parts: Vec<_> =
                        relative.iter().map(|part| part.to_string_lossy()).collect();
                    found.push(parts.join("/"));
                }
            }
        }
        found.sort();
        Ok(found)
    }
}
