//! `cargo xtask test`: every gate, the quick ones first, and how many tests ran.

use crate::sh::{self, fs, say};
use crate::{Result, args::Args, dist, root, tools};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const WASM: &str = "wasm32-unknown-unknown";

/// Passed and failed tests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
}

/// What was asked for.
struct Suite {
    filter: Option<String>,
    all: bool,
    tallies: Vec<(&'static str, Tally)>,
    started: Instant,
}

pub fn run(mut args: Args) -> Result {
    let all = args.switch("--all");
    let part = args.word();
    let filter = args.word();
    args.finish()?;
    let mut suite = Suite { filter, all, tallies: Vec::new(), started: Instant::now() };
    let ended = match part.as_deref() {
        None => suite.everything(),
        Some("native") => suite.native(),
        Some("hostile") => suite.hostile(),
        Some("wasm") => suite.wasm(),
        Some("browser") => dist::build(false).and_then(|()| suite.browser()),
        Some(other) => {
            Err(format!("there is no part `{other}`; there are native, hostile, wasm and browser"))
        }
    };
    suite.report();
    ended
}

impl Suite {
    fn everything(&mut self) -> Result {
        self.step("Format", format_check)?;
        self.step("Lints, native", lints_native)?;
        self.step("Lints, browser", lints_wasm)?;
        self.native()?;
        self.hostile()?;
        self.wasm()?;
        self.step("Release build and its size", || dist::build(false))?;
        self.browser()?;
        self.step("Documentation", documentation)?;
        let all = self.all;
        self.step("Licences and sources", || licences(all))
    }

    /// Runs one gate, with its name before and its time after.
    fn step(&mut self, name: &str, gate: impl FnOnce() -> Result) -> Result {
        say(name);
        let from = Instant::now();
        gate()?;
        println!(
            "    {name}: {} s, {} s in all",
            from.elapsed().as_secs(),
            self.started.elapsed().as_secs()
        );
        Ok(())
    }

    /// Runs a command that prints tests' results, and counts them.
    fn counted(&mut self, name: &'static str, command: &mut Command) -> Result {
        let mut tally = Tally::default();
        let mut ended = Ok(());
        let stepped = self.step(&format!("Tests: {name}"), || {
            ended = sh::run_watching(command, |line| tally.add(line));
            ended.clone()
        });
        if ended.is_err() && tally.failed == 0 {
            // A binary that does not build or dies is a failure that no line counts.
            tally.failed = 1;
        }
        self.tallies.push((name, tally));
        stepped
    }

    /// The core, the command line and this program itself.
    fn native(&mut self) -> Result {
        tools::shellcheck()?;
        tools::e2e_packages()?;
        let mut command = cargo(&["test", "--workspace", "--no-fail-fast"]);
        command.env("INSTA_UPDATE", "no");
        if let Some(filter) = &self.filter {
            command.args(["--", filter]);
        }
        self.counted("native", &mut command)?;
        if self.filter.as_deref().is_some_and(|filter| filter != "contracts") {
            return Ok(());
        }
        self.contracts()
    }

    /// Huge, deep and endless texts into every reader: `tests/hostile`.
    fn hostile(&mut self) -> Result {
        let mut command = cargo(&["test", "--quiet", "--manifest-path"]);
        command.arg(manifest("hostile")).arg("--target-dir").arg(root().join("target/hostile"));
        // One at a time, as each takes much memory.
        command.args(["--", "--test-threads=1"]);
        command.args(&self.filter);
        self.counted("hostile", &mut command)
    }

    /// What the samples export, against the types of Octopus's own npm package,
    /// after the tests of that check itself: `tests/contracts`.
    fn contracts(&mut self) -> Result {
        let home = root().join("tests/contracts");
        let mut command = Command::new("node");
        command.args(["--test", "--test-reporter=spec"]).arg(home.join("check.test.mjs"));
        self.counted("contracts' check", &mut command)?;
        let mut command = Command::new("node");
        command.arg(home.join("check.mjs")).args(exported_samples()?).current_dir(root());
        self.counted("contracts", &mut command)
    }

    /// What needs a browser's interfaces but no page: `tests/web`.
    fn wasm(&mut self) -> Result {
        tools::wasm_target()?;
        let folder = tools::wasm_bindgen()?;
        let browser = tools::browser()?;
        let settings = root().join("target/webdriver.json");
        fs::write(&settings, webdriver_json(&browser.chrome).as_bytes())?;
        let mut command = cargo(&["test", "--target", WASM, "--test", "web"]);
        command
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                folder.join("wasm-bindgen-test-runner"),
            )
            .env("CHROMEDRIVER", &browser.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &settings)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "180");
        if let Some(filter) = &self.filter {
            command.args(["--", filter]);
        }
        self.counted("wasm", &mut command)
    }

    /// Journeys through the published page: `tests/e2e`.
    fn browser(&mut self) -> Result {
        tools::e2e_packages()?;
        let browser = tools::browser()?;
        let mut command = e2e("test", &browser);
        command.args(["--test", "journeys", "--", "--test-threads=2"]);
        command.args(&self.filter);
        self.counted("browser", &mut command)
    }

    fn report(&self) {
        if self.tallies.is_empty() {
            return;
        }
        let mut sum = Tally::default();
        println!();
        for (name, Tally { passed, failed }) in &self.tallies {
            println!("{name}: {passed} passed, {failed} failed");
            sum.passed += passed;
            sum.failed += failed;
        }
        println!("{} passed, {} failed", sum.passed, sum.failed);
    }
}

impl Tally {
    /// Counts a line such as `test result: ok. 3 passed; 0 failed; 0 ignored`,
    /// or Node's `ℹ pass 3` and `ℹ fail 0`.
    fn add(&mut self, line: &str) {
        let of_node = |start| line.strip_prefix(start).and_then(|count: &str| count.parse().ok());
        self.passed += of_node("ℹ pass ").unwrap_or(0);
        self.failed += of_node("ℹ fail ").unwrap_or(0);
        let Some((_, result)) = line.split_once("test result: ") else { return };
        let before = |word: &str| {
            let mut words = result.split([' ', ';']).filter(|word| !word.is_empty());
            let mut last = "";
            words.find_map(|next| {
                let count = if next == word { last.parse::<u32>().ok() } else { None };
                last = next;
                count
            })
        };
        self.passed += before("passed").unwrap_or(0);
        self.failed += before("failed").unwrap_or(0);
    }
}

/// Cargo in the repository's root.
fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(args).current_dir(root());
    command
}

fn manifest(package: &str) -> PathBuf {
    root().join("tests").join(package).join("Cargo.toml")
}

/// A cargo command on the browser tests' own package.
pub fn e2e(verb: &str, browser: &tools::Browser) -> Command {
    let mut command = cargo(&[verb, "--manifest-path"]);
    command
        .arg(manifest("e2e"))
        .arg("--target-dir")
        .arg(root().join("target/e2e"))
        .env("CHROME", &browser.chrome)
        .env("CHROMEDRIVER", &browser.driver);
    command
}

/// Exports every sample with the command line; the folders, one a sample.
fn exported_samples() -> Result<Vec<PathBuf>> {
    let home = root().join("target/contracts");
    fs::remove_folder(&home)?;
    let pulpo = |args: &[&str]| {
        let mut command = cargo(&["run", "--quiet", "--bin", "pulpo", "--"]);
        let shown = args.join(" ");
        let output = command.args(args).output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(format!("`pulpo {shown}` failed: {said}"))
    };
    let list = pulpo(&["sample"])?;
    let list = String::from_utf8_lossy(&list);
    let mut folders = Vec::new();
    for name in list.lines().filter_map(|line| line.split_whitespace().next()) {
        let design = home.join(format!("{name}.pulpo.json"));
        fs::write(&design, &pulpo(&["sample", name])?)?;
        let folder = home.join(name);
        let (from, to) = (design.to_string_lossy(), folder.to_string_lossy());
        pulpo(&["export", &from, "--to", "all", "--out", &to, "--at-least", "error"])?;
        folders.push(folder);
    }
    Ok(folders)
}

fn format_check() -> Result {
    sh::run(&mut cargo(&["fmt", "--all", "--check"]))?;
    for package in ["e2e", "bench", "fuzz", "hostile"] {
        sh::run(cargo(&["fmt", "--check", "--manifest-path"]).arg(manifest(package)))?;
    }
    Ok(())
}

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

fn lints_native() -> Result {
    sh::run(cargo(&["clippy", "--workspace", "--all-targets"]).args(DENY_WARNINGS))?;
    let mut command = cargo(&["clippy", "--all-targets", "--manifest-path"]);
    command.arg(manifest("e2e")).arg("--target-dir").arg(root().join("target/e2e"));
    sh::run(command.args(DENY_WARNINGS))
}

fn lints_wasm() -> Result {
    tools::wasm_target()?;
    let args = ["clippy", "-p", "pulpo", "--lib", "--bins", "--test", "web", "--target", WASM];
    sh::run(cargo(&args).args(DENY_WARNINGS))
}

fn documentation() -> Result {
    tools::wasm_target()?;
    for args in [&["--workspace"][..], &["-p", "pulpo", "--target", WASM][..]] {
        let mut command = cargo(&["doc", "--no-deps"]);
        sh::run(command.args(args).env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// The licences and sources of everything that is shipped; known holes too if
/// the list of them can be had.
fn licences(may_install: bool) -> Result {
    let Some(folder) = tools::cargo_deny(may_install)? else {
        println!(
            "    left out: cargo-deny is not installed (`cargo xtask test --all` installs it)"
        );
        return Ok(());
    };
    let deny = |checks: &[&str]| {
        let mut command = Command::new(folder.join("cargo-deny"));
        command.args(["--log-level", "error", "check"]).args(checks).current_dir(root());
        command
    };
    sh::run(&mut deny(&["bans", "licenses", "sources"]))?;
    if may_install {
        let output = deny(&["advisories"]).output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("failed to fetch advisory database") {
            println!("    left out: the list of known holes cannot be fetched from here");
        } else if !output.status.success() {
            return Err(format!("cargo-deny finds known holes:\n{said}"));
        }
    }
    Ok(())
}

/// How the wasm tests' browser is started.
fn webdriver_json(chrome: &Path) -> String {
    let binary = chrome.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
    let args = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ];
    format!(
        "{{\"goog:chromeOptions\": {{\"binary\": \"{binary}\", \"args\": [\"{}\"]}}}}\n",
        args.join("\", \"")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_lines_that_tests_end_with() {
        let mut tally = Tally::default();
        tally.add("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured");
        tally.add("test a::passed ... ok");
        tally.add("test result: FAILED. 1 passed; 2 failed; 0 ignored");
        assert_eq!(tally, Tally { passed: 13, failed: 2 });
        tally.add("ℹ pass 4");
        tally.add("ℹ fail 1");
        assert_eq!(tally, Tally { passed: 17, failed: 3 });
    }
}
