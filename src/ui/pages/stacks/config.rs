//! The configuration that the stacks' settings files have, to read.

use leptos::prelude::*;

use super::card;
use crate::state::App;
use crate::ui::widgets::live::{live, when};
use crate::view::config::{Config, config as rows_of};

/// The card; nothing while no key is known.
pub fn config(app: App) -> AnyView {
    let has_keys = app.memo(|design| {
        let pulumi = &design.pulumi;
        !pulumi.config.is_empty() || pulumi.stacks.iter().any(|stack| !stack.config.is_empty())
    });
    when(
        move || has_keys.get(),
        move || {
            let shown = app.memo(rows_of);
            card("Stack configuration", ().into_any(), live(move || table(shown.get())))
        },
    )
}

fn table(config: Config) -> AnyView {
    let heads: Vec<_> = config
        .environments
        .into_iter()
        .map(|name| view! { <th scope="col">{name}</th> }.into_any())
        .collect();
    let lines: Vec<_> = config
        .rows
        .into_iter()
        .map(|row| {
            let cells: Vec<_> = row
                .values
                .into_iter()
                .map(|value| view! { <td>{value}</td> }.into_any())
                .collect();
            view! {
                <tr>
                    <th scope="row">
                        {row.key}
                        {(!row.about.is_empty()).then(|| view! { <span class="muted small">" "{row.about}</span> })}
                    </th>
                    {cells}
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <p class="muted small">
            "As the settings files say it that were imported. Pulumi reads it from the program's own files."
        </p>
        <div class="config" role="region" aria-label="Values by environment" tabindex="0">
            <table>
                <thead><tr><th scope="col">"Key"</th>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}
