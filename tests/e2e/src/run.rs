//! Running one test: a host, a browser, the test, and what is kept if it fails.

use crate::{Browser, Host, Options, Page, Result};
use anyhow::{Context, anyhow};
use futures_util::FutureExt;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

/// The sub-path under which the tests serve the app.
const PREFIX: &str = "some/where/pulpo";

/// The folder of the published files: PULPO_DIST, or `dist/` of the repository.
#[must_use]
pub fn dist() -> PathBuf {
    std::env::var_os("PULPO_DIST").map_or_else(|| root().join("dist"), PathBuf::from)
}

/// The folder for what tests leave behind.
#[must_use]
pub fn target() -> PathBuf {
    root().join("target")
}

fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// Runs a test on a fresh page in a fresh browser, and holds at its end that
/// the console has no errors and no request left the origin.
///
/// # Panics
/// When the test fails; a picture, the page's HTML and its console are then in
/// `target/e2e-failures/<test>/`.
pub fn run(test: impl AsyncFnOnce(&Page) -> Result) {
    run_with(&Options::default(), test);
}

/// The same with another viewport or colour scheme.
///
/// # Panics
/// When the test fails.
pub fn run_with(options: &Options, test: impl AsyncFnOnce(&Page) -> Result) {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("test").replace("::", ".");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("an async runtime");
    if let Err(error) = runtime.block_on(run_async(&name, options, test)) {
        // The chain of what went wrong; anyhow's own form may drag a backtrace along.
        let chain: Vec<_> = error.chain().map(ToString::to_string).collect();
        panic!("{name} failed\n{}", chain.join("\nbecause "));
    }
}

async fn run_async(
    name: &str,
    options: &Options,
    test: impl AsyncFnOnce(&Page) -> Result,
) -> Result {
    let dist = dist();
    if !dist.join("index.html").is_file() {
        return Err(anyhow!("{} has no page; `cargo xtask dist` builds it", dist.display()));
    }
    let host = Host::start(&dist, PREFIX, 0)?;
    let browser = Browser::start(options, &target().join("e2e-scratch")).await?;
    let page = Page::new(browser, host);
    let tested = async {
        test(&page).await?;
        page.check_clean().await
    };
    let ended = match AssertUnwindSafe(tested).catch_unwind().await {
        Ok(ended) => ended,
        Err(panic) => Err(anyhow!("{}", words(&*panic))),
    };
    let kept = target().join("e2e-failures").join(name);
    if kept.exists() {
        std::fs::remove_dir_all(&kept)?;
    }
    let ended = match ended {
        Ok(()) => Ok(()),
        Err(error) => {
            let saved = save(&page, &kept).await;
            let word = match saved {
                Ok(stood) => format!("what was seen is in {}\n{stood}", kept.display()),
                Err(error) => format!("what was seen could not all be saved: {error:#}"),
            };
            Err(error.context(word))
        }
    };
    let closed = page.close().await;
    ended.and(closed)
}

/// Keeps a picture, the document and the console of a test that failed. Gives
/// what tells most, for where the folder can't be looked into.
async fn save(page: &Page, folder: &Path) -> Result<String> {
    std::fs::create_dir_all(folder)?;
    page.save_picture(&folder.join("page.png")).await?;
    let html = page.eval("return document.documentElement.outerHTML").await?;
    std::fs::write(folder.join("page.html"), html.as_str().unwrap_or_default())?;
    let said = page.console().await?.join("\n");
    let requests = page.requests().await?.join("\n");
    std::fs::write(folder.join("console.txt"), format!("{said}\n\nrequests:\n{requests}"))
        .context("console.txt")?;
    let seen = "return [location.hash, ...[...document.querySelectorAll('h1, h2')].map(
        (heading) => heading.textContent.trim())].join(' | ')";
    let seen = page.eval(seen).await?;
    Ok(format!("it stood at {}; its console said: {said}", seen.as_str().unwrap_or_default()))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_else(|| "the test panicked".to_owned())
}
