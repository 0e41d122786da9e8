//! Measures how long the published page takes to start in a fresh browser, and
//! beside it, by turns, bpmn-js's modeler: an app of the same kind in JavaScript.
//!
//! Times are milliseconds from the navigation's start. "Ready" is when the first
//! design, or the modeler's empty diagram, is there and can be worked on.
//! The machine is noisy, so what counts is the ratio of the two.
//! `--json` prints everything for a program; `PULPO_RIVAL` names the folder with
//! the modeler, without it Pulpo is measured alone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use pulpo_e2e::{Browser, Host, Options, Page, Result, dist, target};
use serde_json::{Value, json};

const RUNS: usize = 9;
/// How long the new browser gets to be done with its own start, and how long the
/// page is left alone with its own before it is asked: questions take time too.
const QUIET: Duration = Duration::from_secs(1);

const FIRST_PAINT: &str =
    "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null";

/// What is measured of Pulpo: a name, and a script that gives the milliseconds.
const MARKS: [(&str, &str); 5] = [
    ("first paint", FIRST_PAINT),
    ("page read", "return performance.getEntriesByType('navigation')[0].domInteractive"),
    (
        "wasm fetched",
        "return performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('.wasm'))
            ?.responseEnd ?? null",
    ),
    // The app runs and asks for a design; start.js sets the mark.
    ("started", "return performance.getEntriesByName('pulpo-started')[0]?.startTime ?? null"),
    ("ready", "return performance.getEntriesByName('pulpo-ready')[0]?.startTime ?? null"),
];

const RIVAL: [(&str, &str); 2] = [
    ("ready", "return performance.getEntriesByName('rival-ready')[0]?.startTime ?? null"),
    ("first paint", FIRST_PAINT),
];

/// A line between the visitor and the host.
struct Line {
    name: &'static str,
    /// Bytes a second, and milliseconds of delay; nothing for this machine's own speed.
    limits: Option<(u32, u32)>,
}

const LINES: [Line; 2] = [
    Line { name: "no network between", limits: None },
    Line { name: "10 Mbit/s, 40 ms", limits: Some((1_250_000, 40)) },
];

fn main() -> Result {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let as_json = std::env::args().any(|arg| arg == "--json");
    let rival = std::env::var_os("PULPO_RIVAL").map(PathBuf::from);
    let mut all = Vec::new();
    for line in &LINES {
        let measured = runtime.block_on(measure(line, rival.as_deref()))?;
        if !as_json {
            print(line, &measured);
        }
        all.push(json!({ "line": line.name, "medians": measured }));
    }
    if as_json {
        println!("{}", Value::Array(all));
    }
    Ok(())
}

fn print(line: &Line, measured: &Value) {
    println!("{:<15} {:>10} {:>10}   {} (median of {RUNS}, ms)", "", "cold", "kept", line.name);
    let time = |value: &Value| value.as_f64();
    let shown = |value: &Value| time(value).map_or_else(|| "-".to_owned(), |ms| format!("{ms:.0}"));
    for (name, _) in MARKS {
        let (cold, kept) = (&measured["cold"][name], &measured["kept"][name]);
        println!("{name:<15} {:>10} {:>10}", shown(cold), shown(kept));
    }
    let rival = &measured["rival"]["ready"];
    if let (Some(own), Some(other)) = (time(&measured["cold"]["ready"]), time(rival)) {
        println!("{:<15} {:>10}", "bpmn-js ready", shown(rival));
        println!("{:<15} {:>10}", "its first paint", shown(&measured["rival"]["first paint"]));
        println!("{:<15} {:>10.2}   of bpmn-js's time", "Pulpo takes", own / other);
    }
    println!();
}

/// The medians: of a first visit, of one with the service worker's copy, and of
/// the modeler, by turns so that the machine's moods meet all of them.
async fn measure(line: &Line, rival: Option<&Path>) -> Result<Value> {
    let (mut cold, mut kept, mut other) = (Times::default(), Times::default(), Times::default());
    for _ in 0..RUNS {
        visit(&dist(), line, false, "pulpo-ready", &MARKS, &mut cold).await?;
        if let Some(folder) = rival {
            visit(folder, line, false, "rival-ready", &RIVAL, &mut other).await?;
        }
        visit(&dist(), line, true, "pulpo-ready", &MARKS, &mut kept).await?;
    }
    Ok(json!({ "cold": cold.medians(), "kept": kept.medians(), "rival": other.medians() }))
}

#[derive(Default)]
struct Times(std::collections::BTreeMap<&'static str, Vec<f64>>);

impl Times {
    fn medians(self) -> Value {
        let median = |mut times: Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times.get(times.len() / 2).map_or(Value::Null, |time| json!(time))
        };
        Value::Object(self.0.into_iter().map(|(k, times)| (k.to_owned(), median(times))).collect())
    }
}

/// One visit with a new browser to the page in `folder`, until it sets `mark`.
async fn visit(
    folder: &Path,
    line: &Line,
    kept: bool,
    mark: &str,
    marks: &[(&'static str, &str)],
    times: &mut Times,
) -> Result {
    let host = Host::start(folder, "", 0)?;
    let options = Options { is_followed: false, ..Options::default() };
    let browser = Browser::start(&options, &target().join("e2e-scratch")).await?;
    if let Some((speed, delay)) = line.limits {
        let limits = json!({
            "offline": false, "latency": delay, "downloadThroughput": speed, "uploadThroughput": speed,
        });
        browser.cdp("Network.enable", json!({})).await?;
        browser.cdp("Network.emulateNetworkConditions", limits).await?;
    }
    let page = Page::new(browser, host);
    tokio::time::sleep(QUIET).await;
    page.driver().goto(&page.host().url()).await?;
    tokio::time::sleep(QUIET).await;
    let is_there = format!("return performance.getEntriesByName('{mark}').length > 0");
    let ready = async || Ok(page.eval(&is_there).await? == true);
    page.wait_for("the page's mark", &ready).await?;
    if kept {
        page.kept_offline().await?;
        page.driver().refresh().await?;
        tokio::time::sleep(QUIET).await;
        page.wait_for("the page's mark", &ready).await?;
    }
    for (name, script) in marks {
        times.0.entry(name).or_default().extend(page.eval(script).await?.as_f64());
    }
    page.close().await
}
