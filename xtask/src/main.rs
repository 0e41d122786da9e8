//! The project's own commands. Each one sets up what it needs where that is
//! missing, says so in plain words, and is quick the second time.
//!
//! Never: a tool from anywhere but rustup, crates.io, npm or the system's own
//! package manager, and never one of another version than the one named here.

mod args;
mod bench;
mod bundle;
mod css;
mod dist;
mod halves;
mod html;
mod pack;
mod profile;
mod script;
mod serve;
mod sh;
mod short;
mod shots;
mod sizes;
mod split;
mod suite;
mod tools;

use args::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a command ends with when it fails: the sentence to print.
type Result<T = ()> = std::result::Result<T, String>;

const HELP: &str = "\
Pulpo's own commands. Whatever they need and do not find, they set up first.

  cargo xtask serve [--port N]       build for development, serve, rebuild on change
  cargo xtask serve --release        build as for publishing and serve that
  cargo xtask dist [--compress]      build for publishing into dist/, with a size table
  cargo xtask test                   every check: format, lints, tests, size, browser, docs
  cargo xtask test PART [FILTER]     one part: native, hostile, wasm or browser
  cargo xtask test --all             and the licence check, if it must be installed first
  cargo xtask bench [PART]           measure: core, load (the page's start) or board
  cargo xtask shots [--page NAME]    pictures of the pages in three sizes and two themes;
                                     --built takes dist/ as it is, --empty an empty design
  cargo xtask profile                note what a start runs, by which dist divides the app
  cargo xtask setup                  only set up the tools

Tools are kept in a cache folder of yours ($XDG_CACHE_HOME or ~/.cache, pulpo/tools).
CHROME and CHROMEDRIVER name a browser and its driver if they are not on the path.
";

fn main() -> ExitCode {
    if split::is_called_as_bindgen() {
        return split::as_bindgen();
    }
    let mut args = Args::from_env();
    let command = args.word();
    let ended = match command.as_deref() {
        Some("serve") => serve::run(args),
        Some("dist") => dist::run(args),
        Some("test") => suite::run(args),
        Some("profile") => profile::run(args),
        Some("bench") => bench::run(args),
        Some("shots") => shots::run(args),
        Some("setup") => tools::setup_all(args),
        None | Some("help") => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => Err(format!("there is no command `{other}`; `cargo xtask help` lists them")),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root folder.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
