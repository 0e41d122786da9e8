//! `pulpo ocl`: what is wrong with OCL files, repairs, and the usual layout.

use std::fs;
use std::io::Read as _;

use super::check::Least;
use super::{Ended, Failure, Outcome, output};
use crate::base::{Finding, Severity};
use crate::format::octopus_ocl::{Source, read};
use crate::ocl::{self, LineEnd, MAX_MEBIBYTES};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say what Octopus would refuse, and what would not be understood.
    Check(Check),
    /// Make the repairs whose meaning is beyond doubt.
    Fix(Fix),
    /// Lay files out as Octopus does.
    Fmt(Fmt),
}

#[derive(Debug, clap::Args)]
pub struct Check {
    /// OCL files, or - for standard input.
    #[arg(required = true)]
    files: Vec<String>,
    /// The least severity that counts.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Least::Warning)]
    at_least: Least,
}

#[derive(Debug, clap::Args)]
struct Fix {
    /// OCL files, or - for standard input; they are written over.
    #[arg(required = true)]
    files: Vec<String>,
    /// Make all repairs, also those that may not say what was meant.
    #[arg(long)]
    unsure: bool,
    /// Print the text instead of writing the file.
    #[arg(long)]
    print: bool,
}

#[derive(Debug, clap::Args)]
struct Fmt {
    /// OCL files, or - for standard input; they are written over.
    #[arg(required = true)]
    files: Vec<String>,
    /// Write nothing; only say which files are laid out otherwise.
    #[arg(long)]
    check: bool,
}

const AFTER_HELP: &str = "\
Reports have the line, a mark under the text in question, the cause and the repair; all mistakes \
of a file come in one go. From standard input the result goes to standard output.

Exit codes:
  0  nothing found, or all repaired
  1  there are findings, or something is left to repair
  2  a file can't be read or written";

/// Does what was asked of OCL files.
pub fn run(arguments: &Arguments) -> Outcome {
    match &arguments.command {
        Command::Check(check) => check_files(&check.files, check.at_least.severity()),
        Command::Fix(fix) => each(&fix.files, |file| fix_file(file, fix)),
        Command::Fmt(fmt) => each(&fmt.files, |file| format_file(file, fmt)),
    }
}

/// A file with its text.
struct Text {
    name: String,
    text: String,
    is_stdin: bool,
}

impl Text {
    fn read(path: &str) -> Result<Self, Failure> {
        let is_stdin = path == "-";
        let name = if is_stdin { "<stdin>" } else { path }.to_owned();
        // One byte more than is allowed is enough to know that there is too much.
        let most = ((MAX_MEBIBYTES << 20) + 1) as u64;
        let mut bytes = Vec::new();
        let result = if is_stdin {
            std::io::stdin().lock().take(most).read_to_end(&mut bytes)
        } else {
            fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
        };
        result.map_err(|error| Failure(format!("can't read {name}: {error}")))?;
        match ocl::decode(&bytes) {
            Ok(text) => Ok(Self { name, text: text.to_owned(), is_stdin }),
            Err(problem) => Err(Failure(format!("{name}, {problem}"))),
        }
    }

    fn put(&self, text: &str, print: bool) -> Result<(), Failure> {
        if self.is_stdin || print {
            return output::print(text.as_bytes());
        }
        if text == self.text {
            return Ok(());
        }
        fs::write(&self.name, text)
            .map_err(|error| Failure(format!("can't write {}: {error}", self.name)))
    }
}

fn each(files: &[String], run: impl Fn(&Text) -> Outcome) -> Outcome {
    let mut ended = Ended::Clean;
    for path in files {
        if run(&Text::read(path)?)? == Ended::Findings {
            ended = Ended::Findings;
        }
    }
    Ok(ended)
}

/// Says what there is to say about the files, taken together as a project.
pub fn check_files(files: &[String], least: Severity) -> Outcome {
    let texts = files.iter().map(|path| Text::read(path)).collect::<Result<Vec<_>, _>>()?;
    let mut told = String::new();
    let mut count = 0_usize;
    for one in &texts {
        for problem in ocl::parse(&one.text).problems {
            told.push_str(&format!("{}, {}\n\n", one.name, problem.report(&one.text)));
            count += 1;
        }
    }
    let sources: Vec<_> =
        texts.iter().map(|one| Source { path: &one.name, text: &one.text }).collect();
    let findings = read(&sources).fragment.findings;
    let meant = |one: &&Finding| !one.code.starts_with("ocl/") && one.severity <= least;
    for finding in findings.iter().filter(meant) {
        told.push_str(&format!("{finding}\n\n"));
        count += 1;
    }
    let files = if files.len() == 1 { "1 file" } else { &format!("{} files", files.len()) };
    told.push_str(&match count {
        0 => format!("Nothing found in {files}.\n"),
        1 => format!("1 finding in {files}.\n"),
        _ => format!("{count} findings in {files}.\n"),
    });
    output::print(told.as_bytes())?;
    Ok(if count == 0 { Ended::Clean } else { Ended::Findings })
}

fn fix_file(file: &Text, arguments: &Fix) -> Outcome {
    let mended = ocl::mend(&file.text, arguments.unsure);
    file.put(&mended.text, arguments.print)?;
    for problem in &mended.left {
        output::note(&format!("{}, {}", file.name, problem.report(&mended.text)));
    }
    let left = mended.left.len();
    let is_told = mended.edits > 0 || left > 0;
    if is_told {
        output::note(&format!("{}: {} repaired, {left} left.", file.name, mended.edits));
    }
    Ok(if left == 0 { Ended::Clean } else { Ended::Findings })
}

fn format_file(file: &Text, arguments: &Fmt) -> Outcome {
    let document = match ocl::read(&file.text) {
        Ok(document) => document,
        Err(problems) => {
            for problem in problems {
                output::note(&format!("{}, {}", file.name, problem.report(&file.text)));
            }
            return Ok(Ended::Findings);
        }
    };
    let written = ocl::write(&document, LineEnd::Lf);
    for loss in &written.losses {
        output::note(&format!("{}: {loss}", file.name));
    }
    if arguments.check {
        if written.text == file.text {
            return Ok(Ended::Clean);
        }
        output::print(format!("{}\n", file.name).as_bytes())?;
        return Ok(Ended::Findings);
    }
    file.put(&written.text, false)?;
    Ok(Ended::Clean)
}
