//! Edits are kept within a second; the sign tells the truth about it.

use leptos::prelude::*;
use pulpo::edit::Edit;
use pulpo::platform::store;
use pulpo::state::{App, Saved};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{until, with_app};

fn retitle(app: App, title: &'static str) {
    let edit = Edit::new("Rename design", move |design| {
        design.title = title.to_owned();
        Ok(())
    });
    app.run(edit).unwrap();
}

async fn text_of(id: &str) -> String {
    store::load(id).await.unwrap().map(|(_, text)| text).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn an_edit_is_kept_within_a_second_and_not_before_one_pauses() {
    with_app("autosave-time", async |app| {
        retitle(app, "One");
        assert_eq!(app.saved().get_untracked(), Saved::Soon);
        retitle(app, "Two");
        let waited =
            until("the edit", async || text_of("autosave-time").await.contains("Two")).await;
        assert!(waited < 1_000, "{waited} ms");
        until("the sign", async || app.saved().get_untracked() == Saved::Yes).await;
        // Both edits were one save: the first one is of the start.
        assert_eq!(app.kept().get_untracked().revision, 2);
    })
    .await;
}

#[wasm_bindgen_test]
async fn two_tabs_are_told_and_the_person_decides() {
    with_app("autosave-tabs", async |app| {
        let mut other = app.kept().get_untracked();
        other.title = "Theirs".to_owned();
        store::save(&other, "{}").await.unwrap();
        retitle(app, "Mine");
        until("the sign", async || app.saved().get_untracked() == Saved::Overtaken).await;
        assert_eq!(text_of("autosave-tabs").await, "{}");
        app.keep_mine();
        until("mine", async || text_of("autosave-tabs").await.contains("Mine")).await;
        until("the sign", async || app.saved().get_untracked() == Saved::Yes).await;
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_save_that_fails_is_said_and_made_good_by_the_next_edit() {
    with_app("autosave-full", async |app| {
        let full = crate::storage::full_disk();
        retitle(app, "Lost?");
        until("the sign", async || matches!(app.saved().get_untracked(), Saved::Failed(_))).await;
        drop(full);
        retitle(app, "Found");
        until("the edit", async || text_of("autosave-full").await.contains("Found")).await;
        until("the sign", async || app.saved().get_untracked() == Saved::Yes).await;
    })
    .await;
}
