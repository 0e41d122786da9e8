//! Finds the tools that the build and the tests need, and installs what is missing.
//!
//! Layout: `<cache>/pulpo/tools/<tool>-<version>/`, so that a version that is
//! there is the right one and looking is all that a second run does.

use crate::sh::{self, fs, output_of, say};
use crate::{Result, args::Args, root};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

const TRUNK: &str = "0.21.14";
/// npm's binaryen, which has `wasm-opt`; Debian's is too old for today's Rust.
const BINARYEN: &str = "132";
/// Only measured against.
const BPMN_JS: &str = "18.31.1";
/// Splits the binary; of the line that goes with the `wasm_split_helpers` in Cargo.lock.
const WASM_SPLIT: &str = "0.2.4";
const CARGO_DENY: &str = "0.20.2";

/// A browser and the driver of the same version.
#[derive(Debug)]
pub struct Browser {
    pub chrome: PathBuf,
    pub driver: PathBuf,
}

/// `cargo xtask setup`: everything at once, for a machine that will be offline.
pub fn setup_all(args: Args) -> Result {
    args.finish()?;
    for folder in for_build()? {
        println!("{}", folder.display());
    }
    let browser = browser()?;
    println!("{}\n{}", browser.chrome.display(), browser.driver.display());
    println!("{}", shellcheck()?.display());
    e2e_packages()
}

/// The folders to put on the path before `trunk` is run.
pub fn for_build() -> Result<Vec<PathBuf>> {
    wasm_target()?;
    Ok(vec![trunk()?, wasm_bindgen()?, wasm_opt()?])
}

/// The compilation target for the browser. `rust-toolchain.toml` names it, but
/// rustup adds it only together with the toolchain; this is for one that was
/// there before, or came another way.
pub fn wasm_target() -> Result {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = output_of(Command::new("rustc").args(["--print", "sysroot"]).current_dir(root()));
    let has = |sysroot: String| Path::new(&sysroot).join("lib/rustlib").join(TARGET).is_dir();
    if sysroot.is_some_and(has) {
        return Ok(());
    }
    say(&format!("Adding Rust's {TARGET} target with rustup (once; under a minute)"));
    sh::run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(root()))
        .map_err(|error| format!("{error}; install the target {TARGET} for this Rust"))
}

fn trunk() -> Result<PathBuf> {
    cargo_tool("trunk", "trunk", TRUNK, "about 5 minutes on two cores")
}

/// The folder with `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub fn wasm_bindgen() -> Result<PathBuf> {
    let lock = fs::read_text(&root().join("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or("Cargo.lock names no version of wasm-bindgen, or more than one")?;
    cargo_tool("wasm-bindgen-cli", "wasm-bindgen", version, "about 3 minutes on two cores")
}

/// The folder with `wasm-split-cli`.
pub fn wasm_split() -> Result<PathBuf> {
    let package = "wasm_split_cli_support";
    let home = tools()?.join(format!("wasm-split-cli-{WASM_SPLIT}"));
    let bin = home.join("bin");
    let ready = || bin.join(exe("wasm-split-cli")).is_file();
    if ready() {
        return Ok(bin);
    }
    let _held = hold_installs()?;
    if !ready() {
        say(&format!(
            "Building {package} {WASM_SPLIT} into {} (once; about a minute on two cores)",
            home.display()
        ));
        sh::run(install(package, WASM_SPLIT, &home).args(["--features", "build-binary"]))?;
    }
    Ok(bin)
}

/// `cargo deny`, if it is there or may be installed.
pub fn cargo_deny(may_install: bool) -> Result<Option<PathBuf>> {
    if let Some(found) = sh::which("cargo-deny") {
        return Ok(found.parent().map(Path::to_owned));
    }
    let cached = tools()?.join(format!("cargo-deny-{CARGO_DENY}"));
    if may_install || cached.exists() {
        return cargo_tool("cargo-deny", "cargo-deny", CARGO_DENY, "about 6 minutes on two cores")
            .map(Some);
    }
    Ok(None)
}

/// The version of a package in the text of a lock file, if it is there just once.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let head = format!("name = \"{package}\"\nversion = \"");
    let mut found = lock.match_indices(&head);
    let (at, _) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    lock.get(at + head.len()..)?.split('"').next()
}

/// The folder of a tool that `cargo install` builds.
fn cargo_tool(package: &str, program: &str, version: &str, takes: &str) -> Result<PathBuf> {
    if let Some(found) = on_path(program, version) {
        return Ok(found);
    }
    let home = tools()?.join(format!("{package}-{version}"));
    let bin = home.join("bin");
    let ready = || bin.join(exe(program)).is_file();
    if ready() {
        return Ok(bin);
    }
    let _held = hold_installs()?;
    if ready() {
        return Ok(bin);
    }
    say(&format!("Building {package} {version} into {} (once; {takes})", home.display()));
    // A tool that runs for a second need not be built for speed: their own
    // profiles ask for full link-time optimisation, which takes twice as long.
    sh::run(&mut install(package, version, &home))?;
    Ok(bin)
}

/// `cargo install` of a tool into a folder of its own.
fn install(package: &str, version: &str, home: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .args(["install", "--locked", "--version", version, "--root"])
        .arg(home)
        .arg(package)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env_remove("CARGO_TARGET_DIR")
        .current_dir(root());
    command
}

fn wasm_opt() -> Result<PathBuf> {
    if let Some(found) = on_path("wasm-opt", BINARYEN) {
        return Ok(found);
    }
    let home = tools()?.join(format!("binaryen-{BINARYEN}"));
    let bin = home.join("node_modules").join(".bin");
    if bin.join(exe("wasm-opt")).exists() {
        return Ok(bin);
    }
    let _held = hold_installs()?;
    npm_install("binaryen", BINARYEN, &home)?;
    Ok(bin)
}

/// The npm package bpmn-js, whose modeler's start is measured beside ours.
pub fn bpmn_js() -> Result<PathBuf> {
    let home = tools()?.join(format!("bpmn-js-{BPMN_JS}"));
    let package = home.join("node_modules").join("bpmn-js");
    if package.join("dist").is_dir() {
        return Ok(package);
    }
    let _held = hold_installs()?;
    npm_install("bpmn-js", BPMN_JS, &home)?;
    Ok(package)
}

/// Fetches one npm package into a folder of its own.
fn npm_install(package: &str, version: &str, home: &Path) -> Result {
    need_node()?;
    say(&format!("Fetching {package} {version} from npm into {} (once; seconds)", home.display()));
    fs::make_folder(home)?;
    let mut command = npm();
    command.args(["install", "--no-save", "--no-package-lock", "--ignore-scripts", "--prefix"]);
    sh::run(command.arg(home).arg(format!("{package}@{version}")))
}

/// The npm packages of the browser tests, as their lock file has them.
pub fn e2e_packages() -> Result {
    let home = root().join("tests/e2e");
    let done = home.join("node_modules/.package-lock.json");
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    if time(&done).is_some_and(|done| Some(done) >= time(&home.join("package-lock.json"))) {
        return Ok(());
    }
    need_node()?;
    say("Fetching the browser tests' npm packages (once; seconds)");
    sh::run(npm().arg("ci").arg("--ignore-scripts").current_dir(home))
}

fn npm() -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(["--no-audit", "--no-fund", "--loglevel=error"]);
    command
}

fn need_node() -> Result {
    let version = output_of(Command::new("node").arg("--version"));
    let major = version
        .as_deref()
        .and_then(|text| text.trim_start_matches('v').split('.').next()?.parse::<u32>().ok());
    match major {
        Some(20..) => Ok(()),
        Some(_) => {
            Err(format!("Node.js 20 or newer is needed, this is {}", version.unwrap_or_default()))
        }
        None => Err("Node.js with npm is needed; install version 20 or newer".to_owned()),
    }
}

/// Chromium and its driver: named by CHROME and CHROMEDRIVER, or on the path,
/// or installed by apt where that may be.
pub fn browser() -> Result<Browser> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    let look = || {
        let names =
            ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
        let chrome = named("CHROME").or_else(|| names.iter().find_map(|name| sh::which(name)))?;
        let driver = named("CHROMEDRIVER").or_else(|| sh::which(&exe("chromedriver")))?;
        Some(Browser { chrome, driver })
    };
    if let Some(found) = look() {
        return Ok(found);
    }
    const HINT: &str = "the browser tests need Chromium and its driver (Debian: `apt-get install \
        chromium chromium-driver`; Ubuntu and others: a Chrome with the chromedriver of the same \
        version); put them on the path or name them in CHROME and CHROMEDRIVER";
    apt(&["chromium", "chromium-driver"], "a minute or two", HINT)?;
    look().ok_or_else(|| HINT.to_owned())
}

/// `shellcheck`, which the tests hold the written scripts against.
pub fn shellcheck() -> Result<PathBuf> {
    let look = || sh::which(&exe("shellcheck"));
    if let Some(found) = look() {
        return Ok(found);
    }
    const HINT: &str = "the tests of the written scripts need shellcheck; install it from your \
        system's packages (`apt-get install shellcheck`, `brew install shellcheck`)";
    apt(&["shellcheck"], "seconds", HINT)?;
    look().ok_or_else(|| HINT.to_owned())
}

/// Installs Debian packages if this is a machine where we may, else ends with the hint.
fn apt(packages: &[&str], takes: &str, hint: &str) -> Result {
    let root_user = output_of(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if sh::which("apt-get").is_none() || !root_user {
        return Err(hint.to_owned());
    }
    say(&format!("Installing {} with apt-get (once; {takes})", packages.join(" and ")));
    let quiet = |command: &mut Command| {
        sh::run(command.env("DEBIAN_FRONTEND", "noninteractive"))
            .map_err(|error| format!("{error}; {hint}"))
    };
    quiet(Command::new("apt-get").args(["update", "-q"]))?;
    quiet(
        Command::new("apt-get")
            .args(["install", "-q", "-y", "--no-install-recommends"])
            .args(packages),
    )
}

/// The folder of the program if the one on the path has this very version.
fn on_path(program: &str, version: &str) -> Option<PathBuf> {
    let found = sh::which(&exe(program))?;
    let printed = output_of(Command::new(&found).arg("--version"))?;
    let has = printed.split_whitespace().any(|word| word == version);
    has.then(|| found.parent().map(Path::to_owned))?
}

fn exe(program: &str) -> String {
    format!("{program}{}", std::env::consts::EXE_SUFFIX)
}

/// The cache folder of the tools.
fn tools() -> Result<PathBuf> {
    let from = |variable: &str| {
        std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
    };
    let cache = from("XDG_CACHE_HOME")
        .or_else(|| from("HOME").map(|home| home.join(".cache")))
        .or_else(|| from("LOCALAPPDATA"))
        .ok_or("neither XDG_CACHE_HOME nor HOME is set, so there is no place for tools")?;
    Ok(cache.join("pulpo").join("tools"))
}

/// Holds off other runs of this program while one installs.
fn hold_installs() -> Result<File> {
    let folder = tools()?;
    fs::make_folder(&folder)?;
    let path = folder.join("installing.lock");
    let failed = |error| format!("{} cannot be locked: {error}", path.display());
    let file = File::create(&path).map_err(failed)?;
    if file.try_lock().is_err() {
        say("Waiting for another run that is installing tools");
        file.lock().map_err(failed)?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_version_from_a_lock_file() {
        let lock = "[[package]]\nname = \"ab\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"b\"\nversion = \"2\"\n";
        assert_eq!(locked_version(lock, "ab"), Some("1.2.3"));
        assert_eq!(locked_version(lock, "b"), Some("2"));
        assert_eq!(locked_version(lock, "c"), None);
        assert_eq!(locked_version(&lock.repeat(2), "ab"), None, "two are no answer");
    }
}
