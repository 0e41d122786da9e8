//! OCL files of real projects, read into designs and written again.
//!
//! The data is no part of this repository; `PULPO_CONFORMANCE` names its
//! folder, and without it the folder `shared/conformance` beside the checkout
//! is tried.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use pulpo::base::Severity;
use pulpo::export::lower_design;
use pulpo::format::design_file;
use pulpo::format::octopus_ocl::{DocumentKind, Read, SCHEMA_VERSION, Source, read, write};
use pulpo::model::Slug;
use pulpo::ocl::{self, Attribute, Document, Element, LineEnd, Value};

use super::outside::{conformance, say};

/// The kinds of documents by the beginnings of the data's names.
const KINDS: [(&str, DocumentKind, &str); 5] = [
    ("process-", DocumentKind::Process, "deployment_process.ocl"),
    ("runbook-", DocumentKind::Runbook, ""),
    ("variables-", DocumentKind::Variables, "variables.ocl"),
    ("settings-", DocumentKind::Settings, "deployment_settings.ocl"),
    ("schema-", DocumentKind::SchemaVersion, "schema_version.ocl"),
];

fn read_one(path: &str, text: &str) -> Read {
    read(&[Source { path, text }])
}

/// The one document of this kind that is written of what was read.
fn written(read: &Read, kind: DocumentKind) -> String {
    let written = write(&lower_design(&read.fragment.design).0);
    let mut files =
        written.files.iter().filter(|(path, _)| DocumentKind::of_path(path) == Some(kind));
    files.next().map(|(_, text)| text.clone()).unwrap_or_default()
}

/// What a document is in the schema version that Pulpo writes, where it was of
/// an older one. These are all the ways in which a file may come out different
/// (`src/format/octopus_ocl/SPEC.md`); says which of them it took.
fn brought_forward(document: &Document) -> (Document, Vec<&'static str>) {
    let mut rules = Vec::new();
    let mut new = document.clone();
    for element in &mut new.body {
        match element {
            // V1: the version is the one that is written.
            Element::Attribute(one) if one.name == "version" => {
                if let Value::Integer(version) = &mut one.value
                    && *version < SCHEMA_VERSION
                {
                    *version = SCHEMA_VERSION;
                    rules.push("V1");
                }
            }
            // R2: before version 10 a number of runs had no type.
            Element::Block(block)
                if block.name == "run_retention_policy" && block.attribute("type").is_none() =>
            {
                let count = Value::String("Count".to_owned());
                block.body.push(Attribute::new("type", count).into());
                rules.push("R2");
            }
            // S2: before version 4 there were names in the place of slugs.
            Element::Block(step) if step.name == "step" && step.attribute("name").is_none() => {
                let name = step.labels[0].clone();
                step.labels[0] = slug(&name);
                step.body.insert(0, Attribute::new("name", Value::String(name)).into());
                slugs_for_names(&mut step.body);
                rules.push("S2");
            }
            _ => {}
        }
    }
    rules.dedup();
    (new, rules)
}

fn slug(name: &str) -> String {
    Slug::of(name).unwrap().to_string()
}

fn slugs_for_names(body: &mut [Element]) {
    let built_in = "Octopus Server (built-in)";
    for element in body {
        match element {
            Element::Block(block) => slugs_for_names(&mut block.body),
            Element::Attribute(one) => match (one.name.as_str(), &mut one.value) {
                ("worker_pool" | "feed", Value::String(name)) => *name = slug(name),
                ("environments" | "channels", Value::Array(names)) => {
                    for name in names {
                        *name = Value::String(slug(name.text().unwrap()));
                    }
                }
                ("properties", Value::Map(entries)) => {
                    for entry in entries {
                        if let Value::String(text) = &mut entry.value {
                            *text = text.replace(built_in, &slug(built_in));
                        }
                    }
                }
                _ => {}
            },
        }
    }
}

#[test]
fn real_files_come_out_as_octopus_writes_them() {
    let Some(folder) = conformance("ocl/valid") else { return };
    let mut names: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut failures = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rules_taken: BTreeMap<&str, usize> = BTreeMap::new();
    for path in names {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let Some((start, kind, file)) = KINDS.iter().find(|(start, ..)| name.starts_with(start))
        else {
            continue;
        };
        let text = fs::read_to_string(&path).unwrap();
        let document = ocl::read(&text).expect("it is valid");
        let (expected, rules) = brought_forward(&document);
        let expected = ocl::write(&expected, LineEnd::Lf).text;
        let first = read_one(file, &text);
        let again = written(&first, *kind);
        for finding in first.fragment.findings.iter().filter(|one| one.severity != Severity::Info) {
            writeln!(failures, "{name}: {finding}").unwrap();
        }
        // By its content alone it is the same document; an empty one is any.
        if !document.body.is_empty() && read_one("", &text).kinds != [Some(*kind)] {
            writeln!(failures, "{name}: not recognised by its content").unwrap();
        }
        if again != expected {
            let difference = pretty_assertions::StrComparison::new(&expected, &again);
            writeln!(failures, "{name}:\n{difference}").unwrap();
        }
        if read_one(file, &again).fragment.design != read_one(file, &expected).fragment.design {
            writeln!(failures, "{name}: reading it again gives another design").unwrap();
        }
        // The design file holds all of it too.
        let kept = design_file::read(&design_file::write(&first.fragment.design));
        if kept.design.as_ref() != Some(&first.fragment.design) {
            writeln!(failures, "{name}: the design file does not hold it: {:?}", kept.findings)
                .unwrap();
        }
        *counts.entry(start.trim_end_matches('-')).or_default() += 1;
        for rule in rules {
            *rules_taken.entry(rule).or_default() += 1;
        }
    }
    say(&format!("ocl designs: byte for byte again: {counts:?}; brought forward: {rules_taken:?}"));
    assert!(failures.is_empty(), "{failures}");
    assert!(counts.len() == KINDS.len(), "files are missing");
}
