//! Measures the Board with the large design in a real browser: from the key
//! that takes an edit to the painted page, and frames while it scrolls.
//!
//! `PULPO_LARGE` names the design file. Times are milliseconds on this machine.
//! *Work* is all that the page computes before the frame, with style and layout;
//! *key to paint* is until that frame is painted. It is measured twice: with
//! frames as soon as there is something to paint, which is what the app and the
//! browser need, and at the display's clock, where the wait for the frame's turn
//! comes on top, alone up to 16.7 ms at 60 frames a second.
//!
//! Nothing is looked for by role here: that would turn the browser's
//! accessibility tree on, and what keeping it costs is not the app's.

use anyhow::{Context, ensure};
use pulpo_e2e::{Browser, Host, Options, Page, Result, dist, target};
use serde_json::Value;
use std::path::Path;

const EDITS: usize = 100;
/// The frame budget at 60 frames a second.
const FRAME: f64 = 16.0;

fn main() -> Result {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure())
}

async fn measure() -> Result {
    println!("{:<34} {:>8} {:>8} {:>8}   (ms)", "a cell's edit", "p50", "p95", "most");
    with_page(true, edits).await?;
    with_page(false, async |page| {
        edits(page).await?;
        scrolling(page).await?;
        blocks(page).await
    })
    .await
}

/// A fresh browser with the large design on the Board.
async fn with_page(is_unclocked: bool, run: impl AsyncFnOnce(&Page) -> Result) -> Result {
    let file = std::env::var_os("PULPO_LARGE").context("PULPO_LARGE names no design file")?;
    let host = Host::start(&dist(), "", 0)?;
    let options = Options { viewport: (1440, 900), is_unclocked, ..Options::default() };
    let browser = Browser::start(&options, &target().join("e2e-scratch")).await?;
    let page = Page::new(browser, host);
    let measured = async {
        open(&page, file.as_ref()).await?;
        println!("{}", if is_unclocked { "at once" } else { "at the display's clock" });
        run(&page).await
    };
    let measured = measured.await;
    page.close().await?;
    measured
}

async fn open(page: &Page, file: &Path) -> Result {
    page.open("#/library").await?;
    page.wait_for("the page", async || {
        is(page, "document.querySelector('input[type=file]')").await
    })
    .await?;
    page.choose_files("", &[file]).await?;
    page.wait_for("the design", async || Ok(page.title().await?.starts_with("Large"))).await?;
    page.wait_for("the grid", async || is(page, "document.getElementById('cell-9-1')").await)
        .await?;
    // Let the first check of the rules and the first save pass.
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    Ok(())
}

/// Whether the page has what `what` looks for.
async fn is(page: &Page, what: &str) -> Result<bool> {
    Ok(page.eval(&format!("return !!{what}")).await? == true)
}

/// Looks for rows.
async fn search(page: &Page, text: &str, rows: u32) -> Result {
    page.eval(&format!(
        "const field = document.querySelector('input[type=search]');
        field.value = '{text}';
        field.dispatchEvent(new Event('input', {{ bubbles: true }}));"
    ))
    .await?;
    let grid = "document.getElementById('board-grid')";
    let found = format!("({grid}.getAttribute('aria-rowcount') == {rows} && ({grid}.focus(), 1))");
    page.wait_for("the rows", async || is(page, &found).await).await
}

/// Types a digit and takes it, over and over, in text cells of the variables.
async fn edits(page: &Page) -> Result {
    search(page, ":MinInstances", 165).await?;
    page.eval(
        "window.work = []; window.paint = [];
        addEventListener('keydown', (event) => {
            if (event.key !== 'Enter') return;
            const began = event.timeStamp;
            const later = (act) => {
                const channel = new MessageChannel();
                channel.port1.onmessage = act;
                channel.port2.postMessage(0);
            };
            later(() => {
                document.body.offsetHeight;
                window.work.push(performance.now() - began);
            });
            requestAnimationFrame(() => later(() => window.paint.push(performance.now() - began)));
        }, true);",
    )
    .await?;
    page.press_all(&["Control+Home", "ArrowDown", "ArrowDown", "ArrowRight"]).await?;
    for edit in 0..EDITS {
        page.keys(&((edit * 7 + 3) % 10).to_string()).await?;
        page.press("Enter").await?;
        if edit % 25 == 24 {
            page.press_all(&["Control+Home", "ArrowDown", "ArrowDown"]).await?;
            for _ in 0..=edit / 25 + 1 {
                page.press("ArrowRight").await?;
            }
        }
    }
    let work = times(page, "return window.work").await?;
    let paint = times(page, "return window.paint").await?;
    ensure!(work.len() >= EDITS, "only {} edits were heard", work.len());
    let undo = "document.querySelector('[aria-label^=\"Undo: Set \"], [title^=\"Undo: Set \"]')";
    ensure!(is(page, undo).await?, "the last edit was made");
    row("  work", &work);
    row("  key to paint", &paint);
    let missed = paint.iter().filter(|time| **time > FRAME).count();
    println!("{:<34} {missed:>8}   (of {EDITS})", "  paints over 16 ms");
    Ok(())
}

/// Scrolls down a step a frame.
async fn scrolling(page: &Page) -> Result {
    search(page, "", 2_212).await?;
    let script = "const done = arguments[arguments.length - 1];
        const grid = document.getElementById('board-grid');
        const scroller = grid.parentElement;
        const frames = []; let rows = 0, cells = 0, before = null, left = 150;
        const step = (now) => {
            if (before !== null) frames.push(now - before);
            before = now;
            rows = Math.max(rows, grid.children.length);
            cells = Math.max(cells, grid.getElementsByTagName('div').length);
            scroller.scrollTop += 64;
            if (left % 3 === 0) scroller.scrollLeft += 24;
            if (--left > 0) requestAnimationFrame(step);
            else done({ frames, rows, cells, top: scroller.scrollTop, height: scroller.scrollHeight });
        };
        requestAnimationFrame(step);";
    let told = page.driver().execute_async(script, vec![]).await?.json().clone();
    let frames = list(&told["frames"]);
    println!(
        "\n{:<34} {:>8} {:>8} {:>8}   (of {} frames, ms)",
        "scrolling",
        "p50",
        "p95",
        "most",
        frames.len()
    );
    row("from frame to frame", &frames);
    println!("{:<34} {:>8}", "rows on the page, at most", told["rows"]);
    println!("{:<34} {:>8}", "elements in the grid, at most", told["cells"]);
    println!("{:<34} {:>8}", "height of all rows, px", told["height"]);
    ensure!(told["rows"].as_u64().is_some_and(|rows| rows < 80), "too many rows are on the page");
    Ok(())
}

/// What blocks the page after an edit: saving and the rules.
async fn blocks(page: &Page) -> Result {
    let watch = "window.blocks = [];
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.blocks.push(entry.duration);
        }).observe({ type: 'longtask', buffered: false });";
    page.eval(watch).await?;
    page.press_all(&["Control+Home", "Control+ArrowDown", "ArrowRight"]).await?;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let jumps = times(page, "return window.blocks.splice(0)").await?;
    page.press("9").await?;
    page.press("Enter").await?;
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    let edit = times(page, "return window.blocks").await?;
    let shown = |blocks: Vec<f64>| {
        let all: Vec<String> = blocks.iter().map(|time| format!("{time:.0}")).collect();
        if all.is_empty() { "none".to_owned() } else { all.join(", ") + " ms" }
    };
    println!("\ntasks over 50 ms while jumping to the first row and the last: {}", shown(jumps));
    println!("tasks over 50 ms in the five seconds after an edit: {}", shown(edit));
    Ok(())
}

async fn times(page: &Page, script: &str) -> Result<Vec<f64>> {
    Ok(list(&page.eval(script).await?))
}

fn list(value: &Value) -> Vec<f64> {
    let mut all: Vec<f64> =
        value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    all.sort_by(f64::total_cmp);
    all
}

/// A line of the table, of sorted times.
fn row(name: &str, times: &[f64]) {
    let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
    let shown =
        |time: Option<&f64>| time.map_or_else(|| "-".to_owned(), |time| format!("{time:.1}"));
    println!("{name:<34} {:>8} {:>8} {:>8}", shown(at(50)), shown(at(95)), shown(times.last()));
}
