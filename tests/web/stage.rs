//! A place in the document to mount into, and the app on it.

use std::time::Duration;

use leptos::prelude::*;
use pulpo::format::design_file;
use pulpo::model::Design;
use pulpo::platform::{pause, settings, store};
use pulpo::state::App;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

thread_local! {
    static IS_TAKEN: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// The storage and the focus, for one test at a time: all tests share one page.
pub struct Alone(());

impl Drop for Alone {
    fn drop(&mut self) {
        IS_TAKEN.set(false);
    }
}

/// Waits until no other test has the storage or the focus.
pub async fn alone() -> Alone {
    while IS_TAKEN.replace(true) {
        pause(Duration::from_millis(5)).await;
    }
    Alone(())
}

/// A section of its own, taken away in the end.
pub struct Stage(pub HtmlElement);

impl Stage {
    pub fn new() -> Self {
        let section = document().create_element("section").unwrap();
        document().body().unwrap().append_child(&section).unwrap();
        Self(section.unchecked_into())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Waits until `is_so`, two seconds at most; says how long that took, in milliseconds.
pub async fn until(what: &str, is_so: impl AsyncFn() -> bool) -> u32 {
    for waited in 0..200 {
        if is_so().await {
            return waited * 10;
        }
        pause(Duration::from_millis(10)).await;
    }
    panic!("waited in vain for {what}");
}

pub fn titled(title: &str) -> Design {
    Design { title: title.to_owned(), ..Design::default() }
}

/// What is known of a design before it was ever kept.
pub fn fresh(id: &str, title: &str) -> store::Kept {
    let saved_at = "2026-01-01T00:00:00.000Z".to_owned();
    store::Kept { id: id.to_owned(), title: title.to_owned(), saved_at, revision: 0 }
}

/// Runs `test` with the app on a design that is kept as `id`.
pub async fn with_app(id: &str, test: impl AsyncFn(App)) {
    let _alone = alone().await;
    store::forget(id).await.unwrap();
    let text = design_file::write(&titled("Start"));
    store::save(&fresh(id, "Start"), &text).await.unwrap();
    settings::set(settings::CURRENT, id);
    let stage = Stage::new();
    let app = StoredValue::new_local(None::<App>);
    let mounted = leptos::mount::mount_to(stage.0.clone(), move || {
        let own = App::new();
        provide_context(own);
        own.start();
        app.set_value(Some(own));
    });
    let own = app.get_value().unwrap();
    until("the design", async || own.kept().get_untracked().id == id).await;
    test(own).await;
    drop(mounted);
    store::forget(id).await.unwrap();
}
