//! Splits the app's binary at its `#[lazy]` functions, so that a visitor loads
//! a page's code when the page is opened, and what is left by what a start runs.
//!
//! Trunk knows nothing of it: it calls what it takes for `wasm-bindgen`, which
//! is this program under that name. That splits first, then calls the real one
//! on the main part, divides that (`halves.rs`), and leaves the other parts in
//! a folder for `bundle`.
//!
//! Source of the technique: leptos's own tool, `wasm_split_cli_support`.

use crate::profile::Profile;
use crate::sh::{self, fs};
use crate::{Result, halves, short};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const REAL: &str = "PULPO_WASM_BINDGEN";
const SPLITTER: &str = "PULPO_WASM_SPLIT";
const PARTS: &str = "PULPO_WASM_PARTS";
const MAIN: &str = "PULPO_WASM_MAIN";

/// How the names of files begin that hold what several parts share.
pub const SHARED: &str = "chunk_";
/// What a start does not run, among the parts.
pub const REST: &str = "rest.wasm";
/// The loader of the parts, as the main script imports it.
pub const LOADER: &str = "__wasm_split.js";

/// What becomes of the main part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Main {
    /// It is divided by what a start runs.
    Halved,
    /// It counts what is run, and its rest is empty.
    Counted,
}

/// Puts this program in the place of `wasm-bindgen` for `command`; the parts
/// will be in `parts`.
pub fn instead_of_bindgen(
    command: &mut Command,
    folders: &[PathBuf],
    bindgen: &Path,
    splitter: &Path,
    parts: &Path,
    main: Main,
) -> Result {
    let folder = crate::root().join("target/split-tools");
    let name = format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX);
    let own = std::env::current_exe().map_err(|error| format!("this program's path: {error}"))?;
    fs::remove_folder(parts)?;
    fs::remove_folder(&folder)?;
    fs::copy(&own, &folder.join(&name))?;
    let mut path = vec![folder];
    path.extend_from_slice(folders);
    command
        .env("PATH", sh::path_with(&path)?)
        .env(REAL, bindgen.join(&name))
        .env(SPLITTER, splitter.join(format!("wasm-split-cli{}", std::env::consts::EXE_SUFFIX)))
        .env(PARTS, parts)
        .env(MAIN, format!("{main:?}"))
        // The splitter follows the linker's relocations, which stripping would take away;
        // wasm-opt drops them afterwards.
        .env("CARGO_PROFILE_RELEASE_STRIP", "false")
        .env("CARGO_ENCODED_RUSTFLAGS", flags());
    Ok(())
}

/// What the compiler is told: views of one type (as `.cargo/config.toml` has it),
/// the relocations, and places in the source by short names, so that the app is
/// the same wherever it is built and says nothing of the machine.
fn flags() -> String {
    let home = std::env::home_dir().map(|home| home.join(".cargo"));
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from).or(home);
    let named = |from: PathBuf, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec![
        "--cfg=erase_components".to_owned(),
        "-Clink-args=--emit-relocs".to_owned(),
        named(crate::root(), "pulpo"),
    ];
    flags.extend(cargo.map(|cargo| named(cargo.join("registry/src"), "crates")));
    flags.join("\u{1f}")
}

/// Whether this program was called as `wasm-bindgen`.
pub fn is_called_as_bindgen() -> bool {
    let name = std::env::args_os().next().map(PathBuf::from);
    name.and_then(|path| path.file_stem().map(OsString::from))
        .is_some_and(|stem| stem == "wasm-bindgen")
}

/// Does what `wasm-bindgen` does, on the main part.
pub fn as_bindgen() -> ExitCode {
    match bindgen(std::env::args_os().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("splitting: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn bindgen(mut args: Vec<OsString>) -> Result {
    let folder = |name: &str| {
        std::env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("{name} is not set"))
    };
    let is_wasm = |arg: &OsString| Path::new(arg).extension().is_some_and(|end| end == "wasm");
    let real = folder(REAL)?;
    let Some(at) = args.iter().position(is_wasm) else {
        // Trunk asks for the version.
        return sh::run(Command::new(real).args(args));
    };
    let parts = folder(PARTS)?;
    sh::run(
        Command::new(folder(SPLITTER)?).arg(&args[at]).arg(&parts).args(["--out-name", "pulpo"]),
    )?;
    args[at] = parts.join("pulpo.wasm").into();
    args.push("--keep-lld-exports".into());
    sh::run(Command::new(real).args(&args))?;

    let (folder_made, name) = made_by(&args)?;
    let main = folder_made.join(format!("{name}_bg.wasm"));
    let binary = fs::read(&main)?;
    let (first, rest) = if std::env::var(MAIN).is_ok_and(|main| main == "Counted") {
        (halves::counted(&binary)?, EMPTY.to_vec())
    } else {
        halves::halve(&binary, &Profile::noted()?)?
    };
    let script = main.with_file_name(format!("{name}.js"));
    let (first, text) = short::shorten(&first, &fs::read_text(&script)?)?;
    fs::write(&main, &first)?;
    fs::write(&script, text.as_bytes())?;
    fs::write(&parts.join(REST), &rest)
}

/// A module with nothing in it.
const EMPTY: &[u8] = b"\0asm\x01\0\0\0";

/// Where `wasm-bindgen` writes when called like this: the folder, and how the
/// names of its files begin.
fn made_by(args: &[OsString]) -> Result<(PathBuf, String)> {
    let option = |name: &str| {
        let mut after = args.iter().skip_while(|arg| {
            arg.to_str().is_none_or(|arg| arg != name && !arg.starts_with(&format!("{name}=")))
        });
        let value = after.next().and_then(|arg| arg.to_str()?.split_once('='));
        value.map(|(_, value)| value.to_owned()).or_else(|| after.next()?.to_str().map(Into::into))
    };
    match (option("--out-dir"), option("--out-name")) {
        (Some(folder), Some(name)) => Ok((PathBuf::from(folder), name)),
        _ => Err("trunk does not say where wasm-bindgen is to write".to_owned()),
    }
}
