//! Rust source as the rules look at it: without comments, the insides of texts,
//! and tests. Line numbers stay.

/// The code of a file; everything else is blank.
pub fn of(text: &str) -> String {
    without_tests(&without_comments(text))
}

/// Every path `crate::…`, groups written out, with its line.
pub fn crate_paths(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let is_word = code[..at].chars().next_back().is_some_and(is_part_of_word);
        // A macro's own `$crate` is another crate's business.
        if is_word || code[..at].ends_with('$') {
            continue;
        }
        let rest = &code[at + start.len()..];
        let line = line_of(code, at);
        match rest.strip_prefix('{') {
            Some(group) => found.extend(members(group).into_iter().map(|path| (line, path))),
            None => found.push((line, path_at(rest))),
        }
    }
    found
}

/// The longest chain of `super::` in each place that has one, with its line.
pub fn supers(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in code.match_indices("super::") {
        if at < end {
            continue;
        }
        let length = code[at..].split("super::").take_while(|between| between.is_empty()).count();
        end = at + length * "super::".len();
        found.push((line_of(code, at), length));
    }
    found
}

/// The lines on which `word` stands as a word of its own.
pub fn lines_with(code: &str, word: &str) -> Vec<usize> {
    let is_alone = |at: usize| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let joins = |next: Option<char>, edge: Option<char>| {
            next.is_some_and(is_part_of_word) && edge.is_some_and(is_part_of_word)
        };
        !joins(before, word.chars().next()) && !joins(after, word.chars().next_back())
    };
    let places = code.match_indices(word).map(|(at, _)| at);
    places.filter(|at| is_alone(*at)).map(|at| line_of(code, at)).collect()
}

fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn path_at(text: &str) -> String {
    text.chars().take_while(|c| is_part_of_word(*c) || *c == ':').collect()
}

/// The paths of `{a, b::{c, d}}` after its opening brace, inner groups dropped.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut all = String::new();
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ if depth == 0 => all.push(c),
            _ => {}
        }
    }
    all.split(',').map(|path| path_at(path.trim_start())).filter(|path| !path.is_empty()).collect()
}

/// Blanks comments and the insides of texts and characters.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (kept, skipped) = match c {
            '/' if rest.starts_with("//") => (0, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (0, comment_length(rest)),
            '"' => (1, text_length(rest)),
            'r' if !out.ends_with(is_part_of_word) || out.ends_with('b') => raw_length(rest),
            '\'' => (1, char_length(rest)),
            _ => (c.len_utf8(), c.len_utf8()),
        };
        out.push_str(&rest[..kept]);
        let blank = rest[kept..skipped].chars().map(|c| if c == '\n' { '\n' } else { ' ' });
        out.extend(blank);
        rest = &rest[skipped..];
    }
    out
}

/// The length of a block comment, which may hold others.
fn comment_length(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of a text in quotes.
fn text_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// What to keep and what to pass over at an `r`: a raw text, or just the letter.
fn raw_length(text: &str) -> (usize, usize) {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    if !text[1 + hashes..].starts_with('"') {
        return (1, 1);
    }
    let start = hashes + 2;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = text[start..].find(&end).map_or(text.len(), |at| start + at + end.len());
    (1, length)
}

/// The length of a character; of the quote alone where it starts a lifetime.
fn char_length(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, c))) => {
            let after = at + c.len_utf8();
            text[after..].find('\'').map_or(1, |quote| after + quote + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// Blanks each item that is compiled for tests only. That the code is formatted
/// tells where an item ends: at the closing brace that stands as deep as it.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut until: Option<String> = None;
    let mut is_next = false;
    for line in code.lines() {
        let depth = line.len() - line.trim_start().len();
        let bare = line.trim();
        if let Some(end) = &until {
            if line.trim_end() == end {
                until = None;
            }
        } else if bare.starts_with("#[cfg(test)]") {
            is_next = true;
        } else if is_next && bare.starts_with("#[") {
        } else if is_next {
            is_next = false;
            if !bare.ends_with(';') && !bare.ends_with('}') {
                until = Some(format!("{}}}", " ".repeat(depth)));
            }
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

#[test]
fn code_is_told_from_the_rest() {
    let text = r##"//! crate::ui
/* crate::ui /* x */ crate::ui */ use crate::base;
const A: &str = "crate::ui \" crate::ui"; const B: &str = r#"crate::ui "x" "#;
fn a<'a>(b: &'a str) -> char { let _ = ['"', '\'', '\u{7f}', 'é']; crate::one::two() }
use crate::{
    three::{Four, Five},
    six, // crate::ui
};
#[cfg(test)]
mod tests {
    use crate::ui;
}
#[cfg(test)]
mod more;
fn last() { crate::last(); my_crate::ui(); super::super::up(); super::near() }
"##;
    let code = of(text);
    let paths = crate_paths(&code);
    let shown: Vec<_> = paths.iter().map(|(line, path)| (*line, path.as_str())).collect();
    assert_eq!(shown, [(2, "base"), (4, "one::two"), (5, "three::"), (5, "six"), (15, "last")]);
    assert_eq!(supers(&code), [(15, 2), (15, 1)]);
    assert_eq!(lines_with(&code, "last"), [15, 15]);
    assert_eq!(lines_with(&code, "crate::up"), Vec::<usize>::new());
    assert_eq!(code.lines().count(), text.lines().count());
}
