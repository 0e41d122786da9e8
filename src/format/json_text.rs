//! JSON texts from anywhere, bounded before a single value is made of them.
//!
//! A byte of JSON can become eighty of memory, so size alone is no bound: the
//! text is first scanned for how many values it holds and how deep.

use serde_json::Value;

use crate::base::{Finding, LineColumn, Place};

/// The largest text that is read, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// The most values that one text may hold; the largest real documents have a
/// tenth of that, and a value takes up to 80 bytes.
pub const MOST_VALUES: usize = 2_000_000;
/// The deepest nesting; no document of Octopus's comes near, and the reader
/// itself stops at 128.
pub const DEEPEST: usize = 100;

/// Reads a JSON text.
///
/// # Errors
/// Says what is wrong with it, with the place.
pub fn parse(text: &str) -> Result<Value, Box<Finding>> {
    if text.len() > LARGEST {
        return Err(Box::new(too_large(text.len())));
    }
    check(text)?;
    serde_json::from_str(text).map_err(|error| Box::new(broken(text, &error)))
}

/// What is said of a text of more than [`LARGEST`] bytes.
#[must_use]
pub fn too_large(length: usize) -> Finding {
    let what = format!(
        "The file has {} MiB; Pulpo reads files of up to {} MiB.",
        length.div_ceil(1 << 20),
        LARGEST >> 20
    );
    Finding::error("import/too-large", Place::default(), what)
        .because("No document of Octopus's or Pulumi's comes near that size.")
        .do_this("Check that this is the file you meant.")
}

/// Holds the text to the bounds, without making anything of it.
fn check(text: &str) -> Result<(), Box<Finding>> {
    let mut depth = 0_usize;
    let mut values = 0_usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += 1;
                while let Some(inner) = bytes.get(at) {
                    match inner {
                        b'"' => break,
                        b'\\' => at += 2,
                        _ => at += 1,
                    }
                }
            }
            b'{' | b'[' => {
                depth += 1;
                values += 1;
                if depth > DEEPEST {
                    return Err(Box::new(too_deep(text, at)));
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if values > MOST_VALUES {
            return Err(Box::new(too_many(text, at)));
        }
        at += 1;
    }
    Ok(())
}

fn too_deep(text: &str, at: usize) -> Finding {
    let what = format!("The file nests values deeper than {DEEPEST} levels.");
    Finding::error("import/too-deep", Place::position(LineColumn::of(text, at)), what)
        .because("No document of Octopus's does, and reading it could use up all memory.")
        .do_this("Check that this is the file you meant.")
}

fn too_many(text: &str, at: usize) -> Finding {
    let what = format!("The file holds more than {MOST_VALUES} values.");
    Finding::error("import/too-many", Place::position(LineColumn::of(text, at)), what)
        .because("No document of Octopus's does, and reading it could use up all memory.")
        .do_this("Check that this is the file you meant.")
}

fn broken(text: &str, error: &serde_json::Error) -> Finding {
    let position = LineColumn {
        line: u32::try_from(error.line()).unwrap_or(u32::MAX).max(1),
        column: u32::try_from(error.column()).unwrap_or(u32::MAX).max(1),
    };
    let (what, fix) = if text.trim().is_empty() {
        ("The file is empty.", "Choose another file.")
    } else if error.is_eof() {
        (
            "The file ends too early: it was cut off.",
            "Save or copy it again from where it came from.",
        )
    } else {
        ("The file is not JSON from here on.", "Mend it at this place.")
    };
    Finding::error("import/not-json", Place::position(position), what)
        .because(format!("The JSON reader says: {error}."))
        .do_this(fix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, code: &str) {
        assert_eq!(parse(text).expect_err("it is refused").code, code);
    }

    #[test]
    fn texts_are_bounded_before_they_are_read() {
        refused(&"[".repeat(100_000), "import/too-deep");
        refused(&format!("[{}1]", "1,".repeat(10_000_000)), "import/too-many");
        refused(&" ".repeat(LARGEST + 1), "import/too-large");
        refused("", "import/not-json");
        refused("{\"a\": ", "import/not-json");
        refused("\"\\", "import/not-json");
        let strings = format!("[\"{}\"]", "[{,\\\"".repeat(1_000));
        assert!(parse(&strings).is_ok(), "what stands in a text does not count");
    }
}
