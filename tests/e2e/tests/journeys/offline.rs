//! Without a network, and with a new version at hand.

use anyhow::ensure;
use pulpo_e2e::{any, dist, run};

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
fn a_new_version_waits_until_it_is_asked_for() {
    run(async |page| {
        page.open("").await?;
        page.kept_offline().await?;

        let next = page.scratch()?.join("next");
        std::fs::create_dir_all(&next)?;
        for entry in std::fs::read_dir(dist())?.flatten().filter(|entry| entry.path().is_file()) {
            std::fs::copy(entry.path(), next.join(entry.file_name()))?;
        }
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
