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
    mine.focus().unwrap();
    let orders = [
        &["b", "a", "c"][..],
        &["c", "d", "b"],
        &["b", "c", "e", "d", "f"],
        &["f", "e", "d", "c", "b"],
        &["b"],
        &["a", "b"],
    ];
    for order in orders {
        keys.set(order.iter().map(|key| (*key).to_owned()).collect());
        leptos::task::tick().await;
        assert!(field("b").is_same_node(Some(&mine)), "{order:?}");
        assert_eq!(field("b").value(), "half typed");
        let active = document().active_element();
        assert!(active.is_some_and(|active| active.is_same_node(Some(&mine))), "{order:?}");
        let all = stage.0.query_selector_all("input").unwrap();
        let shown: Vec<String> = (0..all.length())
            .map(|at| all.item(at).unwrap().unchecked_into::<HtmlInputElement>().id())
            .collect();
        let wanted: Vec<String> = order.iter().map(|key| format!("row-{key}")).collect();
        assert_eq!(shown, wanted);
    }
    drop(mounted);
}

#[wasm_bindgen_test]
async fn what_a_row_sets_up_ends_with_it() {
    let stage = Stage::new();
    let keys = RwSignal::new(["a", "b"].map(str::to_owned).to_vec());
    let alive = RwSignal::new(0);
    let mounted = leptos::mount::mount_to(stage.0.clone(), move || {
        let row = move |key: String| {
            alive.update(|alive| *alive += 1);
            on_cleanup(move || alive.update(|alive| *alive -= 1));
            view! { <i id=key></i> }.into_any()
        };
        rows(move || keys.get(), row)
    });
    for (order, left) in [(&["b", "a"][..], 2), (&["a"], 1), (&["a", "c", "d"], 3), (&[], 0)] {
        keys.set(order.iter().map(|key| (*key).to_owned()).collect());
        leptos::task::tick().await;
        assert_eq!(alive.get_untracked(), left, "{order:?}");
    }
    drop(mounted);
}
