//! Exports: what Octopus gets of a design, and the files that carry it.

#[path = "export/community.rs"]
mod community;
#[path = "export/design.rs"]
mod design;
#[path = "export/files.rs"]
mod files;
#[path = "export/lowering.rs"]
mod lowering;
#[path = "export/shapes.rs"]
mod shapes;
#[path = "export/step_templates.rs"]
mod step_templates;

use pulpo::base::{Finding, Severity};
use pulpo::export::{Exported, Target, export};
use pulpo::model::Design;
use serde_json::Value;

const ALL: [Target; 5] = [
    Target::StepTemplates,
    Target::ProcessJson,
    Target::VariablesJson,
    Target::Ocl,
    Target::Scripts,
];

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code).collect()
}

#[track_caller]
fn text_of<'a>(exported: &'a Exported, path: &str) -> &'a str {
    let file = exported.files.iter().find(|file| file.path == path);
    let paths: Vec<_> = exported.files.iter().map(|file| &file.path).collect();
    &file.unwrap_or_else(|| panic!("no {path} among {paths:#?}")).text
}

#[track_caller]
fn json_of(design: &Design, path: &str) -> Value {
    let exported = export(design, &ALL);
    serde_json::from_str(text_of(&exported, path)).expect("it is JSON")
}

#[track_caller]
fn sound(findings: &[Finding]) {
    let errors: Vec<_> =
        findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
