//! What holds for every page: rules of accessibility, one heading, no page
//! that scrolls sideways, in both themes, with much and with nothing.

use anyhow::ensure;
use pulpo_e2e::{Options, Page, Result, run_with};

const PAGES: [(&str, &str); 15] = [
    ("board", "Board"),
    ("stacks", "Environments & stacks"),
    ("variables", "Variables"),
    ("process", "Process"),
    ("runbooks", "Runbooks"),
    ("preview", "Preview"),
    ("reach", "Reach"),
    ("problems", "Problems"),
    ("import", "Import"),
    ("ocl", "OCL doctor"),
    ("compare", "Compare"),
    ("upgrade", "Upgrade"),
    ("export", "Export"),
    ("library", "Library"),
    ("help", "Help"),
];

async fn start_empty(page: &Page) -> Result {
    page.open("").await?;
    page.click("button", "Start your own").await?;
    page.gone("region", "About this design").await
}

/// Goes to each page, each as if opened anew, and does `look`.
async fn on_each(page: &Page, look: impl AsyncFn(&str) -> Result) -> Result {
    for (name, heading) in PAGES {
        page.eval_with("location.hash = arguments[0]", vec![format!("#/{name}").into()]).await?;
        page.wait_for(&format!("the heading {heading}"), async || {
            let script = "return [...document.querySelectorAll('h1')].map((h1) => h1.textContent)";
            Ok(page.eval(script).await? == serde_json::json!([heading]))
        })
        .await?;
        look(name).await.map_err(|error| error.context(format!("on the page {name}")))?;
    }
    Ok(())
}

/// Waits until no colour is on its way, for half a colour has no contrast.
async fn settled(page: &Page) -> Result {
    let script = "return document.getAnimations().every((one) => one.playState !== 'running');";
    page.wait_for("colours to settle", async || Ok(page.eval(script).await? == true)).await
}

fn check_axe(scheme: &'static str, is_empty: bool) {
    check_axe_at(&Options { scheme, ..Options::default() }, is_empty);
}

fn check_axe_at(options: &Options, is_empty: bool) {
    run_with(options, async |page| {
        if is_empty {
            start_empty(page).await?;
        } else {
            page.open("").await?;
        }
        on_each(page, async |_| {
            settled(page).await?;
            page.check_accessible().await
        })
        .await
    });
}

#[test]
fn axe_finds_nothing_in_the_sample_in_light() {
    check_axe("light", false);
}

#[test]
fn axe_finds_nothing_in_the_sample_in_dark() {
    check_axe("dark", false);
}

#[test]
fn axe_finds_nothing_in_an_empty_design_in_light() {
    check_axe("light", true);
}

#[test]
fn axe_finds_nothing_in_an_empty_design_in_dark() {
    check_axe("dark", true);
}

#[test]
fn axe_finds_nothing_in_the_sample_on_a_phone() {
    check_axe_at(&Options { viewport: (360, 780), ..Options::default() }, false);
}

#[test]
fn axe_finds_nothing_in_an_empty_design_on_a_phone() {
    check_axe_at(&Options { viewport: (360, 780), scheme: "dark", ..Options::default() }, true);
}

/// Holds at each width that a page fits, whatever within it may scroll.
fn check_widths(is_empty: bool) {
    run_with(&Options::default(), async |page| {
        if is_empty {
            start_empty(page).await?;
        } else {
            page.open("").await?;
        }
        for width in [360, 1024, 1440] {
            page.browser().set_viewport((width, 800)).await?;
            on_each(page, async |_| {
                let script = "const all = document.scrollingElement;
                    return [all.scrollWidth, all.clientWidth];";
                // A grid lays itself out again a frame after the window changed.
                page.wait_for("a page that fits", async || {
                    let widths = page.eval(script).await?;
                    let (needed, there) = (widths[0].as_u64(), widths[1].as_u64());
                    ensure!(needed.is_some() && there == Some(u64::from(width)), "{widths}");
                    ensure!(needed <= there, "at {width} it needs {needed:?}");
                    Ok(true)
                })
                .await
            })
            .await?;
        }
        Ok(())
    });
}

#[test]
fn no_page_of_the_sample_scrolls_sideways() {
    check_widths(false);
}

#[test]
fn no_page_of_an_empty_design_scrolls_sideways() {
    check_widths(true);
}
