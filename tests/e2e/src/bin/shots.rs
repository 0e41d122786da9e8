//! Pictures of the published pages in three sizes and both colour schemes.
//!
//! `shots NAME…` takes the routes `#/NAME`; without names, all that are listed
//! here; `--empty` takes them of an empty design, not of the sample.

use pulpo_e2e::{Browser, Host, Options, Page, Result, dist, target};

/// The app's places, by the first part of their route.
const PAGES: [&str; 15] = [
    "board",
    "stacks",
    "variables",
    "process",
    "runbooks",
    "preview",
    "reach",
    "problems",
    "import",
    "ocl",
    "compare",
    "upgrade",
    "export",
    "library",
    "help",
];

/// A phone, a tablet, a wide screen.
const SIZES: [(u32, u32); 3] = [(360, 780), (1024, 768), (1440, 900)];

fn main() -> Result {
    let (options, asked): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|one| one.starts_with("--"));
    let is_empty = options.iter().any(|one| one == "--empty");
    let pages = if asked.is_empty() { PAGES.map(String::from).to_vec() } else { asked };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(take(&pages, is_empty))
}

async fn take(pages: &[String], is_empty: bool) -> Result {
    let host = Host::start(&dist(), "", 0)?;
    let browser = Browser::start(&Options::default(), &target().join("e2e-scratch")).await?;
    let page = Page::new(browser, host);
    page.open("").await?;
    page.wait_for("a design", async || Ok(!page.title().await?.starts_with("Untitled"))).await?;
    if is_empty {
        page.click("button", "Start your own").await?;
        page.gone("region", "About this design").await?;
    }
    let kind = if is_empty { "empty-" } else { "" };
    for name in pages {
        page.eval_with("location.hash = arguments[0]", vec![format!("#/{name}").into()]).await?;
        // The page comes as a part of its own.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        for (width, height) in SIZES {
            page.browser().set_viewport((width, height)).await?;
            for scheme in ["light", "dark"] {
                page.browser().set_scheme(scheme).await?;
                // What changes its colour slowly is done by then.
                tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                let file = name.replace(['/', '?'], "-");
                let file =
                    page.screenshot(&format!("{kind}{file}-{width}x{height}-{scheme}")).await?;
                println!("{}", file.display());
            }
        }
    }
    for error in page.errors().await? {
        println!("console: {error}");
    }
    page.close().await
}
