//! The whole story from an empty design to the files for Octopus, told with
//! the mouse here and by keys in `keyboard.rs`, with one and the same outcome.

use crate::export::unzip;
use anyhow::{Context, ensure};
use pulpo_e2e::{Name, Page, Result, any, contains, run, starts};
use serde_json::{Value, json};
use std::process::Command;

const TITLE: &str = "My story";
const ZIP: &str = "my-story-octopus.zip";
pub const ENVIRONMENTS: [&str; 3] = ["Development", "Staging", "Production"];
const STEPS: [&str; 5] =
    ["Extract package", "Write config override", "Pulumi preview", "Approve", "Pulumi up"];

/// With what a person tells the story.
#[derive(Clone, Copy, PartialEq)]
pub enum Hands {
    /// Clicks, and types where a click has put the focus.
    Mouse,
    /// Tab, arrows, letters, Enter and Space only.
    Keys,
}

impl Hands {
    /// Does what a button, a link or a box does.
    async fn press(self, page: &Page, role: &str, name: impl Into<Name>) -> Result {
        if self == Self::Mouse {
            return page.click(role, name).await;
        }
        page.tab_to(role, name).await?;
        page.press(if role == "checkbox" { "Space" } else { "Enter" }).await
    }

    /// Types into a field and takes it with Enter.
    pub async fn fill(self, page: &Page, field: &str, text: &str) -> Result {
        match self {
            Self::Mouse => page.click("textbox", field).await?,
            Self::Keys => page.tab_to("textbox", field).await?,
        }
        page.press("Control+a").await?;
        page.keys(text).await?;
        page.press("Enter").await
    }

    /// Chooses from a list; `keys` are those that lead there by keyboard.
    async fn pick(self, page: &Page, list: &str, option: &str, keys: &[&str]) -> Result {
        if self == Self::Mouse {
            return page.pick(list, option).await;
        }
        page.tab_to("combobox", list).await?;
        page.press_all(keys).await
    }

    /// Goes to a page by its link.
    pub async fn go(self, page: &Page, to: &str) -> Result {
        match self {
            Self::Mouse => {
                page.within("navigation", "Pages").await?.click("link", starts(to)).await?;
            }
            Self::Keys => {
                page.tab_to("link", starts(to)).await?;
                page.press("Enter").await?;
            }
        }
        let heading = if to == "Stacks" { "Environments & stacks" } else { to };
        // A screen reader starts there.
        page.focus_is("heading", heading).await
    }

    /// Types a variable into the last row.
    pub async fn variable(self, page: &Page, name: &str, value: &str, scope: &[&str]) -> Result {
        match self {
            Self::Mouse => {
                page.click("textbox", "New variable's name").await?;
                page.keys(name).await?;
                page.click("textbox", "New variable's value").await?;
                page.keys(value).await?;
                let picker = "New variable's scope";
                for one in scope {
                    page.click("combobox", picker).await?;
                    page.within("listbox", picker).await?.click("option", *one).await?;
                }
                let row = page.within("group", "New variable").await?;
                row.click("button", "Add variable").await?;
            }
            Self::Keys => {
                if focus(page).await.1 != "New variable's name" {
                    page.tab_to("textbox", "New variable's name").await?;
                }
                page.keys(name).await?;
                page.press("Tab").await?;
                page.keys(value).await?;
                page.press("Tab").await?;
                for one in scope {
                    page.keys(one).await?;
                    page.press("Enter").await?;
                }
                page.press("Enter").await?;
            }
        }
        page.focus_is("textbox", "New variable's name").await?;
        page.find("row", contains(&format!("{name} {value}"))).await.map(drop).or_else(|error| {
            // Values of one name stand under it, without saying the name again.
            if value.is_empty() { Ok(()) } else { Err(error) }
        })
    }

    /// Opens the details of the row of `name` that is the `nth` of that name.
    async fn details(self, page: &Page, name: &str, nth: usize) -> Result<Page> {
        match self {
            Self::Mouse => {
                let what = format!("Details of {name}");
                page.wait_for(&what, async || {
                    Ok(page.all("button", what.as_str()).await?.len() > nth)
                })
                .await?;
                let all = page.all("button", what.as_str()).await?;
                page.element(all.get(nth).context("the row")?).await?.click().await?;
            }
            Self::Keys => {
                let mut tries = 0;
                while !["rowheader", "gridcell"].contains(&focus(page).await.0.as_str()) {
                    page.press("Tab").await?;
                    tries += 1;
                    ensure!(tries < 100, "Tab does not reach the grid");
                }
                page.press("Control+Home").await?;
                page.wait_for("the focus on the first row", async || {
                    let rows = page.all("rowheader", any()).await?;
                    Ok(rows.first() == Some(&page.focused().await?))
                })
                .await?;
                while !page.focused().await?.name.contains(name) {
                    down(page).await?;
                }
                for _ in 0..nth {
                    down(page).await?;
                }
                page.press("Space").await?;
            }
        }
        page.within("complementary", name).await
    }

    async fn variables(self, page: &Page) -> Result {
        self.go(page, "Variables").await?;
        for environment in ENVIRONMENTS {
            self.variable(page, "AWS", "", &[environment]).await?;
        }
        self.variable(page, "PULUMI_ACCESS_TOKEN", "", &[]).await?;
        self.variable(page, "Region", "eu-west-1", &["Development", "Staging"]).await?;
        self.variable(page, "Region", "us-east-1", &["Production"]).await?;
        for (nth, environment) in ENVIRONMENTS.iter().enumerate() {
            let side = self.details(page, "AWS", nth).await?;
            self.pick(&side, "Type", "AWS Account", &["a"]).await?;
            self.pick(&side, "Value", "Add an account…", &["End"]).await?;
            page.focus_is("textbox", "Its name in Octopus").await?;
            page.keys(&format!("AWS {environment}")).await?;
            page.press("Enter").await?;
            page.find("row", contains(&format!("AWS {environment} AWS Account {environment}")))
                .await?;
        }
        let side = self.details(page, "PULUMI_ACCESS_TOKEN", 0).await?;
        self.pick(&side, "Type", "Sensitive", &["s"]).await?;
        self.pick(&side, "Secret", "Set in Octopus", &["s"]).await?;
        page.find("row", contains("PULUMI_ACCESS_TOKEN Set in Octopus Everywhere")).await?;
        Ok(())
    }

    async fn process(self, page: &Page) -> Result {
        self.go(page, "Process").await?;
        page.find("button", starts("Step 1")).await?;
        for (at, kind) in STEPS.iter().filter(|kind| **kind != "Approve").enumerate() {
            self.press(page, "button", "Add step at the end").await?;
            page.find("combobox", "Kind of step").await?;
            if self == Self::Mouse {
                page.click("option", starts(kind)).await?;
            } else {
                page.keys(kind).await?;
                page.press("Enter").await?;
            }
            page.gone("dialog", "Add step").await?;
            page.find("button", starts(&format!("Step {}", at + 2))).await?;
        }
        // Approving was asked for first; it belongs right before the up.
        match self {
            Self::Mouse => {
                let (from, to) = (starts("Step 1"), starts("Step 5"));
                page.drag(("button", from), ("button", to), -15).await?;
            }
            Self::Keys => {
                while !focus(page).await.1.starts_with("Step ") {
                    page.press("Shift+Tab").await?;
                }
                page.press("Home").await?;
                page.focus_is("button", starts("Step 1")).await?;
                for at in 2..5 {
                    page.press("Alt+ArrowDown").await?;
                    page.focus_is("button", starts(&format!("Step {at}"))).await?;
                }
            }
        }
        for (at, name) in STEPS.iter().enumerate() {
            let card = page.find("button", starts(&format!("Step {}", at + 1))).await?;
            ensure!(card.name.contains(name), "step {} is “{}”", at + 1, card.name);
        }
        Ok(())
    }
}

/// Goes one row down, and waits until the focus is there.
async fn down(page: &Page) -> Result {
    let before = page.focused().await?;
    page.press("ArrowDown").await?;
    page.wait_for("the next row", async || Ok(page.focused().await? != before)).await
}

/// The role and name of what has the focus; nothing where the document has it.
async fn focus(page: &Page) -> (String, String) {
    page.focused().await.map(|node| (node.role, node.name)).unwrap_or_default()
}

/// Tells the story on the open page up to the zip, and gives its bytes.
pub async fn tell(page: &Page, hands: Hands) -> Result<Vec<u8>> {
    hands.press(page, "button", "Start your own").await?;
    page.route_is("#/board").await?;
    page.gone("region", "About this design").await?;
    hands.press(page, "button", starts("Design")).await?;
    if hands == Hands::Mouse {
        page.click("menuitem", starts("Rename design")).await?;
    } else {
        page.focus_is("menuitem", starts("Rename design")).await?;
        page.press("Enter").await?;
    }
    page.focus_is("textbox", "Title").await?;
    page.press("Control+a").await?;
    page.keys(TITLE).await?;
    page.press("Enter").await?;
    page.wait_for("the title", async || Ok(page.title().await?.starts_with(TITLE))).await?;

    hands.go(page, "Stacks").await?;
    for environment in ENVIRONMENTS {
        hands.fill(page, "Add environment", environment).await?;
        page.find("textbox", format!("Stack of {environment}")).await?;
    }
    hands.press(page, "button", "Fill by pattern…").await?;
    page.focus_is("textbox", "Pattern").await?;
    page.press("Control+a").await?;
    page.keys("my-org/my-project/{environment}").await?;
    hands.press(page, "button", "Fill all stacks").await?;
    for environment in ENVIRONMENTS {
        let wanted = format!("my-org/my-project/{}", environment.to_lowercase());
        let field = format!("Stack of {environment}");
        page.wait_for(&wanted, async || {
            Ok(page.find("textbox", field.as_str()).await?.value == wanted)
        })
        .await?;
    }
    hands.press(page, "checkbox", "Approval in Production").await?;
    hands.press(page, "checkbox", "Protect Production").await?;
    hands.fill(page, "Package", "my-org.infrastructure").await?;
    hands.fill(page, "Name of the package reference", "pulumi-app").await?;
    hands.fill(page, "Folder in the package", "infrastructure").await?;
    hands.pick(page, "Cloud", "AWS account", &["a"]).await?;
    page.find("textbox", "Variable with the account").await?;
    hands.fill(page, "Region", "#{Region}").await?;
    hands.fill(page, "Add worker pool", "Pulumi workers").await?;

    hands.variables(page).await?;
    hands.process(page).await?;

    // The pool is for the steps that are there now.
    hands.go(page, "Stacks").await?;
    hands.pick(page, "Worker pool", "Pulumi workers", &["p"]).await?;
    page.wait_for("the pool", async || {
        Ok(page.find("combobox", "Worker pool").await?.value == "Pulumi workers")
    })
    .await?;
    hands.go(page, "Export").await?;
    hands.press(page, "button", "Download all").await?;
    page.download(ZIP).await
}

/// Every file of the story, in the order of the zip.
const FILES: [&str; 22] = [
    ".octopus/deployment_process.ocl",
    ".octopus/deployment_settings.ocl",
    ".octopus/schema_version.ocl",
    ".octopus/variables.ocl",
    "README.md",
    "process/deployment-process.json",
    "rest/fill-ids.jq",
    "rest/ids.json",
    "rest/merge-process.jq",
    "rest/merge-variables.jq",
    "scripts/01-extract-package.sh",
    "scripts/02-write-config-override.sh",
    "scripts/03-pulumi-preview.sh",
    "scripts/05-pulumi-up.sh",
    "scripts/ready-made/extract-as-the-2019-guide.sh",
    "scripts/ready-made/extract.sh",
    "step-templates/pulumi-extract-package-2019-guide.json",
    "step-templates/pulumi-extract-package.json",
    "step-templates/pulumi-preview.json",
    "step-templates/pulumi-up.json",
    "step-templates/pulumi-write-config-override.json",
    "variables/project.json",
];

/// The settings with which each script of the process starts.
const SETTINGS: [(&str, &[&str]); 4] = [
    (
        "scripts/01-extract-package.sh",
        &[
            "extracted=$(get_octopusvariable \"Octopus.Action.Package[pulumi-app].ExtractedPath\")",
            "folder='infrastructure'",
        ],
    ),
    (
        "scripts/02-write-config-override.sh",
        &["file=\"$(get_octopusvariable \"Octopus.Action[Extract package].Output.AppPath\")\""],
    ),
    ("scripts/03-pulumi-preview.sh", &PULUMI_SETTINGS),
    ("scripts/05-pulumi-up.sh", &PULUMI_SETTINGS),
];

const PULUMI_SETTINGS: [&str; 4] = [
    "program_root=$(get_octopusvariable \"Octopus.Action[Extract package].Output.AppPath\")",
    "stack=$(get_octopusvariable \"Pulumi.Stack\")",
    "backend='cloud'",
    "access_token=$(get_octopusvariable \"PULUMI_ACCESS_TOKEN\")",
];

/// Holds what every file of the story must hold.
pub fn check(bytes: &[u8]) -> Result {
    let files = unzip(bytes)?;
    let mut names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    ensure!(names == FILES, "the files are {names:?}");
    let text = |name: &str| {
        let found = files.iter().find(|(own, _)| own == name);
        found.map(|(_, text)| text.as_str()).with_context(|| name.to_owned())
    };
    let read = |name: &str| -> Result<Value> {
        serde_json::from_str(text(name)?).with_context(|| name.to_owned())
    };

    let readme = text("README.md")?;
    ensure!(readme.starts_with("# My story\n"), "the README starts otherwise");
    for name in FILES.iter().filter(|name| **name != "README.md") {
        ensure!(readme.contains(&format!("- `{name}`\n")), "the README does not name {name}");
    }

    let process = read("process/deployment-process.json")?;
    check_process(&process)?;
    check_variables(&read("variables/project.json")?)?;

    // Each placeholder that stands anywhere waits for its id.
    let ids = read("rest/ids.json")?;
    let ids = ids.as_object().context("ids")?;
    for kind in ["Environments", "Accounts"] {
        for environment in ENVIRONMENTS {
            let aws = if kind == "Accounts" { "AWS " } else { "" };
            let placeholder = format!("{{{kind}:{aws}{environment}}}");
            ensure!(ids.get(&placeholder) == Some(&json!("")), "no {placeholder} in rest/ids.json");
            ensure!(readme.contains(&placeholder), "the README does not say {placeholder}");
        }
    }
    ensure!(ids.contains_key("{WorkerPools:Pulumi workers}"), "{ids:?}");

    for name in FILES.iter().filter(|name| name.starts_with("step-templates/")) {
        let template = read(name)?;
        ensure!(template["Name"].as_str().is_some_and(|name| name.starts_with("Pulumi - ")));
        ensure!(template["ActionType"] == "Octopus.Script", "{name}");
        ensure!(template["$Meta"]["Type"] == "ActionTemplate", "{name}");
        bash_reads(name, script_of(&template["Properties"])?)?;
    }
    for name in FILES.iter().filter(|name| name.ends_with(".sh")) {
        let script = text(name)?;
        ensure!(script.starts_with("#!/usr/bin/env bash\n# Pulpo script: "), "{name}");
        bash_reads(name, script)?;
    }
    for (name, settings) in SETTINGS {
        let script = text(name)?;
        let (_, rest) = script.split_once("# >>> settings\n").context(name)?;
        let (head, _) = rest.split_once("# <<< settings\n").context(name)?;
        for setting in settings {
            let found = head.lines().any(|line| line.starts_with(setting));
            ensure!(found, "{name} lacks {setting} in its settings:\n{head}");
        }
        let place = name["scripts/".len()..][..2].parse::<usize>()? - 1;
        let step = script_of(&process["Steps"][place]["Actions"][0]["Properties"])?;
        ensure!(step == script, "{name} is not what the step runs");
    }
    for name in FILES.iter().filter(|name| name.ends_with(".jq")) {
        ensure!(!text(name)?.trim().is_empty(), "{name} is empty");
    }
    Ok(())
}

fn script_of(properties: &Value) -> Result<&str> {
    properties["Octopus.Action.Script.ScriptBody"].as_str().context("a script")
}

/// Holds that bash can read a script.
fn bash_reads(name: &str, script: &str) -> Result {
    let ended = Command::new("bash").args(["-n", "-c", script]).output()?;
    let words = String::from_utf8_lossy(&ended.stderr);
    ensure!(ended.status.success() && words.is_empty(), "{name}: {words}");
    Ok(())
}

fn check_process(process: &Value) -> Result {
    let steps = process["Steps"].as_array().context("steps")?;
    let names: Vec<_> = steps.iter().map(|step| step["Name"].as_str()).collect();
    ensure!(names == STEPS.map(Some), "the steps are {names:?}");
    let types = ["Octopus.Script", "Octopus.Script", "Octopus.AwsRunScript", "Octopus.Manual"];
    for (step, wanted) in steps.iter().zip(types.iter().chain(&["Octopus.AwsRunScript"])) {
        let [action] = step["Actions"].as_array().context("actions")?.as_slice() else {
            anyhow::bail!("a step has more than one action: {step}");
        };
        ensure!(action["ActionType"] == *wanted, "{step}");
        let is_manual = *wanted == "Octopus.Manual";
        let places = if is_manual { json!(["{Environments:Production}"]) } else { json!([]) };
        ensure!(action["Environments"] == places, "{step}");
        ensure!(is_manual || action["WorkerPoolId"] == "{WorkerPools:Pulumi workers}", "{step}");
        if *wanted == "Octopus.AwsRunScript" {
            let properties = &action["Properties"];
            ensure!(properties["Octopus.Action.AwsAccount.Variable"] == "AWS", "{properties}");
            ensure!(properties["Octopus.Action.Aws.Region"] == "#{Region}", "{properties}");
        }
    }
    let package = &steps[0]["Actions"][0]["Packages"][0];
    ensure!(package["Name"] == "pulumi-app", "{package}");
    ensure!(package["PackageId"] == "my-org.infrastructure", "{package}");
    ensure!(package["Properties"]["Extract"] == "True", "{package}");
    Ok(())
}

/// Holds that the variables are those of the story, in its order, with no secret.
fn check_variables(set: &Value) -> Result {
    let scope = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| format!("{{Environments:{name}}}")).collect();
        if names.is_empty() { json!({}) } else { json!({ "Environment": names }) }
    };
    let [dev, staging, prod] = ENVIRONMENTS;
    let mut wanted = Vec::new();
    for name in ENVIRONMENTS {
        let account = json!(format!("{{Accounts:AWS {name}}}"));
        wanted.push(("AWS", "AmazonWebServicesAccount", account, scope(&[name])));
    }
    wanted.push(("PULUMI_ACCESS_TOKEN", "Sensitive", Value::Null, scope(&[])));
    wanted.push(("Region", "String", json!("eu-west-1"), scope(&[dev, staging])));
    wanted.push(("Region", "String", json!("us-east-1"), scope(&[prod])));
    for name in ENVIRONMENTS {
        let stack = json!(format!("my-org/my-project/{}", name.to_lowercase()));
        wanted.push(("Pulumi.Stack", "String", stack, scope(&[name])));
    }
    let all = set["Variables"].as_array().context("variables")?;
    ensure!(all.len() == wanted.len(), "{set}");
    for (variable, (name, kind, value, scope)) in all.iter().zip(wanted) {
        ensure!(variable["Name"] == name && variable["Type"] == kind, "{variable}");
        ensure!(variable["Value"] == value && variable["Scope"] == scope, "{variable}");
        ensure!(variable["IsSensitive"] == (kind == "Sensitive"), "{variable}");
    }
    Ok(())
}

#[test]
fn is_told_with_the_mouse_from_an_empty_design() {
    run(async |page| {
        page.open("").await?;
        check(&tell(page, Hands::Mouse).await?)
    });
}

/// Holds that the browser and the command line make the same zip of the design
/// that is open, byte by byte.
async fn same_as_the_command_line(page: &Page, name: &str) -> Result {
    page.click("button", starts("Design")).await?;
    page.click("menuitem", starts("Save design as a file")).await?;
    let design = page.scratch()?.join("design.pulpo.json");
    std::fs::write(&design, page.download(&format!("{name}.pulpo.json")).await?)?;
    page.eval("location.hash = '#/export'").await?;
    page.click("button", "Download all").await?;
    let bytes = page.download(&format!("{name}-octopus.zip")).await?;

    let written = page.scratch()?.join("command-line.zip");
    let root = pulpo_e2e::target().join("..");
    let ended = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["run", "--quiet", "--bin", "pulpo", "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .args(["--", "export", "--to", "all", "--out"])
        .args([&written, &design])
        .output()?;
    let words = String::from_utf8_lossy(&ended.stderr);
    ensure!(ended.status.success(), "the command line ended with {}: {words}", ended.status);
    ensure!(std::fs::read(&written)? == bytes, "the two zips of {name} differ");
    Ok(())
}

#[test]
fn samples_export_to_the_same_bytes_as_the_command_line() {
    run(async |page| {
        page.open("").await?;
        same_as_the_command_line(page, "aws-fargate-three-environments").await?;
        page.open("#/library").await?;
        page.click("button", starts("Azure shop")).await?;
        page.route_is("#/board").await?;
        page.wait_for("the sample", async || Ok(page.title().await?.starts_with("Azure shop")))
            .await?;
        same_as_the_command_line(page, "azure-shop-for-tenants").await
    });
}
