//! Variables: typing them in, scoping them, keeping secrets out.

use anyhow::ensure;
use pulpo_e2e::{Options, Page, Result, contains, run, run_with, starts};

/// The page with the sample, which has environments to scope to.
async fn open(page: &Page) -> Result {
    page.open("#/variables").await?;
    page.find("grid", "Variables").await?;
    Ok(())
}

/// The rows whose words hold `text`.
async fn rows(page: &Page, text: &str) -> Result<usize> {
    Ok(page.all("row", contains(text)).await?.len())
}

async fn rows_are(page: &Page, text: &str, count: usize) -> Result {
    page.wait_for(&format!("{count} rows with {text}"), async || {
        Ok(rows(page, text).await? == count)
    })
    .await
}

/// Opens a picker and takes one of its options, by mouse.
async fn choose(page: &Page, picker: &str, option: &str) -> Result {
    page.click("combobox", picker).await?;
    page.within("listbox", picker).await?.click("option", option).await
}

/// Types a variable into the last row by keyboard alone and goes on to the next.
async fn enter(page: &Page, name: &str, value: &str, scope: &[&str]) -> Result {
    page.focus_is("textbox", "New variable's name").await?;
    page.keys(name).await?;
    page.press("Tab").await?;
    page.keys(value).await?;
    page.press("Tab").await?;
    page.focus_is("combobox", "New variable's scope").await?;
    for one in scope {
        page.keys(one).await?;
        page.press("Enter").await?;
    }
    page.press("Enter").await?;
    page.focus_is("textbox", "New variable's name").await
}

#[test]
fn adds_a_variable_with_two_scoped_values_by_mouse() {
    run(async |page| {
        open(page).await?;
        page.type_into("textbox", "New variable's name", "Test.Size").await?;
        page.type_into("textbox", "New variable's value", "small").await?;
        choose(page, "New variable's scope", "Development").await?;
        page.click("button", "Add variable").await?;
        rows_are(page, "Test.Size", 1).await?;

        page.click("rowheader", "Test.Size").await?;
        let row = page.within("row", starts("Test.Size")).await?;
        row.click("button", "Add a value to Test.Size").await?;
        page.focus_is("textbox", "Value of Test.Size").await?;
        page.keys("large").await?;
        page.press("Enter").await?;
        rows_are(page, "Test.Size", 2).await?;
        let row = page.within("row", contains("large")).await?;
        row.click("gridcell", "Everywhere").await?;
        choose(page, "Scope of Test.Size", "Production").await?;
        page.press("Escape").await?;
        page.press("Escape").await?;
        page.find("row", contains("large Production")).await?;
        page.find("row", contains("small Development")).await?;

        page.click("button", starts("Undo")).await?;
        page.gone("row", contains("large Production")).await?;
        page.click("button", starts("Redo")).await?;
        page.find("row", contains("large Production")).await?;
        Ok(())
    });
}

#[test]
fn adds_variables_with_the_keyboard_alone() {
    run(async |page| {
        open(page).await?;
        page.tab_to("textbox", "New variable's name").await?;
        enter(page, "Test.Region", "eu-west-1", &["dev"]).await?;
        enter(page, "test.region", "us-east-1", &["prod", "stag"]).await?;
        enter(page, "Test.Other", "x", &[]).await?;
        rows_are(page, "Test.Region", 2).await?;
        page.find("row", contains("eu-west-1 Development")).await?;
        page.find("row", contains("us-east-1 Production Staging")).await?;

        // From the entry back into the grid, to its one stop, then by arrows.
        page.press("Escape").await?;
        page.focus("rowheader", "Test.Other").await?;
        page.press("ArrowRight").await?;
        page.press("F2").await?;
        page.focus_is("textbox", "Value of Test.Other").await?;
        page.press("Control+a").await?;
        page.keys("y z").await?;
        page.press("Enter").await?;
        page.find("row", contains("y z Everywhere")).await?;
        page.press("Control+z").await?;
        page.find("row", contains("x Everywhere")).await?;
        page.press("Control+Shift+z").await?;
        page.find("row", contains("y z Everywhere")).await?;

        page.focus("rowheader", "Test.Other").await?;
        page.press("Delete").await?;
        page.gone("row", contains("Test.Other")).await?;
        page.wait_for("the focus to stay in the grid", async || {
            Ok(page.focused().await?.role == "rowheader")
        })
        .await
    });
}

#[test]
fn a_token_is_made_sensitive_with_one_click() {
    run(async |page| {
        open(page).await?;
        let token = format!("pul-{}", "0a".repeat(20));
        page.focus("textbox", "New variable's name").await?;
        enter(page, "Test.Token", &token, &[]).await?;
        page.click("button", "Make sensitive: looks like a Pulumi access token").await?;
        page.find("row", contains("Test.Token Not set")).await?;
        ensure!(!page.driver().source().await?.contains(&token), "the token is still on the page");
        page.focus("rowheader", "Test.Token").await?;
        page.press("ArrowRight").await?;
        page.press("Enter").await?;
        page.pick("Value of Test.Token", "Set in Octopus").await?;
        page.press("Escape").await?;
        page.find("row", contains("Test.Token Set in Octopus")).await?;
        Ok(())
    });
}

#[test]
fn the_inspector_scopes_prompts_and_renames() {
    run(async |page| {
        open(page).await?;
        page.focus("textbox", "New variable's name").await?;
        enter(page, "Test.Asked", "1", &[]).await?;
        page.click("rowheader", "Test.Asked").await?;
        let side = page.within("complementary", "Test.Asked").await?;
        choose(page, "Environments", "Staging").await?;
        page.find("row", contains("Test.Asked 1 Staging")).await?;
        side.click("checkbox", "Ask for it when a deployment is created").await?;
        side.type_into("textbox", "Label", "How many?").await?;
        page.press("Enter").await?;
        side.pick("Control", "Drop down").await?;
        side.type_into("textbox", starts("Options"), "1|One").await?;
        side.type_into("textbox", "Name", "Test.Renamed").await?;
        page.press("Enter").await?;
        page.find("row", contains("Test.Renamed 1 prompt Staging")).await?;

        page.focus("textbox", "New variable's name").await?;
        enter(page, "Test.Second", "2", &[]).await?;
        page.click("rowheader", "Test.Second").await?;
        let side = page.within("complementary", "Test.Second").await?;
        side.type_into("textbox", "Name", "TEST.renamed").await?;
        page.press("Enter").await?;
        ensure!(side.find("textbox", "Name").await?.is("invalid"));
        Ok(())
    });
}

#[test]
fn equal_scopes_are_marked_and_filters_narrow_down() {
    run(async |page| {
        open(page).await?;
        page.focus("textbox", "New variable's name").await?;
        enter(page, "Test.Tie", "one", &["prod"]).await?;
        enter(page, "Test.Tie", "two", &["prod"]).await?;
        rows_are(page, "Tie Production Tie", 0).await?;
        page.find("row", contains("one Production Tie")).await?;
        page.find("row", contains("two Production Tie")).await?;
        page.type_into("searchbox", "Search names and values", "test.tie").await?;
        rows_are(page, "Test.Tie", 2).await?;
        page.pick("Environment", "Development").await?;
        page.find("button", "Show all").await?;
        page.click("button", "Show all").await?;
        page.find("row", contains("one Production Tie")).await?;
        Ok(())
    });
}

#[test]
fn is_accessible_in_both_schemes() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            open(page).await?;
            page.focus("textbox", "New variable's name").await?;
            enter(page, "Test.Token", &format!("pul-{}", "0a".repeat(20)), &["prod"]).await?;
            enter(page, "Test.Token", "two", &["prod"]).await?;
            page.check_accessible().await?;
            page.focus("rowheader", "Test.Token").await.ok();
            page.press("Space").await?;
            page.check_accessible().await?;
            page.click("combobox", "New variable's scope").await?;
            page.check_accessible().await
        });
    }
}
