//! Library: designs kept, copied, deleted and taken back; files in and out.

use anyhow::ensure;
use pulpo_e2e::{Options, Page, Result, any, contains, run, run_with, starts};

/// Starts a design of this title and goes to the library.
async fn start(page: &Page, title: &str) -> Result {
    page.open("#/library").await?;
    page.find("heading", "Samples").await?;
    page.click("button", "Start a new design").await?;
    page.route_is("#/board").await?;
    page.click("button", starts("Design")).await?;
    page.click("menuitem", starts("Rename design")).await?;
    page.type_into("textbox", "Title", title).await?;
    page.press("Enter").await?;
    page.wait_for("the title", async || Ok(page.title().await?.starts_with(title))).await?;
    page.click("link", "Library").await?;
    page.find("button", title).await?;
    Ok(())
}

async fn title_is(page: &Page, title: &str) -> Result {
    page.wait_for(title, async || Ok(page.title().await?.starts_with(title))).await
}

#[test]
fn a_new_design_is_renamed_and_kept() {
    run(async |page| {
        start(page, "Shop").await?;
        page.find("", "Open now").await?;
        page.reload().await?;
        title_is(page, "Shop").await?;
        page.find("button", "Shop").await?;

        page.click("button", "More for “Shop”").await?;
        page.click("menuitem", "Duplicate").await?;
        page.find("button", "Shop (copy)").await?;
        page.click("button", "More for “Shop (copy)”").await?;
        page.click("menuitem", "Rename…").await?;
        page.type_into("textbox", "Title", "Market").await?;
        page.press("Enter").await?;
        page.click("button", "Market").await?;
        page.route_is("#/board").await?;
        title_is(page, "Market").await
    });
}

#[test]
fn deleting_can_be_undone() {
    run(async |page| {
        start(page, "Shop").await?;
        page.click("button", "More for “Shop”").await?;
        page.click("menuitem", "Delete").await?;
        page.gone("button", "Shop").await?;
        // What was open gives its place to something else.
        title_is(page, "AWS Fargate").await?;
        page.click("button", "Undo").await?;
        page.find("button", "Shop").await?;
        title_is(page, "Shop").await?;
        page.reload().await?;
        page.find("button", "Shop").await?;
        Ok(())
    });
}

#[test]
fn a_saved_file_opens_again() {
    run(async |page| {
        start(page, "Shop").await?;
        page.click("button", "Save design as a file").await?;
        let bytes = page.download("shop.pulpo.json").await?;
        let text = String::from_utf8(bytes)?.replace("Shop", "Bazaar");
        page.drop_files("main", any(), &[("bazaar.pulpo.json", text.as_str())]).await?;
        page.route_is("#/board").await?;
        title_is(page, "Bazaar").await?;
        page.click("link", "Library").await?;
        page.find("button", "Bazaar").await?;
        page.find("button", "Shop").await?;
        Ok(())
    });
}

#[test]
fn a_sample_opens_as_a_design_of_its_own() {
    run(async |page| {
        page.open("#/library").await?;
        page.click("button", starts("Azure shop")).await?;
        page.route_is("#/board").await?;
        title_is(page, "Azure shop").await
    });
}

#[test]
fn every_sample_opens() {
    run(async |page| {
        page.open("#/library").await?;
        page.find("heading", "Samples").await?;
        let script = "const list = await fetch('./samples/index.json');
            return (await list.json()).map((one) => one.title);";
        let titles = page.eval(script).await?;
        let titles: Vec<String> = serde_json::from_value(titles)?;
        ensure!(titles.len() >= 4, "{titles:?}");
        for title in &titles {
            page.click("button", starts(title)).await?;
            page.route_is("#/board").await?;
            title_is(page, title).await?;
            ensure!(!page.has("dialog", contains("was not opened")).await?);
            page.click("link", "Library").await?;
            page.find("heading", "Samples").await?;
        }
        Ok(())
    });
}

#[test]
fn bad_files_are_explained_and_change_nothing() {
    run(async |page| {
        start(page, "Shop").await?;
        let folder = page.scratch()?;
        let sample = pulpo_e2e::dist().join("samples/aws-fargate.pulpo.json");
        let sample = std::fs::read_to_string(sample)?;
        let mut large = String::with_capacity(50 << 20);
        while large.len() < 50 << 20 {
            large.push_str("{\"a\": 1}\n");
        }
        let files = [
            ("truncated.json", sample[..sample.len() / 2].to_owned(), "ends too early"),
            ("large.json", large, "too large"),
            ("picture.json", "\u{89}PNG\r\n\u{1a}\n\0\0".to_owned(), "not JSON"),
            ("newer.json", "{\"format\":\"pulpo-design\",\"version\":99}".to_owned(), "version 99"),
            ("nested.json", "[".repeat(200_000), "deeper than any design"),
            ("foreign.json", "{\"Steps\":[]}".to_owned(), "not a Pulpo design"),
            ("empty.json", String::new(), "empty"),
            (
                "bad.json",
                sample.replacen("\"environments\": [", "\"environments\": [7,", 1),
                "line",
            ),
        ];
        for (name, text, said) in &files {
            let file = folder.join(name);
            std::fs::write(&file, text)?;
            page.choose_files("", &[&file]).await?;
            let words = page.text("dialog", format!("{name} was not opened")).await?;
            ensure!(words.contains(said), "{name}: {words}");
            ensure!(words.contains("left as it is"), "{words}");
            if *name == "truncated.json" {
                page.check_accessible().await?;
            }
            page.press("Escape").await?;
            page.gone("dialog", contains("was not opened")).await?;
            title_is(page, "Shop").await?;
            page.route_is("#/library").await?;
        }
        Ok(())
    });
}

#[test]
fn library_is_accessible_in_both_schemes() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            start(page, "Shop").await?;
            page.check_accessible().await
        });
    }
}
