//! `pulpo import`.

use std::path::Path;

use clap::ValueEnum;

use super::check::Least;
use super::{Ended, Failure, Outcome, files, input, output};
use crate::base::{Finding, Severity};
use crate::format::design_file;
use crate::import::{self, How, Imported, Mode};
use crate::model::Design;

/// What becomes of what the design has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Taking {
    /// It stays, and what is read comes beside it.
    Add,
    /// What is read takes its place.
    Replace,
}

impl Taking {
    fn mode(self) -> Mode {
        match self {
            Self::Add => Mode::Add,
            Self::Replace => Mode::Replace,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// Files and folders: step templates, processes, variable sets and other JSON of
    /// Octopus's, OCL, Pulumi.yaml with its Pulumi.*.yaml, designs, zips of these; - for
    /// standard input.
    #[arg(required = true, value_name = "FILE|DIR")]
    files: Vec<String>,
    /// The design that takes them in; without it they become a new one.
    #[arg(long, value_name = "DESIGN")]
    into: Option<String>,
    /// Where the design is written; - is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: String,
    /// What becomes of the steps that the design has.
    #[arg(long, value_enum, default_value_t = Taking::Replace)]
    process: Taking,
    /// What becomes of the variables that the design has.
    #[arg(long, value_enum, default_value_t = Taking::Add)]
    variables: Taking,
    /// Whose the Pulumi stacks are: settings files do not say it.
    #[arg(long, value_name = "NAME", default_value = "")]
    organization: String,
    /// Make a step of each step template, too.
    #[arg(long)]
    steps: bool,
    /// The least severity that is told; errors count in any case.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Least::Warning)]
    at_least: Least,
}

const AFTER_HELP: &str = "\
A file is known by what it holds, not by its name. What was recognised and what it adds or
changes goes to standard error, and so do findings, as file:line:column.

Exit codes:
  0  taken in
  1  taken in, but there are errors in the files
  2  not taken in: nothing was recognised, or a file could not be read

Examples:
  pulpo import infra/ > design.pulpo.json
  pulpo import process.json --into design.pulpo.json --out design.pulpo.json";

/// Reads the files and takes them in.
pub fn run(arguments: &Arguments) -> Outcome {
    let imported = read(&arguments.files)?;
    let has_errors = tell(&imported, arguments.at_least);
    if imported.is_empty() {
        return Err(Failure("nothing was recognised, so nothing was written".to_owned()));
    }
    for document in &imported.documents {
        output::note(&format!("{}: {}", document.files.join(", "), document.what));
    }
    let how = How {
        process: arguments.process.mode(),
        variables: arguments.variables.mode(),
        organization: arguments.organization.clone(),
        templates_as_steps: arguments.steps,
        ..How::default()
    };
    let fragment = import::gather(&imported, |_| true);
    let design = match &arguments.into {
        None => import::into_new(fragment, &how),
        Some(path) => {
            let (before, _) = input::design(path)?;
            let edit = import::edit(fragment, how);
            let after = edit.apply(&before).map_err(|refusal| Failure(refusal.0))?;
            changes(&before, &after);
            after
        }
    };
    let text = design_file::write(&design);
    if arguments.out == "-" {
        output::print(text.as_bytes())?;
    } else {
        files::put(Path::new(&arguments.out), text.as_bytes())?;
    }
    Ok(if has_errors { Ended::Findings } else { Ended::Clean })
}

fn changes(before: &Design, after: &Design) {
    let changes = import::summary(before, after);
    if changes.is_empty() {
        output::note("The design says all of it already.");
    }
    for change in changes {
        output::note(&format!("{} {}: {}", change.verb, change.what, change.names.join(", ")));
    }
}

/// Reads all files and folders.
pub fn read(paths: &[String]) -> Result<Imported, Failure> {
    Ok(import::read(&files::all(paths)?))
}

/// Tells the findings; says whether an error is among them.
pub fn tell(imported: &Imported, at_least: Least) -> bool {
    let mut has_errors = false;
    for finding in imported.all_findings() {
        has_errors |= finding.severity == Severity::Error;
        if finding.severity <= at_least.severity() {
            output::note(&line(finding));
        }
    }
    has_errors
}

/// A finding as compilers write it: file:line:column, then what it is.
fn line(finding: &Finding) -> String {
    let place = &finding.place;
    let mut text = place.file.clone().unwrap_or_default();
    if let Some(at) = place.position {
        text.push_str(&format!(":{}:{}", at.line, at.column));
    }
    if !text.is_empty() {
        text.push_str(": ");
    }
    text.push_str(&format!("{}[{}] {}", finding.severity.word(), finding.code, finding.what));
    if let Some(path) = &place.path {
        text.push_str(&format!("\n  where: {path}"));
    }
    if !finding.why.is_empty() {
        text.push_str(&format!("\n  why: {}", finding.why));
    }
    if !finding.fix.is_empty() {
        text.push_str(&format!("\n  do: {}", finding.fix));
    }
    text
}
