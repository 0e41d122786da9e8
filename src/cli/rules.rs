//! `pulpo rules`.

use clap::ValueEnum;

use super::{Ended, Failure, Outcome, output};
use crate::lint::{self, RULES, Rule};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For a page of documentation.
    Markdown,
}

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The rule to explain, such as stacks/shared; without it all are listed.
    id: Option<String>,
    /// How rules are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Lists the rules or explains one.
pub fn run(arguments: &Arguments) -> Outcome {
    let text = match (&arguments.id, arguments.format) {
        (Some(id), format) => {
            let rule = lint::rule(id).ok_or_else(|| {
                Failure(format!("there is no rule \"{id}\"; pulpo rules lists them"))
            })?;
            match format {
                Format::Text => explained(rule),
                Format::Markdown => entry(rule),
            }
        }
        (None, Format::Text) => RULES.iter().map(|rule| line(rule)).collect(),
        (None, Format::Markdown) => page(),
    };
    output::print(text.as_bytes())?;
    Ok(Ended::Clean)
}

fn line(rule: &Rule) -> String {
    format!("{:32}  {:7}  {}\n", rule.id, rule.severity.word(), rule.summary)
}

fn explained(rule: &Rule) -> String {
    let Rule { id, severity, summary, why, remedy, .. } = rule;
    format!("{}[{id}] {summary}.\n  why: {why}\n  do: {remedy}\n", severity.word())
}

fn entry(rule: &Rule) -> String {
    let Rule { id, severity, summary, why, remedy, .. } = rule;
    format!("### `{id}`\n\n{summary}. *({})*\n\n{why} **{remedy}**\n", severity.word())
}

fn page() -> String {
    let mut text = String::from(
        "# Rules\n\nWhat `pulpo check` and the Problems page look for. This page is written by \
         `pulpo rules --format markdown`.\n",
    );
    let mut area = "";
    for rule in RULES {
        let own = rule.id.split('/').next().unwrap_or_default();
        if own != area {
            area = own;
            text.push_str(&format!("\n## {area}\n"));
        }
        text.push('\n');
        text.push_str(&entry(rule));
    }
    text
}
