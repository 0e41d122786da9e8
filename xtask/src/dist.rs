//! `cargo xtask dist`: the release build as it is published.

use crate::sh::{self, fs, say};
use crate::{Result, args::Args, bundle, root, sizes, split, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn run(mut args: Args) -> Result {
    let compress = args.switch("--compress");
    args.finish()?;
    build(compress)
}

/// The folder of the published files.
pub fn folder() -> PathBuf {
    root().join("dist")
}

/// Builds into `dist/`, prints the sizes, fails over the budget.
pub fn build(compress: bool) -> Result {
    let dist = folder();
    publish(split::Main::Halved, &dist)?;
    let measured = sizes::measure(&dist)?;
    let (table, verdict) = sizes::report(&measured);
    if compress {
        sizes::write_compressed(&dist, &measured)?;
    }
    println!("\n{table}");
    verdict?;
    say(&format!("Built {} files into {}", measured.len(), dist.display()));
    Ok(())
}

/// Builds, into `folder`, an app that counts what it runs.
pub fn build_counted(folder: &Path) -> Result {
    publish(split::Main::Counted, folder)
}

fn publish(main: split::Main, folder: &Path) -> Result {
    let folders = tools::for_build()?;
    let built = root().join("target/trunk-release");
    say("Building for publishing (the first time a few minutes)");
    let parts = root().join("target/wasm-parts");
    let mut trunk = trunk(&folders)?;
    split::instead_of_bindgen(
        &mut trunk,
        &folders,
        &tools::wasm_bindgen()?,
        &tools::wasm_split()?,
        &parts,
        main,
    )?;
    trunk.args(["build", "--release", "--features", "split", "--public-url", "./", "--dist"]);
    sh::run(trunk.arg(&built))?;
    bundle::optimise(&parts, &folders)?;

    let files = bundle::bundle(&built, &parts, &root().join("public"))?;
    fs::remove_folder(folder)?;
    files.iter().try_for_each(|(name, bytes)| fs::write(&folder.join(name), bytes))
}

/// Trunk with its tools on the path and no leave to fetch others.
pub fn trunk(folders: &[PathBuf]) -> Result<Command> {
    // The search for a program uses this process's path, not the command's.
    let program = folders.first().map_or_else(|| "trunk".into(), |folder| folder.join("trunk"));
    let mut command = Command::new(program);
    command.env("PATH", sh::path_with(folders)?).current_dir(root());
    // Trunk reads this variable as a switch and stops at the usual value "1".
    command.env_remove("NO_COLOR");
    Ok(command)
}
