//! What is read and not edited is written again as it was: step templates of
//! every kind, processes, variable sets.

use std::fs;
use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;
use pulpo::base::Severity;
use pulpo::format::fragment::{Covers, Fragment};
use pulpo::format::octopus_json as json;
use serde_json::Value;

use super::outside::say;

#[path = "formats/any_design.rs"]
mod any_design;
#[path = "formats/laws.rs"]
mod laws;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    files
}

#[track_caller]
fn sound(name: &str, fragment: &Fragment) {
    let errors: Vec<_> =
        fragment.findings.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    assert!(fragment.is_read(), "{name}");
}

/// The fragment's document, written again.
fn written(fragment: &Fragment) -> Value {
    let design = &fragment.design;
    match fragment.covers.first().expect("something") {
        Covers::Process => json::deployment_process(design).value,
        Covers::Runbook(id) => {
            json::runbook_process(design, design.project.runbooks.get(id).expect("it")).value
        }
        Covers::StepTemplate(id) => {
            let template = design.space.step_templates.get(id).expect("it");
            json::step_template(design, template, json::TemplateMeta::default()).value
        }
        Covers::Variables => json::project_variable_set(design).value,
        Covers::Steps => json::deployment_process(design).value["Steps"][0].clone(),
        other => panic!("{other:?}"),
    }
}

/// All of the community library's when `PULPO_TEMPLATES` names its folder
/// `step-templates`, and the project's own otherwise.
#[test]
fn step_templates_are_written_as_they_were_read() {
    let folder = std::env::var_os("PULPO_TEMPLATES")
        .map_or_else(|| root().join("tests/fixtures/formats/step-templates"), PathBuf::from);
    let files = json_files(&folder);
    assert!(!files.is_empty(), "no step templates in {}", folder.display());
    let mut bad = Vec::new();
    for path in &files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(path).expect("a text");
        let fragment = json::read(&text);
        sound(&name, &fragment);
        assert!(matches!(fragment.covers[..], [Covers::StepTemplate(_)]), "{name}");
        let read: Value =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("it is JSON");
        if written(&fragment) != read {
            bad.push(name.into_owned());
        }
    }
    let good = files.len() - bad.len();
    say(&format!("{good} step templates of {} written as read", files.len()));
    assert_eq!(bad, Vec::<String>::new());
}

#[test]
fn reference_samples_are_written_as_they_were_read() {
    let folder = root().join("../shared/reference/samples/process");
    let Ok(found) = folder.canonicalize() else {
        say("documents of the reference: NOT RUN, there are none here");
        return;
    };
    let mut count = 0;
    for path in json_files(&found) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a text");
        let fragment = json::read(&text);
        // A group is nothing but a name, so nothing tells it.
        if name.starts_with("project-group") {
            continue;
        }
        sound(&name, &fragment);
        let mut read: Value = serde_json::from_str(&text).expect("it is JSON");
        let is_document = ["deployment-process", "runbook-process", "step", "action"]
            .iter()
            .any(|start| name.starts_with(start));
        if !is_document {
            continue;
        }
        let mut again = written(&fragment);
        if name.starts_with("action") {
            again = again["Actions"][0].clone();
            // A new secret is never taken in.
            read["Properties"]["PulumiStep.AccessToken"]["NewValue"] = Value::Null;
        }
        assert_eq!(again, read, "{name}");
        count += 1;
    }
    say(&format!("{count} documents of the reference written as read"));
    assert!(count >= 6);
}

#[test]
fn a_variable_set_is_written_as_it_was_read() {
    let text = fs::read_to_string(root().join("tests/fixtures/formats/rest/variables.json"));
    let text = text.expect("a fixture");
    let fragment = json::read(&text);
    sound("variables.json", &fragment);
    let variables = &fragment.design.project.variables;
    assert_eq!(variables.len(), 5, "names that differ in case are one");
    let environments = &fragment.design.space.environments;
    let names: Vec<_> = environments.iter().map(|one| one.name.to_string()).collect();
    assert_eq!(names, ["Staging", "Production", "Environments-9"]);
    assert_eq!(fragment.actions[0].name, "Pulumi preview");
    assert_eq!(written(&fragment), serde_json::from_str::<Value>(&text).expect("JSON"));
}

#[test]
fn resources_of_a_space_are_read_with_what_they_refer_to() {
    let text = fs::read_to_string(root().join("tests/fixtures/formats/rest/space.json"));
    let fragment = json::read(&text.expect("a fixture"));
    sound("space.json", &fragment);
    let space = &fragment.design.space;
    assert_eq!(space.environments.len(), 2);
    assert_eq!(space.environments.nth(0).expect("one").slug(), "stg");
    assert!(space.environments.nth(1).expect("one").allows_dynamic_infrastructure);
    let account = space.accounts.nth(0).expect("one");
    assert_eq!(account.environments, [space.environments.nth(1).expect("one").id.clone()]);
    let design = pulpo::format::design_file::write(&fragment.design);
    assert!(!design.contains("never-keep-this"));
    assert_eq!(fragment.design.project.name, "Shop");
    assert_eq!(fragment.design.project.channels.nth(0).expect("one").name.as_str(), "Hotfix");
    assert_eq!(space.tenants.nth(0).expect("one").environments.len(), 1);
    assert_eq!(space.lifecycles.nth(0).expect("one").phases.len(), 1);
}

#[test]
fn the_same_bytes_give_the_same_fragment() {
    let text = fs::read_to_string(root().join("tests/fixtures/formats/rest/variables.json"));
    let text = text.expect("a fixture");
    assert_eq!(json::read(&text), json::read(&text));
}

#[test]
fn what_is_edited_comes_out_edited() {
    let folder = root().join("tests/fixtures/formats/step-templates");
    let text = fs::read_to_string(folder.join("odd-members.json")).expect("a fixture");
    let mut fragment = json::read(&text);
    let id = fragment.design.space.step_templates.nth(0).expect("one").id.clone();
    fragment.design.space.step_templates.update(&id, |template| {
        template.description = "Now it says something.".to_owned();
        template.properties.set_text("Octopus.Action.AutoRetry.MaximumCount", "1");
    });
    let again = written(&fragment);
    assert_eq!(again["Description"], "Now it says something.");
    assert_eq!(again["Properties"]["Octopus.Action.AutoRetry.MaximumCount"], "1");
    assert_eq!(again["Properties"]["Octopus.Action.RunOnServer"], true);
    assert_eq!(again["Logo"], "iVBORw0KGgo=");
}
