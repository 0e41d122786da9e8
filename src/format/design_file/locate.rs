//! From a JSON path back to the place in the text.
//!
//! Only findings need it, so the text is scanned again instead of carrying a
//! place with every value. The text is known to be JSON.

use crate::base::LineColumn;

/// Where the value at `path` (such as `$.a[2].b`) starts in `text`; the place
/// of its nearest parent where the value itself is missing.
#[must_use]
pub fn locate(text: &str, path: &str) -> Option<LineColumn> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    scan.blanks();
    let mut rest = path.strip_prefix('$')?;
    let mut found = scan.at;
    while let Some((step, after)) = next_step(rest) {
        let hit = match step {
            Step::Member(name) => scan.enter_member(&name),
            Step::Item(index) => scan.enter_item(index),
        };
        if !hit {
            break;
        }
        found = scan.at;
        rest = after;
    }
    Some(LineColumn::of(text, found))
}

enum Step {
    Member(String),
    Item(usize),
}

fn next_step(path: &str) -> Option<(Step, &str)> {
    if let Some(rest) = path.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        return Some((Step::Member(rest[..end].to_owned()), &rest[end..]));
    }
    let rest = path.strip_prefix('[')?;
    if rest.starts_with('"') {
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let name = stream.next()?.ok()?;
        let after = rest.get(stream.byte_offset()..)?;
        return Some((Step::Member(name), after.strip_prefix(']')?));
    }
    let (index, after) = rest.split_once(']')?;
    Some((Step::Item(index.parse().ok()?), after))
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn blanks(&mut self) {
        while self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// Passes over a string; gives its text with escapes undone.
    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while self.at < self.bytes.len() && self.peek() != b'"' {
            self.at += if self.peek() == b'\\' { 2 } else { 1 };
        }
        self.at = (self.at + 1).min(self.bytes.len());
        serde_json::from_slice(&self.bytes[start..self.at]).unwrap_or_default()
    }

    /// Passes over a value of any depth without recursion.
    fn value(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                0 => return,
                b'"' => {
                    self.string();
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                b',' | b':' => self.at += 1,
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => {
                    while !matches!(self.peek(), 0 | b',' | b'}' | b']')
                        && !self.peek().is_ascii_whitespace()
                    {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn enter_member(&mut self, name: &str) -> bool {
        let start = self.at;
        if self.peek() == b'{' {
            self.at += 1;
            loop {
                self.blanks();
                if self.peek() != b'"' {
                    break;
                }
                let key = self.string();
                self.blanks();
                self.at += 1;
                self.blanks();
                if key == name {
                    return true;
                }
                self.value();
                self.blanks();
                if self.peek() != b',' {
                    break;
                }
                self.at += 1;
            }
        }
        self.at = start;
        false
    }

    fn enter_item(&mut self, index: usize) -> bool {
        let start = self.at;
        if self.peek() == b'[' {
            self.at += 1;
            for _ in 0..index {
                self.blanks();
                self.value();
                self.blanks();
                if self.peek() != b',' {
                    self.at = start;
                    return false;
                }
                self.at += 1;
            }
            self.blanks();
            return true;
        }
        self.at = start;
        false
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
    }
}
