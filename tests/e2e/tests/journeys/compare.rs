//! Compare: two versions of a design, one difference taken over and undone.

use pulpo_e2e::{Page, Result, contains, run, starts};

/// Opens the sample and gives it another name for an environment.
async fn change_something(page: &Page) -> Result {
    page.open("#/stacks").await?;
    page.click("checkbox", "Protect Production").await?;
    page.eval("location.hash = '#/compare'").await?;
    page.find("heading", "Compare").await?;
    Ok(())
}

#[test]
fn one_difference_is_taken_over_and_undone() {
    run(async |page| {
        change_something(page).await?;
        page.find("button", "Choose a file…").await?;
        // As it was opened: one thing differs.
        page.eval("location.hash = '#/compare/opened'").await?;
        page.find("button", starts("Take over Production › Protected")).await?;
        page.check_accessible().await?;
        page.tab_to("button", starts("Take over Production › Protected")).await?;
        page.press("Enter").await?;
        page.gone("button", starts("Take over Production › Protected")).await?;
        page.find("button", "Undo").await?;
        page.press("Control+z").await?;
        page.find("button", starts("Take over Production › Protected")).await?;
        Ok(())
    });
}

#[test]
fn two_samples_are_told_for_a_reviewer() {
    run(async |page| {
        page.open("#/compare/sample/aws-fargate-modern.pulpo.json").await?;
        // The areas are made anew once the open design has come from the store.
        page.wait_for("the step in its area", async || {
            let area = page.within("region", starts("Deployment process")).await?;
            area.has("button", starts("Take over Tell the team of a failure")).await
        })
        .await?;
        page.click("radio", starts("Added")).await?;
        page.gone("button", contains("Extract the code package")).await?;
        page.find("button", "Copy as Markdown").await?;
        page.check_accessible().await
    });
}
