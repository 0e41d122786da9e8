//! A list whose rows keep their place in the page when others come, go or move:
//! what is being typed in a row stays. One kind of list for all, by text keys.

use std::sync::Arc;

use leptos::prelude::*;

/// The rows of `keys`, each made once by `row`.
pub fn rows(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    row: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    plain_rows(Signal::derive(keys), Arc::new(row))
}

#[inline(never)]
fn plain_rows(
    keys: Signal<Vec<String>>,
    row: Arc<dyn Fn(String) -> AnyView + Send + Sync>,
) -> AnyView {
    view! { <For each=move || keys.get() key=|key| key.clone() children=move |key| row(key)/> }
        .into_any()
}
