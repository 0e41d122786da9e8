//! What is typed is kept: over a reload in the middle, and a closed tab.

use crate::story::{ENVIRONMENTS, Hands};
use anyhow::Context;
use pulpo_e2e::{Page, Result, any, contains, run, starts};

async fn saved(page: &Page) -> Result {
    let script = "return document.querySelector('header').innerText.includes('Saved');";
    page.wait_for("all to be saved", async || Ok(page.eval(script).await? == true)).await
}

/// The page of stacks of an empty design of one's own, all of it saved.
async fn own_stacks(page: &Page) -> Result {
    page.open("#/stacks").await?;
    page.click("button", "Start your own").await?;
    page.gone("region", "About this design").await?;
    page.click("link", "Stacks").await?;
    saved(page).await
}

async fn is_all_there(page: &Page) -> Result {
    page.wait_for("the design's title", async || {
        Ok(page.title().await?.starts_with("Kept design"))
    })
    .await?;
    page.eval("location.hash = '#/stacks'").await?;
    for environment in ENVIRONMENTS {
        page.find("textbox", format!("Stack of {environment}")).await?;
    }
    page.find("checkbox", "Protect Production").await.and_then(|node| {
        node.is("checked").then_some(()).context("Production is protected no more")
    })?;
    page.eval("location.hash = '#/variables'").await?;
    page.find("row", contains("Kept.Value here Production")).await?;
    page.eval("location.hash = '#/process'").await?;
    page.find("button", starts("Step 1"))
        .await
        .and_then(|card| card.name.contains("Pulumi preview").then_some(()).context(card.name))
}

#[test]
fn a_reload_in_the_middle_and_a_closed_tab_lose_nothing() {
    run(async |page| {
        let hands = Hands::Mouse;
        page.open("").await?;
        page.click("button", "Start your own").await?;
        page.gone("region", "About this design").await?;
        page.click("button", starts("Design")).await?;
        page.click("menuitem", starts("Rename design")).await?;
        page.type_into("textbox", "Title", "Kept design").await?;
        page.press("Enter").await?;
        hands.go(page, "Stacks").await?;
        for environment in ENVIRONMENTS {
            hands.fill(page, "Add environment", environment).await?;
            page.find("textbox", format!("Stack of {environment}")).await?;
        }
        page.click("checkbox", "Protect Production").await?;
        saved(page).await?;
        page.reload().await?;
        for environment in ENVIRONMENTS {
            page.find("textbox", format!("Stack of {environment}")).await?;
        }
        hands.go(page, "Variables").await?;
        hands.variable(page, "Kept.Value", "here", &["Production"]).await?;
        saved(page).await?;
        page.reload().await?;
        page.find("row", contains("Kept.Value here Production")).await?;
        hands.go(page, "Process").await?;
        page.click("button", "Add first step").await?;
        page.click("option", starts("Pulumi preview")).await?;
        page.find("button", starts("Step 1")).await?;
        saved(page).await?;
        page.reload().await?;
        is_all_there(page).await?;

        // Closes the tab and opens another one.
        let old = page.driver().window().await?;
        let new = page.driver().new_tab().await?;
        page.driver().switch_to_window(old).await?;
        page.driver().close_window().await?;
        page.driver().switch_to_window(new).await?;
        page.open("").await?;
        is_all_there(page).await
    });
}

#[test]
fn an_edit_right_before_a_reload_is_not_lost() {
    run(async |page| {
        own_stacks(page).await?;
        // Types, takes it and reloads in one go: nothing has time to be kept.
        let field = page.find("textbox", "Add environment").await?;
        page.element(&field).await?.focus().await?;
        page.eval(
            "const field = document.activeElement;
             field.value = 'At the last moment';
             field.dispatchEvent(new Event('input', { bubbles: true }));
             field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
             location.reload();",
        )
        .await?;
        page.mounted().await?;
        page.find("textbox", "Stack of At the last moment").await?;
        saved(page).await?;
        let left = page.eval(
            "return Object.keys(localStorage).filter((key) => key.startsWith('pulpo.unsaved'))",
        );
        anyhow::ensure!(left.await? == serde_json::json!([]));
        Ok(())
    });
}

#[test]
fn a_full_disk_is_said_and_the_next_edit_is_kept_again() {
    run(async |page| {
        own_stacks(page).await?;
        // As a browser does when there is no room: what was put is there, then the
        // transaction ends with that error.
        page.eval(
            "window.isFull = true;
            const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function (...all) {
                const request = put.apply(this, all);
                if (window.isFull && this.name === 'text') {
                    const error = new DOMException('no room', 'QuotaExceededError');
                    Object.defineProperty(this.transaction, 'error', { value: error });
                    request.addEventListener('success', () => this.transaction.abort());
                }
                return request;
            };",
        )
        .await?;
        page.type_into("textbox", "Add environment", "Does not fit").await?;
        page.press("Enter").await?;
        page.find("alert", any()).await?;
        let said = page.text("alert", any()).await?;
        anyhow::ensure!(said.contains("Not saved"), "{said}");
        page.find("button", "Save design as a file").await?;
        page.check_accessible().await?;
        // What was typed is still there, and kept as soon as there is room.
        page.find("textbox", "Stack of Does not fit").await?;
        page.eval("window.isFull = false").await?;
        page.type_into("textbox", "Add environment", "Fits").await?;
        page.press("Enter").await?;
        page.gone("alert", any()).await?;
        saved(page).await?;
        page.reload().await?;
        page.find("textbox", "Stack of Does not fit").await?;
        page.find("textbox", "Stack of Fits").await?;
        Ok(())
    });
}
