//! Simulated texts as JSON and as lines.

use serde_json::{Value, json};

use crate::deploy::{Rendered, Source, Span, SpanKind};

/// The most letters that a column of names takes.
const WIDEST: usize = 44;

/// A text with its pieces.
pub fn rendered(text: &Rendered) -> Value {
    json!({
        "text": text.text(),
        "problem": text.problem,
        "unresolved": text.unresolved(),
        "spans": text.spans.iter().map(span).collect::<Vec<_>>(),
    })
}

fn span(span: &Span) -> Value {
    if span.kind == SpanKind::Plain {
        return json!({ "kind": "plain", "text": span.text });
    }
    let trace = span.trace.as_deref();
    json!({
        "kind": span.kind.word(),
        "text": span.text,
        "expression": trace.map(|trace| &trace.expression),
        "gives": trace.and_then(|trace| trace.gives.as_ref()),
        "sources": trace.map_or(&[][..], |trace| &trace.sources).iter().map(source).collect::<Vec<_>>(),
    })
}

fn source(source: &Source) -> Value {
    json!({
        "name": source.name,
        "origin": source.origin.word(),
        "from": source.origin.sentence(),
        "notes": source.notes,
    })
}

/// `text` with each line after the first set in.
pub fn set_in(text: &str, by: usize) -> String {
    let blanks = " ".repeat(by);
    text.trim_end().replace('\n', &["\n", &blanks].concat())
}

/// Names and texts in two columns.
pub fn columns(rows: &[(String, String)], by: usize) -> String {
    let widest = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let width = widest.min(WIDEST);
    let mut out = String::new();
    for (name, text) in rows {
        out.push_str(&" ".repeat(by));
        out.push_str(&format!("{name:width$}"));
        if name.chars().count() > width {
            out.push('\n');
            out.push_str(&" ".repeat(by + width));
        }
        out.push_str("  ");
        out.push_str(&set_in(text, by + width + 2));
        out.push('\n');
    }
    out
}
