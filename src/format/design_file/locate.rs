//! From JSON paths back to places in the text.
//!
//! Only findings need it, so the text is scanned again instead of carrying a
//! place with every value; once for all of them, so that a bad file with many
//! findings is still read at once. The text is known to be JSON.

use std::collections::BTreeMap;

use crate::base::{Finding, LineColumn};
use crate::record::write_member;

/// Where the value at `path` (such as `$.a[2].b`) starts in `text`; the place
/// of its nearest parent where the value itself is missing.
#[must_use]
pub fn locate(text: &str, path: &str) -> Option<LineColumn> {
    let places = places(text, std::iter::once(path));
    nearest(&places, path)
}

/// Gives each finding that has a path the position of that path in `text`.
pub fn locate_all(text: &str, findings: &mut [Finding]) {
    let places = places(text, findings.iter().filter_map(|one| one.place.path.as_deref()));
    for finding in findings {
        if let Some(path) = &finding.place.path {
            finding.place.position = nearest(&places, path);
        }
    }
}

/// A place for each path and each of its parents.
type Places = BTreeMap<String, Option<LineColumn>>;

fn nearest(places: &Places, path: &str) -> Option<LineColumn> {
    let found = prefixes(path).filter_map(|end| places.get(path.get(..end)?).copied().flatten());
    found.last()
}

fn places<'p>(text: &str, paths: impl Iterator<Item = &'p str>) -> Places {
    let mut places = Places::new();
    for path in paths {
        for end in prefixes(path) {
            if let Some(part) = path.get(..end)
                && !places.contains_key(part)
            {
                places.insert(part.to_owned(), None);
            }
        }
    }
    if !places.is_empty() {
        let mut scan = Scan { text, at: 0, marked: 0, position: LineColumn { line: 1, column: 1 } };
        scan.all(&mut places);
    }
    places
}

/// Where the steps of `path` end, from `$` to the whole.
fn prefixes(path: &str) -> impl Iterator<Item = usize> + '_ {
    let mut end = usize::from(path.starts_with('$'));
    let mut next = (end > 0).then_some(end);
    std::iter::from_fn(move || {
        let this = next?;
        next = path.get(end..).and_then(step_length).map(|length| {
            end += length;
            end
        });
        Some(this)
    })
}

/// The length of the first step of `rest`: `.name`, `[3]` or `["name"]`.
fn step_length(rest: &str) -> Option<usize> {
    if let Some(name) = rest.strip_prefix('.') {
        return Some(1 + name.find(['.', '[']).unwrap_or(name.len()));
    }
    let inner = rest.strip_prefix('[')?;
    if inner.starts_with('"') {
        let mut stream = serde_json::Deserializer::from_str(inner).into_iter::<String>();
        stream.next()?.ok()?;
        return Some(stream.byte_offset() + 2);
    }
    Some(inner.find(']')? + 2)
}

/// An object or list that the scan is in.
struct Frame {
    is_object: bool,
    index: usize,
    /// The length of its own path.
    path: usize,
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// How far `position` has counted.
    marked: usize,
    position: LineColumn,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn blanks(&mut self) {
        while self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// The place of the scan, counted on from the place asked for before.
    fn here(&mut self) -> LineColumn {
        for letter in self.text.get(self.marked..self.at).unwrap_or_default().chars() {
            if letter == '\n' {
                self.position.line = self.position.line.saturating_add(1);
                self.position.column = 1;
            } else {
                self.position.column = self.position.column.saturating_add(1);
            }
        }
        self.marked = self.at;
        self.position
    }

    /// Passes over a string; gives it with its quotes.
    fn string(&mut self) -> &str {
        let start = self.at;
        self.at += 1;
        while !matches!(self.peek(), 0 | b'"') {
            self.at += if self.peek() == b'\\' { 2 } else { 1 };
        }
        self.at = (self.at + 1).min(self.text.len());
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn scalar(&mut self) {
        if self.peek() == b'"' {
            self.string();
        } else {
            while !matches!(self.peek(), 0 | b',' | b'}' | b']')
                && !self.peek().is_ascii_whitespace()
            {
                self.at += 1;
            }
        }
    }

    /// Passes over a key and its colon, and appends it to `path`.
    fn key(&mut self, path: &mut String) {
        let key = serde_json::from_str::<String>(self.string()).unwrap_or_default();
        write_member(path, &key);
        self.blanks();
        self.at += 1;
    }

    /// Passes over the whole text without recursion and notes the `places` asked for.
    fn all(&mut self, places: &mut Places) {
        let mut path = String::from("$");
        let mut frames: Vec<Frame> = Vec::new();
        loop {
            self.blanks();
            if let Some(place) = places.get_mut(path.as_str()) {
                *place = Some(self.here());
            }
            let opening = self.peek();
            if matches!(opening, b'{' | b'[') {
                frames.push(Frame { is_object: opening == b'{', index: 0, path: path.len() });
                self.at += 1;
            } else {
                self.scalar();
            }
            // To the next value: over what closes, a comma, a key.
            loop {
                let Some(frame) = frames.last_mut() else { return };
                path.truncate(frame.path);
                self.blanks();
                match self.peek() {
                    0 => return,
                    b'}' | b']' => {
                        self.at += 1;
                        frames.pop();
                    }
                    b',' => {
                        self.at += 1;
                        frame.index += 1;
                    }
                    _ if frame.is_object => {
                        self.key(&mut path);
                        break;
                    }
                    _ => {
                        path.push('[');
                        path.push_str(&frame.index.to_string());
                        path.push(']');
                        break;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, path: &str, line: u32, column: u32) {
        assert_eq!(locate(text, path), Some(LineColumn { line, column }), "{path}");
    }

    #[test]
    fn paths_lead_to_places() {
        let text = "{\n  \"a\": [1, {\"b\\\"c\": \"x, ]\"}, [[]]],\n  \"d\": null\n}";
        check(text, "$", 1, 1);
        check(text, "$.a", 2, 8);
        check(text, "$.a[1]", 2, 12);
        check(text, r#"$.a[1]["b\"c"]"#, 2, 21);
        check(text, "$.a[2][0]", 2, 31);
        check(text, "$.d", 3, 8);
        check(text, "$.missing.x", 1, 1);
        check(text, "$.a[9].x", 2, 8);
        check("[\"é\", [], 7]", "$[2]", 1, 11);
    }

    #[test]
    fn a_broken_text_ends_the_scan() {
        for text in ["", "{", "{\"a", "{\"a\":", "[1,", "[[[", "}", "\"\\", "{\"a\"]"] {
            assert!(locate(text, "$.a[3].b").is_some(), "{text}");
        }
    }

    #[test]
    fn many_findings_are_placed_in_one_pass() {
        let text = format!("[{}]", vec!["1"; 100_000].join(",\n"));
        let mut findings: Vec<_> = (0..100_000)
            .map(|index| Finding::info("x/y", crate::base::Place::path(format!("$[{index}]")), ""))
            .collect();
        locate_all(&text, &mut findings);
        let lines = findings.iter().filter_map(|one| Some(one.place.position?.line));
        assert!(lines.eq(1..=100_000));
    }
}
