//! `cargo xtask bench`: the core's speed by criterion, and the page's start in a browser.

use crate::sh::{self, say};
use crate::{Result, args::Args, dist, root, suite, tools};
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

fn load() -> Result {
    dist::build(false)?;
    let browser = tools::browser()?;
    say("Starting the page in fresh browsers");
    sh::run(suite::e2e("run", &browser).args(["--quiet", "--bin", "load"]))
}
