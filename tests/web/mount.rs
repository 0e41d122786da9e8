//! A component in the document follows its signal.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_view_follows_its_signal_until_it_is_unmounted() {
    let section = document().create_element("section").unwrap();
    document().body().unwrap().append_child(&section).unwrap();
    let count = RwSignal::new(1);
    let mounted = leptos::mount::mount_to(section.clone().unchecked_into(), move || {
        view! { <output>{move || count.get()}</output> }
    });
    assert_eq!(section.text_content().as_deref(), Some("1"));
    count.set(2);
    leptos::task::tick().await;
    assert_eq!(section.text_content().as_deref(), Some("2"));
    drop(mounted);
    assert_eq!(section.text_content().as_deref(), Some(""));
    section.remove();
}
