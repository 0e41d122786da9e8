//! What a script reads when it runs: calls of `get_octopusvariable` with a
//! plain name, and PowerShell's `$OctopusParameters["Name"]`.
//!
//! Bash compares names with their case, and an unknown one gives an empty line
//! (reference: process, section 9.3); PowerShell ignores case.

use super::ground::Ground;
use super::text::{Source, Span, SpanKind, Trace};
use crate::octostache::Doubt;

/// The call of bash and Python.
const BASH: &str = "get_octopusvariable";
/// The table of PowerShell.
const POWERSHELL: &str = "OctopusParameters[";

/// A call found in a text.
struct Call {
    start: usize,
    end: usize,
    name: String,
    minds_case: bool,
}

/// The spans of a script with what it reads marked.
pub(super) fn mark(ground: &mut Ground<'_>, spans: Vec<Span>) -> Vec<Span> {
    let mut out = Vec::with_capacity(spans.len());
    for span in spans {
        if span.kind != SpanKind::Plain {
            out.push(span);
            continue;
        }
        let mut from = 0;
        for call in calls(&span.text) {
            push_plain(&mut out, span.text.get(from..call.start));
            let typed = span.text.get(call.start..call.end).unwrap_or_default();
            out.push(read(ground, &call, typed));
            from = call.end;
        }
        push_plain(&mut out, span.text.get(from..));
    }
    out
}

fn push_plain(out: &mut Vec<Span>, text: Option<&str>) {
    let text = text.unwrap_or_default();
    if !text.is_empty() {
        out.push(Span::plain(text));
    }
}

/// The names that a script reads, in order.
pub(super) fn names(text: &str) -> Vec<String> {
    calls(text).into_iter().map(|call| call.name).collect()
}

fn calls(text: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    for (at, line) in lines(text) {
        // A comment reads nothing.
        if line.trim_start().starts_with('#') {
            continue;
        }
        let mut from = 0;
        while let Some(rest) = line.get(from..) {
            let bash = rest.find(BASH).map(|found| (found, BASH, true));
            let table = rest.find(POWERSHELL).map(|found| (found, POWERSHELL, false));
            let Some((found, word, minds_case)) = bash.into_iter().chain(table).min() else {
                break;
            };
            let start = from + found;
            let after = start + word.len();
            let Some((name, length)) = line.get(after..).and_then(quoted) else {
                from = after;
                continue;
            };
            let end = after + length;
            calls.push(Call { start: at + start, end: at + end, name, minds_case });
            from = end;
        }
    }
    calls
}

/// The lines of a text with where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// The plain text in quotes that `rest` begins with, and where it ends.
fn quoted(rest: &str) -> Option<(String, usize)> {
    let opened = rest.trim_start_matches([' ', '\t', '(']);
    let skipped = rest.len() - opened.len();
    let quote = opened.chars().next()?;
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let inside = opened.get(1..)?;
    let end = inside.find(quote)?;
    let name = inside.get(..end)?;
    // What bash fills in first is not known here.
    let is_plain = !name.is_empty()
        && !name.contains('\n')
        && (quote == '\'' || !name.contains(['$', '`', '\\']));
    is_plain.then(|| (name.to_owned(), skipped + end + 2))
}

/// The call as a span that says what it gets.
fn read(ground: &mut Ground<'_>, call: &Call, typed: &str) -> Span {
    ground.need_name(&call.name);
    let (kind, gives, sources) = look_up(ground, &call.name, call.minds_case);
    let trace = Trace { expression: typed.to_owned(), sources, gives: Some(gives) };
    Span { text: typed.to_owned(), kind, trace: Some(Box::new(trace)) }
}

/// What reading `name` gives: the kind of it, its text, and the names behind it.
pub(super) fn look_up(
    ground: &Ground<'_>,
    name: &str,
    minds_case: bool,
) -> (SpanKind, String, Vec<Source>) {
    let asked = |found| crate::octostache::Asked { name: name.to_owned(), found };
    let nothing = |notes: Vec<String>| {
        let mut sources = ground.sources(&[asked(false)]);
        if let Some(first) = sources.first_mut() {
            first.notes.extend(notes);
        }
        (SpanKind::Unresolved, String::new(), sources)
    };
    if ground.raw(name).is_none() {
        let Some(text) = ground.unknown(name) else { return nothing(Vec::new()) };
        return (SpanKind::RunTime, ground.shown(&text), ground.sources(&[asked(true)]));
    }
    let known = ground.known(name).filter(|known| known.name.eq_ignore_ascii_case(name));
    if let Some(known) = known.filter(|known| minds_case && known.name != name) {
        let spelt = format!("It is spelt {}, and bash minds case.", known.name);
        return nothing(vec![spelt]);
    }
    let engine = ground.engine();
    let result = match engine.get(name) {
        Ok(Some(result)) => result,
        Ok(None) => return nothing(Vec::new()),
        Err(error) => return nothing(vec![format!("Octopus fails here: {error}.")]),
    };
    let text = result.text.unwrap_or_default();
    // The whole of it is one value, so its worst piece says what it is.
    let marks: Vec<_> = text.chars().filter_map(|letter| ground.marked(letter)).collect();
    let standing = ground.standing(name);
    let kind = match result.doubt.max(standing) {
        _ if marks.iter().any(|mark| mark.is_secret) => SpanKind::Secret,
        _ if !marks.is_empty() => SpanKind::RunTime,
        Doubt::Undecided => SpanKind::Undecided,
        Doubt::Sample => SpanKind::Sample,
        _ if !result.missing.is_empty() => SpanKind::Unresolved,
        Doubt::None | Doubt::Opaque => SpanKind::Value,
    };
    let mut sources = ground.sources(&[asked(true)]);
    sources.extend(ground.sources(&result.reads));
    (kind, ground.shown(&text), sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_with_a_plain_name_are_found() {
        let script = "a=$(get_octopusvariable \"A b\")\n\
                      # get_octopusvariable \"no\"\n\
                      x=\"$(get_octopusvariable 'C')\" get_octopusvariable \"$name\"\n\
                      y = get_octopusvariable(\"D\")\n\
                      $z = $OctopusParameters['e.F'] + $OctopusParameters[$g]\n";
        assert_eq!(names(script), ["A b", "C", "D", "e.F"]);
        let call = &calls(script)[0];
        assert_eq!(&script[call.start..call.end], "get_octopusvariable \"A b\"");
    }
}
