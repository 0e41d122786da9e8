//! Markdown to HTML (rule G17): CommonMark, pipe tables, strike-through, sub-
//! and superscript, links for bare addresses.
//!
//! Only native builds carry this.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

/// Renders; `None` for the extras of the server's renderer that this one lacks.
pub(super) fn render(text: &str) -> Option<String> {
    let text = text.trim();
    // Inserted and marked text.
    if text.contains("++") || text.contains("==") {
        return None;
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_SUPERSCRIPT;
    let mut events = Vec::new();
    // Inside links and code, addresses stay text; in tables, line breaks are added.
    let mut quiet = 0usize;
    let (mut tables, mut raw) = (false, false);
    for event in pulldown_cmark::TextMergeStream::new(Parser::new_ext(text, options)) {
        match &event {
            Event::Start(Tag::Table(_)) => tables = true,
            Event::Html(_) | Event::InlineHtml(_) => raw = true,
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => quiet += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => quiet = quiet.saturating_sub(1),
            _ => {}
        }
        match event {
            Event::Text(text) if quiet == 0 => link_addresses(&mut events, &text),
            Event::Start(Tag::Table(ref alignments))
                if alignments.iter().any(|a| *a != pulldown_cmark::Alignment::None) =>
            {
                return None;
            }
            event => events.push(event),
        }
    }
    // The layout of tables is mended by text below, which raw HTML would confuse.
    if tables && raw {
        return None;
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    let mends = [
        ("<table><thead><tr>", "<table>\n<thead>\n<tr>\n"),
        ("</th><th>", "</th>\n<th>"),
        ("</th></tr></thead><tbody>", "</th>\n</tr>\n</thead>\n<tbody>"),
        ("<tr><td>", "<tr>\n<td>"),
        ("</td><td>", "</td>\n<td>"),
        ("</td></tr>", "</td>\n</tr>"),
        ("</tbody></table>", "</tbody>\n</table>"),
    ];
    for (tight, open) in mends.iter().filter(|_| tables) {
        out = out.replace(tight, open);
    }
    out.push('\n');
    Some(out)
}

/// Cuts a text at the addresses in it and makes them links.
fn link_addresses(events: &mut Vec<Event<'_>>, text: &str) {
    let owned = |text: &str| CowStr::from(text.to_owned());
    let mut rest = text;
    while let Some((at, length)) = address(rest) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let (found, after) = from.split_at_checked(length).unwrap_or((from, ""));
        events.push(Event::Text(owned(before)));
        let target =
            if found.starts_with("www.") { format!("http://{found}") } else { found.to_owned() };
        events.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: CowStr::from(target),
            title: CowStr::from(""),
            id: CowStr::from(""),
        }));
        events.push(Event::Text(owned(found)));
        events.push(Event::End(TagEnd::Link));
        rest = after;
    }
    events.push(Event::Text(owned(rest)));
}

/// Where the next address is, and how long.
fn address(text: &str) -> Option<(usize, usize)> {
    let starts = ["http://", "https://", "ftp://", "mailto:", "www."];
    let found = starts.iter().filter_map(|start| {
        text.match_indices(start).find(|(at, _)| {
            // Not in the middle of a word.
            text.get(..*at).is_some_and(|before| {
                before.chars().next_back().is_none_or(|c| c.is_whitespace() || "*_~(".contains(c))
            })
        })
    });
    let (at, start) = found.min_by_key(|(at, _)| *at)?;
    let from = text.get(at..)?;
    let end = from.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(from.len());
    let bare = from
        .get(..end)?
        .trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', ')', '\'', '"', ';']);
    (bare.len() > start.len()).then_some((at, bare.len()))
}
