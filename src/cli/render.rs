//! `pulpo render`.

use std::io::{IsTerminal, Read};

use serde_json::{Value, json};

use super::{Ended, Failure, Outcome, output};
use crate::octostache::{Engine, Evaluation, Mode, Variables};

/// The largest template and the largest file of variables, in bytes.
const LARGEST: u64 = 16 << 20;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  filled in
  1  filled in, but something was not resolved or can't be read
  2  not filled in: bad arguments, unreadable input, or Octopus would fail

Examples:
  pulpo render 'Hello #{Name | ToUpper}' --variables variables.json
  pulpo render - --variables variables.json < deploy.sh")]
pub struct Arguments {
    /// The template itself, or - for standard input.
    template: String,
    /// A JSON file with an object of names and values.
    #[arg(long, value_name = "FILE")]
    variables: Option<String>,
    /// Fill in what can be read and leave the rest, as Octopus does in scripts
    /// and files; elsewhere one mistake leaves all as it is.
    #[arg(long)]
    lenient: bool,
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

/// Fills a template in.
pub fn run(arguments: &Arguments) -> Outcome {
    let variables = match &arguments.variables {
        Some(path) => variables(path)?,
        None => Variables::new(),
    };
    let template = match arguments.template.as_str() {
        "-" => standard_input()?,
        text => text.to_owned(),
    };
    let engine = Engine::new(&variables);
    let mode = if arguments.lenient { Mode::Continue } else { Mode::Halt };
    let result = engine
        .evaluate_in(&template, mode)
        .map_err(|error| Failure(format!("Octopus fails here: {error}")))?;
    let text = result.text.as_deref();
    if arguments.json {
        output::print(format!("{:#}\n", to_json(&result)).as_bytes())?;
    } else {
        let mut text = text.unwrap_or_default().to_owned();
        if std::io::stdout().is_terminal() && !text.ends_with('\n') {
            text.push('\n');
        }
        output::print(text.as_bytes())?;
        if let Some(error) = result.error() {
            output::note(&error);
        }
    }
    Ok(if result.error().is_none() { Ended::Clean } else { Ended::Findings })
}

fn to_json(result: &Evaluation) -> Value {
    let names = |found: bool| -> Vec<&str> {
        let asked = result.reads.iter().filter(|asked| asked.found == found);
        asked.map(|asked| asked.name.as_str()).collect()
    };
    json!({
        "text": result.text,
        "error": result.error(),
        "unresolved": result.missing,
        "read": names(true),
        "missing": names(false),
    })
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(LARGEST)
        .read_to_string(&mut text)
        .map_err(|error| Failure(format!("the template can't be read: {error}")))?;
    Ok(text)
}

/// The variables of a JSON file: an object of texts, numbers, flags and nulls.
fn variables(path: &str) -> Result<Variables, Failure> {
    let fail = |what: String| Failure(format!("{path}: {what}"));
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LARGEST).read_to_string(&mut text))
        .map_err(|error| fail(format!("it can't be read: {error}")))?;
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| fail(format!("it is not JSON: {error}")))?;
    let Value::Object(members) = value else {
        return Err(fail("it should hold an object of names and values".to_owned()));
    };
    let mut variables = Variables::new();
    for (name, value) in &members {
        match value {
            Value::String(text) => variables.set(name, Some(text)),
            Value::Null => variables.set(name, None),
            Value::Bool(true) => variables.set(name, Some("True")),
            Value::Bool(false) => variables.set(name, Some("False")),
            Value::Number(number) => variables.set(name, Some(&number.to_string())),
            // Octopus looks into texts that hold JSON.
            Value::Array(_) | Value::Object(_) => variables.set(name, Some(&value.to_string())),
        }
    }
    Ok(variables)
}
