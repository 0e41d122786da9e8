//! Preview: a deployment played through, against what the command line says.

use anyhow::{Context, ensure};
use pulpo_e2e::{Options, Page, Result, any, contains, dist, run, run_with, starts};
use serde_json::Value;

/// What the command line says of the sample.
fn told(environment: &str) -> Result<Value> {
    let root = dist().join("..");
    let output = std::process::Command::new(std::env::var("CARGO").unwrap_or("cargo".into()))
        .args(["run", "--quiet", "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .args(["--", "preview", "--json", "--environment", environment])
        .arg(root.join("public/samples/aws-fargate.pulpo.json"))
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The actions that the command line tells of, in order.
fn actions(told: &Value) -> Vec<&Value> {
    let groups = told["groups"].as_array().map(Vec::as_slice).unwrap_or_default();
    let steps = groups.iter().flat_map(|group| group.as_array().into_iter().flatten());
    steps.flat_map(|step| step["actions"].as_array().into_iter().flatten()).collect()
}

async fn open(page: &Page, route: &str) -> Result {
    page.open(route).await?;
    page.find("heading", "Preview").await?;
    page.find("region", "Steps").await?;
    Ok(())
}

/// The steps as the timeline shows them.
async fn timeline(page: &Page) -> Result<Vec<String>> {
    let steps = page.within("region", "Steps").await?;
    Ok(steps.all("link", any()).await?.into_iter().map(|node| node.name).collect())
}

#[test]
fn production_shows_the_steps_gate_and_scripts_that_it_should() {
    run(async |page| {
        open(page, "#/preview").await?;
        let radio = page.find("radio", contains("Production")).await?;
        ensure!(radio.is("checked"), "the last environment is shown first");
        let told = told("Production")?;
        let expected = actions(&told);
        let shown = timeline(page).await?;
        ensure!(shown.len() == expected.len(), "{shown:?}");
        for (shown, action) in shown.iter().zip(&expected) {
            let name = action["name"].as_str().context("a name")?;
            ensure!(shown.contains(name), "{shown} should be {name}");
            let is_gate = action["gate"].is_object();
            ensure!(shown.contains("Waits for Release managers") == is_gate, "{shown}");
            ensure!(!shown.contains("Skipped"), "{shown}");
        }
        for action in expected {
            let name = action["name"].as_str().context("a name")?;
            let steps = page.within("region", "Steps").await?;
            steps.click("link", contains(name)).await?;
            page.find("heading", contains(name)).await?;
            let Some(body) = action["script"]["body"]["text"].as_str() else {
                page.gone("region", "Final script").await?;
                continue;
            };
            let text = page.text("region", "Final script").await?;
            ensure!(text.contains(body.trim_end()), "the script of {name}");
            page.click("button", "Copy script").await?;
            page.wait_for("the copy", async || Ok(page.clipboard().await? == body)).await?;
        }
        page.check_accessible().await
    });
}

#[test]
fn what_differs_from_development_is_marked() {
    run(async |page| {
        open(page, "#/preview/prod/up").await?;
        page.pick("Compare with", "Development").await?;
        page.route_is("#/preview/prod/up?with=dev").await?;
        let gate = page.find("link", contains("Approve")).await?;
        ensure!(gate.name.contains("In Development: Skipped"), "{}", gate.name);
        ensure!(gate.name.contains("Differs: whether it runs"), "{}", gate.name);
        // The script is the same text, and reads another stack.
        page.find("region", "Script in Production").await?;
        page.find("region", "Script in Development").await?;
        page.find("term", contains("Pulumi.Stack (differs)")).await?;
        let same = page.find("term", contains("Octopus.Task.Id")).await?;
        ensure!(!same.name.contains("differs"), "{}", same.name);
        let stack = page.all("button", contains("my-org/my-project/dev, read")).await?;
        ensure!(stack.len() == 2, "Development's stack is told of and in the script: {stack:?}");
        page.check_accessible().await?;

        // From the other side the approval is skipped.
        page.click("radio", "Development").await?;
        page.route_is("#/preview/dev/up").await?;
        let gate = page.find("link", contains("Approve")).await?;
        ensure!(gate.name.contains("Skipped"), "{}", gate.name);
        ensure!(gate.name.contains("It runs only in Production."), "{}", gate.name);
        page.reload().await?;
        page.find("link", contains("It runs only in Production.")).await?;
        page.check_accessible().await
    });
}

#[test]
fn a_mark_tells_where_it_comes_from_by_keyboard() {
    run(async |page| {
        open(page, "#/preview/prod/override").await?;
        page.tab_to("button", contains("CostCenter from library set Shared settings")).await?;
        page.find("tooltip", any()).await?;
        page.press("Enter").await?;
        let tip = page.within("dialog", "Where this comes from").await?;
        ensure!(tip.has("link", "Go to CostCenter").await?);
        page.check_accessible().await?;
        page.press("Escape").await?;
        page.gone("dialog", any()).await?;
        page.focus_is("button", contains("CostCenter from library set Shared settings")).await?;
        page.press("Enter").await?;
        page.tab_to("button", "Why CostCenter has this value").await?;
        page.press("Enter").await?;
        page.find("complementary", "Why: CostCenter").await?;
        let told = page.text("complementary", "Why: CostCenter").await?;
        ensure!(told.contains("Production"), "{told}");
        page.check_accessible().await?;
        page.focus_is("button", contains("CostCenter from library set Shared settings")).await?;
        page.click("button", "Close inspector").await?;
        page.gone("complementary", "Why: CostCenter").await?;
        page.tab_to("button", contains("CostCenter from library set Shared settings")).await?;
        page.press("Enter").await?;
        page.tab_to("link", "Go to CostCenter").await?;
        page.press("Enter").await?;
        page.route_is("#/variables/cost-center/prod").await?;
        page.find("grid", "Variables").await?;
        Ok(())
    });
}

#[test]
fn secrets_are_masked_and_releases_and_steps_are_kept_in_the_link() {
    run(async |page| {
        open(page, "#/preview/staging").await?;
        page.type_into("textbox", "Release", "2.5.0").await?;
        page.press("Enter").await?;
        page.route_is("#/preview/staging?release=2.5.0").await?;
        page.click("link", contains("Pulumi up")).await?;
        page.route_is("#/preview/staging/up?release=2.5.0").await?;
        page.reload().await?;
        page.find("heading", "5 Pulumi up").await?;
        let release = page.all("button", contains("2.5.0, read when the script runs")).await?;
        ensure!(!release.is_empty(), "the script reads the release");
        let token = page.all("button", starts("a secret: PULUMI_ACCESS_TOKEN")).await?;
        ensure!(!token.is_empty(), "the token is read, and masked");
        page.check_accessible().await
    });
}

#[test]
fn tenants_groups_and_child_steps_of_another_sample() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            page.open("#/library").await?;
            page.click("button", starts("Azure shop")).await?;
            page.route_is("#/board").await?;
            page.click("link", "Preview").await?;
            page.find("", "Start together").await?;
            page.find("link", contains("6.2")).await?;
            page.pick("Tenant", "Contoso").await?;
            page.wait_for("the tenant's steps", async || {
                let names = timeline(page).await?;
                let skipped = names.iter().find(|name| name.contains("Update the shared stack"));
                Ok(skipped.is_some_and(|name| name.contains("Skipped")))
            })
            .await?;
            page.click("radio", "Test").await?;
            page.find("", contains("Contoso is not connected to Test.")).await?;
            page.check_accessible().await
        });
    }
}
