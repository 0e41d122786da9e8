//! Upgrade: the 2019 sample made modern but for one change, and back; and the
//! community's own step in a process.

use anyhow::ensure;
use pulpo_e2e::{Options, Page, Result, contains, run, run_with, starts};

/// The design as it is kept, without what tells of time.
async fn steps(page: &Page) -> Result<Vec<String>> {
    let cards = page.all("button", starts("Step")).await?;
    Ok(cards.into_iter().map(|card| card.name).collect())
}

#[test]
fn the_sample_is_upgraded_but_for_one_change_and_undone() {
    run(async |page| {
        page.open("#/process").await?;
        page.find("button", starts("Step 5")).await?;
        let before = steps(page).await?;
        ensure!(before.len() == 5, "{before:?}");
        page.click("link", "See what a modern one changes").await?;
        page.find("heading", "Upgrade").await?;
        page.find("", contains("All 9 changes are chosen")).await?;
        page.check_accessible().await?;
        // Refusing one takes along what needs it; taking another brings what it needs.
        let container = page.within("group", starts("Run in a container")).await?;
        let own = page.within("group", starts("Give each step")).await?;
        own.click("checkbox", "Pulumi preview").await?;
        page.find("", contains("5 of 9 changes are chosen")).await?;
        container.click("checkbox", "Pulumi preview").await?;
        page.find("", contains("7 of 9 changes are chosen")).await?;
        let gone = page.within("group", starts("Take out the extraction")).await?;
        gone.click("checkbox", "Extract the code package").await?;
        page.find("", contains("All 9 changes are chosen")).await?;
        let agree = page.within("group", starts("Apply only")).await?;
        agree.click("checkbox", "Pulumi up").await?;
        page.find("", contains("8 of 9 changes are chosen")).await?;
        page.click("button", "Make these changes").await?;
        // What was refused is still offered, not chosen, and nothing else.
        page.find("", contains("No change is chosen.")).await?;
        page.gone("group", starts("Give each step")).await?;
        page.eval("location.hash = '#/process'").await?;
        page.find("heading", "Process").await?;
        page.wait_for("three steps", async || Ok(steps(page).await?.len() == 3)).await?;
        page.gone("link", "See what a modern one changes").await?;
        page.click("button", starts("Undo:")).await?;
        page.wait_for("the steps as they were", async || Ok(steps(page).await? == before)).await?;
        page.eval("location.hash = '#/upgrade'").await?;
        page.find("", contains("9 changes are chosen")).await?;
        Ok(())
    });
}

#[test]
fn all_of_it_is_done_by_keyboard() {
    run(async |page| {
        page.open("#/upgrade").await?;
        page.tab_to("button", "Make these changes").await?;
        page.press("Enter").await?;
        page.find("link", "Compare with how it was opened").await?;
        page.check_accessible().await?;
        page.press("Control+z").await?;
        page.find("", contains("All 9 changes are chosen")).await?;
        Ok(())
    });
}

#[test]
fn a_community_step_is_filled_in_and_exported() {
    run(async |page| {
        page.open("#/process").await?;
        page.click("button", "Add step at the end").await?;
        page.click("option", starts("Run Pulumi (Linux)")).await?;
        page.gone("dialog", "Add step").await?;
        let form = page.within("complementary", "Run Pulumi (Linux)").await?;
        form.type_into("textbox", "Command Args", "--yes --diff").await?;
        page.press("Enter").await?;
        form.click("checkbox", "Create Stack").await?;
        form.type_into("textbox", "Pulumi Access Token", "pul-1234").await?;
        page.press("Enter").await?;
        form.find("", contains("A design keeps no secrets.")).await?;
        form.type_into("textbox", "Pulumi Access Token", "#{PULUMI_ACCESS_TOKEN}").await?;
        page.press("Enter").await?;
        form.find("checkbox", "Restore Dependencies").await?;
        page.check_accessible().await?;
        // Its known defect is a problem.
        page.eval("location.hash = '#/problems'").await?;
        page.find("", contains("is a community step that hides failures.")).await?;
        page.eval("location.hash = '#/export'").await?;
        page.find("heading", "Export").await?;
        page.click("treeitem", starts("deployment-process.json")).await?;
        page.wait_for("the parameters in the file", async || {
            let script = "return document.querySelector('main').textContent";
            let text = page.eval(script).await?;
            let text = text.as_str().unwrap_or_default().to_owned();
            Ok([
                "\"Pulumi.Args\": \"--yes --diff\"",
                "\"Pulumi.CreateStack\": \"True\"",
                "{ActionTemplates:Run Pulumi (Linux)}",
            ]
            .iter()
            .all(|part| text.contains(part)))
        })
        .await?;
        page.find("", contains("The script of \"Run Pulumi (Linux)\" is not in the file.")).await?;
        Ok(())
    });
}

#[test]
fn is_accessible_with_the_community_step_open() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            page.open("#/process").await?;
            page.click("button", "Add step at the end").await?;
            page.click("option", starts("Run Pulumi (Windows)")).await?;
            page.gone("dialog", "Add step").await?;
            page.find("complementary", "Run Pulumi (Windows)").await?;
            page.check_accessible().await
        });
    }
}
