//! Code: shown with line numbers and colours, and edited in place.
//!
//! The editor is a plain text area over the coloured text, so that keys,
//! spelling tools and screen readers find what they know. Tab leaves it, as
//! everywhere; Ctrl+] and Ctrl+[ indent and outdent.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::live::{live, live_text};
use super::unique;
pub use crate::highlight::Highlight;
use crate::highlight::{Kind, Piece};

/// The text in coloured pieces; as text nodes, never as HTML.
fn colours(text: &str, pieces: &[Piece]) -> Vec<AnyView> {
    let mut start = 0;
    pieces
        .iter()
        .map(|piece| {
            let part = text.get(start..piece.end).unwrap_or_default().to_owned();
            start = piece.end;
            if piece.kind == Kind::Plain {
                part.into_any()
            } else {
                view! { <span class=piece.kind.word()>{part}</span> }.into_any()
            }
        })
        .collect()
}

/// The numbers of the lines of `text`, a line each.
#[must_use]
pub fn numbers(text: &str) -> String {
    let count = text.split('\n').count();
    let mut numbers = String::with_capacity(count * 4);
    for line in 1..=count {
        if line > 1 {
            numbers.push('\n');
        }
        numbers.push_str(&line.to_string());
    }
    numbers
}

/// Code to read.
pub fn code_view(
    name: impl Into<String>,
    text: impl Fn() -> String + Send + Sync + 'static,
    highlight: Highlight,
) -> AnyView {
    let text = Signal::derive(text);
    let name: String = name.into();
    view! {
        <div class="code" role="region" aria-label=name tabindex="0">
            <div class="code__numbers" aria-hidden="true">{live_text(move || text.with(|text| numbers(text)))}</div>
            <div class="code__pane">
                <pre class="code__text">{live(move || text.with(|text| colours(text, &highlight(text)).into_any()))}</pre>
            </div>
        </div>
    }
    .into_any()
}

/// Code to write; committed on leaving it and with Ctrl+Enter.
pub fn code_editor(
    label: impl Into<String>,
    value: impl Fn() -> String + Send + Sync + 'static,
    highlight: Highlight,
    commit: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    plain_editor(label.into(), Signal::derive(value), highlight, Arc::new(commit))
}

fn plain_editor(
    label: String,
    value: Signal<String>,
    highlight: Highlight,
    commit: Arc<dyn Fn(String) + Send + Sync>,
) -> AnyView {
    let draft = RwSignal::new(None::<String>);
    let text = Signal::derive(move || draft.get().unwrap_or_else(|| value.get()));
    let area = NodeRef::<html::Textarea>::new();
    let id = unique("code");
    let finish = Arc::new(move || {
        // A page that is left takes the editor away first; then there is nothing to take.
        if let Some(typed) = draft.try_get_untracked().flatten() {
            draft.set(None);
            if typed != value.get_untracked() {
                commit(typed);
            }
        }
    });
    let on_blur = {
        let finish = Arc::clone(&finish);
        move |_| finish()
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if !(event.ctrl_key() || event.meta_key()) {
            return;
        }
        match event.key().as_str() {
            "Enter" => finish(),
            "]" => indent(area, draft, true),
            "[" => indent(area, draft, false),
            _ => return,
        }
        event.prevent_default();
    };
    let help_id = format!("{id}-help");
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <div class="code" data-editor="">
                <div class="code__numbers" aria-hidden="true">{live_text(move || text.with(|text| numbers(text)))}</div>
                <div class="code__pane">
                    // A trailing line keeps the last empty line as high as the text area's.
                    <pre class="code__text" aria-hidden="true">
                        {live(move || text.with(|text| colours(text, &highlight(text)).into_any()))}"\n"
                    </pre>
                    <textarea
                        id=id
                        class="code__input"
                        node_ref=area
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        wrap="off"
                        aria-describedby=help_id.clone()
                        prop:value=text
                        on:input:target=move |event| draft.set(Some(event.target().value()))
                        on:blur=on_blur
                        on:keydown=on_key
                    ></textarea>
                </div>
            </div>
            <p class="field__help" id=help_id>"Ctrl+] and Ctrl+[ indent and outdent; Tab leaves the editor."</p>
        </div>
    }
    .into_any()
}

/// Indents or outdents the lines of the selection by two blanks.
fn indent(area: NodeRef<html::Textarea>, draft: RwSignal<Option<String>>, deeper: bool) {
    let Some(area) = area.get_untracked() else { return };
    let text = area.value();
    let at = |offset: Option<u32>| offset.unwrap_or(0) as usize;
    // The browser counts UTF-16 units.
    let units: Vec<u16> = text.encode_utf16().collect();
    let start = at(area.selection_start().ok().flatten()).min(units.len());
    let end = at(area.selection_end().ok().flatten()).clamp(start, units.len());
    let newline = u16::from(b'\n');
    let first = units[..start].iter().rposition(|unit| *unit == newline).map_or(0, |at| at + 1);
    let block = String::from_utf16_lossy(&units[first..end]);
    let changed: Vec<String> = block
        .split('\n')
        .map(|line| match (deeper, line) {
            (true, "") => String::new(),
            (true, line) => format!("  {line}"),
            (false, line) => {
                let outdented = line.strip_prefix("  ").or_else(|| line.strip_prefix(' '));
                outdented.unwrap_or(line).to_owned()
            }
        })
        .collect();
    let changed = changed.join("\n");
    let grown = changed.encode_utf16().count();
    let mut result = String::from_utf16_lossy(&units[..first]);
    result.push_str(&changed);
    result.push_str(&String::from_utf16_lossy(&units[end..]));
    area.set_value(&result);
    let select = |offset: usize| u32::try_from(offset).unwrap_or(0);
    area.set_selection_range(select(first), select(first + grown)).ok();
    draft.set(Some(result));
}
