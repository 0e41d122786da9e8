//! Problems, help, updates, and what is left after a fault.

use anyhow::ensure;
use pulpo_e2e::{Options, Page, Result, any, contains, run, run_with, starts};

/// A design with one thing wrong: two environments share a stack.
fn planted() -> Result<String> {
    let sample = pulpo_e2e::dist().join("samples/aws-fargate-modern.pulpo.json");
    let mut design: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(sample)?)?;
    let stack = design["pulumi"]["stacks"][0]["stack"].clone();
    design["pulumi"]["stacks"][1]["stack"] = stack;
    design["title"] = "Planted".into();
    Ok(design.to_string())
}

async fn open_text(page: &Page, text: &str) -> Result {
    page.open("#/library").await?;
    let file = page.scratch()?.join("design.pulpo.json");
    std::fs::write(&file, text)?;
    page.choose_files("", &[&file]).await?;
    page.route_is("#/board").await?;
    Ok(())
}

#[test]
fn a_problem_appears_and_leads_to_its_thing() {
    run(async |page| {
        open_text(page, &planted()?).await?;
        let link = page.within("navigation", "Pages").await?;
        page.wait_for("the count", async || {
            Ok(link.find("link", starts("Problems")).await?.description.starts_with("Problems: "))
        })
        .await?;
        page.click("link", starts("Problems")).await?;
        page.find("", contains("stacks/shared")).await?;
        page.check_accessible().await?;
        page.click("link", "Stack of “Staging”").await?;
        page.wait_for("the environment's route", async || {
            Ok(page.route().await?.starts_with("#/stacks/"))
        })
        .await
    });
}

#[test]
fn problems_are_filtered_and_go_when_they_are_mended() {
    run(async |page| {
        open_text(page, &planted()?).await?;
        page.click("link", starts("Problems")).await?;
        page.find("", contains("stacks/shared")).await?;
        page.click("radio", "Good to know").await?;
        page.gone("link", "Stack of “Staging”").await?;
        page.click("radio", "All").await?;
        page.find("link", "Stack of “Staging”").await?;

        // A design without a fault says so, and what was looked at.
        page.click("link", "Library").await?;
        page.click("button", starts("AWS Fargate, modern")).await?;
        page.route_is("#/board").await?;
        page.click("link", starts("Problems")).await?;
        page.find("", "No problems found").await?;
        page.find("", starts("Checked by")).await?;
        page.check_accessible().await
    });
}

#[test]
fn help_is_accessible_in_both_schemes() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            page.open("#/help").await?;
            page.find("table", "Anywhere").await?;
            ensure!(page.text("table", "Anywhere").await?.contains("Undo"));
            page.check_accessible().await
        });
    }
}

#[test]
fn a_newer_version_is_offered() {
    run(async |page| {
        page.open("#/help").await?;
        page.eval(
            "addEventListener('pulpo-activate', () => { document.title = 'activated'; });
            // As start.js says it: the app may listen only later.
            document.documentElement.dataset.update = 'waiting';
            dispatchEvent(new CustomEvent('pulpo-update'));",
        )
        .await?;
        let banner = page.within("region", "Newer version").await?;
        banner.click("button", "Reload").await?;
        page.wait_for("the switch", async || Ok(page.title().await? == "activated")).await
    });
}

#[test]
fn a_fault_leaves_a_message_and_the_saved_copy() {
    run(async |page| {
        open_text(page, &planted()?).await?;
        page.wait_for("the save", async || Ok(page.has("", "Saved").await?)).await?;
        // What the next page is made of can't be made: a panic.
        page.eval(
            "const clone = Node.prototype.cloneNode;
            Node.prototype.cloneNode = function () {
                Node.prototype.cloneNode = clone;
                throw new Error('planted');
            };
            location.hash = '#/export';",
        )
        .await?;
        page.find("alertdialog", "Pulpo stopped").await?;
        page.focus_is("button", "Reload").await?;
        page.check_accessible().await?;
        page.click("link", "Download last saved copy").await?;
        let copy = page.download("planted.pulpo.json").await?;
        ensure!(serde_json::from_slice::<serde_json::Value>(&copy)?["title"] == "Planted");
        page.press("Shift+Tab").await?;
        page.click("button", "Reload").await?;
        page.gone("alertdialog", any()).await?;
        page.mounted().await?;
        ensure!(page.title().await?.starts_with("Planted"));
        page.forgive_errors().await
    });
}
