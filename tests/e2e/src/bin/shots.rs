//! Pictures of the published pages in three sizes and both colour schemes.
//!
//! `shots NAME…` takes the routes `#/NAME`; without names, all that are listed here.

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
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let pages = if asked.is_empty() { PAGES.map(String::from).to_vec() } else { asked };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(take(&pages))
}

async fn take(pages: &[String]) -> Result {
    let host = Host::start(&dist(), "", 0)?;
    let browser = Browser::start(&Options::default(), &target().join("e2e-scratch")).await?;
    let page = Page::new(browser, host);
    for name in pages {
        page.open(&format!("#/{name}")).await?;
        page.wait_for("a design", async || Ok(!page.title().await?.starts_with("Untitled")))
            .await?;
        for (width, height) in SIZES {
            page.browser().set_viewport((width, height)).await?;
            for scheme in ["light", "dark"] {
                page.browser().set_scheme(scheme).await?;
                // Two frames: one to lay out, one to paint.
                page.driver()
                    .execute_async(
                        "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))",
                        vec![],
                    )
                    .await?;
                let file = name.replace(['/', '?'], "-");
                let file = page.screenshot(&format!("{file}-{width}x{height}-{scheme}")).await?;
                println!("{}", file.display());
            }
        }
    }
    for error in page.errors().await? {
        println!("console: {error}");
    }
    page.close().await
}
