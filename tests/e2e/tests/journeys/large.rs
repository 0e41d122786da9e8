//! The large design: 100 environments, 2,000 variables, 200 steps.

use anyhow::ensure;
use pulpo_e2e::{Page, Result, contains, run, target};

/// Opens it as a file.
pub async fn open_large(page: &Page) -> Result {
    let file = page.scratch()?.join("large.pulpo.json");
    let made = std::process::Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["run", "--quiet", "--bin", "pulpo", "--manifest-path"])
        .arg(target().join("../Cargo.toml"))
        .args(["--", "sample", "large"])
        .output()?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    std::fs::write(&file, made.stdout)?;
    page.open("#/library").await?;
    page.find("heading", "Samples").await?;
    page.choose_files("", &[&file]).await?;
    page.route_is("#/board").await
}

#[test]
fn two_environments_are_compared_in_all_of_200_steps() {
    run(async |page| {
        open_large(page).await?;
        page.eval("location.hash = '#/preview'").await?;
        page.pick("Compare with", "Production eu-west-1").await?;
        // All 200 are played through for both; a slow machine takes its time.
        let is_told = "return document.body.innerText.includes('Differs:')";
        let told = async || Ok(page.eval(is_told).await? == true);
        if page.wait_for("the differences", &told).await.is_err() {
            page.wait_for("the differences, at last", &told).await?;
        }
        let steps = page.all("link", contains("Differs:")).await?;
        ensure!(steps.len() > 100, "only {} steps are said to differ", steps.len());
        Ok(())
    });
}
