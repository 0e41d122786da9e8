//! What the palette finds is gone to, and has the focus there.

use anyhow::ensure;
use pulpo_e2e::{Page, Result, contains, run, starts};

async fn go(page: &Page, words: &str, option: &str) -> Result {
    page.press("Control+k").await?;
    // The first thing found is the active one of the combobox.
    page.focus_is("option", starts("Undo")).await?;
    page.keys(words).await?;
    page.click("option", starts(option)).await?;
    page.gone("dialog", "Search and do").await
}

#[test]
fn environments_variables_and_steps_get_the_focus() {
    run(async |page| {
        page.open("#/help").await?;
        go(page, "production", "Production Environment").await?;
        page.focus_is("textbox", "Name of environment").await?;
        ensure!(page.focused().await?.value == "Production");
        go(page, "costcenter", "CostCenter Variable").await?;
        page.focus_is("rowheader", contains("CostCenter")).await?;
        page.find("complementary", "CostCenter").await?;
        go(page, "pulumi up", "Pulumi up Step").await?;
        page.focus_is("button", starts("Step 5")).await?;
        // Once more, on the same page.
        go(page, "approve", "Approve Step").await?;
        page.focus_is("button", starts("Step 4")).await
    });
}
