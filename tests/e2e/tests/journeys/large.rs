//! The large design: 100 environments, 2,000 variables, 200 steps.

use std::collections::{BTreeMap, BTreeSet};

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

/// What each cell says that is on the page, by row and column. The grid's rows
/// are read from the document: asking for 500 cells by name would take minutes.
async fn seen_cells(page: &Page) -> Result<BTreeMap<(u64, u64), String>> {
    let script = "return [...document.querySelectorAll('[role=grid] [role=row]')].map((row) => [
        Number(row.getAttribute('aria-rowindex')),
        [...row.children].map((cell) => [Number(cell.getAttribute('aria-colindex')),
            cell.role + '|' + cell.textContent + '|' + cell.ariaLabel,
            Math.round(cell.getBoundingClientRect().left)]),
    ])";
    type Row = (u64, Vec<(u64, String, i64)>);
    let rows: Vec<Row> = serde_json::from_value(page.eval(script).await?)?;
    let places = |row: &Row| -> Vec<_> { row.1.iter().map(|cell| (cell.0, cell.2)).collect() };
    ensure!(rows.is_sorted_by(|one, next| one.0 < next.0), "the rows stand in another order");
    if let [heads, rest @ ..] = rows.as_slice() {
        let aside = rest.iter().find(|row| places(row) != places(heads));
        ensure!(aside.is_none(), "cells do not stand under their heads: {aside:?}");
    }
    let mut all = BTreeMap::new();
    for (row, cells) in rows {
        ensure!(
            cells.is_sorted_by(|one, next| one.0 < next.0),
            "the cells of row {row} stand in another order: {cells:?}"
        );
        all.extend(cells.into_iter().map(|(column, words, _)| ((row, column), words)));
    }
    Ok(all)
}

#[test]
fn cells_that_scroll_by_say_what_they_said_and_stand_in_order() {
    run(async |page| {
        open_large(page).await?;
        page.focus("grid", "Board").await?;
        page.press("Control+Home").await?;
        let mut known: BTreeMap<(u64, u64), String> = BTreeMap::new();
        let mut again = 0;
        let ways = [("ArrowRight", 30), ("ArrowDown", 40), ("ArrowLeft", 25), ("ArrowUp", 35)];
        let ends = [("Control+ArrowRight", 1), ("ArrowLeft", 12), ("Control+ArrowLeft", 1)];
        for (key, times) in ways.into_iter().chain(ends) {
            for press in 0..times {
                page.press(key).await?;
                if press % 5 != 0 && press + 1 != times {
                    continue;
                }
                for (place, words) in seen_cells(page).await? {
                    match known.get(&place) {
                        Some(before) => {
                            ensure!(*before == words, "{place:?} said {before}, now {words}");
                            again += 1;
                        }
                        None => {
                            known.insert(place, words);
                        }
                    }
                }
            }
        }
        let heads: BTreeSet<_> =
            known.iter().filter(|((row, _), _)| *row == 1).map(|(_, words)| words).collect();
        ensure!(heads.len() > 40, "only {} heads were seen", heads.len());
        ensure!(again > 5_000, "only {again} cells were seen again");
        Ok(())
    });
}
