//! Reach: a credential of production that can be read elsewhere stands out, is
//! mended in one go, and comes back with undo.

use anyhow::{Context, ensure};
use pulpo_e2e::{Options, Page, Result, contains, run, run_with, starts};
use serde_json::Value;

/// Opens the sample with production's token for all environments.
async fn plant(page: &Page) -> Result {
    let sample = pulpo_e2e::dist().join("samples/aws-fargate.pulpo.json");
    let mut design: Value = serde_json::from_str(&std::fs::read_to_string(sample)?)?;
    let variables = design["project"]["variables"].as_array_mut().context("variables")?;
    let token = variables.iter_mut().find(|one| one["name"] == "PULUMI_ACCESS_TOKEN");
    let values = token.context("the token")?["values"].as_array_mut().context("values")?;
    values.retain(|value| value["id"] == "prod");
    values[0].as_object_mut().context("a value")?.remove("scope");
    page.open("#/library").await?;
    page.find("heading", "Samples").await?;
    let text = design.to_string();
    page.drop_files("main", pulpo_e2e::any(), &[("planted.pulpo.json", text.as_str())]).await?;
    page.route_is("#/board").await?;
    page.click("link", "Reach").await?;
    page.focus_is("heading", "Reach").await
}

const LEAK: &str = "4 steps leak Everywhere in Development";

#[test]
fn a_planted_leak_is_shown_mended_and_brought_back_by_undo() {
    run(async |page| {
        plant(page).await?;
        page.find("StaticText", contains("1 credential of Production can be read outside")).await?;
        page.click("button", LEAK).await?;
        let side = page.within("complementary", "PULUMI_ACCESS_TOKEN").await?;
        side.find("heading", "Development").await?;
        side.find("link", "Pulumi up").await?;
        let said = page.text("complementary", "PULUMI_ACCESS_TOKEN").await?;
        ensure!(said.contains("names it") && said.contains("can read it"), "{said}");
        page.click("button", "Limit PULUMI_ACCESS_TOKEN to Production").await?;
        page.gone("button", LEAK).await?;
        page.find("StaticText", contains("No credential of Production can be read outside"))
            .await?;
        page.find("button", "— Production in Development").await?;
        page.click("button", starts("Undo:")).await?;
        page.find("button", LEAK).await?;
        Ok(())
    });
}

#[test]
fn the_matrix_is_walked_by_keys() {
    run(async |page| {
        plant(page).await?;
        page.tab_to("button", starts("AWS ")).await?;
        page.press_all(&["ArrowDown", "ArrowRight", "End", "Home", "ArrowRight"]).await?;
        page.focus_is("button", "— AWS Staging in Development").await?;
        page.press("Enter").await?;
        page.find("complementary", "AWS Staging").await?;
        let focused = page.focused().await?;
        ensure!(focused.role == "button", "{}", focused.name);
        page.press("Tab").await?;
        page.click("button", "Close inspector").await?;
        page.focus_is("button", focused.name.as_str()).await
    });
}

#[test]
fn everything_in_an_environment_is_listed() {
    run(async |page| {
        plant(page).await?;
        page.click("radio", "Everything in Staging").await?;
        let table = page.within("table", "Credentials that can be read here").await?;
        table.find("rowheader", contains("PULUMI_ACCESS_TOKEN")).await?;
        table.find("rowheader", contains("AWS Staging")).await?;
        ensure!(!table.has("rowheader", contains("AWS Production")).await?);
        page.type_into("searchbox", "Search credentials", "azure").await?;
        table.gone("rowheader", contains("PULUMI_ACCESS_TOKEN")).await
    });
}

#[test]
fn is_accessible_with_a_leak_open() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            plant(page).await?;
            page.click("button", LEAK).await?;
            page.find("complementary", "PULUMI_ACCESS_TOKEN").await?;
            page.check_accessible().await?;
            page.click("radio", "Everything in Production").await?;
            page.check_accessible().await
        });
    }
}
