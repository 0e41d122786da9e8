//! Import: what is dropped, chosen or pasted is recognised, explained, and
//! taken in as one step that can be undone.

use anyhow::ensure;
use pulpo_e2e::{Page, Result, any, contains, run, starts};

const PROJECT: &str = "name: shop\nruntime: nodejs\nconfig:\n  shop:owner: team\n";
const DEV: &str = "config:\n  shop:size: 1\n  shop:key:\n    secure: v1:abc\n";
const STAGING: &str = "config:\n  shop:size: 2\n";
const PROD: &str = "config:\n  shop:size: 5\n  aws:region: eu-west-1\n";
const PROCESS: &str = r#"{ "Id": "deploymentprocess-Projects-1", "ProjectId": "Projects-1", "Version": 4,
  "Steps": [
    { "Name": "Look around", "Actions": [{ "Name": "Look around", "ActionType": "Octopus.Script",
      "Environments": ["Environments-77"], "Properties": { "Octopus.Action.Script.ScriptBody": "pwd\n" } }] },
    { "Name": "Say goodbye", "Actions": [{ "Name": "Say goodbye", "ActionType": "Octopus.Script", "Properties": {} }] }
  ] }"#;

async fn start_empty(page: &Page) -> Result {
    page.open("").await?;
    page.click("button", "Start your own").await?;
    page.gone("region", "About this design").await
}

#[test]
fn a_pulumi_project_is_dropped_anywhere_and_gives_environments_stacks_and_config() {
    run(async |page| {
        start_empty(page).await?;
        let files = [
            ("Pulumi.yaml", PROJECT),
            ("Pulumi.dev.yaml", DEV),
            ("Pulumi.staging.yaml", STAGING),
            ("Pulumi.prod.yaml", PROD),
            ("index.ts", "import * as pulumi from \"@pulumi/pulumi\";\n"),
        ];
        page.drop_files("main", any(), &files).await?;
        page.route_is("#/import").await?;
        page.find("checkbox", contains("Pulumi project “shop”; settings of 3 stacks")).await?;
        page.find("StaticText", contains("1 other file is nothing Pulpo knows")).await?;
        page.find("StaticText", contains("Adds 3 environments")).await?;
        page.type_into("textbox", "Pulumi organization", "my-org").await?;
        page.press("Enter").await?;
        page.find("StaticText", contains("my-org/shop/dev")).await?;
        page.check_accessible().await?;
        page.click("button", "Take in").await?;
        page.route_is("#/stacks").await?;
        for name in ["dev", "staging", "prod"] {
            page.find("columnheader", name).await?;
        }
        page.find("rowheader", starts("shop:key")).await?;
        page.find("cell", "encrypted").await?;
        page.find("rowheader", starts("aws:region")).await?;
        page.check_accessible().await?;

        page.click("button", "Undo").await?;
        page.gone("rowheader", starts("shop:key")).await?;
        page.gone("columnheader", "staging").await
    });
}

#[test]
fn a_process_is_pasted_and_its_foreign_ids_are_given_a_meaning() {
    run(async |page| {
        page.open("#/import").await?;
        page.click("DisclosureTriangle", "Paste a text").await?;
        page.type_into("textbox", "Text of a file", "{ \"Steps\": [").await?;
        page.click("button", "Read text").await?;
        page.find("StaticText", contains("it was cut off")).await?;

        let file = page.scratch()?.join("anything.txt");
        std::fs::write(&file, PROCESS)?;
        page.choose_files("import-files", &[&file]).await?;
        page.find("checkbox", contains("Deployment process, 2 steps")).await?;
        page.find("StaticText", contains("Removes")).await?;
        page.pick("Environment “Environments-77”", "Production").await?;
        page.gone("StaticText", contains("Adds 1 environment")).await?;
        page.click("radio", "Add after its steps").await?;
        page.gone("StaticText", contains("Removes")).await?;
        page.find("StaticText", contains("Look around, Say goodbye")).await?;
        page.check_accessible().await?;
        page.click("button", "Take in").await?;
        page.route_is("#/process").await?;
        page.find("button", "Actions for Say goodbye").await?;
        page.click("button", "Undo").await?;
        page.gone("button", "Actions for Say goodbye").await
    });
}

#[test]
fn a_new_design_is_made_and_the_old_one_stays() {
    run(async |page| {
        page.open("#/import").await?;
        let file = page.scratch()?.join("process.json");
        std::fs::write(&file, PROCESS)?;
        page.choose_files("import-files", &[&file]).await?;
        page.click("radio", "A new design").await?;
        page.find("StaticText", contains("Adds 2 steps")).await?;
        page.click("button", "Take in").await?;
        page.route_is("#/process").await?;
        page.wait_for("the title", async || Ok(page.title().await?.starts_with("Imported"))).await
    });
}

#[test]
fn bad_files_are_told_in_words() {
    run(async |page| {
        start_empty(page).await?;
        page.open("#/import").await?;
        let deep = "[".repeat(100_000);
        for (name, text, says) in [
            ("deep.json", deep.as_str(), "deeper than"),
            ("cut.json", "{ \"Steps\": [", "it was cut off"),
            ("foreign.json", "{ \"a\": 1 }", "nothing of Octopus's that Pulpo knows"),
            ("newer.json", "{ \"format\": \"pulpo-design\", \"version\": 99 }", "version 99"),
            ("notes.txt", "Some words.", "none that Pulpo knows"),
            ("Pulumi.yaml", "name: a\n  b: c\n", "not YAML"),
        ] {
            page.drop_files("main", any(), &[(name, text)]).await?;
            page.find("StaticText", contains(says)).await?;
            ensure!(!page.has("button", "Take in").await?, "{name}");
        }
        page.check_accessible().await
    });
}

const OCL_PROCESS: &str = r#"step "up" {
    name = "Up"

    action {
        action_type = "Octopus.Script"
        environments = ["production"]
        properties = {
            Octopus.Action.RunOnServer = "true"
            Octopus.Action.Script.ScriptBody = "pulumi up"
            Octopus.Action.Script.ScriptSource = "Inline"
            Octopus.Action.Script.Syntax = "Bash"
        }
    }
}

step "approve" {
    name = "Approve"

    action {
        action_type = "Octopus.Manual"
        properties = {
            Octopus.Action.Manual.Instructions = "Look at it."
        }
    }
}"#;
const OCL_VARIABLES: &str = r#"variable "Region" {
    value "eu-west-1" {}

    value "eu-central-1" {
        environment = ["production"]
    }
}"#;

#[test]
fn an_octopus_folder_gives_the_process_and_the_board_that_it_means() {
    run(async |page| {
        start_empty(page).await?;
        let files = [
            ("deployment_process.ocl", OCL_PROCESS),
            ("variables.ocl", OCL_VARIABLES),
            ("schema_version.ocl", "version = 10"),
            ("main.tf", "terraform {\n  required_version = \">= 1\"\n}\n"),
        ];
        page.drop_files("main", any(), &files).await?;
        page.route_is("#/import").await?;
        page.find("checkbox", contains("Deployment process, 2 steps")).await?;
        page.find("StaticText", contains("1 other file is nothing Pulpo knows")).await?;
        page.find("StaticText", contains("Adds 1 environment")).await?;
        page.click("button", "Take in").await?;
        page.route_is("#/process").await?;
        page.find("button", "Actions for Up").await?;
        page.find("button", "Actions for Approve").await?;
        page.open("#/board").await?;
        page.find("columnheader", contains("production")).await?;
        page.find("gridcell", contains("eu-central-1")).await?;
        page.check_accessible().await?;

        page.click("button", "Undo").await?;
        page.gone("gridcell", contains("eu-central-1")).await
    });
}
