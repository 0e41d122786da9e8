//! The guide's own script, as it was pasted into a script step: what it
//! extracts, from which package, to where. A script that does anything besides
//! is not the guide's, and is left alone.
//!
//! Source: reference, pulumi, section 5.1.

use crate::model::Action;
use crate::model::process::keys;

/// What the script says.
#[derive(Debug, PartialEq, Eq)]
pub struct Guide {
    /// The name of the package reference.
    pub reference: String,
    /// The folder of the package.
    pub folder: String,
    /// The folder on the worker.
    pub target: String,
}

/// What the script of `action` extracts, if it is the guide's.
pub fn read(action: &Action) -> Option<Guide> {
    let is_script = action.octopus_type()?.eq_ignore_ascii_case("Octopus.Script");
    let text = |key| action.properties.text(key);
    let source = text(keys::SCRIPT_SOURCE);
    let is_inline = source.is_empty() || source.eq_ignore_ascii_case("Inline");
    let is_bash = text(keys::SCRIPT_SYNTAX).eq_ignore_ascii_case("Bash");
    (is_script && is_inline && is_bash && action.template.is_none()).then_some(())?;
    parse(text(keys::SCRIPT_BODY))
}

fn parse(body: &str) -> Option<Guide> {
    let (mut removed, mut variable, mut copied) = (None, None, None);
    for line in body.lines().map(str::trim) {
        let words = line.split_whitespace().collect::<Vec<_>>();
        match words.as_slice() {
            [] => {}
            [first, ..] if first.starts_with('#') || *first == "set" => {}
            ["rm", "-rf" | "-fr", target] => removed = Some(bare(target)),
            ["cd" | "pushd", target] if Some(bare(target)) == removed => {}
            ["mkdir", "-p", target] if Some(bare(target)) == removed => {}
            ["cp", "-r" | "-R" | "-a" | "-rf", from, to] => copied = Some((bare(from), bare(to))),
            _ => variable = Some(assigned(line)?),
        }
    }
    let (name, reference) = variable?;
    let (from, target) = copied?;
    let braced = format!("${{{name}}}");
    let plain = format!("${name}");
    let rest = from.strip_prefix(&braced).or_else(|| from.strip_prefix(&plain))?;
    let folder = rest.trim_end_matches("/.").trim_matches('/').to_owned();
    let is_fixed = target.starts_with('/') && !target.contains('$') && removed? == target;
    let is_inside = (rest.is_empty() || rest.starts_with('/')) && !folder.contains('$');
    (is_fixed && is_inside).then_some(Guide { reference, folder, target })
}

/// A word without quotes, and a folder without a slash at its end.
fn bare(word: &str) -> String {
    let word = word.replace(['"', '\''], "");
    match word.trim_end_matches('/') {
        "" => word,
        short if word.starts_with('/') => short.to_owned(),
        _ => word,
    }
}

/// `name=$(get_octopusvariable "Octopus.Action.Package[reference].ExtractedPath")`.
fn assigned(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once('=')?;
    let is_name =
        !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_');
    let value = value.replace(['"', '\''], "");
    let call = value.trim().strip_prefix("$(get_octopusvariable ")?.strip_suffix(')')?;
    let reference =
        call.trim().strip_prefix("Octopus.Action.Package[")?.strip_suffix("].ExtractedPath")?;
    (is_name && !reference.is_empty()).then(|| (name.to_owned(), reference.to_owned()))
}
