//! `pulpo import` and `pulpo convert`.

use pretty_assertions::assert_eq;

use super::{Output, Scratch, Value, good, pulpo, refused, text};

const PROCESS: &str = r#"{ "Id": "deploymentprocess-Projects-1", "ProjectId": "Projects-1", "Version": 4, "Steps": [
  { "Name": "Up", "Actions": [{ "Name": "Up", "ActionType": "Octopus.Script", "Environments": ["Environments-3"],
    "Properties": { "Octopus.Action.Script.ScriptBody": "pulumi up --yes\n", "Octopus.Action.Script.Syntax": "Bash" } }] }] }"#;

fn both(output: &Output) -> (Option<i32>, String, String) {
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn files_and_folders_become_a_design() {
    let scratch = Scratch::new("import-new");
    let infra = scratch.0.join("infra");
    std::fs::create_dir_all(infra.join("node_modules/x")).expect("folders");
    for (name, content) in [
        ("Pulumi.yaml", "name: shop\nruntime: nodejs\n"),
        ("Pulumi.dev.yaml", "config:\n  shop:size: 1\n"),
        ("Pulumi.prod.yaml", "config:\n  shop:size: 3\n"),
        ("index.ts", "import * as pulumi from \"@pulumi/pulumi\";\n"),
        ("node_modules/x/package.json", "{ broken"),
    ] {
        std::fs::write(infra.join(name), content).expect("a file");
    }
    let process = scratch.file("any-name", PROCESS);
    let folder = infra.to_string_lossy();
    let output = pulpo(&["import", &folder, &process, "--organization", "my-org"], b"");
    let (code, stdout, stderr) = both(&output);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains("Pulumi project “shop”; settings of 2 stacks"), "{stderr}");
    assert!(stderr.contains("Deployment process, 1 step"), "{stderr}");
    let design: Value = serde_json::from_str(&stdout).expect("a design");
    assert_eq!(design["pulumi"]["stacks"][1]["stack"], "my-org/shop/prod");
    assert_eq!(design["pulumi"]["stacks"][1]["config"][0]["value"], 3);
    assert_eq!(design["project"]["process"]["steps"][0]["name"], "Up");
    assert_eq!(design["title"], "shop");
}

#[test]
fn files_go_into_a_design_that_is_only_written_where_it_was_asked_for() {
    let scratch = Scratch::new("import-into");
    let before = good(&["sample", "aws-fargate"], b"");
    let into = scratch.file("design.pulpo.json", &before);
    let process = scratch.file("process.json", PROCESS);
    let out = scratch.path("out/after.pulpo.json");
    let output =
        pulpo(&["import", &process, "--into", &into, "--out", &out, "--process", "add"], b"");
    let (code, stdout, stderr) = both(&output);
    assert_eq!((code, stdout.as_str()), (Some(0), ""), "{stderr}");
    assert!(stderr.contains("Adds step: Up"), "{stderr}");
    assert!(stderr.contains("Adds environment: Environments-3"), "{stderr}");
    assert_eq!(std::fs::read_to_string(&into).expect("there"), before);
    let after = std::fs::read_to_string(&out).expect("written");
    assert!(after.len() > before.len());
}

#[test]
fn files_are_converted_and_losses_are_said() {
    let scratch = Scratch::new("convert");
    let process = scratch.file("process.json", PROCESS);
    let output = pulpo(&["convert", &process, "--to", "process-json"], b"");
    let (code, stdout, stderr) = both(&output);
    assert_eq!(code, Some(0), "{stderr}");
    let written: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(written, serde_json::from_str::<Value>(PROCESS).expect("JSON"));
    let out = scratch.path("scripts");
    let output = pulpo(&["convert", "-", "--to", "scripts", "--out", &out], PROCESS.as_bytes());
    let (code, stdout, stderr) = both(&output);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.contains("01-up.sh"), "{stdout}");
    let secret = r#"{ "OwnerId": "Projects-1", "Version": 1, "Variables": [
        { "Name": "Token", "Type": "Sensitive", "Value": "hush", "Scope": {} }] }"#;
    let output = pulpo(&["convert", "-", "--to", "variables-json"], secret.as_bytes());
    let (_, stdout, stderr) = both(&output);
    assert!(!stdout.contains("hush") && !stderr.contains("hush"));
    assert!(stderr.contains("<stdin>:2:"), "{stderr}");
    assert!(stderr.contains("import/secret-dropped"), "{stderr}");
    assert!(stderr.contains("export/secret-left-out"), "{stderr}");
}

#[test]
fn what_is_wrong_is_said_with_file_line_and_column() {
    let scratch = Scratch::new("import-bad");
    let broken = scratch.file("broken.json", "{\n  \"Steps\": [\n    }\n");
    let output = pulpo(&["import", &broken], b"");
    let (code, stdout, stderr) = both(&output);
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
    assert!(stderr.contains("broken.json:3:5: error[import/not-json]"), "{stderr}");
    assert!(stderr.contains("nothing was recognised"), "{stderr}");
    refused(&["import", "/no/such/file"], b"", "can't read /no/such/file");
    refused(&["convert", "-", "--to", "nothing"], b"{}", "there is no target \"nothing\"");
    refused(&["import", "-", "--into", &broken], PROCESS.as_bytes(), "can't be read as a design");
}
