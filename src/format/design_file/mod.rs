//! The design file, `*.pulpo.json`: a versioned envelope around the design.
//!
//! Invariants: what was read and not edited is written back with the same
//! meaning, unknown members included; a file of a newer version is refused and
//! left alone; an older one is brought forward step by step.

mod locate;
mod migrate;
mod writer;

use serde_json::{Map, Value};

use crate::base::{Finding, Place, Severity};
use crate::model::Design;
use crate::record::{Extra, Reader, Schemas, read_members, write_members};

pub use locate::{locate, locate_all};
pub use writer::Writer;

/// The `format` of every design file.
pub const FORMAT: &str = "pulpo-design";
/// The version that this Pulpo writes.
pub const VERSION: u64 = 1;
/// The ending of a design file's name.
pub const EXTENSION: &str = ".pulpo.json";
/// The largest text that is read, in bytes; the large sample has under 3 MiB.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// The `$id` of the published JSON Schema.
pub const SCHEMA_ID: &str = "https://pulpo.dev/schema/design-1.json";

const FORMAT_KEY: &str = "format";
const VERSION_KEY: &str = "version";

/// What was read: the design unless an error stands among the findings.
#[derive(Debug, Default)]
pub struct Opened {
    /// The design.
    pub design: Option<Design>,
    /// What there is to say about the file, in its order.
    pub findings: Vec<Finding>,
}

impl Opened {
    fn refused(finding: Finding) -> Self {
        Self { design: None, findings: vec![finding] }
    }
}

/// What is read of a file of more than [`LARGEST`] bytes.
#[must_use]
pub fn too_large() -> Opened {
    let what = format!("The file is too large; a design has at most {} MiB.", LARGEST >> 20);
    Opened::refused(
        Finding::error("design/too-large", Place::default(), what)
            .do_this("Check that this is the file you meant."),
    )
}

/// Reads a design file.
#[must_use]
pub fn read(text: &str) -> Opened {
    if text.len() > LARGEST {
        return too_large();
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            let mut opened = read_value(value);
            if !opened.findings.is_empty() {
                locate_all(text, &mut opened.findings);
            }
            opened
        }
        Err(error) => Opened::refused(broken(text, &error)),
    }
}

/// Reads a design file that is JSON already; findings have paths but no positions.
#[must_use]
pub fn read_value(mut value: Value) -> Opened {
    let Some(map) = value.as_object() else {
        return Opened::refused(foreign("It is JSON, but not an object."));
    };
    if map.get(FORMAT_KEY).and_then(Value::as_str) != Some(FORMAT) {
        return Opened::refused(foreign("It is JSON, but not a Pulpo design."));
    }
    let place = Place::path("$.version");
    let Some(version) = map.get(VERSION_KEY).and_then(Value::as_u64).filter(|one| *one > 0) else {
        return Opened::refused(
            Finding::error("design/no-version", place, "The file does not say its version.")
                .do_this(format!("Add \"version\": {VERSION} if the file was written by hand.")),
        );
    };
    if version > VERSION {
        let what =
            format!("The file is of version {version}; this Pulpo reads versions up to {VERSION}.");
        return Opened::refused(
            Finding::error("design/newer-version", place, what)
                .because("Reading it in part and saving it would lose what is new in it.")
                .do_this("Reload Pulpo to get its newest version. The file was left as it is."),
        );
    }
    migrate::bring_forward(&mut value, version);
    let mut reader = Reader::new();
    let design = value.as_object().and_then(|map| {
        let mut design = Design::default();
        if !read_members(&mut design, map, None, &mut reader) {
            return None;
        }
        design.extra = without_envelope(&design.extra);
        Some(design)
    });
    let findings = reader.findings;
    let is_sound = findings.iter().all(|finding| finding.severity != Severity::Error);
    Opened { design: design.filter(|_| is_sound), findings }
}

/// The design file as JSON.
#[must_use]
pub fn write_value(design: &Design) -> Value {
    let mut map = Map::new();
    map.insert(FORMAT_KEY.into(), FORMAT.into());
    map.insert(VERSION_KEY.into(), VERSION.into());
    write_members(design, &mut map);
    Value::Object(map)
}

/// The design file's text: two-space indents, a newline at the end.
#[must_use]
pub fn write(design: &Design) -> String {
    // `Value`'s own `{:#}` is serde_json's pretty form and can't fail.
    let mut text = format!("{:#}", write_value(design));
    text.push('\n');
    text
}

/// The JSON Schema of design files.
#[must_use]
pub fn schema() -> Value {
    let mut schema = Schemas::document::<Design>(SCHEMA_ID, "Pulpo design, version 1");
    let design = schema.get("$ref").cloned().unwrap_or_default();
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$ref");
        schema.insert(
            "allOf".into(),
            serde_json::json!([
                { "$ref": design },
                {
                    "type": "object",
                    "properties": {
                        FORMAT_KEY: { "const": FORMAT },
                        VERSION_KEY: { "const": VERSION },
                    },
                    "required": [FORMAT_KEY, VERSION_KEY],
                },
            ]),
        );
    }
    schema
}

fn without_envelope(extra: &Extra) -> Extra {
    let mut kept = Extra::default();
    for (key, value) in extra.iter() {
        if key != FORMAT_KEY && key != VERSION_KEY {
            kept.set(key, value.clone());
        }
    }
    kept
}

fn foreign(what: &str) -> Finding {
    Finding::error(
        "design/not-a-design",
        Place::default(),
        format!("This is no design file. {what}"),
    )
    .do_this("Open a file that Pulpo saved, named *.pulpo.json, or use Import for other files.")
}

fn broken(text: &str, error: &serde_json::Error) -> Finding {
    use crate::base::LineColumn;
    let position = LineColumn {
        line: u32::try_from(error.line()).unwrap_or(u32::MAX).max(1),
        column: u32::try_from(error.column()).unwrap_or(u32::MAX).max(1),
    };
    let place = Place::position(position);
    let message = error.to_string();
    let (what, fix) = if text.trim().is_empty() {
        ("The file is empty.", "Choose a file that Pulpo saved, named *.pulpo.json.")
    } else if message.starts_with("recursion limit") {
        (
            "The file nests values deeper than any design does.",
            "Check that this is the file you meant.",
        )
    } else if error.is_eof() {
        (
            "The file ends too early: it was cut off.",
            "Save or copy it again from where it came from.",
        )
    } else {
        ("The file is not JSON.", "Mend it there, or choose a file that Pulpo saved.")
    };
    Finding::error("design/not-json", place, what)
        .because(format!("The JSON reader says: {message}."))
        .do_this(fix)
}

#[cfg(test)]
mod tests;
