//! Help: what Pulpo is, the way through it, keys, privacy, what is unverified.

use leptos::prelude::*;

use super::frame;
use crate::state::App;
use crate::state::commands::{COMMANDS, shown};
use crate::ui::widgets::prose::prose;

const ABOUT: &str = include_str!("about.md");
const LEAD: &str = "What it does, how to go about it, and what to know.";

/// Keys that belong to a part of the screen.
const KEYS: &[(&str, &[(&str, &str)])] = &[
    (
        "Board",
        &[
            ("Arrows, Home, End", "Move; with Shift select, with Ctrl to the ends"),
            ("Shift Space, Ctrl Space", "Select rows, select columns"),
            ("Ctrl A", "Select all cells"),
            ("Letters", "Give all selected cells this value, each in its environment alone"),
            ("Enter, F2", "Edit a value, switch a step, open what a row is about"),
            ("Space", "Switch a step, open or close a group"),
            ("Delete", "Take the environments’ own values away"),
            ("?", "Say why this value wins"),
            ("Ctrl C, Ctrl V", "Copy and paste as spreadsheets do"),
            ("Alt →, Alt ←", "Move an environment, at its head"),
        ],
    ),
    (
        "Variables",
        &[
            ("Arrows", "Move from cell to cell"),
            ("Enter, F2", "Edit; letters replace what is there"),
            ("Escape", "Leave a cell as it was"),
            ("Space", "Show details"),
            ("Insert", "Add a value to the name"),
            ("Delete", "Take the value away"),
        ],
    ),
    (
        "Process and runbooks",
        &[
            ("↑ ↓", "Move from step to step"),
            ("Alt ↑, Alt ↓", "Move the step"),
            ("Alt →, Alt ←", "Nest under the step before, or take out"),
            ("Delete", "Delete the step"),
        ],
    ),
    ("Scripts", &[("Ctrl ], Ctrl [", "Indent and outdent"), ("Ctrl Enter", "Keep what is typed")]),
    (
        "Files of the export",
        &[
            ("↑ ↓", "Show another file"),
            ("→ ←", "Open and close a folder"),
            ("Letters", "Go to a name"),
        ],
    ),
];

/// The page.
pub fn help(app: App) -> AnyView {
    let mut parts = Vec::new();
    for (index, part) in ABOUT.split("\n## ").enumerate() {
        let (title, text) = match part.split_once('\n') {
            Some((title, text)) if index > 0 => (title, text),
            _ => ("What Pulpo is", part),
        };
        parts.push(
            view! { <section class="help__part"><h2>{title}</h2>{prose(text)}</section> }
                .into_any(),
        );
    }
    let version = format!(
        "Pulpo {}. Free under the MIT licence or the Apache License 2.0, as you choose.",
        env!("CARGO_PKG_VERSION")
    );
    let anywhere = COMMANDS
        .iter()
        .filter(|command| !command.keys.is_empty())
        .map(|command| (shown(command.keys), command.label));
    let mut keys = vec![table("Anywhere", anywhere.collect())];
    for (part, rows) in KEYS {
        let rows = rows.iter().map(|(keys, does)| ((*keys).to_owned(), *does)).collect();
        keys.push(table(part, rows));
    }
    let body = view! {
        <div class="help">
            <div>{parts}<p>{version}</p></div>
            <section class="help__keys" aria-labelledby="help-keys">
                <h2 id="help-keys">"Keys"</h2>
                {keys}
            </section>
        </div>
    }
    .into_any();
    frame(app, "Help", LEAD, ().into_any(), body)
}

fn table(title: &'static str, rows: Vec<(String, &'static str)>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(keys, does)| view! { <tr><td><kbd>{keys}</kbd></td><td>{does}</td></tr> }.into_any())
        .collect();
    view! {
        <h3>{title}</h3>
        <table class="table" aria-label=title><tbody>{rows}</tbody></table>
    }
    .into_any()
}
