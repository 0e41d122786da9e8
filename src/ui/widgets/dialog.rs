//! Modal dialogs. Pattern: dialog; Escape closes, the focus goes back to where
//! it was.

use leptos::html;
use leptos::prelude::*;

use crate::state::follow;

use super::button::icon_button;
use super::icon::Icon;
use super::live::live;
use super::unique;

/// A dialog that is there while `is_open` says so; `body` is made on opening.
pub fn dialog(
    is_open: RwSignal<bool>,
    title: impl Into<String>,
    is_wide: bool,
    body: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    plain_dialog(is_open, title.into(), is_wide, std::sync::Arc::new(body))
}

fn plain_dialog(
    is_open: RwSignal<bool>,
    title: String,
    is_wide: bool,
    body: std::sync::Arc<dyn Fn() -> AnyView + Send + Sync>,
) -> AnyView {
    let id = unique("dialog");
    live(move || {
        if !is_open.get() {
            return ().into_any();
        }
        let element = NodeRef::<html::Dialog>::new();
        follow(move || {
            if let Some(dialog) = element.get()
                && !dialog.open()
            {
                // Fails only where it is open already.
                dialog.show_modal().ok();
            }
        });
        let body = body();
        view! {
                <dialog
                    class="dialog"
                    data-wide=is_wide.then_some("")
                    node_ref=element
                    aria-labelledby=id.clone()
                    on:close=move |_| is_open.set(false)
                >
                    <div class="dialog__head">
                        <h2 id=id.clone()>{title.clone()}</h2>
                        {icon_button(Icon::Close, || "Close".to_owned(), "", || false, move || is_open.set(false))}
                    </div>
                    <div class="dialog__body">{body}</div>
                </dialog>
            }
            .into_any()
    })
}
