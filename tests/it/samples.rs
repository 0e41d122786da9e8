//! The built-in samples: sound, unchanged by reading and writing, and listed.

use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;
use pulpo::format::design_file;
use pulpo::model::Design;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public/samples")
}

fn text_of(file: &str) -> String {
    std::fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn design_of(file: &str) -> Design {
    let opened = design_file::read(&text_of(file));
    assert!(opened.findings.is_empty(), "{file}: {:#?}", opened.findings);
    opened.design.expect("no findings, so there is a design")
}

/// Members that the model does not know would be kept in silence; a misspelt
/// one is found by the schema's own list of members.
fn unknown_members(value: &Value, schema: &Value) -> Vec<String> {
    fn resolve<'s>(root: &'s Value, shape: &'s Value) -> &'s Value {
        match shape["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            Some(name) => &root["$defs"][name],
            None => shape,
        }
    }
    fn walk(root: &Value, shape: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
        let shape = resolve(root, shape);
        if let Some(all) = shape["oneOf"].as_array() {
            // The branch is the one whose constant stands in the value.
            let branch = all.iter().find(|one| {
                one["properties"].as_object().is_some_and(|members| {
                    members.iter().any(|(key, member)| {
                        member.get("const").is_some_and(|word| *word == value[key])
                    })
                })
            });
            match branch {
                Some(branch) => walk(root, branch, value, path, found),
                None => found.push(format!("{path}: no branch")),
            }
        } else if let (Some(members), Some(map)) =
            (shape["properties"].as_object(), value.as_object())
        {
            for (key, value) in map {
                let path = format!("{path}.{key}");
                match members.get(key) {
                    Some(member) => walk(root, member, value, &path, found),
                    None => found.push(path),
                }
            }
        } else if let Some(items) = value.as_array() {
            for (index, item) in items.iter().enumerate() {
                walk(root, &shape["items"], item, &format!("{path}[{index}]"), found);
            }
        }
    }
    let mut found = Vec::new();
    walk(schema, &schema["$defs"]["Design"], value, "$", &mut found);
    found.retain(|path| path != "$.format" && path != "$.version");
    found
}

fn files() -> Vec<String> {
    let index: Value = serde_json::from_str(&text_of("index.json")).expect("it is JSON");
    let rows = index.as_array().expect("a list");
    rows.iter().map(|row| row["file"].as_str().expect("a file").to_owned()).collect()
}

#[test]
fn samples_are_written_as_they_were_read() {
    for file in files() {
        let (written, text) = (design_file::write(&design_of(&file)), text_of(&file));
        for (number, (left, right)) in written.lines().zip(text.lines()).enumerate() {
            assert_eq!(left, right, "{file}, line {}", number + 1);
        }
        assert!(written == text, "{file} differs in length or in its line ends");
    }
}

#[test]
fn samples_hold_no_member_that_the_model_does_not_know() {
    let schema = design_file::schema();
    for file in files() {
        let value = serde_json::from_str(&text_of(&file)).expect("it is JSON");
        assert_eq!(unknown_members(&value, &schema), Vec::<String>::new(), "{file}");
    }
    let misspelt = serde_json::json!({ "project": { "channels": [{ "defualt": true }] } });
    assert_eq!(unknown_members(&misspelt, &schema), ["$.project.channels[0].defualt"]);
}

#[test]
fn the_index_lists_every_sample_under_its_own_title() {
    let index: Value = serde_json::from_str(&text_of("index.json")).expect("it is JSON");
    for row in index.as_array().expect("a list") {
        let file = row["file"].as_str().expect("a file");
        assert_eq!(row["title"], design_of(file).title, "{file}");
        assert!(row["description"].as_str().is_some_and(|text| text.ends_with('.')), "{file}");
    }
    let mut listed = files();
    listed.sort();
    let mut there: Vec<_> = std::fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(design_file::EXTENSION))
        .collect();
    there.sort();
    assert_eq!(listed, there);
}

#[test]
fn the_guide_is_told_in_five_steps_and_three_stacks() {
    let design = design_of("aws-fargate.pulpo.json");
    let steps: Vec<_> =
        design.project.process.steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(
        steps,
        [
            "Extract the code package",
            "Write config override",
            "Pulumi preview",
            "Approve",
            "Pulumi up"
        ]
    );
    let stacks: Vec<_> = design
        .space
        .environments
        .iter()
        .map(|environment| design.pulumi.stack_of(&environment.id).map(ToString::to_string))
        .collect();
    assert_eq!(
        stacks.into_iter().flatten().collect::<Vec<_>>(),
        ["my-org/my-project/dev", "my-org/my-project/staging", "my-org/my-project/prod"]
    );
}
