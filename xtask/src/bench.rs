//! `cargo xtask bench`: the core's speed by criterion, and the page's start in a browser.

use crate::sh::{self, fs, say};
use crate::{Result, args::Args, dist, root, sizes, suite, tools};
use std::path::PathBuf;
use std::process::Command;

pub fn run(mut args: Args) -> Result {
    let part = args.word();
    args.finish()?;
    match part.as_deref() {
        None => core().and_then(|()| load()),
        Some("core") => core(),
        Some("load") => load(),
        Some(other) => Err(format!("there is no benchmark `{other}`; there are core and load")),
    }
}

fn core() -> Result {
    say("Benchmarks of the core (the first time they build for about two minutes)");
    sh::run(
        Command::new("cargo")
            .args([
                "bench",
                "--manifest-path",
                "tests/bench/Cargo.toml",
                "--target-dir",
                "target/bench",
            ])
            .env("CRITERION_HOME", root().join("target/criterion"))
            .current_dir(root()),
    )
}

/// Both pages are served compressed, as a host would.
fn load() -> Result {
    dist::build(true)?;
    let browser = tools::browser()?;
    let rival = rival()?;
    say("Starting the page, and bpmn-js's modeler, in fresh browsers");
    let mut command = suite::e2e("run", &browser);
    sh::run(command.args(["--quiet", "--bin", "load"]).env("PULPO_RIVAL", rival))
}

/// The folder with bpmn-js's modeler in a page of its own: `tests/bench/rival`.
fn rival() -> Result<PathBuf> {
    let folder = root().join("target/rival");
    fs::remove_folder(&folder)?;
    let page = root().join("tests/bench/rival");
    for name in fs::files_under(&page)? {
        fs::copy(&page.join(&name), &folder.join(&name))?;
    }
    let package = tools::bpmn_js()?.join("dist");
    for name in ["bpmn-modeler.production.min.js", "assets/bpmn-js.css", "assets/diagram-js.css"] {
        let to = name.trim_start_matches("assets/");
        fs::copy(&package.join(name), &folder.join(to))?;
    }
    sizes::write_compressed(&folder, &sizes::measure(&folder)?)?;
    Ok(folder)
}
