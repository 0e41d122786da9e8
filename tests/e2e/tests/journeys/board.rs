//! The Board: what holds in each environment, changed there and explained.

use anyhow::ensure;
use pulpo_e2e::{Options, Page, Result, any, contains, run, run_with, starts};
use serde_json::{Value, json};

/// The page with the sample.
async fn open(page: &Page) -> Result {
    page.open("#/board").await?;
    page.find("columnheader", starts("Production")).await?;
    Ok(())
}

/// Opens a design with these variables of three environments, Production protected.
async fn open_with(page: &Page, variables: Value) -> Result {
    let design = json!({
        "format": "pulpo-design",
        "version": 1,
        "title": "Planted",
        "space": {
            "environments": [
                { "id": "dev", "name": "Development" },
                { "id": "staging", "name": "Staging" },
                { "id": "prod", "name": "Production", "protected": true },
            ],
            "librarySets": [{ "id": "lib", "name": "Common", "variables": [
                { "id": "owner", "name": "Owner", "values": [text("a", "library", &[])] },
            ] }],
        },
        "project": { "includedSets": ["lib"], "variables": variables },
    });
    page.open("#/library").await?;
    let file = page.scratch()?.join("planted.pulpo.json");
    std::fs::write(&file, design.to_string())?;
    page.choose_files("", &[&file]).await?;
    page.route_is("#/board").await?;
    page.wait_for("the design", async || Ok(page.title().await?.starts_with("Planted"))).await?;
    page.find("columnheader", starts("Production")).await?;
    Ok(())
}

/// A value as a design file has it.
fn text(id: &str, value: &str, environments: &[&str]) -> Value {
    json!({
        "id": id,
        "content": { "type": "String", "value": value },
        "scope": { "environments": environments },
    })
}

fn variable(name: &str, values: &[Value]) -> Value {
    json!({ "id": name.to_lowercase(), "name": name, "values": values })
}

/// The words of the cells of a row, without its name.
async fn cells(page: &Page, name: &str) -> Result<Vec<String>> {
    let rows = page.all("row", any()).await?;
    let starts_so =
        |row: &&pulpo_e2e::Node| row.name == name || row.name.starts_with(&format!("{name} "));
    let Some(row) = rows.iter().find(starts_so) else { return Ok(Vec::new()) };
    let row = page.inside(row);
    Ok(row.all("gridcell", any()).await?.into_iter().map(|cell| cell.name).collect())
}

async fn cells_are(page: &Page, name: &str, wanted: [&str; 3]) -> Result {
    let waited = page
        .wait_for(&format!("the cells of {name}"), async || {
            let cells = cells(page, name).await?;
            let fits = |(cell, wanted): (&String, &&str)| match wanted.strip_suffix('…') {
                Some(start) => cell.starts_with(start),
                None => cell == *wanted,
            };
            Ok(cells.len() == 3 && cells.iter().zip(&wanted).all(fits))
        })
        .await;
    match waited {
        Ok(()) => Ok(()),
        Err(error) => Err(error.context(format!("{name} has {:?}", cells(page, name).await?))),
    }
}

/// Makes a cell active: from the grid's start, by keys alone.
async fn go_to(page: &Page, row: &str, column: usize) -> Result {
    page.focus("grid", "Board").await?;
    page.press("Control+Home").await?;
    page.press("ArrowDown").await?;
    for _ in 0..40 {
        let focused = page.focused().await?;
        // A step's name begins with its number.
        if focused.name == row || focused.name.ends_with(&format!(" {row}")) {
            for _ in 0..column {
                page.press("ArrowRight").await?;
            }
            return Ok(());
        }
        page.press("ArrowDown").await?;
    }
    anyhow::bail!("there is no row {row}")
}

#[test]
fn a_typed_value_is_for_that_environment_alone() {
    run(async |page| {
        open(page).await?;
        cells_are(page, "Region", ["us-west-2: inherited…", "us-west-2: inherited…", "us-east-1"])
            .await?;
        go_to(page, "Region", 2).await?;
        page.keys("eu").await?;
        page.focus_is("textbox", "Region in Staging").await?;
        page.keys("-west-1").await?;
        page.press("Enter").await?;
        cells_are(page, "Region", ["us-west-2: inherited…", "eu-west-1", "us-east-1"]).await?;
        // The next row is active, and keys go on there.
        page.focus_is("gridcell", starts("2")).await?;

        page.eval("location.hash = '#/variables'").await?;
        page.find("row", contains("eu-west-1 Staging")).await?;
        page.find("row", contains("us-west-2 Everywhere")).await?;

        // One undo, one redo.
        page.eval("location.hash = '#/board'").await?;
        page.find("columnheader", starts("Production")).await?;
        page.click("button", starts("Undo")).await?;
        cells_are(page, "Region", ["us-west-2: inherited…", "us-west-2: inherited…", "us-east-1"])
            .await?;
        page.click("button", starts("Redo")).await?;
        cells_are(page, "Region", ["us-west-2: inherited…", "eu-west-1", "us-east-1"]).await?;

        // The own one again, then without it what is inherited shows.
        go_to(page, "Region", 2).await?;
        page.press("F2").await?;
        page.focus_is("textbox", "Region in Staging").await?;
        page.press("Control+a").await?;
        page.keys("ap-south-1").await?;
        page.press("Escape").await?;
        page.press("Delete").await?;
        cells_are(page, "Region", ["us-west-2: inherited…", "us-west-2: inherited…", "us-east-1"])
            .await
    });
}

#[test]
fn a_shared_value_is_split_and_a_click_edits() {
    run(async |page| {
        open(page).await?;
        let expression = "#{Octopus.Environment.Name | ToLower}.example.com: shared with…";
        cells_are(page, "Domain", [expression, expression, "www.example.com"]).await?;
        let row = page.within("row", starts("Domain ")).await?;
        let staging = row.all("gridcell", starts("#{Octopus")).await?;
        page.element(&staging[1]).await?.click().await?;
        page.element(&staging[1]).await?.click().await?;
        page.focus_is("textbox", "Domain in Staging").await?;
        page.press("Control+a").await?;
        page.keys("staging.example.com").await?;
        page.press("Enter").await?;
        cells_are(page, "Domain", ["#{Octopus…", "staging.example.com", "www.example.com"]).await?;
        let dev = cells(page, "Domain").await?.first().cloned().unwrap_or_default();
        ensure!(!dev.contains("shared"), "Development has it alone: {dev}");
        Ok(())
    });
}

#[test]
fn one_text_goes_into_all_selected_cells_and_a_block_is_pasted() {
    run(async |page| {
        open(page).await?;
        go_to(page, "DesiredCount", 1).await?;
        page.press_all(&["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"]).await?;
        page.keys("7").await?;
        page.focus_is("textbox", "Memory in Production and 5 more cells").await?;
        page.press("Enter").await?;
        cells_are(page, "DesiredCount", ["7", "7", "7"]).await?;
        cells_are(page, "Memory", ["7", "7", "7"]).await?;
        page.press("Control+z").await?;
        cells_are(page, "DesiredCount", ["1: inherited…", "2", "6"]).await?;

        // Copied as a block, pasted as one; secrets only as words.
        page.press("Control+c").await?;
        page.wait_for("the clipboard", async || {
            Ok(page.clipboard().await? == "1\t2\t6\n512\t512\t2048")
        })
        .await?;
        page.eval("return navigator.clipboard.writeText('a\\tb\\r\\nc\\t\"d\\ne\"\\r\\n')").await?;
        go_to(page, "DesiredCount", 1).await?;
        page.press("Control+v").await?;
        cells_are(page, "DesiredCount", ["a", "b", "6"]).await?;
        cells_are(page, "Memory", ["c", "d … 2 lines", "2048"]).await?;
        go_to(page, "DesiredCount", 1).await?;
        page.press_all(&["Shift+ArrowRight", "Shift+ArrowDown", "Delete"]).await?;
        cells_are(page, "Memory", ["512: inherited…", "512: inherited…", "2048"]).await
    });
}

#[test]
fn whole_rows_columns_and_all_cells_are_selected_by_key() {
    run(async |page| {
        open(page).await?;
        go_to(page, "DesiredCount", 2).await?;
        page.press("Shift+Space").await?;
        page.wait_for("the count", async || {
            Ok(page.text("status", any()).await?.contains("3 cells selected"))
        })
        .await?;
        page.keys("9").await?;
        page.focus_is("textbox", "DesiredCount in Development and 2 more cells").await?;
        page.press("Enter").await?;
        cells_are(page, "DesiredCount", ["9", "9", "9"]).await?;
        page.press("Control+z").await?;
        cells_are(page, "DesiredCount", ["1: inherited…", "2", "6"]).await?;

        // With heads and names it comes back as the same block.
        page.press_all(&["Escape", "Home", "Control+Shift+End", "Control+c"]).await?;
        page.wait_for("the clipboard", async || {
            let text = page.clipboard().await?;
            Ok(text.starts_with("DesiredCount\t1\t2\t6\nMemory\t512"))
        })
        .await?;
        page.eval("return navigator.clipboard.writeText('DesiredCount\\t\\t4\\t5\\t6')").await?;
        go_to(page, "DesiredCount", 0).await?;
        page.press("Control+v").await?;
        cells_are(page, "DesiredCount", ["1: inherited…", "4", "5"]).await?;
        page.find("region", "Message").await?;

        page.press("Control+a").await?;
        page.press("Delete").await?;
        cells_are(page, "LogLevel", ["info: inherited…", "info: inherited…", "info: inherited…"])
            .await?;
        cells_are(page, "Stack", ["no stack yet…", "no stack yet…", "no stack yet…"]).await?;
        page.press("Control+z").await?;
        cells_are(page, "LogLevel", ["debug", "info: inherited…", "warn"]).await
    });
}

#[test]
fn keys_pressed_fast_all_arrive() {
    run(async |page| {
        open(page).await?;
        go_to(page, "Region", 1).await?;
        page.eval(
            "const grid = document.activeElement;
            for (const key of 'eu-1') {
                const to = document.activeElement === grid ? grid : document.activeElement;
                to.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            }",
        )
        .await?;
        page.focus_is("textbox", "Region in Development").await?;
        page.press("Enter").await?;
        cells_are(page, "Region", ["eu-1", "us-west-2: inherited…", "us-east-1"]).await
    });
}

#[test]
fn a_step_goes_out_of_an_environment_and_in_again() {
    run(async |page| {
        open(page).await?;
        cells_are(page, "5 Pulumi up", ["runs", "runs", "after 4: runs…"]).await?;
        let row = page.within("row", starts("5 Pulumi up")).await?;
        let cells_of = row.all("gridcell", any()).await?;
        page.element(&cells_of[0]).await?.click().await?;
        cells_are(
            page,
            "5 Pulumi up",
            ["not here: skipped, because Development is excluded", "runs", "after 4: runs…"],
        )
        .await?;
        page.press("Space").await?;
        cells_are(page, "5 Pulumi up", ["runs", "runs", "after 4: runs…"]).await?;
        go_to(page, "Gate", 2).await?;
        page.press("Enter").await?;
        cells_are(
            page,
            "Gate",
            ["—: nobody…", "Release managers: Approve…", "Release managers: Approve…"],
        )
        .await?;
        cells_are(page, "5 Pulumi up", ["runs", "after 4: runs…", "after 4: runs…"]).await
    });
}

#[test]
fn secrets_and_accounts_are_chosen_never_typed() {
    run(async |page| {
        open(page).await?;
        go_to(page, "Credentials", 2).await?;
        page.keys("prod").await?;
        page.focus_is("option", "AWS Production").await?;
        page.press("Enter").await?;
        cells_are(
            page,
            "AWS",
            ["AWS Development", "AWS Production: a protected…", "AWS Production"],
        )
        .await?;
        cells_are(
            page,
            "Credentials",
            ["AWS Development", "AWS Production: a protected…", "AWS Production"],
        )
        .await?;
        go_to(page, "PULUMI_ACCESS_TOKEN", 3).await?;
        page.keys("n").await?;
        page.focus_is("option", "Not set").await?;
        page.press("Enter").await?;
        cells_are(page, "PULUMI_ACCESS_TOKEN", ["••• set…", "••• set…", "not set…"]).await?;
        page.eval("return navigator.clipboard.writeText('hunter2')").await?;
        go_to(page, "PULUMI_ACCESS_TOKEN", 3).await?;
        page.press("Control+v").await?;
        page.find("region", "Message").await?;
        ensure!(!page.driver().source().await?.contains("hunter2"), "a secret is on the page");
        cells_are(page, "PULUMI_ACCESS_TOKEN", ["••• set…", "••• set…", "not set…"]).await
    });
}

/// Asks why in the cell of a row and column, and gives what the panel says.
async fn why(page: &Page, row: &str, column: usize) -> Result<String> {
    go_to(page, row, column).await?;
    page.press("?").await?;
    let panel = format!("Why: {row}");
    page.find("complementary", panel.as_str()).await?;
    page.text("complementary", panel.as_str()).await
}

#[test]
fn the_explainer_names_the_rule() {
    run(async |page| {
        let mut step = text("s", "hotfix", &["prod"]);
        step["scope"]["channels"] = json!(["none"]);
        let mut process = text("p", "process", &[]);
        process["scope"]["processes"] = json!(["deployment"]);
        let variables = json!([
            variable("Region", &[text("a", "us", &[]), text("b", "eu", &["prod"])]),
            variable("Tie", &[text("a", "one", &["prod"]), text("b", "two", &["dev", "prod"])]),
            variable("Hole", &[text("a", "x", &["dev"])]),
            variable("Owner", &[text("a", "project", &[])]),
            variable("Kind", &[text("a", "plain", &[]), process]),
            variable("Only", &[text("a", "base", &[]), step]),
        ]);
        open_with(page, variables).await?;
        let says = async |row: &str, column: usize, wanted: &[&str]| -> Result {
            let text = why(page, row, column).await?;
            for part in wanted {
                ensure!(text.contains(part), "{row}: “{part}” is missing in\n{text}");
            }
            Ok(())
        };
        says("Region", 3, &["wins by its environment", "Without the value that wins, “us”"])
            .await?;
        says("Region", 1, &["only value that applies", "it is for another environment"]).await?;
        says("Tie", 3, &["2 values tie", "does not promise", "one", "two", "take Production out"])
            .await?;
        says("Hole", 3, &["No value applies here", "Scoped to Production too, “x”"]).await?;
        says("Owner", 3, &["the project goes before library sets", "library set Common"]).await?;
        says("Kind", 2, &["wins by its process"]).await?;
        says("Only", 3, &["only value that applies", "asks for a channel"]).await?;
        page.check_accessible().await?;

        // The panel follows the active cell, and leads to the value.
        page.press("ArrowUp").await?;
        page.find("complementary", "Why: Kind").await?;
        page.click("link", "Show in Variables: process").await?;
        page.route_is("#/variables/kind/p").await?;
        page.driver().back().await?;
        page.find("complementary", starts("Why: ")).await?;
        page.focus("grid", "Board").await?;
        page.press("Escape").await?;
        page.gone("complementary", any()).await
    });
}

#[test]
fn environments_are_put_in_order_at_their_heads() {
    run(async |page| {
        open(page).await?;
        page.focus("grid", "Board").await?;
        page.press_all(&["Control+Home", "ArrowRight", "Alt+ArrowRight"]).await?;
        let heads = async |wanted: [&str; 4]| {
            page.wait_for("the order", async || {
                let heads = page.all("columnheader", any()).await?;
                let fits =
                    |(head, wanted): (&pulpo_e2e::Node, &&str)| head.name.starts_with(*wanted);
                Ok(heads.len() == 4 && heads.iter().zip(&wanted).all(fits))
            })
            .await
        };
        heads(["3 environments", "Staging", "Development", "Production"]).await?;
        page.drag(("columnheader", starts("Production")), ("columnheader", "Staging".into()), 0)
            .await?;
        heads(["3 environments", "Production", "Staging", "Development"]).await?;
        page.press("Control+z").await?;
        heads(["3 environments", "Staging", "Development", "Production"]).await
    });
}

#[test]
fn rows_are_filtered_and_groups_closed() {
    run(async |page| {
        open(page).await?;
        page.type_into("searchbox", "Search steps and variables", "log").await?;
        page.gone("row", starts("Region")).await?;
        cells_are(page, "LogLevel", ["debug", "info: inherited…", "warn"]).await?;
        page.type_into("searchbox", "Search steps and variables", "").await?;
        page.find("row", starts("Region")).await?;
        go_to(page, "Gate", 0).await?;
        page.press("ArrowDown").await?;
        page.press("ArrowLeft").await?;
        page.gone("row", starts("1 Extract")).await?;
        ensure!(!page.focused().await?.is("expanded"));
        page.press("ArrowRight").await?;
        page.find("row", starts("1 Extract")).await?;
        page.click("checkbox", "Only with problems").await?;
        page.find("button", "Show all").await?;
        page.click("button", "Show all").await?;
        page.find("row", starts("Region")).await?;
        Ok(())
    });
}

#[test]
fn is_accessible_in_both_schemes() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            open(page).await?;
            why(page, "Region", 2).await?;
            page.check_accessible().await?;
            page.press("Escape").await?;
            page.press("Enter").await?;
            page.check_accessible().await?;
            page.press("Escape").await?;
            go_to(page, "Credentials", 1).await?;
            page.press("Enter").await?;
            page.find("option", "AWS Staging").await?;
            page.check_accessible().await
        });
    }
}
