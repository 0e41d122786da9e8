//! A name's rule is said while one types, and nothing is committed by it.

use std::time::Duration;

use leptos::prelude::*;
use pulpo::edit::environments;
use pulpo::model::EnvironmentId;
use pulpo::platform::pause;
use pulpo::state::App;
use pulpo::ui::widgets::field::{FieldOptions, edit_field};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlInputElement};

use crate::stage::{Stage, alone};

fn type_in(field: &HtmlInputElement, text: &str) {
    field.set_value(text);
    let event = Event::new("input").unwrap();
    field.dispatch_event(&event).unwrap();
}

#[wasm_bindgen_test]
async fn a_name_that_is_taken_is_said_before_it_is_committed() {
    let _alone = alone().await;
    let stage = Stage::new();
    let shared = StoredValue::new_local(None::<App>);
    let mounted = leptos::mount::mount_to(stage.0.clone(), move || {
        let app = App::new();
        provide_context(app);
        shared.set_value(Some(app));
        let id = EnvironmentId::parse("prod").unwrap();
        app.run(environments::add(id, "Production")).unwrap();
        let options = FieldOptions { id: Some("typed".to_owned()), ..FieldOptions::default() };
        edit_field("Name", String::new, options, |text: &str| {
            Ok(environments::add(EnvironmentId::parse("new").unwrap(), text))
        })
    });
    let app = shared.get_value().unwrap();
    let field: HtmlInputElement = document().get_element_by_id("typed").unwrap().unchecked_into();
    let says = || {
        let id = field.get_attribute("aria-describedby").unwrap_or_default();
        let error = document().get_element_by_id(&id);
        let text = error.and_then(|error| error.text_content()).unwrap_or_default();
        (field.get_attribute("aria-invalid").is_some(), text)
    };
    type_in(&field, "production");
    leptos::task::tick().await;
    assert_eq!(says(), (false, String::new()), "nobody is told off in the middle of a word");
    pause(Duration::from_millis(350)).await;
    let (is_wrong, text) = says();
    assert!(is_wrong && text.contains("already"), "{text}");
    assert_eq!(app.peek(|design| design.space.environments.len()), 1);
    assert!(app.toast().get_untracked().is_none());
    // Mended: the message goes at once.
    type_in(&field, "Staging");
    leptos::task::tick().await;
    leptos::task::tick().await;
    assert!(!says().0);
    assert_eq!(app.peek(|design| design.space.environments.len()), 1);
    drop(mounted);
}
