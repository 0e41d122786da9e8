//! On a phone: five pages at hand, and the rest on demand.

use anyhow::ensure;
use pulpo_e2e::{Options, Result, run_with};

const PHONE: (u32, u32) = (360, 780);

#[test]
fn every_page_is_reached_on_a_phone() {
    run_with(&Options { viewport: PHONE, ..Options::default() }, async |page| {
        page.open("").await?;
        page.find("heading", "Board").await?;
        let pages = page.within("navigation", "Pages").await?;
        for page in ["Board", "Stacks", "Variables", "Process", "Preview"] {
            pages.find("link", page).await?;
        }
        ensure!(!pages.has("link", "Import").await?, "the rest is behind a button");
        ensure!(!page.find("button", "More").await?.is("expanded"));
        page.tab_to("button", "More").await?;
        page.press("Enter").await?;
        ensure!(page.find("button", "More").await?.is("expanded"));
        page.check_accessible().await?;
        for page in ["Runbooks", "Reach", "Problems", "Import", "Compare", "Export", "Help"] {
            pages.find("link", page).await?;
        }
        page.press("Escape").await?;
        pages.gone("link", "Import").await?;
        page.focus_is("button", "More").await?;
        page.click("button", "More").await?;
        page.click("link", "Import").await?;
        page.find("heading", "Import").await?;
        pages.gone("link", "Reach").await?;
        page.check_accessible().await
    });
}

#[test]
fn a_wide_screen_shows_all_pages_at_once() {
    run_with(&Options::default(), async |page| -> Result {
        page.open("").await?;
        let pages = page.within("navigation", "Pages").await?;
        pages.find("link", "Import").await?;
        ensure!(!pages.has("button", "More").await?, "there is nothing more to show");
        Ok(())
    });
}
