//! Sees which functions of the app a first visit runs, on a page that counts
//! them: `cargo xtask profile` builds it and names its folder as `PULPO_COUNTED`.
//! Other visits fetch all of the app, as they may open any design.
//!
//! A start ends when the app asks for what it does not need to start, the rest.
//! What any of the starts here ran is written to `PULPO_SEEN`, a line for each
//! function: 1 or 0, and its name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use pulpo_e2e::{Browser, Host, Options, Page, Result, target};

/// Runs in the page before anything else: keeps the counts as they are when the
/// rest is asked for.
const WATCH: &str = "
    let exports;
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
        construct(target, all) {
            const made = new target(...all);
            exports ??= made.exports;
            return made;
        },
    });
    const { fetch } = window;
    window.fetch = (...all) => {
        if (String(all[0]).includes('/rest-')) {
            window.counted ??= Object.entries(exports)
                .filter(([name]) => name.startsWith('hit:'))
                .map(([name, count]) => [name, count.value === 1]);
        }
        return fetch(...all);
    };
";

/// A wide screen and a phone, since the page draws more or less on them.
const SIZES: [(u32, u32); 2] = [(1440, 900), (360, 780)];

fn main() -> Result {
    let folder = |name| {
        std::env::var_os(name).map(PathBuf::from).with_context(|| format!("{name} is not set"))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut seen = BTreeMap::new();
    for size in SIZES {
        runtime.block_on(start(&folder("PULPO_COUNTED")?, size, &mut seen))?;
    }
    let line = |(name, ran): (&String, &bool)| {
        let name = name.splitn(3, ':').nth(2).unwrap_or_default();
        format!("{} {name}\n", u8::from(*ran))
    };
    std::fs::write(folder("PULPO_SEEN")?, seen.iter().map(line).collect::<String>())?;
    Ok(())
}

/// A first visit.
async fn start(folder: &Path, viewport: (u32, u32), seen: &mut BTreeMap<String, bool>) -> Result {
    let host = Host::start(folder, "", 0)?;
    let browser = Browser::start(&Options::default(), &target().join("e2e-scratch")).await?;
    browser.set_viewport(viewport).await?;
    browser
        .cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            serde_json::json!({ "source": format!("{{{WATCH}}}") }),
        )
        .await?;
    let page = Page::new(browser, host);
    page.open("").await?;
    add(&page, seen).await?;
    page.close().await
}

async fn add(page: &Page, seen: &mut BTreeMap<String, bool>) -> Result {
    let is_counted = async || Ok(page.eval("return window.counted !== undefined").await? == true);
    page.wait_for("the end of the start", is_counted).await?;
    let counted = page.eval("return JSON.stringify(window.counted)").await?;
    let counted: Vec<(String, bool)> =
        serde_json::from_str(counted.as_str().context("no counts")?)?;
    anyhow::ensure!(!counted.is_empty(), "the page does not count");
    for (name, ran) in counted {
        *seen.entry(name).or_default() |= ran;
    }
    Ok(())
}
