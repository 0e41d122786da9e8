//! Rules of names are said as one types, beside the field, and nothing is
//! committed by it.

use anyhow::ensure;
use pulpo_e2e::{Page, Result, contains, run, starts};

/// Types into the field and holds that it says `said` while nothing is taken.
async fn says(page: &Page, field: &str, text: &str, said: &str) -> Result {
    page.type_into("textbox", field, text).await?;
    page.wait_for(&format!("“{said}” beside {field}"), async || {
        let node = page.find("textbox", field).await?;
        Ok(node.is("invalid") && node.description.contains(said))
    })
    .await
}

#[test]
fn names_are_checked_as_one_types() {
    run(async |page| {
        page.open("#/stacks").await?;
        says(page, "Add environment", "production", "already").await?;
        says(page, "Add environment", &"x".repeat(51), "1 to 50 characters").await?;
        page.type_into("textbox", "Add environment", "Test").await?;
        page.wait_for("the message to go", async || {
            Ok(!page.find("textbox", "Add environment").await?.is("invalid"))
        })
        .await?;
        page.press("Escape").await?;
        says(page, "Stack of Production", "only-a-name", "organization").await?;
        page.press("Escape").await?;
        says(page, "Project", "not a name!", "").await?;
        page.press("Escape").await?;
        ensure!(page.has("button", "Nothing to undo").await?, "nothing was committed");

        page.eval("location.hash = '#/variables'").await?;
        page.click("button", starts("Details of Owner")).await?;
        let side = page.within("complementary", "Owner").await?;
        says(&side, "Name", "LogLevel", "already").await?;
        side.press("Escape").await?;

        page.eval("location.hash = '#/process/up'").await?;
        let form = page.within("complementary", "Pulumi up").await?;
        says(&form, "Step name", "approve", "Another step is called").await?;
        form.press("Escape").await?;
        ensure!(page.has("button", "Nothing to undo").await?, "nothing was committed");

        page.eval("location.hash = '#/runbooks'").await?;
        page.find("heading", "Runbooks").await?;
        page.click("button", "Add runbook").await?;
        page.type_into("textbox", "Runbook name", " ").await?;
        page.find("", contains("not empty")).await?;
        Ok(())
    });
}

#[test]
fn one_more_value_has_the_type_of_the_others() {
    run(async |page| {
        page.open("#/variables").await?;
        page.type_into("textbox", "New variable's name", "aws").await?;
        page.find("", contains("Adds a value to AWS, AWS Account")).await?;
        page.pick("New variable's value", "AWS Production").await?;
        page.click("button", "Add variable").await?;
        page.find("button", starts("Undo: Add a value of aws")).await?;
        page.type_into("textbox", "New variable's name", "PULUMI_ACCESS_TOKEN").await?;
        page.pick("New variable's value", "Set in Octopus").await?;
        Ok(())
    });
}

#[test]
fn a_pool_chosen_before_any_step_is_taken_by_the_first() {
    run(async |page| {
        page.open("").await?;
        page.click("button", "Start your own").await?;
        page.gone("region", "About this design").await?;
        page.click("link", "Stacks").await?;
        page.type_into("textbox", "Add worker pool", "Pulumi workers").await?;
        page.press("Enter").await?;
        page.pick("Worker pool", "Pulumi workers").await?;
        page.type_into("textbox", "Container image", "pulumi/pulumi:3.200.0").await?;
        page.press("Enter").await?;
        page.find("button", starts("Undo: Choose container")).await?;
        page.eval("location.hash = '#/process'").await?;
        page.click("button", "Add first step").await?;
        page.click("option", starts("Pulumi preview")).await?;
        let card = page.find("button", starts("Step 1")).await?;
        ensure!(card.description.contains("Pulumi workers"), "{}", card.description);
        ensure!(card.description.contains("pulumi/pulumi:3.200.0"), "{}", card.description);
        Ok(())
    });
}

#[test]
fn an_approval_ticked_on_stacks_says_what_to_look_at() {
    run(async |page| {
        page.open("").await?;
        page.click("button", "Start your own").await?;
        page.gone("region", "About this design").await?;
        page.click("link", "Stacks").await?;
        page.type_into("textbox", "Add environment", "Production").await?;
        page.press("Enter").await?;
        page.eval("location.hash = '#/process'").await?;
        page.click("button", "Add first step").await?;
        page.click("option", starts("Pulumi preview")).await?;
        page.click("button", "Add step at the end").await?;
        page.click("option", starts("Pulumi up")).await?;
        page.eval("location.hash = '#/stacks'").await?;
        page.click("checkbox", "Approval in Production").await?;
        page.eval("location.hash = '#/process'").await?;
        page.click("button", starts("Step 2")).await?;
        let form = page.within("complementary", "Approve").await?;
        let says = form.find("textbox", "Instructions").await?;
        ensure!(
            says.value.contains("Read the output of the step **Pulumi preview**"),
            "{}",
            says.value
        );
        Ok(())
    });
}
