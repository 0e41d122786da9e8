//! Stacks: environments renamed, put in order, deleted; stacks named; phases.

use anyhow::ensure;
use pulpo_e2e::{Page, Result, contains, run, starts};

async fn open(page: &Page) -> Result {
    page.open("#/stacks").await?;
    page.find("textbox", "Stack of Production").await?;
    Ok(())
}

/// The environments' names from top to bottom.
async fn environments_are(page: &Page, wanted: &[&str]) -> Result {
    page.wait_for(&format!("the environments {wanted:?}"), async || {
        let fields = page.all("textbox", "Name of environment").await?;
        Ok(fields.iter().map(|field| field.value.as_str()).eq(wanted.iter().copied()))
    })
    .await
}

async fn value_is(page: &Page, field: &str, wanted: &str) -> Result {
    page.wait_for(&format!("{field} to be {wanted}"), async || {
        Ok(page.find("textbox", field).await?.value == wanted)
    })
    .await
}

/// Types over the name of the environment in this place.
async fn rename(page: &Page, place: usize, name: &str) -> Result {
    let fields = page.all("textbox", "Name of environment").await?;
    let field = fields.get(place).ok_or_else(|| anyhow::anyhow!("no environment {place}"))?;
    page.element(field).await?.click().await?;
    page.press("Control+a").await?;
    page.keys(name).await?;
    page.press("Enter").await
}

async fn act(page: &Page, environment: &str, verb: &str) -> Result {
    page.click("button", format!("Actions for {environment}")).await?;
    page.click("menuitem", verb).await
}

async fn said(page: &Page, text: &str) -> Result {
    let script = "return document.querySelector('[role=status][aria-live]')?.textContent ?? '';";
    page.wait_for(&format!("“{text}” to be said"), async || {
        Ok(page.eval(script).await?.as_str().is_some_and(|said| said.trim_end() == text))
    })
    .await
}

#[test]
fn an_environment_is_renamed_everywhere() {
    run(async |page| {
        open(page).await?;
        rename(page, 1, "Test").await?;
        environments_are(page, &["Development", "Test", "Production"]).await?;
        page.find("textbox", "Stack of Test").await?;
        page.find("checkbox", "Approval in Test").await?;
        page.find("checkbox", "Protect Test").await?;
        page.find("button", "Actions for Test").await?;
        // The phase that had its name follows.
        value_is(page, "Name of phase 2", "Test").await?;

        rename(page, 1, "production").await?;
        page.wait_for("the reason", async || {
            let fields = page.all("textbox", "Name of environment").await?;
            let words = fields.get(1).map(|field| field.description.as_str());
            Ok(words == Some("There is an environment “production” already."))
        })
        .await?;
        page.press("Escape").await?;
        environments_are(page, &["Development", "Test", "Production"]).await?;

        page.click("button", "Undo: Rename environment").await?;
        environments_are(page, &["Development", "Staging", "Production"]).await?;
        value_is(page, "Name of phase 2", "Staging").await
    });
}

#[test]
fn the_order_is_changed_by_menu_and_said() {
    run(async |page| {
        open(page).await?;
        act(page, "Staging", "Move up").await?;
        said(page, "Staging is now number 1 of 3").await?;
        environments_are(page, &["Staging", "Development", "Production"]).await?;
        page.focus_is("button", "Actions for Staging").await?;
        act(page, "Staging", "Move down").await?;
        said(page, "Staging is now number 2 of 3").await?;
        environments_are(page, &["Development", "Staging", "Production"]).await?;
        page.click("button", "Actions for Production").await?;
        ensure!(page.find("menuitem", "Move down").await?.is("disabled"));
        page.press("Escape").await?;
        page.focus_is("button", "Actions for Production").await
    });
}

#[test]
fn an_environment_is_deleted_and_taken_back() {
    run(async |page| {
        open(page).await?;
        let stack = page.find("textbox", "Stack of Staging").await?.value;
        act(page, "Staging", "Delete environment").await?;
        environments_are(page, &["Development", "Production"]).await?;
        page.gone("textbox", "Stack of Staging").await?;
        value_is(page, "Name of phase 2", "Production").await?;
        page.click("button", "Undo").await?;
        environments_are(page, &["Development", "Staging", "Production"]).await?;
        value_is(page, "Stack of Staging", &stack).await?;
        value_is(page, "Name of phase 2", "Staging").await
    });
}

#[test]
fn a_wrong_stack_name_is_said_in_words() {
    run(async |page| {
        open(page).await?;
        let field = "Stack of Staging";
        let stack = page.find("textbox", field).await?.value;
        for wrong in ["staging", "my-org/my-project/", "my org/my-project/x", "a/b/c/d"] {
            page.type_into("textbox", field, wrong).await?;
            page.press("Enter").await?;
            page.wait_for(&format!("a word about {wrong}"), async || {
                let node = page.find("textbox", field).await?;
                Ok(node.is("invalid") && node.value == wrong && node.description.len() > 20)
            })
            .await?;
            let words = page.find("textbox", field).await?.description;
            ensure!(!words.to_lowercase().contains("invalid"), "{wrong}: {words}");
            page.press("Escape").await?;
            value_is(page, field, &stack).await?;
            ensure!(!page.find("textbox", field).await?.is("invalid"));
        }
        page.type_into("textbox", field, "my-org/my-project/dev").await?;
        page.press("Enter").await?;
        page.find("StaticText", "Development has this stack too.").await?;
        page.type_into("textbox", field, "my-org/other/staging").await?;
        page.press("Enter").await?;
        page.find("StaticText", contains("this stack is of “other”")).await?;
        page.check_accessible().await
    });
}

#[test]
fn a_pattern_is_shown_before_it_fills() {
    run(async |page| {
        open(page).await?;
        page.click("button", "Fill by pattern…").await?;
        page.type_into("textbox", "Pattern", "acme/shop/{environment}-eu").await?;
        page.wait_for("what it would give", async || {
            let words = page.text("table", "What the pattern gives").await?;
            Ok(words.contains("acme/shop/production-eu"))
        })
        .await?;
        page.type_into("textbox", "Pattern", "acme/shop").await?;
        page.press("Enter").await?;
        ensure!(page.has("dialog", "Fill stacks by pattern").await?, "a bad pattern fills nothing");
        page.type_into("textbox", "Pattern", "acme/shop/{environment}-eu").await?;
        page.press("Enter").await?;
        page.gone("dialog", "Fill stacks by pattern").await?;
        said(page, "All stacks are filled").await?;
        value_is(page, "Stack of Production", "acme/shop/production-eu").await?;
        page.press("Control+z").await?;
        page.wait_for("the old stack", async || {
            let stack = page.find("textbox", "Stack of Production").await?.value;
            Ok(stack.starts_with("my-org/"))
        })
        .await
    });
}

#[test]
fn phases_are_made_named_ordered_and_deleted() {
    run(async |page| {
        page.open("").await?;
        page.click("button", "Start your own").await?;
        page.gone("region", "About this design").await?;
        page.click("link", "Stacks").await?;
        for environment in ["Development", "Production"] {
            page.type_into("textbox", "Add environment", environment).await?;
            page.press("Enter").await?;
            page.find("textbox", format!("Stack of {environment}")).await?;
        }
        page.click("button", "One phase each").await?;
        value_is(page, "Name of phase 1", "Development").await?;
        value_is(page, "Name of phase 2", "Production").await?;
        page.type_into("textbox", "Name of phase 2", "Live").await?;
        page.press("Enter").await?;
        ensure!(page.find("button", "Move Development up").await?.is("disabled"));
        page.click("button", "Move Live up").await?;
        value_is(page, "Name of phase 1", "Live").await?;
        value_is(page, "Name of phase 2", "Development").await?;

        // From by hand to by itself.
        let pickers = page.all("combobox", "Deployed to automatically").await?;
        let second = pickers.get(1).ok_or_else(|| anyhow::anyhow!("no second phase"))?;
        page.element(second).await?.click().await?;
        page.keys("dev").await?;
        page.press("Enter").await?;
        page.press("Escape").await?;
        page.wait_for("Development in one list only", async || {
            Ok(page.all("button", "Remove Development").await?.len() == 1)
        })
        .await?;

        page.click("button", "Delete phase Live").await?;
        page.gone("textbox", "Name of phase 2").await?;
        page.click("button", "Undo").await?;
        value_is(page, "Name of phase 2", "Development").await?;
        page.click("button", starts("Add phase")).await?;
        page.find("textbox", "Name of phase 3").await?;
        page.check_accessible().await
    });
}
