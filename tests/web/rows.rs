//! Rows of a keyed list stay the same elements: what is typed in one stays.

use leptos::prelude::*;
use pulpo::ui::widgets::rows::rows;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::stage::Stage;

fn field(key: &str) -> HtmlInputElement {
    document().get_element_by_id(&format!("row-{key}")).unwrap().unchecked_into()
}

#[wasm_bindgen_test]
async fn rows_keep_their_elements_when_others_come_go_and_move() {
    let stage = Stage::new();
    let keys = RwSignal::new(["a", "b", "c"].map(str::to_owned).to_vec());
    let mounted = leptos::mount::mount_to(stage.0.clone(), move || {
        rows(move || keys.get(), |key| view! { <input id=format!("row-{key}")/> }.into_any())
    });
    let mine = field("b");
    mine.set_value("half typed");
    for order in [&["b", "a", "c"][..], &["c", "d", "b"], &["b"]] {
        keys.set(order.iter().map(|key| (*key).to_owned()).collect());
        leptos::task::tick().await;
        assert!(field("b").is_same_node(Some(&mine)), "{order:?}");
        assert_eq!(field("b").value(), "half typed");
        let all = stage.0.query_selector_all("input").unwrap();
        let shown: Vec<String> = (0..all.length())
            .map(|at| all.item(at).unwrap().unchecked_into::<HtmlInputElement>().id())
            .collect();
        let wanted: Vec<String> = order.iter().map(|key| format!("row-{key}")).collect();
        assert_eq!(shown, wanted);
    }
    drop(mounted);
}
