//! `pulpo convert`.

use super::check::Least;
use super::{Ended, Failure, Outcome, export, import, output};
use crate::base::Severity;
use crate::import::{How, gather, into_new};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// Files and folders in any format that Pulpo reads; - for standard input.
    #[arg(required = true, value_name = "FILE|DIR")]
    files: Vec<String>,
    /// What they become; several with commas between. See pulpo export --help.
    #[arg(long, value_name = "TARGET", value_delimiter = ',', required = true)]
    to: Vec<String>,
    /// A folder, a file named *.zip, or - for standard output.
    #[arg(long, value_name = "DIR|FILE.zip|-", default_value = "-")]
    out: String,
    /// The least severity that is told; errors count in any case.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Least::Warning)]
    at_least: Least,
}

const AFTER_HELP: &str = "\
What the target can't carry, and what the files do not say, goes to standard error.

Exit codes:
  0  written
  1  written, but there are errors in the files
  2  not written: nothing was recognised, or a file could not be read

Examples:
  pulpo convert process.json --to scripts --out scripts/
  pulpo convert step-template.json --to step-templates";

/// Reads the files and writes them as something else.
pub fn run(arguments: &Arguments) -> Outcome {
    let targets = export::targets(&arguments.to)?;
    let imported = import::read(&arguments.files)?;
    let mut has_errors = import::tell(&imported, arguments.at_least);
    if imported.is_empty() {
        return Err(Failure("nothing was recognised, so nothing was written".to_owned()));
    }
    let design = into_new(gather(&imported, |_| true), &How::default());
    let exported = crate::export::export(&design, &targets);
    export::write(&arguments.out, &exported.files)?;
    for finding in &exported.findings {
        has_errors |= finding.severity == Severity::Error;
        if finding.severity <= arguments.at_least.severity() {
            output::note(&finding.to_string());
        }
    }
    Ok(if has_errors { Ended::Findings } else { Ended::Clean })
}
