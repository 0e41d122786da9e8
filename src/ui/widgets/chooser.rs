//! A file of the person's own: the browser's dialog, opened by any button.

use leptos::html;
use leptos::prelude::*;

type Chosen = leptos::tachys::html::event::Targeted<web_sys::Event, web_sys::HtmlInputElement>;

/// A way to choose one file; its [`input`](Self::input) is yet to be placed.
#[derive(Clone, Copy, Default)]
pub struct Chooser(NodeRef<html::Input>);

impl Chooser {
    /// Opens the dialog.
    pub fn open(self) {
        if let Some(input) = self.0.get_untracked() {
            input.click();
        }
    }

    /// The input behind it, which is not seen; `accept` is what the dialog offers.
    pub fn input(
        self,
        label: &'static str,
        accept: &'static str,
        on_file: impl Fn(web_sys::File) + 'static,
    ) -> AnyView {
        plain_input(self.0, label, accept, Box::new(on_file))
    }
}

fn plain_input(
    node: NodeRef<html::Input>,
    label: &'static str,
    accept: &'static str,
    on_file: Box<dyn Fn(web_sys::File)>,
) -> AnyView {
    let take = move |event: Chosen| {
        let input = event.target();
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be chosen again.
        input.set_value("");
        if let Some(file) = file {
            on_file(file);
        }
    };
    view! {
        <input type="file" accept=accept hidden aria-label=label node_ref=node on:change:target=take/>
    }
    .into_any()
}
