//! The command line: the core without a browser, for CI and for designs in Git.
//!
//! Exit codes are part of the interface: 0 done and nothing to say, 1 done and
//! there are findings, 2 could not do it (bad arguments, unreadable input).
//! Results go to standard output, what went wrong to standard error.
//! Never: a change to a file that was not asked for.

mod check;
mod convert;
mod diff;
mod export;
mod files;
mod import;
mod input;
mod ocl;
mod output;
mod preview;
mod reach;
mod render;
mod resolve;
mod rules;
mod sample;
mod scenario;
mod schema;
mod told;
mod upgrade;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// Done, and nothing to say.
    Clean,
    /// Done, and there are findings.
    Findings,
    /// Not done, and said so already.
    Unreadable,
}

/// Why a command could not do its work, as it is told to a person.
struct Failure(String);

type Outcome = Result<Ended, Failure>;

const AFTER_HELP: &str = "\
Exit codes:
  0  done, nothing found
  1  done, and there are findings
  2  could not do it: bad arguments or unreadable input

Examples:
  pulpo sample aws-fargate > design.pulpo.json
  pulpo check design.pulpo.json
  pulpo check - --format json < design.pulpo.json
  pulpo diff old.pulpo.json new.pulpo.json --format markdown
  pulpo export design.pulpo.json --to all --out octopus/
  pulpo import infra/ process.json > design.pulpo.json
  pulpo ocl check .octopus/*.ocl .octopus/runbooks/*.ocl
  pulpo preview design.pulpo.json --environment Production";

/// Designs how Octopus Deploy deploys Pulumi stacks.
#[derive(Debug, Parser)]
#[command(name = "pulpo", version, about, after_help = AFTER_HELP, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the built-in samples, or print one.
    Sample(sample::Arguments),
    /// Say what is wrong with a design, or likely is.
    Check(check::Arguments),
    /// Say how one design differs from another.
    Diff(diff::Arguments),
    /// Write the files that Octopus takes.
    Export(export::Arguments),
    /// Say which value each variable has in an environment, and why.
    Resolve(resolve::Arguments),
    /// Fill a template in, as Octopus would.
    Render(render::Arguments),
    /// Play a deployment through: steps, settings, scripts, secrets.
    Preview(preview::Arguments),
    /// Say which credential can be read where, and what leaks.
    Reach(reach::Arguments),
    /// Take files in: into a design, or as a new one.
    Import(import::Arguments),
    /// Turn files of one format into another.
    Convert(convert::Arguments),
    /// Check, repair and lay out OCL files.
    Ocl(ocl::Arguments),
    /// List what check looks for, or explain one rule.
    Rules(rules::Arguments),
    /// Make a design in the manner of the 2019 guide a modern one.
    Upgrade(upgrade::Arguments),
    /// Print the JSON Schema of design files.
    Schema,
}

/// Runs the command that the program was started with.
#[must_use]
pub fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Sample(arguments) => sample::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Resolve(arguments) => resolve::run(&arguments),
        Command::Render(arguments) => render::run(&arguments),
        Command::Preview(arguments) => preview::run(&arguments),
        Command::Reach(arguments) => reach::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Ocl(arguments) => ocl::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Upgrade(arguments) => upgrade::run(&arguments),
        Command::Schema => schema::run(),
    };
    match outcome {
        Ok(Ended::Clean) => ExitCode::SUCCESS,
        Ok(Ended::Findings) => ExitCode::from(1),
        Ok(Ended::Unreadable) => ExitCode::from(2),
        Err(Failure(message)) => {
            output::complain(&message);
            ExitCode::from(2)
        }
    }
}
