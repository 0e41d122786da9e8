//! The files of an export: the same every time, complete, and without secrets.

use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::process::{Command, Stdio};

use proptest::prelude::*;
use pulpo::base::secret;
use pulpo::export::{OutFile, TARGETS, Target, zip};
use pulpo::model::process::{ConfigEntry, ConfigOverrideStep, PulumiOperation, RunStep, keys};
use pulpo::model::*;

use super::design::*;
use super::*;

/// Scripts change by themselves; here only where they stand counts.
fn without_scripts(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                if key == keys::SCRIPT_BODY {
                    let first = value.as_str().and_then(|text| text.lines().nth(1));
                    *value = first.unwrap_or_default().into();
                } else {
                    without_scripts(value);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(without_scripts),
        _ => {}
    }
}

#[test]
fn the_guides_design_is_written_like_this() {
    let exported = export(&guide(), &ALL);
    sound(&exported.findings);
    let paths: Vec<_> = exported.files.iter().map(|file| file.path.as_str()).collect();
    insta::assert_snapshot!("files", paths.join("\n"));
    insta::assert_snapshot!("readme", text_of(&exported, "README.md"));
    insta::assert_snapshot!("ids", text_of(&exported, "rest/ids.json"));
    let said: Vec<_> = exported.findings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!("findings", said.join("\n"));
    for (name, path) in [
        ("deployment_process", "process/deployment-process.json"),
        ("runbook_process", "process/runbook-check-drift.json"),
        ("variables", "variables/project.json"),
        ("template_extract", "step-templates/pulumi-extract-package.json"),
    ] {
        let mut value = serde_json::from_str(text_of(&exported, path)).expect("it is JSON");
        without_scripts(&mut value);
        insta::assert_snapshot!(name, format!("{value:#}"));
    }
    for (name, path) in [
        ("ocl_process", ".octopus/deployment_process.ocl"),
        ("ocl_runbook", ".octopus/runbooks/check-drift.ocl"),
        ("ocl_variables", ".octopus/variables.ocl"),
        ("ocl_settings", ".octopus/deployment_settings.ocl"),
        ("ocl_version", ".octopus/schema_version.ocl"),
    ] {
        let text = text_of(&exported, path);
        let mut document = pulpo::ocl::read(text).expect("it can be read");
        shorten(&mut document.body);
        let text = pulpo::ocl::write(&document, pulpo::ocl::LineEnd::Lf).text;
        insta::assert_snapshot!(name, text);
    }
}

/// Scripts change by themselves; here only where they stand counts.
fn shorten(body: &mut [pulpo::ocl::Element]) {
    use pulpo::ocl::{Element, Value};
    for element in body {
        match element {
            Element::Block(block) => shorten(&mut block.body),
            Element::Attribute(attribute) => {
                let Value::Map(entries) = &mut attribute.value else { continue };
                for entry in entries.iter_mut().filter(|entry| entry.key == keys::SCRIPT_BODY) {
                    let first = entry.value.text().and_then(|text| text.lines().nth(1));
                    entry.value = Value::String(first.unwrap_or_default().to_owned());
                }
            }
        }
    }
}

#[test]
fn a_target_brings_its_own_files_and_no_others() {
    for (target, folders) in [
        (Target::StepTemplates, &["step-templates/"][..]),
        (Target::ProcessJson, &["process/", "rest/"]),
        (Target::VariablesJson, &["rest/", "variables/"]),
        (Target::Ocl, &[".octopus/"]),
        (Target::Scripts, &["scripts/"]),
    ] {
        let exported = export(&guide(), &[target]);
        let mut found: Vec<_> = exported
            .files
            .iter()
            .filter_map(|file| file.path.split_inclusive('/').next())
            .filter(|part| part.ends_with('/'))
            .collect();
        found.dedup();
        assert_eq!(found, folders, "{target:?}");
        let readme = text_of(&exported, "README.md");
        for info in &TARGETS {
            let is_there = readme.contains(&format!("\n## {}\n", info.label));
            assert_eq!(is_there, info.target == target, "{target:?}: {}", info.label);
        }
        for file in exported.files.iter().filter(|file| file.path != "README.md") {
            assert!(readme.contains(&format!("- `{}`", file.path)), "{} is not told", file.path);
        }
        assert_eq!(Target::from_id(target.info().id), Some(target));
        assert_eq!(target.info().target, target);
    }
    let nothing = export(&guide(), &[]);
    assert_eq!(nothing.files.len(), 1, "the README alone");
    assert_eq!(nothing.findings, []);
}

#[test]
fn what_no_target_carries_is_said() {
    let of = |design: &Design, target| codes(&export(design, &[target]).findings);
    assert_eq!(of(&guide(), Target::StepTemplates), ["export/templates-only"]);
    assert!(of(&guide(), Target::ProcessJson).contains(&"export/not-made"));
    let exported = export(&guide(), &[Target::ProcessJson]);
    let made = exported.findings.iter().find(|one| one.code == "export/not-made");
    let what = &made.expect("it is said").what;
    let expected =
        "The files do not make environments, worker pools, feeds, accounts, teams, runbooks.";
    assert_eq!(what, expected);
    let mut design = guide();
    let id = VariableTemplateId::parse("t").expect("an id");
    design.project.templates.push(VariableTemplate {
        id,
        name: variable_name("Domain"),
        label: String::new(),
        help: String::new(),
        default_value: String::new(),
        control: ControlType::SingleLine,
        options: String::new(),
        extra: Default::default(),
    });
    assert!(of(&design, Target::VariablesJson).contains(&"export/tenant-values-left-out"));
}

#[test]
fn a_secret_with_many_values_is_told_once() {
    let mut design = guide();
    let scope = |id: &str| Scope::environment(environment_id(id));
    let values = [(secret(), scope("dev")), (secret(), scope("prod"))];
    design.project.variables.push(variable("db", "Db.Password", &values));
    let exported = export(&design, &[Target::VariablesJson]);
    let told = exported.findings.iter().filter(|one| one.what.contains("Db.Password"));
    assert_eq!(told.count(), 1);
}

#[test]
fn an_empty_design_can_be_exported() {
    let exported = export(&Design::default(), &ALL);
    sound(&exported.findings);
    assert!(text_of(&exported, "README.md").starts_with("# Export for Octopus Deploy\n"));
    assert_eq!(
        json_of(&Design::default(), "process/deployment-process.json")["Steps"],
        Value::Array(vec![])
    );
}

#[test]
fn every_placeholder_is_listed_once_with_the_way_to_its_id() {
    let exported = export(&guide(), &ALL);
    let ids: Value = serde_json::from_str(text_of(&exported, "rest/ids.json")).expect("JSON");
    let readme = text_of(&exported, "README.md");
    let listed: HashSet<_> = ids.as_object().expect("an object").keys().cloned().collect();
    assert_eq!(listed.len(), exported.placeholders.len());
    for text in &listed {
        assert!(readme.contains(&format!("| `{text}` |")), "{text} is not told");
    }
    let mut found = HashSet::new();
    let words: HashSet<_> = exported.placeholders.iter().map(|one| one.kind.word).collect();
    for file in &exported.files {
        if !file.path.starts_with("process/") && !file.path.starts_with("variables/") {
            continue;
        }
        for part in file.text.split('{').skip(1) {
            let Some((inner, _)) = part.split_once('}') else { continue };
            if inner.split_once(':').is_some_and(|(word, _)| words.contains(word)) {
                found.insert(format!("{{{inner}}}"));
            }
        }
    }
    assert_eq!(found, listed);
}

#[test]
fn the_zip_holds_the_files_in_order_and_nothing_of_now() {
    let exported = export(&guide(), &ALL);
    let bytes = zip(&exported.files).expect("paths are unique");
    let mut backwards = exported.files.clone();
    backwards.reverse();
    assert_eq!(zip(&backwards).expect("paths are unique"), bytes);
    let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    assert_eq!(archive.len(), exported.files.len());
    let mut files: Vec<_> = exported.files.iter().collect();
    files.sort_by_key(|file| &file.path);
    for (index, file) in files.into_iter().enumerate() {
        let mut entry = archive.by_index(index).expect("an entry");
        assert_eq!(entry.name(), file.path);
        assert_eq!(entry.last_modified().map(|time| time.year()), Some(1980));
        assert_eq!(entry.compression(), ::zip::CompressionMethod::Stored);
        let is_script = file.path.ends_with(".sh");
        assert_eq!(entry.unix_mode().map(|mode| mode & 0o111 != 0), Some(is_script));
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        assert_eq!(text, file.text);
    }
    let file = OutFile { path: "a".to_owned(), text: String::new() };
    assert!(zip(&[file.clone(), file]).is_err());
}

#[test]
fn pasted_tokens_are_told_with_their_place() {
    let token = format!("pul-{}", "0123456789abcdef".repeat(2));
    let mut design = guide();
    design.project.variables.push(variable(
        "pasted",
        "Pasted",
        &[(VariableContent::text(&token), Scope::default())],
    ));
    let exported = export(&design, &[Target::VariablesJson]);
    let found: Vec<_> =
        exported.findings.iter().filter(|one| one.code == "export/token-in-text").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.file.as_deref(), Some("variables/project.json"));
    assert!(found[0].place.position.is_some());
    assert!(!found[0].to_string().contains(&token), "the finding does not repeat it");
    assert!(text_of(&exported, "README.md").contains("Pulumi access token"));
}

#[test]
fn what_looks_like_a_token() {
    let hex = "0123456789abcdef".repeat(3);
    for (text, is_one) in [
        (format!("pul-{hex}"), true),
        (format!("x=pul-{hex};"), true),
        (format!("é pul-{hex}"), true),
        (format!("xpul-{hex}"), false),
        ("pul-short".to_owned(), false),
        (format!("API-{}", "A1".repeat(14)), true),
        ("API-KEY".to_owned(), false),
        ("AKIAIOSFODNN7EXAMPLE".to_owned(), true),
        ("#{PULUMI_ACCESS_TOKEN}".to_owned(), false),
    ] {
        assert_eq!(secret::token(&text).is_some(), is_one, "{text}");
    }
}

#[test]
fn no_design_has_a_token_of_its_own_making() {
    let exported = export(&guide(), &ALL);
    assert!(!codes(&exported.findings).contains(&"export/token-in-text"));
}

/// Runs `program` with `input`; gives its output.
#[track_caller]
fn piped(program: &str, arguments: &[&str], input: &str) -> String {
    use std::io::Write;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    child.stdin.take().expect("it is piped").write_all(input.as_bytes()).ok();
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn bash_reads_every_script_and_the_commands_of_the_readme() {
    let exported = export(&guide(), &ALL);
    let scripts: Vec<_> = exported.files.iter().filter(|file| file.path.ends_with(".sh")).collect();
    assert_eq!(scripts.len(), 7);
    for file in scripts {
        assert!(file.text.starts_with("#!/usr/bin/env bash\n"), "{}", file.path);
        piped("bash", &["-n"], &file.text);
    }
    let readme = text_of(&exported, "README.md");
    let blocks: Vec<_> =
        readme.split("```bash\n").skip(1).filter_map(|part| part.split("```").next()).collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        piped("bash", &["-n"], block);
    }
}

#[test]
fn jq_makes_the_bodies_of_the_puts() {
    if Command::new("jq").arg("--version").output().is_err() {
        let allowed = std::env::var("PULPO_ALLOW_MISSING_JQ").is_ok_and(|value| value == "1");
        assert!(allowed, "jq is not installed; set PULPO_ALLOW_MISSING_JQ=1 to go without");
        return;
    }
    let exported = export(&guide(), &ALL);
    let jq = |path: &str| text_of(&exported, path);
    let input = |old: Value, new: &str| format!("{old}\n{new}");
    // A step that keeps its name keeps its id; the Version is the server's.
    let old = serde_json::json!({
        "Id": "deploymentprocess-Projects-1", "Version": 7, "ProjectId": "Projects-1",
        "Steps": [
            { "Id": "s1", "Name": "Pulumi up", "Actions": [{ "Id": "a1", "Name": "Pulumi up" }] },
            { "Id": "s2", "Name": "Gone", "Actions": [{ "Id": "a2", "Name": "Gone" }] },
        ],
    });
    let new = jq("process/deployment-process.json");
    let body = piped("jq", &["-s", jq("rest/merge-process.jq")], &input(old, new));
    let body: Value = serde_json::from_str(&body).expect("it is JSON");
    assert_eq!((&body["Version"], &body["ProjectId"]), (&7.into(), &"Projects-1".into()));
    let steps = body["Steps"].as_array().expect("a list");
    assert_eq!(steps.len(), 6);
    let ids: Vec<_> = steps.iter().filter(|step| step.get("Id").is_some()).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!((&ids[0]["Id"], &ids[0]["Actions"][0]["Id"]), (&"s1".into(), &"a1".into()));

    // A value that keeps its name and scope keeps its id; other variables stay.
    let old = serde_json::json!({
        "Id": "variableset-Projects-1", "Version": 9,
        "Variables": [
            { "Id": "v1", "Name": "Theirs", "Value": "x", "Scope": {} },
            { "Id": "v2", "Name": "pulumi_access_token", "Value": null, "Scope": { "Role": [] } },
            { "Id": "v3", "Name": "Pulumi.Stack", "Value": "old", "Scope": {} },
            { "Id": "v4", "Name": "Pulumi.Stack", "Value": "old", "Scope": { "Environment": ["Environments-1"] } },
        ],
    });
    let new = jq("variables/project.json");
    let body = piped("jq", &["-s", jq("rest/merge-variables.jq")], &input(old, new));
    let body: Value = serde_json::from_str(&body).expect("it is JSON");
    assert_eq!(body["Version"], 9);
    let values = body["Variables"].as_array().expect("a list");
    let known: Vec<_> = values
        .iter()
        .filter_map(|one| Some((one.get("Id")?.as_str()?, one["Name"].as_str()?)))
        .collect();
    assert_eq!(known, [("v1", "Theirs"), ("v2", "PULUMI_ACCESS_TOKEN"), ("v4", "Pulumi.Stack")]);
    assert_eq!(values.len(), 8);

    // Ids stand wherever their placeholder did, also in the midst of a text.
    let program = jq("rest/fill-ids.jq");
    let ids = r#"{ "{Teams:A}": "Teams-1", "{Teams:B}": "" }"#;
    let document = r#"{ "a": ["{Teams:A},{Teams:B}", "", 1, null], "{Teams:A}": true }"#;
    let whole = [&program.replace("$ids[0]", "$ids"), "\n"].concat();
    let filled = piped("jq", &["-c", "--argjson", "ids", ids, &whole], document);
    assert_eq!(filled.trim(), r#"{"a":["Teams-1,{Teams:B}","",1,null],"{Teams:A}":true}"#);
}

fn samples() -> Vec<(String, Design)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/samples");
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .expect("the samples")
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            let text = std::fs::read_to_string(&path).ok()?;
            let design = name.ends_with(".pulpo.json").then(|| {
                pulpo::format::design_file::read(&text).design.expect("samples are sound")
            });
            Some((name, design?))
        })
        .collect();
    found.sort_by(|left, right| left.0.cmp(&right.0));
    found
}

#[test]
fn samples_export_without_errors() {
    let samples = samples();
    assert!(samples.len() >= 4);
    for (name, design) in samples {
        let exported = export(&design, &ALL);
        let errors: Vec<_> =
            exported.findings.iter().filter(|one| one.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        for file in exported.files.iter().filter(|file| file.path.ends_with(".sh")) {
            piped("bash", &["-n"], &file.text);
        }
    }
}

prop_compose! {
    fn any_name()(text in "[ -~é…]{1,30}") -> Name {
        Name::parse(text.trim()).unwrap_or_else(|_| name("unnamed"))
    }
}

fn any_step() -> impl Strategy<Value = PulumiStep> {
    let text = "[ -~\n#{}é]{0,20}";
    prop_oneof![
        (text, text, 0_usize..4, any::<bool>()).prop_map(|(stack, folder, operation, flag)| {
            PulumiStep::Run(RunStep {
                operation: PulumiOperation::ALL[operation],
                stack,
                config_file: folder.clone(),
                arguments: vec![folder],
                creates_stack: flag,
                publishes_outputs: flag,
                verifies: flag.then(|| action_id("step0")),
                ..RunStep::default()
            })
        }),
        (text, text, any::<bool>()).prop_map(|(file, value, is_secret)| {
            let mut entry = ConfigEntry::new("app:key", value);
            entry.is_secret = is_secret;
            let entries = vec![entry];
            PulumiStep::ConfigOverride(ConfigOverrideStep { file, entries, ..Default::default() })
        }),
        Just(PulumiStep::Extract(Default::default())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_design_exports_the_same_twice_and_well_formed(
        steps in prop::collection::vec((any_name(), any_step()), 0..5),
        texts in prop::collection::vec("[ -~\n#{}é\u{0}]{0,30}", 0..4),
        backend in 0_usize..3,
        cloud_choice in 0_usize..4,
    ) {
        let mut design = bare();
        design.pulumi.backend = [cloud(), oidc(), self_managed()][backend].clone();
        design.pulumi.credentials = [
            CloudCredentials::Ambient,
            CloudCredentials::Aws(account("A", "#{R}")),
            CloudCredentials::Azure(account("A", "")),
            CloudCredentials::Google(account("A", "")),
        ][cloud_choice].clone();
        for (index, (title, step)) in steps.into_iter().enumerate() {
            let mut step = pulumi(&format!("step{index}"), "x", step);
            step.name = title.clone();
            step.actions.first_mut().name = title;
            design.project.process.steps.push(step);
        }
        for (index, text) in texts.iter().enumerate() {
            let values = [(VariableContent::text(text), Scope::default())];
            design.project.variables.push(variable(&format!("v{index}"), &format!("V{index}"), &values));
        }
        let exported = export(&design, &ALL);
        prop_assert_eq!(&exported, &export(&design.clone(), &ALL));
        let paths: HashSet<_> = exported.files.iter().map(|file| &file.path).collect();
        prop_assert_eq!(paths.len(), exported.files.len());
        prop_assert!(zip(&exported.files).is_ok());
        for file in &exported.files {
            let ascii = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
            prop_assert!(file.path.bytes().all(ascii), "{}", file.path);
            if file.path.ends_with(".json") {
                let value: Value = serde_json::from_str(&file.text).expect("it is JSON");
                prop_assert!(!value.is_null());
            }
        }
        let process = json_of(&design, "process/deployment-process.json");
        let mut slugs = HashSet::new();
        for step in process["Steps"].as_array().expect("a list") {
            prop_assert!(slugs.insert(step["Slug"].to_string()));
            let action = &step["Actions"][0];
            let body = action["Properties"][keys::SCRIPT_BODY].as_str().expect("a script");
            // What Octostache would fill in is quoted in two parts.
            prop_assert!(!body.contains("#{"), "{body}");
        }
    }
}
