//! The shape of what goes to the REST interface: exact members, kinds and order.

use pretty_assertions::assert_eq;
use pulpo::export::lower_design;
use pulpo::format::octopus_json::{
    Written, deployment_process, project_variable_set, runbook_process,
};
use pulpo::model::process::{VariableCondition, keys};
use pulpo::model::*;
use pulpo::record::Extra;
use serde_json::{Value, json};

use super::design::*;
use super::{codes, json_of, sound};

const STEP: [&str; 7] =
    ["Name", "Slug", "PackageRequirement", "Properties", "Condition", "StartTrigger", "Actions"];
const ACTION: [&str; 18] = [
    "Name",
    "Slug",
    "ActionType",
    "Notes",
    "IsDisabled",
    "CanBeUsedForProjectVersioning",
    "IsRequired",
    "WorkerPoolId",
    "Container",
    "WorkerPoolVariable",
    "Environments",
    "ExcludedEnvironments",
    "Channels",
    "TenantTags",
    "Packages",
    "GitDependencies",
    "Condition",
    "Properties",
];
const PACKAGE: [&str; 5] = ["Name", "PackageId", "FeedId", "AcquisitionLocation", "Properties"];
const VARIABLE: [&str; 8] =
    ["Name", "Value", "Description", "Scope", "IsEditable", "Prompt", "Type", "IsSensitive"];

fn members(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[track_caller]
fn texts(value: &Value, path: &str) {
    for (key, value) in value.as_object().expect("an object") {
        assert!(value.is_string(), "{path}.{key}: {value}");
    }
}

#[track_caller]
fn steps(process: &Value) {
    for step in process["Steps"].as_array().expect("a list") {
        assert_eq!(members(step), STEP);
        texts(&step["Properties"], "step");
        for action in step["Actions"].as_array().expect("a list") {
            assert_eq!(members(action), ACTION);
            texts(&action["Properties"], "action");
            assert_eq!(members(&action["Container"]), ["Image", "FeedId"]);
            for flag in ["IsDisabled", "CanBeUsedForProjectVersioning", "IsRequired"] {
                assert!(action[flag].is_boolean(), "{flag}");
            }
            for package in action["Packages"].as_array().expect("a list") {
                assert_eq!(members(package), PACKAGE);
                texts(&package["Properties"], "package");
            }
        }
    }
}

#[test]
fn processes_have_the_members_of_the_portals_download() {
    let process = json_of(&guide(), "process/deployment-process.json");
    assert_eq!(members(&process), ["SpaceId", "ProjectId", "Version", "Steps"]);
    assert_eq!(process["Version"], 0);
    assert_eq!(process["Steps"].as_array().map(Vec::len), Some(6));
    steps(&process);
    let runbook = json_of(&guide(), "process/runbook-check-drift.json");
    let expected = ["Id", "SpaceId", "ProjectId", "RunbookId", "Version", "Steps"];
    assert_eq!(members(&runbook), expected);
    steps(&runbook);
}

#[test]
fn variables_have_the_members_of_octopuss_resource() {
    let set = json_of(&guide(), "variables/project.json");
    assert_eq!(members(&set), ["Id", "OwnerId", "Version", "Variables"]);
    for variable in set["Variables"].as_array().expect("a list") {
        assert_eq!(members(variable), VARIABLE);
    }
    let names: Vec<_> =
        set["Variables"].as_array().expect("a list").iter().map(|one| &one["Name"]).collect();
    let stack = "Pulumi.Stack";
    assert_eq!(names, ["AWS", "AWS", "AWS.Region", "PULUMI_ACCESS_TOKEN", stack, stack, stack]);
    let token = &set["Variables"][3];
    assert_eq!(token["Type"], "Sensitive");
    assert_eq!((&token["IsSensitive"], &token["Value"]), (&json!(true), &Value::Null));
    assert_eq!(set["Variables"][4]["Scope"], json!({ "Environment": ["Environments-1"] }));
}

/// A process of `design`, lowered.
fn process_of(design: &Design) -> Written {
    deployment_process(&lower_design(design).0)
}

fn with_step(step: Step) -> Design {
    let mut design = bare();
    design.project.process.steps.push(step);
    design
}

#[test]
fn what_is_known_of_the_server_is_written_and_the_rest_is_a_placeholder() {
    let mut step = single("it", octopus("it", "It", "Octopus.Manual"));
    step.octopus_id = "step-guid".to_owned();
    let action = step.actions.first_mut();
    action.octopus_id = "action-guid".to_owned();
    action.environments = vec![environment_id("dev"), environment_id("prod")];
    action.properties.set_text(keys::MANUAL_TEAMS, "managers, teams-everyone,gone");
    let mut design = with_step(step);
    design.project.octopus_id = "Projects-5".to_owned();
    design.project.process.octopus_id = "deploymentprocess-Projects-5".to_owned();
    design.project.process.version = 7;
    let written = process_of(&design);
    let process = &written.value;
    assert_eq!(process["Id"], "deploymentprocess-Projects-5");
    assert_eq!(process["ProjectId"], "Projects-5");
    assert_eq!(process["Version"], 7);
    let step = &process["Steps"][0];
    assert_eq!(
        (&step["Id"], &step["Actions"][0]["Id"]),
        (&json!("step-guid"), &json!("action-guid"))
    );
    let action = &step["Actions"][0];
    assert_eq!(action["Environments"], json!(["Environments-1", "{Environments:Production}"]));
    let teams = &action["Properties"][keys::MANUAL_TEAMS];
    assert_eq!(teams, "{Teams:Release managers},teams-everyone,{Teams:gone}");
    let listed: Vec<_> = written.placeholders.iter().map(|one| one.text()).collect();
    let expected = [
        "{Spaces:Default}",
        "{Environments:Production}",
        "{Teams:Release managers}",
        "{Teams:gone}",
    ];
    assert_eq!(listed, expected);
    assert_eq!(codes(&written.findings), ["export/unknown-reference", "export/placeholders"]);
}

#[test]
fn braces_in_a_name_do_not_break_its_placeholder() {
    let mut design = bare();
    design.project.name = "a{b}c".to_owned();
    assert_eq!(process_of(&design).value["ProjectId"], "{Projects:abc}");
}

#[test]
fn members_that_pulpo_does_not_know_are_written_back() {
    let mut design = guide();
    design.project.process.extra.set("LastSnapshotId", json!("snapshot-1"));
    design.project.process.extra.set("Links", json!({ "Self": "/api" }));
    design.project.process.extra.set("mine", json!("of the design file"));
    let id = StepId::parse("up").expect("an id");
    design.project.process.steps.update(&id, |step| {
        step.extra.set("Type", json!("Step"));
        let action = step.actions.first_mut();
        action.extra.set("StepPackageVersion", json!("1.2.0"));
        action.inputs = json!({ "region": "eu-west-1" });
        if let Some(container) = &mut action.container {
            container.extra.set("GitUrl", Value::Null);
        }
    });
    let process = process_of(&design).value;
    assert_eq!(process["LastSnapshotId"], "snapshot-1");
    assert!(process.get("Links").is_none() && process.get("mine").is_none());
    let step = &process["Steps"][4];
    assert_eq!(step["Type"], "Step");
    assert_eq!(step["Actions"][0]["StepPackageVersion"], "1.2.0");
    assert_eq!(step["Actions"][0]["Inputs"], json!({ "region": "eu-west-1" }));
    assert_eq!(members(&step["Actions"][0]["Container"]), ["Image", "FeedId", "GitUrl"]);
}

#[test]
fn steps_keep_tags_window_and_condition_in_their_own_properties() {
    let mut step = single("roll", octopus("drain", "Drain", "Octopus.Script"));
    let mut undrain = octopus("undrain", "Undrain", "Octopus.Script");
    undrain.condition = pulpo::model::ActionCondition::Variable;
    undrain.properties.set_text(keys::ACTION_CONDITION, "#{WasDrained}");
    step.actions.push(undrain);
    step.name = name("Rolling nodes");
    step.target_tags = ["web", "app"].map(|tag| TargetTag::parse(tag).expect("a tag")).to_vec();
    step.window = "2".to_owned();
    step.condition = StepCondition::Variable(VariableCondition {
        expression: "#{Go}".to_owned(),
        extra: Extra::default(),
    });
    let process = process_of(&with_step(step)).value;
    let step = &process["Steps"][0];
    assert_eq!(
        step["Properties"],
        json!({
            "Octopus.Action.TargetRoles": "web,app",
            "Octopus.Action.MaxParallelism": "2",
            "Octopus.Step.ConditionVariableExpression": "#{Go}",
        })
    );
    assert_eq!(step["Condition"], "Variable");
    assert_eq!(step["Actions"][0]["Condition"], "Success");
    assert_eq!(step["Actions"][1]["Condition"], "Variable");
    let properties = &step["Actions"][1]["Properties"];
    assert_eq!(properties["Octopus.Action.ConditionVariableExpression"], "#{WasDrained}");
}

#[test]
fn slugs_are_unique_and_a_chosen_one_wins() {
    let mut design = bare();
    for (id, title) in [("a", "Run it"), ("b", "Run-it"), ("c", "Run. it")] {
        let mut step = single(id, octopus(id, title, "Octopus.Script"));
        if id == "c" {
            step.slug = Slug::of("run-it");
        }
        design.project.process.steps.push(step);
    }
    let written = process_of(&design);
    let slugs: Vec<_> = (0..3)
        .map(|index| {
            let step = &written.value["Steps"][index];
            (step["Slug"].clone(), step["Actions"][0]["Slug"].clone())
        })
        .collect();
    let expected = [("run-it-2", "run-it"), ("run-it-3", "run-it-2"), ("run-it", "run-it-3")];
    assert_eq!(slugs, expected.map(|(step, action)| (json!(step), json!(action))));
    sound(&written.findings);
}

#[test]
fn two_steps_of_one_name_are_refused_before_octopus_does() {
    let mut design = bare();
    for (id, title) in [("a", "Run"), ("b", "RUN")] {
        design.project.process.steps.push(single(id, octopus(id, title, "Octopus.Script")));
    }
    let found = codes(&process_of(&design).findings);
    assert_eq!(found.iter().filter(|code| **code == "export/duplicate-name").count(), 2);
}

#[test]
fn a_step_that_was_not_lowered_is_an_error() {
    let design = with_step(pulumi("up", "Up", PulumiStep::run(Default::default())));
    assert!(codes(&deployment_process(&design).findings).contains(&"export/not-lowered"));
}

#[test]
fn deploy_a_release_brings_the_project_as_its_package() {
    let mut action = octopus("it", "It", "Octopus.DeployRelease");
    action.properties.set_text(keys::RELEASE_PROJECT, "Network");
    let process = process_of(&with_step(single("it", action))).value;
    let action = &process["Steps"][0]["Actions"][0];
    assert_eq!(action["Properties"][keys::RELEASE_PROJECT], "{Projects:Network}");
    assert_eq!(
        action["Packages"],
        json!([{
            "Name": "", "PackageId": "{Projects:Network}",
            "FeedId": "{Feeds:Octopus Server Releases (built-in)}",
            "AcquisitionLocation": "NotAcquired", "Properties": {},
        }])
    );
    assert_eq!(members(action), ACTION);
}

#[test]
fn a_deferred_package_stands_a_second_time_as_text() {
    let mut action = octopus("it", "It", "Octopus.Script");
    let mut package =
        PackageReference::extracted("Run.Package", PackageKey::parse("app").expect("a key"));
    package.properties.set_text(PackageReference::SELECTION_MODE, "deferred");
    package.properties.set_text(PackageReference::PARAMETER, "Run.Package");
    action.packages.push(package);
    let process = process_of(&with_step(single("it", action))).value;
    let action = &process["Steps"][0]["Actions"][0];
    let text = action["Properties"]["Run.Package"].as_str().expect("a text");
    let chosen: Value = serde_json::from_str(text).expect("it is JSON");
    assert_eq!(chosen, json!({ "PackageId": "Acme.Infra", "FeedId": "feeds-builtin" }));
}

#[test]
fn odd_property_values_become_texts_and_secrets_stay_away() {
    let mut step = single("it", octopus("it", "It", "Octopus.Script"));
    let properties = &mut step.actions.first_mut().properties;
    properties.set("A", PropertyValue::Other(json!(true)));
    properties.set("B", PropertyValue::Other(json!(3)));
    properties.set("C", PropertyValue::Other(Value::Null));
    properties.set("D", PropertyValue::Sensitive { has_value: true });
    let mut design = with_step(step);
    let written = process_of(&design);
    let properties = &written.value["Steps"][0]["Actions"][0]["Properties"];
    assert_eq!((&properties["A"], &properties["B"]), (&json!("True"), &json!("3")));
    assert!(properties.get("C").is_none());
    assert_eq!(properties["D"], json!({ "HasValue": true, "NewValue": null, "Hint": null }));
    assert!(codes(&written.findings).contains(&"export/secret-left-out"));
    // The server keeps the secret of an action that it knows.
    let id = StepId::parse("it").expect("an id");
    design.project.process.steps.update(&id, |step| {
        step.actions.first_mut().octopus_id = "guid".to_owned();
    });
    assert!(!codes(&process_of(&design).findings).contains(&"export/secret-left-out"));
}

#[test]
fn scopes_and_prompts_of_variables() {
    let mut design = guide();
    let channel = ChannelId::parse("hotfix").expect("an id");
    design.project.channels.push(Channel::new(channel.clone(), name("Hotfix")));
    let scope = Scope {
        environments: vec![environment_id("prod")],
        channels: vec![channel],
        actions: vec![action_id("up")],
        target_tags: vec![TargetTag::parse("web").expect("a tag")],
        tenant_tags: vec![TenantTag::parse("Ring/Early").expect("a tag")],
        processes: vec![
            ProcessOwner::Deployment,
            ProcessOwner::Runbook(RunbookId::parse("drift").expect("an id")),
        ],
        ..Scope::default()
    };
    let mut all = variable("all", "All", &[(VariableContent::text("x"), scope)]);
    let id = ValueId::parse("0").expect("an id");
    all.values.update(&id, |value| {
        value.octopus_id = "guid".to_owned();
        value.prompt = Some(Prompt {
            label: "Which?".to_owned(),
            required: true,
            control: ControlType::Select,
            options: "a|A\nb|B".to_owned(),
            ..Prompt::default()
        });
    });
    design.project.variables.push(all);
    let set = project_variable_set(&design).value;
    let last = set["Variables"].as_array().and_then(|list| list.last()).expect("a value");
    assert_eq!(last["Id"], "guid");
    assert_eq!(
        last["Scope"],
        json!({
            "Environment": ["{Environments:Production}"],
            "Channel": ["{Channels:Hotfix}"],
            "Action": ["{Actions:Pulumi up}"],
            "Role": ["web"],
            "TenantTag": ["Ring/Early"],
            "ProcessOwner": ["{Projects:web}", "{Runbooks:Check drift}"],
        })
    );
    assert_eq!(
        last["Prompt"],
        json!({
            "Label": "Which?", "Description": "", "Required": true,
            "DisplaySettings": {
                "Octopus.ControlType": "Select", "Octopus.SelectOptions": "a|A\nb|B",
            },
        })
    );
}

#[test]
fn a_known_runbook_is_put_under_its_own_ids() {
    let mut design = guide();
    let id = RunbookId::parse("drift").expect("an id");
    design.project.runbooks.update(&id, |runbook| {
        runbook.octopus_id = "Runbooks-1".to_owned();
        runbook.process.octopus_id = "RunbookProcess-Runbooks-1".to_owned();
        runbook.process.version = 3;
    });
    let (lowered, _) = lower_design(&design);
    let runbook = lowered.project.runbooks.get(&id).expect("there is one");
    let written = runbook_process(&lowered, runbook);
    assert_eq!(written.value["Id"], "RunbookProcess-Runbooks-1");
    assert_eq!(written.value["RunbookId"], "Runbooks-1");
    assert!(!codes(&written.findings).contains(&"export/no-version"));
}
