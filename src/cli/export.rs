//! `pulpo export`.

use std::io::IsTerminal;
use std::path::{Component, Path};

use super::check::Least;
use super::{Ended, Failure, Outcome, input, output};
use crate::base::Severity;
use crate::export::{self, OutFile, TARGETS, Target};

/// The word for all targets at once.
const ALL: &str = "all";
/// What comes along with an export without being what was asked for.
const BESIDES: &[&str] = &["README.md", "rest/", "scripts/ready-made/"];

#[derive(Debug, clap::Args)]
#[command(after_help = after_help())]
pub struct Arguments {
    /// The design file, or - for standard input.
    design: String,
    /// What to export; several with commas between.
    #[arg(long, value_name = "TARGET", value_delimiter = ',', required = true)]
    to: Vec<String>,
    /// A folder, a file named *.zip, or - for standard output.
    #[arg(long, value_name = "DIR|FILE.zip|-")]
    out: String,
    /// The least severity that is told; errors count in any case.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Least::Warning)]
    at_least: Least,
}

fn after_help() -> String {
    let width = TARGETS.iter().map(|one| one.id.len()).max().unwrap_or_default();
    let mut text = String::from("Targets:\n");
    for info in &TARGETS {
        text.push_str(&format!("  {:width$}  {}\n", info.id, info.about));
    }
    text.push_str(&format!("  {ALL:width$}  All of them.\n"));
    text.push_str(
        "\nThe same design gives the same bytes. Files of an earlier export are overwritten; \
         others in the folder are left alone.\n\
         Written paths go to standard output, findings to standard error. On standard output a \
         single file is printed as it is, without what explains it; several are a zip.\n\n\
         Exit codes:\n  0  written\n  1  written, but there are errors to mend in the design\n  \
         2  not written, or not whole",
    );
    text
}

/// Exports the design.
pub fn run(arguments: &Arguments) -> Outcome {
    let targets = targets(&arguments.to)?;
    let (design, read) = input::design(&arguments.design)?;
    let design = &design;
    let exported = export::export(design, &targets);
    write(&arguments.out, &exported.files)?;

    let mut has_errors = false;
    for finding in read.iter().chain(&exported.findings) {
        has_errors |= finding.severity == Severity::Error;
        if finding.severity <= arguments.at_least.severity() {
            output::note(&finding.to_string());
        }
    }
    Ok(if has_errors { Ended::Findings } else { Ended::Clean })
}

/// The targets of these ids, each once, in the registry's order.
pub fn targets(ids: &[String]) -> Result<Vec<Target>, Failure> {
    let mut wanted = Vec::new();
    for id in ids.iter().map(|id| id.trim()) {
        if id == ALL {
            wanted.extend(TARGETS.iter().map(|info| info.target));
        } else if let Some(target) = Target::from_id(id) {
            wanted.push(target);
        } else {
            let known: Vec<_> = TARGETS.iter().map(|info| info.id).collect();
            let known = known.join(", ");
            return Err(Failure(format!(
                "there is no target \"{id}\"; there are {known} and {ALL}"
            )));
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    Ok(wanted)
}

pub fn write(out: &str, files: &[OutFile]) -> Result<(), Failure> {
    if out == "-" {
        let is_own = |path: &str| !BESIDES.iter().any(|start| path.starts_with(start));
        let mut own = files.iter().filter(|file| is_own(&file.path));
        return match (own.next(), own.next()) {
            (Some(only), None) => output::print(only.text.as_bytes()),
            _ if std::io::stdout().is_terminal() => Err(Failure(
                "several files make a zip, which a terminal can't show; name a folder or a \
                 *.zip file with --out"
                    .to_owned(),
            )),
            _ => output::print(&zipped(files)?),
        };
    }
    if out.to_ascii_lowercase().ends_with(".zip") {
        super::files::put(Path::new(out), &zipped(files)?)?;
        return output::print(format!("{out}\n").as_bytes());
    }
    let mut written = String::new();
    for file in files {
        let relative = Path::new(&file.path);
        let stays = relative.components().all(|part| matches!(part, Component::Normal(_)));
        if !stays {
            return Err(Failure(format!("\"{}\" would leave the folder {out}", file.path)));
        }
        let path = Path::new(out).join(relative);
        super::files::put(&path, file.text.as_bytes())?;
        written.push_str(&path.to_string_lossy());
        written.push('\n');
    }
    output::print(written.as_bytes())
}

fn zipped(files: &[OutFile]) -> Result<Vec<u8>, Failure> {
    export::zip(files).map_err(|error| Failure(format!("the zip can't be made: {error}")))
}
