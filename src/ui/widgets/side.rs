//! The inspector at the side: a form for what is selected.

use leptos::prelude::*;

use super::button::icon_button;
use super::icon::Icon;
use super::unique;

/// The inspector with a title; Escape inside it closes it.
pub fn side(
    title: impl Fn() -> String + Send + Sync + 'static,
    on_close: impl Fn() + Clone + Send + Sync + 'static,
    body: AnyView,
) -> AnyView {
    let id = unique("side");
    let labelled = id.clone();
    let close = on_close.clone();
    view! {
        <aside
            class="side"
            aria-labelledby=labelled
            on:keydown=move |event| {
                if event.key() == "Escape" && !event.default_prevented() {
                    close();
                }
            }
        >
            <div class="side__head">
                <h2 id=id tabindex="-1">{title}</h2>
                {icon_button(Icon::Close, || "Close inspector".to_owned(), "", || false, on_close)}
            </div>
            <div class="side__body">{body}</div>
        </aside>
    }
    .into_any()
}
