//! Reading a design from a file or from standard input.

use std::fs::File;
use std::io::Read;

use super::Failure;
use super::check::unreadable;
use crate::base::{Finding, Place};
use crate::format::design_file::{self, LARGEST, Opened};
use crate::model::Design;

/// What was read, and the text it was read from.
pub struct Input {
    /// How findings call it.
    pub name: String,
    /// The text; empty if it could not be read.
    pub text: String,
    /// The design and the findings of reading.
    pub opened: Opened,
}

/// Reads the design at `path`, or from standard input for `-`.
#[must_use]
pub fn read(path: &str) -> Input {
    let name = if path == "-" { "<stdin>" } else { path }.to_owned();
    let (text, mut opened) = match read_text(path) {
        Ok(text) => {
            let opened = design_file::read(&text);
            (text, opened)
        }
        Err(finding) => (String::new(), Opened { design: None, findings: vec![*finding] }),
    };
    for finding in &mut opened.findings {
        finding.place.file = Some(name.clone());
    }
    Input { name, text, opened }
}

/// The design at `path` with the findings of reading.
///
/// # Errors
/// Says why it is none, with all findings.
pub fn design(path: &str) -> Result<(Design, Vec<Finding>), Failure> {
    let Input { name, opened: Opened { design, findings }, .. } = read(path);
    match design {
        Some(design) => Ok((design, findings)),
        None => Err(Failure(unreadable(&name, &findings))),
    }
}

fn read_text(path: &str) -> Result<String, Box<Finding>> {
    // One byte more than is allowed is enough to know that there is too much.
    let most = LARGEST as u64 + 1;
    let mut bytes = Vec::new();
    let result = if path == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    if let Err(error) = result {
        let what = "The design can't be read.";
        let finding = Finding::error("input/unreadable", Place::default(), what)
            .because(format!("The system says: {error}."))
            .do_this("Check the path and that you may read it.");
        return Err(Box::new(finding));
    }
    String::from_utf8(bytes).or_else(|error| {
        let good = error.utf8_error().valid_up_to();
        if error.as_bytes().len() > LARGEST {
            // The cut may have split a letter; the size is what matters.
            return Ok(String::from_utf8_lossy(error.as_bytes()).into_owned());
        }
        let what = format!("The file is not UTF-8 text: byte {} does not belong there.", good + 1);
        let finding = Finding::error("input/not-text", Place::default(), what)
            .do_this("Save it as UTF-8, or check that this is the file you meant.");
        Err(Box::new(finding))
    })
}
