//! Measures how long the published page takes to start in a fresh browser.
//!
//! Times are milliseconds from the navigation's start, on this machine and
//! without a network between. `--json` prints them for a program.

use pulpo_e2e::{Browser, Host, Options, Page, Result, dist, target};
use serde_json::{Value, json};

const RUNS: usize = 7;

/// What is measured: a name, and a script that gives the milliseconds.
const MARKS: [(&str, &str); 4] = [
    (
        "first paint",
        "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null",
    ),
    ("page read", "return performance.getEntriesByType('navigation')[0].domInteractive"),
    (
        "wasm fetched",
        "return performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('.wasm'))
            ?.responseEnd ?? null",
    ),
    // The app has mounted and answers; start.js sets the mark.
    ("started", "return performance.getEntriesByName('pulpo-started')[0]?.startTime ?? null"),
];

fn main() -> Result {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let cold = runtime.block_on(measure(false))?;
    let kept = runtime.block_on(measure(true))?;
    if std::env::args().any(|arg| arg == "--json") {
        println!("{}", json!({ "cold": cold, "kept": kept }));
        return Ok(());
    }
    println!("{:<14} {:>10} {:>10}   (median of {RUNS}, ms)", "page start", "cold", "kept");
    for (name, _) in MARKS {
        let shown = |values: &Value| {
            values[name].as_f64().map_or_else(|| "-".to_owned(), |time| format!("{time:.0}"))
        };
        println!("{name:<14} {:>10} {:>10}", shown(&cold), shown(&kept));
    }
    Ok(())
}

/// The median of each mark: on a first visit, or with the service worker's copy.
async fn measure(kept: bool) -> Result<Value> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); MARKS.len()];
    for _ in 0..RUNS {
        let host = Host::start(&dist(), "", 0)?;
        let browser = Browser::start(&Options::default(), &target().join("e2e-scratch")).await?;
        let page = Page::new(browser, host);
        page.open("").await?;
        if kept {
            page.kept_offline().await?;
            page.reload().await?;
        }
        let started = "return performance.getEntriesByName('pulpo-started').length > 0";
        page.wait_for("the app's mark", async || Ok(page.eval(started).await? == true)).await?;
        for ((_, script), times) in MARKS.iter().zip(&mut times) {
            times.extend(page.eval(script).await?.as_f64());
        }
        page.close().await?;
    }
    let medians = MARKS.iter().zip(times).map(|((name, _), mut times)| {
        times.sort_by(f64::total_cmp);
        ((*name).to_owned(), times.get(times.len() / 2).map_or(Value::Null, |time| json!(time)))
    });
    Ok(Value::Object(medians.collect()))
}
