//! `pulpo check`.

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Ended, Failure, Outcome, input, output};
use crate::base::{Finding, Severity};
use crate::format::design_file;
use crate::lint;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// A list of objects, the same members in each.
    Json,
}

/// The least severity that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Least {
    /// What makes the result wrong or unusable.
    Error,
    /// That, and what is likely not meant.
    Warning,
    /// Everything.
    Info,
}

impl Least {
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The design file, or - for standard input; a file named *.ocl is checked as OCL.
    design: String,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The least severity that counts; what is below is neither shown nor counted.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Least::Info)]
    at_least: Least,
}

/// Reads the design and says what is to be said about it.
pub fn run(arguments: &Arguments) -> Outcome {
    if arguments.design.to_ascii_lowercase().ends_with(".ocl") {
        let files = std::slice::from_ref(&arguments.design);
        return super::ocl::check_files(files, arguments.at_least.severity());
    }
    let input::Input { name, text, opened } = input::read(&arguments.design);
    let mut findings = opened.findings;
    let is_readable = opened.design.is_some();
    if let Some(design) = opened.design {
        let mut more = lint::check(&design);
        design_file::locate_all(text.strip_prefix('\u{feff}').unwrap_or(&text), &mut more);
        for finding in &mut more {
            finding.place.file = Some(name.clone());
        }
        findings.append(&mut more);
    }
    // Severities are ordered from the worst.
    findings.retain(|finding| finding.severity <= arguments.at_least.severity());

    match arguments.format {
        Format::Json => {
            let list: Value = findings.iter().map(to_json).collect();
            output::print(format!("{list:#}\n").as_bytes())?;
        }
        Format::Text if is_readable => output::print(to_text(&findings).as_bytes())?,
        Format::Text => return Err(Failure(unreadable(&name, &findings))),
    }
    Ok(match (is_readable, findings.is_empty()) {
        (true, true) => Ended::Clean,
        (true, false) => Ended::Findings,
        (false, _) => Ended::Unreadable,
    })
}

fn to_json(finding: &Finding) -> Value {
    let place = &finding.place;
    json!({
        "severity": finding.severity.word(),
        "code": finding.code,
        "what": finding.what,
        "why": finding.why,
        "fix": finding.fix,
        "file": place.file,
        "line": place.position.map(|at| at.line),
        "column": place.position.map(|at| at.column),
        "path": place.path,
    })
}

fn to_text(findings: &[Finding]) -> String {
    let mut text: String = findings.iter().map(|finding| format!("{finding}\n\n")).collect();
    text.push_str(&count(findings));
    text.push('\n');
    text
}

/// How many findings there are of each severity, in words.
fn count(findings: &[Finding]) -> String {
    let parts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter_map(|severity| {
            let many = findings.iter().filter(|finding| finding.severity == severity).count();
            let plural = if many == 1 || severity == Severity::Info { "" } else { "s" };
            (many > 0).then(|| format!("{many} {}{plural}", severity.word()))
        })
        .collect();
    if parts.is_empty() { "Nothing found.".to_owned() } else { format!("{}.", parts.join(", ")) }
}

/// What a person is told of a design that could not be read.
pub fn unreadable(name: &str, findings: &[Finding]) -> String {
    let mut text = format!("{name} can't be read as a design");
    for finding in findings {
        text.push('\n');
        text.push_str(&finding.to_string());
    }
    text
}
