//! Export: the files as they are now, downloaded, copied and explained.

use anyhow::{Context, ensure};
use pulpo_e2e::{Options, Page, Result, any, dist, run, run_with, starts};
use std::io::{Cursor, Read};

const ZIP: &str = "aws-fargate-three-environments-octopus.zip";

/// The files in a zip by their paths.
pub fn unzip(bytes: &[u8]) -> Result<Vec<(String, String)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        files.push((file.name().to_owned(), text));
    }
    Ok(files)
}

async fn open(page: &Page) -> Result {
    page.open("#/export").await?;
    page.find("treeitem", "README.md").await?;
    Ok(())
}

/// The text of the file that is shown.
async fn shown(page: &Page, path: &str) -> Result<String> {
    page.text("region", path).await
}

#[test]
fn the_zip_holds_what_the_command_line_writes() {
    run(async |page| {
        open(page).await?;
        page.click("button", "Download all").await?;
        let bytes = page.download(ZIP).await?;
        let files = unzip(&bytes)?;
        let has = |path: &str| files.iter().any(|(name, _)| name == path);
        for path in [
            "README.md",
            "process/deployment-process.json",
            "rest/ids.json",
            "scripts/05-pulumi-up.sh",
            "step-templates/pulumi-up.json",
            "variables/project.json",
        ] {
            ensure!(has(path), "there is no {path} in {files:?}");
        }
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".json")) {
            serde_json::from_str::<serde_json::Value>(text).with_context(|| path.clone())?;
        }

        let root = dist().join("..");
        let written = page.scratch()?.join("command-line.zip");
        let status = std::process::Command::new(std::env::var("CARGO").unwrap_or("cargo".into()))
            .args(["run", "--quiet", "--manifest-path"])
            .arg(root.join("Cargo.toml"))
            .args(["--", "export", "--to", "all", "--out"])
            .arg(&written)
            .arg(root.join("public/samples/aws-fargate.pulpo.json"))
            .status()?;
        ensure!(status.success(), "the command line ended with {status}");
        ensure!(std::fs::read(&written)? == bytes, "the two zips differ");
        Ok(())
    });
}

#[test]
fn a_file_is_found_by_keyboard_copied_and_downloaded() {
    run(async |page| {
        open(page).await?;
        page.tab_to("treeitem", "README.md").await?;
        page.press("ArrowDown").await?;
        page.focus_is("treeitem", ".octopus").await?;
        page.press_all(&["ArrowLeft", "ArrowDown"]).await?;
        page.focus_is("treeitem", "process").await?;
        page.press("ArrowLeft").await?;
        page.gone("treeitem", "deployment-process.json").await?;
        page.press("ArrowRight").await?;
        page.find("treeitem", "deployment-process.json").await?;
        page.press("v").await?;
        page.focus_is("treeitem", "variables").await?;
        page.press("End").await?;
        page.focus_is("treeitem", "project.json").await?;
        page.route_is("#/export/variables/project.json").await?;
        ensure!(page.find("treeitem", "project.json").await?.is("selected"));
        ensure!(shown(page, "variables/project.json").await?.contains("PULUMI_ACCESS_TOKEN"));

        page.click("button", "Copy file").await?;
        page.wait_for("the copy", async || {
            let copied: serde_json::Value = serde_json::from_str(&page.clipboard().await?)?;
            Ok(copied["Variables"].is_array())
        })
        .await?;
        page.click("button", "Download file").await?;
        ensure!(page.download("project.json").await? == page.clipboard().await?.into_bytes());

        page.reload().await?;
        page.find("region", "variables/project.json").await?;
        Ok(())
    });
}

#[test]
fn files_follow_the_choice_and_the_design() {
    run(async |page| {
        open(page).await?;
        for target in ["Step templates", "Process JSON", "Variables JSON", "OCL", "Pulumi settings"]
        {
            page.click("checkbox", target).await?;
        }
        page.gone("treeitem", "step-templates").await?;
        page.find("treeitem", "05-pulumi-up.sh").await?;
        ensure!(!page.has("heading", "Before you start").await?);
        // The choice lasts for the session.
        page.reload().await?;
        ensure!(!page.find("checkbox", "Process JSON").await?.is("checked"));
        page.gone("treeitem", "process").await?;

        page.click("button", starts("Design")).await?;
        page.click("menuitem", starts("Rename design")).await?;
        page.type_into("textbox", "Title", "Another name").await?;
        page.press("Enter").await?;
        page.wait_for("the new title in the file", async || {
            Ok(shown(page, "README.md").await?.contains("# Another name"))
        })
        .await?;
        page.click("button", "Download all").await?;
        let files = unzip(&page.download("another-name-octopus.zip").await?)?;
        ensure!(files.iter().all(|(path, _)| path == "README.md" || path.starts_with("scripts/")));

        page.click("checkbox", "Scripts").await?;
        page.gone("region", "README.md").await?;
        page.find("", starts("Choose what to export")).await?;
        Ok(())
    });
}

#[test]
fn notes_lead_to_their_files_and_instructions_unfold() {
    run(async |page| {
        open(page).await?;
        let notes = page.within("region", "What to know about these files").await?;
        ensure!(notes.all("listitem", any()).await?.len() > 3);
        let name = "variables/library-shared-settings.json";
        page.wait_for("links", async || Ok(!notes.all("link", name).await?.is_empty())).await?;
        let links = notes.all("link", name).await?;
        let link = links.first().context("a link to the file")?;
        page.element(link).await?.click().await?;
        page.route_is("#/export/variables/library-shared-settings.json").await?;
        page.find("region", "variables/library-shared-settings.json").await?;
        let how = page.within("region", "How to import").await?;
        how.click("DisclosureTriangle", starts("Step templates")).await?;
        how.find("", "Library » Step templates").await?;
        Ok(())
    });
}

#[test]
fn export_is_accessible_in_both_schemes() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            open(page).await?;
            page.check_accessible().await
        });
    }
}
