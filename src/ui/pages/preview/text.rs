//! Filled-in texts: plain pieces, and marks that tell where they came from.

use leptos::prelude::*;

use super::tip::Shown;
use crate::deploy::{Marked, Span, SpanKind};
use crate::highlight::Highlight;
use crate::ui::widgets::code::numbers;
use crate::view::preview::{code_runs, said};

/// A text on one line or some.
pub fn text(tip: Shown, marks: &[Marked]) -> AnyView {
    let pieces: Vec<_> = marks
        .iter()
        .map(|one| {
            let inner = one.span.text.clone().into_any();
            if is_plain(&one.span) { plain(inner, one.differs) } else { mark(tip, one, inner) }
        })
        .collect();
    let is_empty = marks.iter().all(|one| one.span.text.is_empty());
    let empty = (is_empty && marks.iter().all(|one| is_plain(&one.span)))
        .then(|| view! { <span class="muted">"empty"</span> });
    view! { <span class="filled">{pieces}{empty}</span> }.into_any()
}

/// A script with line numbers and colours.
pub fn code(tip: Shown, name: String, marks: &[Marked], highlight: Highlight) -> AnyView {
    let whole: String = marks.iter().map(|one| one.span.text.as_str()).collect();
    let pieces: Vec<_> = code_runs(marks, highlight)
        .into_iter()
        .zip(marks)
        .map(|(run, one)| {
            let colours: Vec<_> = run
                .pieces
                .into_iter()
                .map(|(kind, text)| match kind.word() {
                    "" => text.into_any(),
                    word => view! { <span class=word>{text}</span> }.into_any(),
                })
                .collect();
            let inner = colours.into_any();
            if is_plain(&run.span) { plain(inner, run.differs) } else { mark(tip, one, inner) }
        })
        .collect();
    view! {
        <div class="code sim__code" role="region" aria-label=name tabindex="0">
            <div class="code__numbers" aria-hidden="true">{numbers(&whole)}</div>
            <div class="code__pane"><pre class="code__text">{pieces}</pre></div>
        </div>
    }
    .into_any()
}

fn is_plain(span: &Span) -> bool {
    span.kind == SpanKind::Plain
}

fn plain(inner: AnyView, differs: bool) -> AnyView {
    if differs { view! { <span class="differs">{inner}</span> }.into_any() } else { inner }
}

/// A piece that was filled in, or could not be.
fn mark(tip: Shown, one: &Marked, inner: AnyView) -> AnyView {
    let span = &one.span;
    let gives = span.trace.as_ref().and_then(|trace| trace.gives.clone());
    let gives = gives.map(|gives| if gives.is_empty() { "nothing".to_owned() } else { gives });
    let is_blank = span.text.is_empty();
    let index = tip.keep(span.clone());
    view! {
        <mark
            class="fill"
            data-kind=span.kind.word()
            data-differs=one.differs.then_some("")
            data-gives=gives
            data-blank=is_blank.then_some("")
        >
            <span class="fill__text" role="button" tabindex="0" data-mark=index.to_string() aria-label=said(span)>
                {inner}
            </span>
        </mark>
    }
    .into_any()
}
