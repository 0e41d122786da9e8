//! The little that is needed to change the built `index.html`: tags found by
//! name, their attributes read, and comments dropped. The page is our own and
//! plain, so a tag never holds `>` in an attribute.

use std::ops::Range;

/// One opening tag in the text.
#[derive(Debug)]
pub struct Tag<'a> {
    pub at: Range<usize>,
    text: &'a str,
}

impl<'a> Tag<'a> {
    /// The attribute's value; an attribute without one has the empty value.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.text;
        loop {
            rest = rest.trim_start();
            let end = rest.find(['=', ' ', '\n', '\t']).unwrap_or(rest.len());
            let (found, after) = rest.split_at_checked(end)?;
            if found.is_empty() {
                return None;
            }
            let (value, after) = match after.strip_prefix('=') {
                None => ("", after),
                Some(after) => match after.strip_prefix('"') {
                    Some(after) => after.split_once('"')?,
                    None => {
                        after.split_at_checked(after.find([' ', '\n']).unwrap_or(after.len()))?
                    }
                },
            };
            if found == name {
                return Some(value);
            }
            rest = after;
        }
    }
}

/// Every opening tag of this name, in order.
pub fn tags<'a>(html: &'a str, name: &str) -> Vec<Tag<'a>> {
    let open = format!("<{name}");
    html.match_indices(&open)
        .filter_map(|(start, _)| {
            let inner = start + open.len();
            let end = inner + html.get(inner..)?.find('>')?;
            let text = html.get(inner..end)?;
            let whole = text.is_empty() || text.starts_with([' ', '\n', '/']);
            whole.then(|| Tag { at: start..end + 1, text: text.trim_end_matches('/') })
        })
        .collect()
}

/// The text with each range replaced; ranges may come in any order, not overlapping.
pub fn replace(html: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (range, text) in edits {
        out.push_str(html.get(from..range.start).unwrap_or_default());
        out.push_str(&text);
        from = range.end;
    }
    out.push_str(html.get(from..).unwrap_or_default());
    out
}

/// Without comments, indentation and empty lines.
pub fn shrink(html: &str) -> String {
    let mut rest = html;
    let mut bare = String::new();
    while let Some((before, after)) = rest.split_once("<!--") {
        bare.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let lines: Vec<_> = bare.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_attributes_quoted_or_not() {
        let html = r#"<linker x><link rel="a b" href=./c.css hidden><link rel=d/>"#;
        let links = tags(html, "link");
        assert_eq!(links.len(), 2);
        let attributes = |name| links.iter().map(|tag| tag.attribute(name)).collect::<Vec<_>>();
        assert_eq!(attributes("rel"), [Some("a b"), Some("d")]);
        assert_eq!(attributes("href"), [Some("./c.css"), None]);
        assert_eq!(attributes("hidden"), [Some(""), None]);
    }

    #[test]
    fn replaces_and_shrinks() {
        let html = "<a>\n  <!-- x\n y --><b>\n\n</b>";
        let edits = tags(html, "b").into_iter().map(|tag| (tag.at, "<c>".to_owned())).collect();
        assert_eq!(shrink(&replace(html, edits)), "<a>\n<c>\n</b>\n");
    }
}
