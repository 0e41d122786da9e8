//! Words of a command line: what the arguments of a community step were meant
//! to say, told as settings of a Pulumi step.
//!
//! The Linux template splits at every space and hands quotes on as letters; here
//! they are taken as they were meant.
//! Source: reference, pulumi, section 3.2.

use crate::model::process::RunStep;

/// The words of `text`; quotes hold a word together, and so does `#{…}`.
/// Nothing where a quote is never closed.
pub fn words(text: &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    let mut word = String::new();
    let (mut is_open, mut quote, mut depth) = (false, None, 0_u32);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '#' && letters.peek() == Some(&'{') {
            depth += 1;
        } else if letter == '}' && depth > 0 {
            depth -= 1;
        } else if depth == 0 {
            match quote {
                Some(mark) if letter == mark => {
                    quote = None;
                    continue;
                }
                None if matches!(letter, '"' | '\'') => {
                    quote = Some(letter);
                    is_open = true;
                    continue;
                }
                None if letter.is_whitespace() => {
                    if is_open {
                        all.push(std::mem::take(&mut word));
                    }
                    is_open = false;
                    continue;
                }
                _ => {}
            }
        }
        word.push(letter);
        is_open = true;
    }
    if is_open {
        all.push(word);
    }
    (quote.is_none() && depth == 0).then_some(all)
}

/// Flags that Pulpo's scripts give by themselves.
const GIVEN: [&str; 8] = [
    "--yes",
    "-y",
    "--non-interactive",
    "--skip-preview",
    "-f",
    "--suppress-progress",
    "--color=never",
    "--color=always",
];
/// Flags that are told apart from the value after them.
const WITH_VALUE: [&str; 18] = [
    "--config",
    "-c",
    "--target",
    "-t",
    "--replace",
    "--exclude",
    "--policy-pack",
    "--policy-pack-config",
    "--stack-config",
    "--verbose",
    "-v",
    "--tracing",
    "--target-replace",
    "--attach-debugger",
    "--plan",
    "--save-plan",
    "--import-file",
    "--exec-kind",
];

/// Takes `words` as settings of `run`; the folder and the stack that they say
/// come back. Nothing where an expression could be several words, or something
/// stands there that is no flag.
pub fn take(words: &[String], run: &mut RunStep) -> Option<(Option<String>, Option<String>)> {
    let (mut folder, mut stack) = (None, None);
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let (flag, given) = match word.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
            _ => (word.as_str(), None),
        };
        let mut value = || given.clone().or_else(|| rest.next().cloned());
        match flag {
            _ if GIVEN.contains(&word.as_str()) => {}
            "--color" => {
                value()?;
            }
            "--diff" => run.shows_diff = is_on(given.as_deref()),
            "--refresh" | "-r" => run.refreshes = is_on(given.as_deref()),
            "--parallel" | "-p" => run.parallel = value()?,
            "--message" | "-m" => run.message = value()?,
            "--config-file" => run.config_file = value()?,
            "--stack" | "-s" => stack = Some(value()?),
            "--cwd" | "-C" => folder = Some(value()?),
            _ if WITH_VALUE.contains(&flag) && given.is_none() => {
                run.arguments.push(word.clone());
                run.arguments.push(value()?);
            }
            _ if flag.starts_with('-') => run.arguments.push(word.clone()),
            _ => return None,
        }
    }
    Some((folder, stack))
}

fn is_on(value: Option<&str>) -> bool {
    value.is_none_or(|value| value.eq_ignore_ascii_case("true"))
}
