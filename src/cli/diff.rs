//! `pulpo diff`.

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Ended, Failure, Outcome, input, output};
use crate::compare::{self, Change, Comparison, Difference, Row, Side};
use crate::model::Design;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For a pull request.
    Markdown,
    /// A list of objects, the same members in each.
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Steps and environments are matched by slug, then name, then Octopus's id; variables by name, their \
values by scope. Pulpo's own ids and the order of lists that have none in Octopus don't count.

Exit codes:
  0  the designs say the same
  1  they differ
  2  one of them can't be read")]
pub struct Arguments {
    /// The first design, or - for standard input.
    first: String,
    /// The second design, or - for standard input; or files or a folder of anything that
    /// `pulpo import` reads, to see what it would change.
    second: String,
    /// How differences are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Reads both designs and says how the second differs from the first.
pub fn run(arguments: &Arguments) -> Outcome {
    if arguments.first == "-" && arguments.second == "-" {
        return Err(Failure("only one of the designs can come from standard input".to_owned()));
    }
    let (first, _) = input::design(&arguments.first)?;
    let second = second(&first, &arguments.second)?;
    let comparison = compare::compare(&first, &second);
    let text = match arguments.format {
        Format::Text => to_text(&comparison),
        Format::Markdown => {
            compare::markdown(&comparison.differences, &arguments.first, &arguments.second)
        }
        Format::Json => {
            let list: Value = comparison.differences.iter().map(to_json).collect();
            format!("{list:#}\n")
        }
    };
    output::print(text.as_bytes())?;
    Ok(if comparison.differences.is_empty() { Ended::Clean } else { Ended::Findings })
}

/// A design, or what another file makes of the first one.
fn second(first: &Design, path: &str) -> Result<Design, Failure> {
    let imported = super::import::read(&[path.to_owned()])?;
    match crate::view::beside::beside(&imported, first) {
        Some(design) => Ok(design),
        None if path == "-" => Err(Failure(match imported.all_findings().next() {
            Some(finding) => format!("standard input can't be read: {}", finding.what),
            None => "standard input holds nothing that can be compared".to_owned(),
        })),
        // Said as of a design, which is what is meant most often.
        None => input::design(path).map(|(design, _)| design),
    }
}

fn to_json(difference: &Difference) -> Value {
    json!({
        "area": difference.area.label(),
        "path": difference.path,
        "change": difference.change.word(),
        "before": difference.before,
        "after": difference.after,
    })
}

fn to_text(comparison: &Comparison) -> String {
    let mut text = String::new();
    let mut area = None;
    for difference in &comparison.differences {
        if area != Some(difference.area) {
            area = Some(difference.area);
            text.push_str(difference.area.label());
            text.push('\n');
        }
        item(difference, &mut text);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&compare::summary(&comparison.differences));
    text.push_str(".\n");
    text
}

fn item(difference: &Difference, text: &mut String) {
    let title = difference.title();
    let mark = match difference.change {
        Change::Added => '+',
        Change::Removed => '-',
        Change::Changed => '~',
        Change::Moved => '>',
    };
    let side = |side: &Option<String>| side.clone().unwrap_or("nothing".to_owned());
    let (before, after) = (side(&difference.before), side(&difference.after));
    text.push_str(&format!("  {mark} {title}"));
    if difference.is_long() {
        text.push('\n');
        let (before, after) = (difference.before.as_deref(), difference.after.as_deref());
        for row in compare::lines(before.unwrap_or_default(), after.unwrap_or_default()) {
            text.push_str(&match row {
                Row::Skipped(many) => format!("      … {many} lines are the same\n"),
                Row::Line { side, pieces } => {
                    let line: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
                    let mark = match side {
                        Side::Both => ' ',
                        Side::Before => '-',
                        Side::After => '+',
                    };
                    format!("      {mark} {line}\n")
                }
            });
        }
        return;
    }
    match difference.change {
        Change::Changed | Change::Moved => text.push_str(&format!(": {before} → {after}\n")),
        Change::Added if !after.is_empty() => text.push_str(&format!(": {after}\n")),
        Change::Removed if !before.is_empty() => text.push_str(&format!(": {before}\n")),
        Change::Added | Change::Removed => text.push('\n'),
    }
}
