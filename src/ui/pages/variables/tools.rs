//! Search and filters, at the page's head.

use leptos::prelude::*;

use super::state::Grid;
use crate::model::VariableContent;
use crate::ui::widgets::field::{search_field, select_field};
use crate::ui::widgets::live::live_text;

/// The tools.
pub fn tools(grid: Grid) -> AnyView {
    let app = grid.app;
    let environments = app.memo(|design| {
        let mut all = vec![(String::new(), "All environments".to_owned())];
        let named = design.space.environments.iter();
        all.extend(named.map(|one| (one.id.to_string(), one.name.to_string())));
        all
    });
    let kinds = || {
        let mut all = vec![(String::new(), "All types".to_owned())];
        all.extend(
            VariableContent::TYPES
                .iter()
                .map(|(word, label)| ((*word).to_owned(), (*label).to_owned())),
        );
        all
    };
    let counted = move || {
        let is_all = grid.query.with(crate::view::variables::Query::is_all);
        let count = grid.rows.with(|rows| rows.len());
        if is_all { String::new() } else { format!("{count} found") }
    };
    view! {
        <div class="vars__tools" role="search" aria-label="Variables">
            {search_field(
                "vars__search",
                "Search names and values",
                "Name or value",
                move || grid.query.with(|query| query.search.clone()),
                move |typed| grid.query.update(|query| query.search = typed),
            )}
            {select_field(
                "Environment",
                move || grid.query.with(|query| query.environment.clone()),
                move || environments.get(),
                true,
                move |id| grid.query.update(|query| query.environment = id),
            )}
            {select_field(
                "Type",
                move || grid.query.with(|query| query.kind.clone()),
                kinds,
                true,
                move |word| grid.query.update(|query| query.kind = word),
            )}
            <span class="vars__count small muted" role="status">{live_text(counted)}</span>
        </div>
    }
    .into_any()
}
