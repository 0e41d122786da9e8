//! Steps of community templates: what the files hold, and what they leave to the server.

use pulpo::catalog::Kind;
use pulpo::edit::steps::{self, Spot};
use pulpo::export::{Target, export};
use pulpo::format::design_file;
use pulpo::model::{Design, ProcessOwner};
use serde_json::{Value, json};

fn with_step(kind: &'static str) -> Design {
    let text = include_str!("../../../public/samples/aws-fargate.pulpo.json");
    let design = design_file::read(text).design.expect("a sample");
    let edit = steps::add(
        &design,
        &ProcessOwner::Deployment,
        Kind::Community(kind),
        "",
        Spot::Step(5),
        "new-1",
    );
    edit.apply(&design).expect("it is added")
}

fn text_of(design: &Design, path: &str) -> String {
    let done = export(design, &[Target::ProcessJson]);
    let found = done.files.into_iter().find(|file| file.path == path);
    found.unwrap_or_else(|| panic!("no {path}")).text
}

#[test]
fn the_process_names_the_template_and_its_parameters() {
    let design = with_step("run-pulumi-linux");
    let body: Value = serde_json::from_str(&text_of(&design, "process/deployment-process.json"))
        .expect("it is JSON");
    let action = &body["Steps"][5]["Actions"][0];
    assert_eq!(action["ActionType"], "Octopus.Script");
    assert_eq!(
        action["Properties"],
        json!({
            "Octopus.Action.RunOnServer": "true",
            "Pulumi.CreateStack": "False",
            "Pulumi.Command": "up",
            "Pulumi.Args": "--yes",
            "Pulumi.Restore": "True",
            "Pulumi.StackName": "#{Pulumi.Stack}",
            "Pulumi.AccessToken": "#{PULUMI_ACCESS_TOKEN}",
            "Pulumi.WorkingDirectory": "/tmp/pulumi-app",
            "Octopus.Action.Script.ScriptSource": "Inline",
            "Octopus.Action.Script.Syntax": "Bash",
            "Octopus.Action.Template.Id": "{ActionTemplates:Run Pulumi (Linux)}",
            "Octopus.Action.Template.Version": "3",
        })
    );
}

#[test]
fn what_the_files_cannot_carry_is_said() {
    let done = export(&with_step("run-pulumi-windows"), &[Target::ProcessJson]);
    let said = done.findings.iter().find(|one| one.code == "export/script-of-template");
    assert!(said.is_some_and(|one| one.what.contains("Run Pulumi (Windows)")), "{said:?}");
    let has = |path: &str| done.files.iter().any(|file| file.path == path);
    assert!(has("rest/add-templates.jq"));
    let readme = done.files.iter().find(|file| file.path == "README.md").expect("a README");
    assert!(readme.text.contains("## Steps of community templates"));
    let done = export(&with_step("run-pulumi-windows"), &[Target::Ocl]);
    let said = done.findings.iter().find(|one| one.code == "export/script-of-template");
    assert!(said.is_some_and(|one| one.fix.contains("copy its script")), "{said:?}");
    assert!(!done.files.iter().any(|file| file.path == "rest/add-templates.jq"));
    let plain = export(&Design::default(), &[Target::ProcessJson]);
    assert!(!plain.files.iter().any(|file| file.path == "rest/add-templates.jq"));
}

#[test]
fn an_id_of_the_library_is_no_id_of_a_server() {
    let mut design = with_step("run-pulumi-linux");
    let id = design.space.step_templates.nth(0).expect("the template").id.clone();
    design.space.step_templates.update(&id, |row| {
        "76296cd1-7d8c-47e8-b33f-027ecd3ff6b5".clone_into(&mut row.octopus_id);
    });
    let text = text_of(&design, "process/deployment-process.json");
    assert!(text.contains("{ActionTemplates:Run Pulumi (Linux)}"));
    design.space.step_templates.update(&id, |row| {
        "ActionTemplates-7".clone_into(&mut row.octopus_id);
    });
    let text = text_of(&design, "process/deployment-process.json");
    assert!(text.contains("\"ActionTemplates-7\""));
}

/// The commands of the README put the template's script into the step.
#[test]
fn jq_adds_the_script_of_the_template() {
    let design = with_step("run-pulumi-linux");
    let done = export(&design, &[Target::ProcessJson]);
    let file = |path: &str| {
        done.files.iter().find(|file| file.path == path).expect("the file").text.clone()
    };
    let filled = file("process/deployment-process.json")
        .replace("{ActionTemplates:Run Pulumi (Linux)}", "ActionTemplates-7");
    let templates = json!({ "Items": [{
        "Id": "ActionTemplates-7",
        "Version": 4,
        "Packages": [],
        "Properties": { "Octopus.Action.Script.ScriptBody": "echo here", "Pulumi.Command": "no" },
    }]});
    let folder = std::env::temp_dir().join(format!("pulpo-templates-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let body = write("body.json", &filled);
    let templates = write("templates.json", &templates.to_string());
    let program = write("add-templates.jq", &file("rest/add-templates.jq"));
    let run = std::process::Command::new("jq")
        .arg("--slurpfile")
        .arg("templates")
        .args([&templates])
        .arg("-f")
        .args([&program, &body])
        .output();
    let Ok(output) = run else {
        assert!(std::env::var_os("PULPO_ALLOW_MISSING_JQ").is_some(), "jq is not installed");
        return;
    };
    std::fs::remove_dir_all(&folder).ok();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let whole: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let properties = &whole["Steps"][5]["Actions"][0]["Properties"];
    assert_eq!(properties["Octopus.Action.Script.ScriptBody"], "echo here");
    assert_eq!(properties["Pulumi.Command"], "up", "the step's own value stays");
    assert_eq!(properties["Octopus.Action.Template.Version"], "4");
    assert_eq!(
        whole["Steps"][0],
        serde_json::from_str::<Value>(&filled).expect("JSON")["Steps"][0]
    );
}
