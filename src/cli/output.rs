//! Writing to standard output and standard error.

use std::io::{ErrorKind, Write};

use super::Failure;

/// Writes `bytes` to standard output. A reader that hung up, such as `head`,
/// has all it wanted: that is no failure.
pub fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure(format!("can't write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Tells a person something besides the result.
pub fn note(message: &str) {
    writeln!(std::io::stderr().lock(), "{message}\n").ok();
}

/// Tells a person what went wrong.
pub fn complain(message: &str) {
    // With standard error closed there is nobody left to tell.
    writeln!(std::io::stderr().lock(), "pulpo: {message}").ok();
}
