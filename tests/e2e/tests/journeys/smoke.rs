//! The page opens, says what it is, and asks nobody for anything.

use anyhow::ensure;
use pulpo_e2e::{Options, any, run, run_with};

#[test]
fn opens_under_a_sub_path() {
    run(async |page| {
        page.open("").await?;
        ensure!(page.title().await?.contains("Pulpo"));
        ensure!(page.all("heading", any()).await?.iter().any(|node| *node.property("level") == 1));
        let prefix = page.host().url().replace(&page.host().origin(), "");
        let strange: Vec<_> =
            page.host().requests().into_iter().filter(|path| !path.starts_with(&prefix)).collect();
        ensure!(strange.is_empty(), "asked for outside the sub-path: {strange:?}");
        Ok(())
    });
}

#[test]
fn is_accessible_in_both_schemes() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            page.open("").await?;
            page.check_accessible().await
        });
    }
}

#[test]
fn asks_for_nothing_after_the_load() {
    run(async |page| {
        page.open("").await?;
        page.kept_offline().await?;
        page.host().forget_requests();
        for route in ["#/stacks", "#/variables", "#/process", "#/board"] {
            page.eval_with("location.hash = arguments[0]", vec![route.into()]).await?;
            page.route_is(route).await?;
        }
        let asked = page.host().requests();
        ensure!(asked.is_empty(), "asked for later: {asked:?}");
        Ok(())
    });
}
