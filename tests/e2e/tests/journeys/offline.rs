//! Without a network, and with a new version at hand.

use anyhow::ensure;
use pulpo_e2e::{Result, any, dist, run};
use serde_json::json;
use std::path::Path;

/// Copies a folder with all that is in it, but for compressed copies: a test
/// that changes a file would have to change those too.
fn copy(from: &Path, to: &Path) -> Result {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if target.extension().is_some_and(|end| end == "br" || end == "gz") {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[test]
fn opens_with_the_server_gone() {
    run(async |page| {
        page.open("").await?;
        page.kept_offline().await?;
        page.host().set_online(false);
        page.reload().await?;
        ensure!(page.has("heading", any()).await?);
        // The browser looks for a newer service worker and says that it cannot.
        page.forgive_errors().await
    });
}

#[test]
fn a_part_that_does_not_come_is_waited_for() {
    run(async |page| {
        page.open("").await?;
        crate::start::rest_came(page).await?;
        // As on a first visit whose network breaks off before all is kept.
        page.browser().cdp("Network.enable", json!({})).await?;
        page.browser().cdp("Network.setBypassServiceWorker", json!({ "bypass": true })).await?;
        page.browser().cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await?;
        page.host().set_online(false);
        page.eval("location.hash = '#/variables'").await?;
        page.find("region", "Message").await?;
        let message = page.text("region", "Message").await?;
        ensure!(message.contains("could not be fetched"), "{message}");
        // The rest goes on.
        page.eval("location.hash = '#/board'").await?;
        page.find("heading", "Board").await?;
        page.eval("location.hash = '#/variables'").await?;

        page.host().set_online(true);
        page.find("heading", "Variables").await?;
        page.forgive_errors().await
    });
}

#[test]
fn a_new_version_waits_until_it_is_asked_for() {
    run(async |page| {
        page.open("").await?;
        page.kept_offline().await?;

        let next = page.scratch()?.join("next");
        copy(&dist(), &next)?;
        let mut html = std::fs::read_to_string(next.join("index.html"))?;
        html = html.replace("<html", "<html data-next");
        std::fs::write(next.join("index.html"), html)?;
        let worker = std::fs::read_to_string(next.join("sw.js"))?;
        let worker = worker.replacen("VERSION = '", "VERSION = 'next", 1);
        std::fs::write(next.join("sw.js"), worker)?;
        page.host().set_root(&next);

        let is_next = "return 'next' in document.documentElement.dataset";
        let waiting = "return document.documentElement.dataset.update === 'waiting'";
        page.reload().await?;
        page.wait_for("the update to wait", async || Ok(page.eval(waiting).await? == true)).await?;
        ensure!(page.eval(is_next).await? == false, "the old version runs on");

        page.eval("dispatchEvent(new CustomEvent('pulpo-activate'))").await?;
        page.wait_for("the new version", async || Ok(page.eval(is_next).await? == true)).await?;
        page.mounted().await?;
        let caches = page.eval("return caches.keys().then((keys) => keys.length)").await?;
        ensure!(caches == 1, "the old version's cache is dropped, there are {caches}");
        Ok(())
    });
}
