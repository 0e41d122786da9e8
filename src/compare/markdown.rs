//! Differences as Markdown, for a pull request.

use std::fmt::Write as _;

use super::lines::{Row, Side, lines};
use super::{Change, Difference};

/// The differences as Markdown; the same ones always give the same text.
///
/// `first` and `second` are what the designs are called.
#[must_use]
pub fn markdown(differences: &[Difference], first: &str, second: &str) -> String {
    let mut text = format!("## {} → {}\n\n", plain(first), plain(second));
    // Writing to a string can't fail.
    writeln!(text, "{}.", super::summary(differences)).ok();
    let mut area = None;
    for difference in differences {
        if area != Some(difference.area) {
            area = Some(difference.area);
            write!(text, "\n### {}\n\n", difference.area.label()).ok();
        }
        item(difference, &mut text);
    }
    text
}

fn item(difference: &Difference, text: &mut String) {
    let path: Vec<_> = difference.path.iter().map(|part| plain(part)).collect();
    let path = path.join(" › ");
    write!(text, "- **{}** {path}", difference.change.label()).ok();
    let side =
        |side: &Option<String>| side.as_ref().map_or("nothing".to_owned(), |text| code(text));
    match difference.change {
        Change::Moved => {
            let side = |side: &Option<String>| plain(side.as_deref().unwrap_or_default());
            writeln!(text, ": {} → {}", side(&difference.before), side(&difference.after)).ok();
        }
        _ if difference.is_long() => {
            text.push('\n');
            block(difference, text);
        }
        Change::Changed => {
            writeln!(text, ": {} → {}", side(&difference.before), side(&difference.after)).ok();
        }
        Change::Added | Change::Removed => {
            let said = difference.before.as_ref().or(difference.after.as_ref());
            match said.filter(|said| !said.is_empty()) {
                Some(said) => writeln!(text, ": {}", code(said)).ok(),
                None => writeln!(text).ok(),
            };
        }
    }
}

/// The lines of both sides, in the way of a patch.
fn block(difference: &Difference, text: &mut String) {
    let before = difference.before.as_deref().unwrap_or_default();
    let after = difference.after.as_deref().unwrap_or_default();
    let fence = "`".repeat(longest_run(before).max(longest_run(after)).max(2) + 1);
    writeln!(text, "  {fence}diff").ok();
    for row in lines(before, after) {
        match row {
            Row::Line { side, pieces } => {
                let mark = match side {
                    Side::Both => ' ',
                    Side::Before => '-',
                    Side::After => '+',
                };
                let line: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
                writeln!(text, "  {mark}{line}").ok();
            }
            Row::Skipped(many) => {
                writeln!(text, "  @@ {many} lines are the same @@").ok();
            }
        }
    }
    writeln!(text, "  {fence}").ok();
}

/// Text as inline code, whatever backticks are in it.
fn code(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text) + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{blank}{text}{blank}{ticks}")
}

fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default()
}

/// Text in which nothing is taken for Markdown or HTML.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&')
        {
            plain.push('\\');
        }
        plain.push(if letter == '\n' { ' ' } else { letter });
    }
    plain
}
