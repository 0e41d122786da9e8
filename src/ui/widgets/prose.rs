//! Pulpo's own Markdown as elements; as text nodes, never as HTML.

use leptos::prelude::*;

use super::code::code_view;
use crate::highlight;
use crate::view::markdown::{Block, Span, blocks};

/// The text as paragraphs, lists, tables and code.
pub fn prose(text: &str) -> AnyView {
    let parts: Vec<_> = blocks(text).into_iter().map(block).collect();
    view! { <div class="prose">{parts}</div> }.into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Text(text) => view! { <p>{spans(text)}</p> }.into_any(),
        Block::Heading(text) => view! { <p class="strong">{spans(text)}</p> }.into_any(),
        Block::List(is_numbered, items) => {
            let items: Vec<_> =
                items.into_iter().map(|item| view! { <li>{spans(item)}</li> }.into_any()).collect();
            if is_numbered {
                view! { <ol>{items}</ol> }.into_any()
            } else {
                view! { <ul>{items}</ul> }.into_any()
            }
        }
        Block::Table(mut rows) => {
            let others = rows.split_off(rows.len().min(1));
            let head = rows
                .into_iter()
                .flatten()
                .map(|cell| view! { <th scope="col">{spans(cell)}</th> }.into_any());
            let body = others.into_iter().map(|row| {
                let cells: Vec<_> = row
                    .into_iter()
                    .map(|cell| view! { <td>{spans(cell)}</td> }.into_any())
                    .collect();
                view! { <tr>{cells}</tr> }.into_any()
            });
            view! {
                <div class="scroll">
                    <table class="table">
                        <thead><tr>{head.collect::<Vec<_>>()}</tr></thead>
                        <tbody>{body.collect::<Vec<_>>()}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
        Block::Code(language, text) => {
            let colours = match language.as_str() {
                "json" => highlight::json,
                "bash" | "sh" => highlight::bash,
                _ => highlight::plain,
            };
            code_view("Commands", move || text.trim_end().to_owned(), colours)
        }
    }
}

fn spans(spans: Vec<Span>) -> Vec<AnyView> {
    spans
        .into_iter()
        .map(|span| match span {
            Span::Text(text) => text.into_any(),
            Span::Strong(text) => view! { <strong>{text}</strong> }.into_any(),
            Span::Emphasis(text) => view! { <em>{text}</em> }.into_any(),
            Span::Code(text) => view! { <code>{text}</code> }.into_any(),
            Span::Link(text, address) if address.starts_with('#') => {
                view! { <a href=address>{text}</a> }.into_any()
            }
            Span::Link(text, address) => {
                view! { <a href=address target="_blank" rel="noreferrer">{text}</a> }.into_any()
            }
        })
        .collect()
}
