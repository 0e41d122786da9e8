//! Step templates: the Library's rules, Pulpo's own templates, and those made of a step.

use std::collections::HashSet;

use pretty_assertions::assert_eq;
use pulpo::export::{BUILT_IN, Target, built_in, export, template_of_action};
use pulpo::format::octopus_json::{TemplateMeta, step_template};
use pulpo::model::process::{PulumiOperation, keys};
use pulpo::model::*;
use pulpo::script::{Recognised, recognise};
use serde_json::{Value, json};

use super::codes;
use super::design::*;

const TEMPLATE: [&str; 13] = [
    "Id",
    "Name",
    "Description",
    "ActionType",
    "Version",
    "Packages",
    "GitDependencies",
    "Properties",
    "Parameters",
    "StepPackageId",
    "$Meta",
    "LastModifiedBy",
    "Category",
];
const PARAMETER: [&str; 6] = ["Id", "Name", "Label", "HelpText", "DefaultValue", "DisplaySettings"];

fn keys_of(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn templates(design: &Design) -> Vec<(String, Value)> {
    let exported = export(design, &[Target::StepTemplates]);
    let files = exported.files.into_iter().filter(|file| file.path.ends_with(".json"));
    files
        .map(|file| {
            assert!(!file.text.starts_with('\u{feff}'));
            let value = serde_json::from_str(&file.text).expect("it is JSON");
            (file.path, value)
        })
        .collect()
}

#[track_caller]
fn is_guid(value: &Value) -> String {
    let text = value.as_str().expect("a text").to_owned();
    let lengths: Vec<_> = text.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{text}");
    assert!(text.bytes().all(|byte| byte == b'-' || matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    text
}

/// What the tests of Octopus's own library of templates ask for, and the shape
/// of the portal's export.
#[track_caller]
fn follows_the_rules(path: &str, template: &Value) {
    assert_eq!(keys_of(template), TEMPLATE, "{path}");
    let name = template["Name"].as_str().expect("a name");
    assert!((1..=200).contains(&name.chars().count()), "{path}");
    is_guid(&template["Id"]);
    assert!(template["Version"].is_u64());
    assert_eq!(template["$Meta"]["Type"], "ActionTemplate");
    assert_eq!(keys_of(&template["$Meta"]), ["ExportedAt", "OctopusVersion", "Type"]);
    assert_eq!(template["LastModifiedBy"], "Pulpo");
    assert_eq!(template["Category"], "pulumi");
    let mut ids = HashSet::new();
    let mut names = HashSet::new();
    for parameter in template["Parameters"].as_array().expect("a list") {
        assert_eq!(keys_of(parameter), PARAMETER, "{path}");
        assert!(ids.insert(is_guid(&parameter["Id"])), "{path}: an id stands twice");
        let name = parameter["Name"].as_str().expect("a name");
        assert!(names.insert(name.to_owned()), "{path}: {name} stands twice");
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        assert!(name.bytes().all(is_plain) && name.contains('.'), "{path}: {name}");
        assert!(parameter["DefaultValue"].is_string(), "{path}: {name}");
        let settings = &parameter["DisplaySettings"];
        let is_select = settings["Octopus.ControlType"] == "Select";
        assert_eq!(settings.get("Octopus.SelectOptions").is_some(), is_select, "{path}: {name}");
    }
    for package in template["Packages"].as_array().expect("a list") {
        assert!(ids.insert(is_guid(&package["Id"])), "{path}: an id stands twice");
        assert!(package["FeedId"].is_null() && package["PackageId"].is_null(), "{path}");
        let parameter = package["Properties"]["PackageParameterName"].as_str().expect("a text");
        assert_eq!(package["Properties"]["SelectionMode"], "deferred", "{path}");
        assert!(names.contains(parameter), "{path}: no parameter {parameter}");
    }
    let body = template["Properties"][keys::SCRIPT_BODY].as_str().expect("a script");
    for name in &names {
        let is_read = body.contains(&format!("\"{name}\""))
            || body.contains(&format!("'{name}'"))
            || body.contains(&format!("[{name}]"))
            || body.contains(&format!("[$(get_octopusvariable \"{name}\")]"))
            || template["Properties"].as_object().is_some_and(|all| {
                let bound = format!("#{{{name}}}");
                all.values().any(|value| *value == *name || value.to_string().contains(&bound))
            });
        assert!(is_read, "{path}: nothing reads {name}");
    }
}

#[test]
fn exported_templates_follow_the_librarys_rules() {
    let mut design = guide();
    for (id, title) in [("s", "Pulumi - Up"), ("t", "pulumi - up")] {
        design.project.process.steps.push(single(id, octopus(id, title, "Octopus.Script")));
    }
    let all = templates(&design);
    let mut ids = HashSet::new();
    let mut names = HashSet::new();
    for (path, template) in &all {
        follows_the_rules(path, template);
        assert!(ids.insert(template["Id"].to_string()), "{path}: its id stands twice");
        assert!(names.insert(template["Name"].to_string().to_lowercase()), "{path}");
    }
    // The five that are always there, the drift check of the runbook, the two scripts.
    assert_eq!(all.len(), 8);
}

#[test]
fn pulpos_own_templates_hold_the_scripts_own_form() {
    for (kind, name) in BUILT_IN {
        let template = built_in(kind).expect("there is one for each");
        let body = template.properties.text(keys::SCRIPT_BODY);
        let Some(Recognised::Template(script)) = recognise(body) else { panic!("{name}: {body}") };
        assert_eq!(script.kind(), kind);
        let names: Vec<_> = template.parameters.iter().map(|one| one.name.to_string()).collect();
        let expected: Vec<_> = script.parameters().into_iter().map(|one| one.name).collect();
        assert_eq!(names, expected);
        let written = step_template(&Design::default(), &template, TemplateMeta::default());
        follows_the_rules(name, &written.value);
        assert_eq!(written.findings, []);
        assert_eq!(written.placeholders, []);
    }
}

#[test]
fn ids_of_templates_never_change() {
    let id = |kind| {
        let template = built_in(kind).expect("there is one");
        step_template(&Design::default(), &template, TemplateMeta::default()).value["Id"].clone()
    };
    use pulpo::script::ScriptKind;
    assert_eq!(id(ScriptKind::Preview), "ed391c4e-ff99-87f5-861d-f69e4f1928e5");
    assert_eq!(id(ScriptKind::Up), "5cd9ba3c-e632-8807-8572-603c2d2f0226");
}

#[test]
fn the_export_says_when_it_is_told_to() {
    let meta = TemplateMeta { exported_at: "2030-02-03T00:00:00.000Z", octopus_version: "2030.1" };
    let options = pulpo::export::Options { meta };
    let exported = pulpo::export::export_with(&bare(), &[Target::StepTemplates], options);
    let texts: Vec<_> = exported.files.iter().filter(|one| one.path.ends_with(".json")).collect();
    assert!(!texts.is_empty());
    assert!(texts.iter().all(|one| one.text.contains("2030-02-03T00:00:00.000Z")));
}

#[test]
fn a_script_step_becomes_a_template_with_parameters() {
    let mut design = guide();
    let mut action = octopus("it", "Seed the DB", "Octopus.AwsRunScript");
    action.properties.set_text(
        keys::SCRIPT_BODY,
        "region=$(get_octopusvariable \"AWS.Region\")\n\
         token=$(get_octopusvariable 'PULUMI_ACCESS_TOKEN')\n\
         cd \"$(get_octopusvariable \"Octopus.Action.Package[tools].ExtractedPath\")\" || exit 1\n\
         ./seed --region #{AWS.Region} #{Octopus.Environment.Name}\n",
    );
    action.properties.set_text(keys::AWS_ACCOUNT, "AWS");
    action.properties.set_text(keys::AWS_REGION, "#{AWS.Region}");
    action.properties.set("Db.Password", PropertyValue::Sensitive { has_value: true });
    action.packages =
        vec![PackageReference::extracted("tools", PackageKey::parse("app").expect("a key"))];
    action.environments = vec![environment_id("dev")];
    let step = single("it", action);
    design.project.process.steps.push(step.clone());
    let (template, lost) =
        template_of_action(&design, &step, step.actions.first()).expect("it can be one");
    assert_eq!(codes(&lost), ["export/template-loss"]);
    assert!(lost[0].what.contains("environments"), "{}", lost[0].what);
    let asked: Vec<_> = template
        .parameters
        .iter()
        .map(|one| (one.name.as_str(), one.control.word(), one.default_value.clone()))
        .collect();
    let text = |text: &str| json!(text);
    assert_eq!(
        asked,
        [
            ("SeedtheDB.tools", "Package", text("")),
            ("SeedtheDB.AWS.Region", "SingleLineText", text("#{AWS.Region}")),
            ("SeedtheDB.PULUMIACCESSTOKEN", "Sensitive", text("")),
            ("SeedtheDB.Account", "AmazonWebServicesAccount", text("")),
            ("SeedtheDB.Region", "SingleLineText", text("#{AWS.Region}")),
            ("SeedtheDB.Password", "Sensitive", text("")),
        ]
    );
    assert_eq!(
        template.properties.text(keys::SCRIPT_BODY),
        "region=$(get_octopusvariable \"SeedtheDB.AWS.Region\")\n\
         token=$(get_octopusvariable 'SeedtheDB.PULUMIACCESSTOKEN')\n\
         cd \"$(get_octopusvariable \"Octopus.Action.Package[SeedtheDB.tools].ExtractedPath\")\" || \
         exit 1\n\
         ./seed --region #{SeedtheDB.AWS.Region} #{Octopus.Environment.Name}\n"
    );
    assert_eq!(template.properties.text(keys::AWS_ACCOUNT), "SeedtheDB.Account");
    assert_eq!(template.properties.text(keys::AWS_REGION), "#{SeedtheDB.Region}");
    assert_eq!(template.properties.text("Db.Password"), "#{SeedtheDB.Password}");
    let written = step_template(&design, &template, TemplateMeta::default());
    follows_the_rules("it", &written.value);
    assert_eq!(written.placeholders, []);
}

#[test]
fn a_step_of_pulpos_becomes_the_scripts_own_form() {
    let design = bare();
    let step = pulumi("it", "Apply it all", PulumiStep::run(PulumiOperation::Up));
    let (template, _) =
        template_of_action(&design, &step, step.actions.first()).expect("it can be one");
    assert_eq!(template.name.as_str(), "Apply it all");
    assert!(template.parameters.iter().all(|one| one.name.as_str().starts_with("Applyitall.")));
    let body = template.properties.text(keys::SCRIPT_BODY);
    assert!(matches!(recognise(body), Some(Recognised::Template(_))));
}
