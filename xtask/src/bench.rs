//! `cargo xtask bench`: the core's speed by criterion, and the page's start in a browser.

use crate::sh::{self, fs, say};
use crate::{Result, args::Args, dist, root, sizes, suite, tools};
use std::path::PathBuf;
use std::process::Command;

pub fn run(mut args: Args) -> Result {
    let part = args.word();
    args.finish()?;
    match part.as_deref() {
        None => core().and_then(|()| load()).and_then(|()| board()),
        Some("core") => core(),
        Some("load") => load(),
        Some("board") => dist::build(false).and_then(|()| board()),
        Some(other) => {
            Err(format!("there is no benchmark `{other}`; there are core, load and board"))
        }
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

/// The Board with the large design, on the page as it was built.
fn board() -> Result {
    let browser = tools::browser()?;
    let design = root().join("target/large.pulpo.json");
    let sample = Command::new("cargo")
        .args(["run", "--quiet", "--bin", "pulpo", "--", "sample", "large"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("the large design: {error}"))?;
    if !sample.status.success() {
        return Err("the large design could not be made".to_owned());
    }
    fs::write(&design, &sample.stdout)?;
    say("Editing the large design in a browser");
    sh::run(
        suite::e2e("run", &browser).args(["--quiet", "--bin", "board"]).env("PULPO_LARGE", &design),
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
