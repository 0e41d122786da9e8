//! The start: half of the app is enough for it, and the rest comes after.

use anyhow::ensure;
use pulpo_e2e::{Options, Page, Result, any, run, run_with, starts};
use serde_json::{Value, json};

/// The file of what a start does not run, as Chromium matches addresses.
const REST: &str = "*/rest-*.wasm";

/// Waits until the app has asked for the rest and got it.
pub async fn rest_came(page: &Page) -> Result {
    let script = "return performance.getEntriesByType('resource')
        .some((entry) => entry.name.includes('/rest-') && entry.responseEnd > 0)";
    page.wait_for("the rest", async || Ok(page.eval(script).await? == true)).await
}

/// Whether the page had to stand still until the rest came.
async fn has_waited(page: &Page) -> Result<bool> {
    Ok(page.eval("return performance.getEntriesByName('pulpo-waited').length > 0").await? == true)
}

/// For the page to run before its own scripts: the rest takes for ever, unless
/// it is asked for by who stands still until it comes.
const REST_NEVER_COMES: &str = "{
    const { fetch } = window;
    window.fetch = (...all) =>
        String(all[0]).includes('/rest-') ? new Promise(() => {}) : fetch(...all);
}";

/// If one of these starts had to wait, it runs what it did not when it was last
/// looked at: `cargo xtask profile` notes it.
#[test]
fn no_start_waits_for_the_rest() {
    for viewport in [(1440, 900), (360, 780)] {
        run_with(&Options { viewport, ..Options::default() }, async |page| {
            page.open("").await?;
            rest_came(page).await?;
            ensure!(!has_waited(page).await?, "the first visit waited");
            page.click("button", "Start your own").await?;
            page.gone("region", "About this design").await?;
            page.reload().await?;
            rest_came(page).await?;
            ensure!(!has_waited(page).await?, "a visit to an own design waited");
            Ok(())
        });
    }
}

#[test]
fn what_is_wanted_before_the_rest_came_brings_it() {
    run(async |page| {
        let never = json!({ "source": REST_NEVER_COMES });
        page.cdp("Page.addScriptToEvaluateOnNewDocument", never).await?;
        page.open("").await?;
        page.find("columnheader", starts("Production")).await?;
        ensure!(!has_waited(page).await?, "the start waited");
        page.click("button", "Start your own").await?;
        page.gone("region", "About this design").await?;
        ensure!(has_waited(page).await?, "nothing was missing");
        page.click("button", "Add environment").await?;
        Ok(())
    });
}

#[test]
fn says_that_the_rest_does_not_come_until_it_does() {
    run(async |page| {
        let block = async |urls: Value| {
            page.cdp("Network.setBlockedURLs", json!({ "urls": urls })).await.map(|_| ())
        };
        page.cdp("Network.enable", json!({})).await?;
        block(json!([REST])).await?;
        page.open("").await?;
        page.find("alertdialog", "Pulpo is not all here").await?;
        let word = page.text("alertdialog", any()).await?;
        ensure!(word.contains("tried again until it comes"), "{word}");
        page.check_accessible().await?;

        block(json!([])).await?;
        page.gone("alertdialog", any()).await?;
        page.click("button", "Start your own").await?;
        page.gone("region", "About this design").await?;
        page.forgive_errors().await
    });
}

#[test]
fn says_that_it_cannot_go_on_when_the_rest_is_wanted_and_cannot_come() {
    run(async |page| {
        page.open("").await?;
        page.cdp("Network.enable", json!({})).await?;
        page.cdp("Network.setBlockedURLs", json!({ "urls": [REST] })).await?;
        let never = json!({ "source": REST_NEVER_COMES });
        page.cdp("Page.addScriptToEvaluateOnNewDocument", never).await?;
        page.reload().await?;
        page.find("columnheader", starts("Production")).await?;
        page.click("button", "Start your own").await?;
        let word = page.text("alertdialog", any()).await?;
        ensure!(word.contains("cannot go on"), "{word}");

        page.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await?;
        page.click("button", "Reload").await?;
        page.gone("alertdialog", any()).await?;
        page.find("columnheader", starts("Production")).await?;
        page.forgive_errors().await
    });
}
