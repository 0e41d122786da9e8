//! The writer: from a design to the documents of its project.

mod action;
mod names;
mod out;
mod process;
mod runbook;
mod settings;
mod slugs;
mod variables;

use self::names::Names;
use self::out::Out;
use self::slugs::Slugs;
use super::{FOLDER, SCHEMA_VERSION};
use crate::base::{Finding, Place};
use crate::format::octopus_json::Placeholder;
use crate::model::Design;
use crate::ocl::{self, Document, LineEnd, Loss, LossKind, Value};

/// What a writer made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// Paths from the root of the repository, and texts, in the order of the
    /// paths.
    pub files: Vec<(String, String)>,
    /// The ids to fill in, in the order in which they are first needed.
    pub placeholders: Vec<Placeholder>,
    /// What the documents could not carry, or need besides.
    pub findings: Vec<Finding>,
}

/// Writes the project of `design`, whose steps are Octopus's own, as the
/// `.octopus` folder.
#[must_use]
pub fn write(design: &Design) -> Written {
    let mut writer =
        Writer { names: Names::new(design), slugs: Slugs::of(design), written: Written::default() };
    let version = design.project.extra.get("oclSchemaVersion").and_then(|one| one.as_i64());
    let version = version.and_then(|version| i32::try_from(version).ok()).unwrap_or(SCHEMA_VERSION);
    let mut out = Out::keeping(&design.project.extra, "oclVersion");
    out.put("version", Value::Integer(version.max(SCHEMA_VERSION)), false);
    writer.file("schema_version.ocl", out);
    writer.process();
    writer.settings();
    writer.variables();
    writer.runbooks();
    let values = design.project.extra.get("oclTemplatedValues").and_then(|one| one.as_str());
    if let Some(text) = values {
        let path = [FOLDER, "templated_project_values.ocl"].concat();
        writer.written.files.push((path, text.to_owned()));
    }
    writer.done()
}

/// The documents being written.
struct Writer<'d> {
    names: Names<'d>,
    slugs: Slugs,
    written: Written,
}

impl Writer<'_> {
    /// Adds a document; findings of the names are about it.
    fn file(&mut self, name: &str, out: Out) {
        let path = [FOLDER, name].concat();
        let text = ocl::write(&Document { body: out.done() }, LineEnd::Lf);
        for mut finding in self.names.findings.drain(..) {
            finding.place.file = Some(path.clone());
            self.written.findings.push(finding);
        }
        self.written.findings.extend(text.losses.iter().map(|loss| lost(loss, &path)));
        self.written.files.push((path, text.text));
    }

    fn done(mut self) -> Written {
        self.written.findings.extend(self.names.said_of_slugs());
        self.written.placeholders = std::mem::take(&mut self.names.placeholders);
        self.written.files.sort();
        self.written
    }
}

/// What the text of a document could not hold.
fn lost(loss: &Loss, path: &str) -> Finding {
    let place = Place::path(loss.path.as_str()).in_file(path);
    let what = loss.kind.what();
    let mut letters = what.chars();
    let first = letters.next().map(char::to_uppercase);
    let what: String = first.into_iter().flatten().chain(letters).chain(['.']).collect();
    let code = "export/ocl-loss";
    match loss.kind {
        LossKind::Tag => Finding::warning(code, place, what)
            .because("What Octopus does to such a text when it saves the process is unverified.")
            .do_this("Change the line, so that it is not EOT alone."),
        LossKind::LineEnds => {
            Finding::warning(code, place, what).do_this("Use one kind of line end in the text.")
        }
        _ => Finding::warning(code, place, what),
    }
}
