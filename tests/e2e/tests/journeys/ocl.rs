//! The OCL doctor: broken in several ways, repaired one by one or at once.

use anyhow::ensure;
use pulpo_e2e::{Page, Result, contains, run, starts};

/// A sound process; each way of breaking it is a text and what stands there instead.
const SOUND: &str = r#"step "up" {
    name = "Up"

    action {
        action_type = "Octopus.Script"
        environments = ["production", "test"]
        worker_pool = "linux"
    }
}"#;
const WAYS: [(&str, &str); 5] = [
    ("step \"up\" {\n    name", "step \"up\" { name"),
    ("name = \"Up\"", "name: \"Up\""),
    ("\"Octopus.Script\"", "'Octopus.Script'"),
    ("worker_pool = \"linux\"", "worker_pool = linux"),
    ("    }\n}", "    }\n"),
];

async fn open(page: &Page) -> Result {
    page.click("link", "Import").await?;
    page.click("link", "OCL doctor").await?;
    page.route_is("#/ocl").await
}

#[test]
fn five_ways_to_break_a_file_are_found_and_repaired() {
    run(async |page| {
        page.open("").await?;
        open(page).await?;
        for (sound, broken) in WAYS {
            let text = SOUND.replacen(sound, broken, 1);
            ensure!(text != SOUND);
            page.type_into("textbox", "OCL", &text).await?;
            page.find("StaticText", contains("1 problem, with a repair for each")).await?;
            page.click("button", starts("Repair line")).await?;
            page.find("StaticText", "None: Octopus can read this.").await?;
            page.find("StaticText", "1. Up").await?;
        }
        page.check_accessible().await
    });
}

#[test]
fn all_of_an_example_is_repaired_at_once_and_can_be_taken_back() {
    run(async |page| {
        page.open("").await?;
        open(page).await?;
        page.click("button", "Show an example").await?;
        page.find("StaticText", contains("6 problems")).await?;
        page.check_accessible().await?;
        page.click("button", "Repair all").await?;
        page.find("StaticText", "None: Octopus can read this.").await?;
        page.find("StaticText", "1. Pulumi up").await?;
        page.click("button", "Take the change back").await?;
        page.find("StaticText", contains("6 problems")).await?;
        page.click("button", "Repair all").await?;
        page.click("button", "Lay out").await?;
        page.click("button", "Download").await?;
        let file = page.download("deployment_process.ocl").await?;
        let text = String::from_utf8(file)?;
        ensure!(text.starts_with("step \"pulumi-up\" {\n    name = \"Pulumi up\"\n"), "{text}");
        // The text is still there after another page was looked at.
        page.click("link", "Process").await?;
        page.route_is("#/process").await?;
        open(page).await?;
        page.find("StaticText", "1. Pulumi up").await?;
        Ok(())
    });
}
