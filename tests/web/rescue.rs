//! What was left by a page that was closed too early is taken up at the next start.

use pulpo::format::design_file;
use pulpo::platform::{settings, store};
use pulpo::state::rescue::{self, LARGEST, Left, Verdict};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{alone, fresh, titled};

fn left(id: &str, revision: u32, text: Option<&str>) -> Left {
    let mut about = fresh(id, "Left");
    about.revision = revision;
    Left { about, saving: String::new(), text: text.map(str::to_owned) }
}

#[wasm_bindgen_test]
fn only_what_is_newer_than_what_is_kept_is_taken_up() {
    let kept = |revision: u32| {
        let mut kept = fresh("x", "Kept");
        kept.revision = revision;
        kept
    };
    let mine = left("x", 3, Some("mine"));
    assert_eq!(mine.judge(Some((&kept(3), "old"))), Verdict::TakeUp);
    assert_eq!(mine.judge(Some((&kept(4), "mine"))), Verdict::Drop);
    assert_eq!(mine.judge(Some((&kept(4), "theirs"))), Verdict::KeepApart);
    // Deleted in another tab.
    assert_eq!(mine.judge(None), Verdict::Drop);
    assert_eq!(left("x", 0, Some("mine")).judge(None), Verdict::TakeUp);
    // The save that was under way came through, with an older text.
    let mut late = mine.clone();
    late.saving = kept(4).saved_at;
    assert_eq!(late.judge(Some((&kept(4), "a bit older"))), Verdict::TakeUp);
    assert_eq!(left("x", 3, None).judge(Some((&kept(3), "old"))), Verdict::Lost);
    assert_eq!(left("x", 3, None).judge(Some((&kept(4), "new"))), Verdict::Drop);
}

#[wasm_bindgen_test]
async fn what_was_left_is_kept_at_the_next_start_and_then_forgotten() {
    let _alone = alone().await;
    store::save(&fresh("rescue-one", "Old"), "old").await.unwrap();
    assert!(rescue::leave(left("rescue-one", 1, Some("new"))));
    assert!(rescue::leave(left("rescue-new", 0, Some("never kept"))));
    let rescued = rescue::take_up().await;
    assert!(rescued.words.is_empty() && rescued.unkept.is_none(), "{:?}", rescued.words);
    let (kept, text) = store::load("rescue-one").await.unwrap().unwrap();
    assert_eq!((kept.revision, text.as_str()), (2, "new"));
    assert!(store::load("rescue-new").await.unwrap().is_some());
    assert!(settings::keys("pulpo.unsaved.").is_empty());
    for id in ["rescue-one", "rescue-new"] {
        store::forget(id).await.unwrap();
    }
}

#[wasm_bindgen_test]
async fn what_another_tab_overtook_becomes_a_design_of_its_own() {
    let _alone = alone().await;
    let mut theirs = fresh("rescue-two", "Shared");
    store::save(&theirs, "first").await.unwrap();
    theirs.revision = 1;
    store::save(&theirs, "theirs").await.unwrap();
    let mine = design_file::write(&titled("Mine"));
    assert!(rescue::leave(left("rescue-two", 1, Some(&mine))));
    let rescued = rescue::take_up().await;
    assert_eq!(rescued.words.len(), 1);
    let (_, text) = store::load("rescue-two").await.unwrap().unwrap();
    assert_eq!(text, "theirs");
    let all = store::list().await.unwrap();
    let apart = all.iter().find(|one| one.title == "Left (from a closed tab)").unwrap();
    store::forget(&apart.id).await.unwrap();
    store::forget("rescue-two").await.unwrap();
}

#[wasm_bindgen_test]
async fn what_does_not_fit_is_said() {
    let _alone = alone().await;
    store::save(&fresh("rescue-big", "Big"), "old").await.unwrap();
    let big = "x".repeat(LARGEST + 1);
    assert!(!rescue::leave(left("rescue-big", 1, Some(&big))));
    let rescued = rescue::take_up().await;
    assert!(rescued.words[0].contains("may be missing"), "{:?}", rescued.words);
    assert!(settings::keys("pulpo.unsaved.").is_empty());
    store::forget("rescue-big").await.unwrap();
}

#[wasm_bindgen_test]
async fn what_the_browser_will_not_keep_stays_left_and_is_handed_on() {
    let _alone = alone().await;
    assert!(rescue::leave(left("rescue-full", 0, Some("precious"))));
    let full = crate::storage::full_disk();
    let rescued = rescue::take_up().await;
    drop(full);
    let (about, text, _) = rescued.unkept.unwrap();
    assert_eq!((about.id.as_str(), text.as_str()), ("rescue-full", "precious"));
    assert_eq!(settings::keys("pulpo.unsaved.").len(), 1);
    rescue::forget("rescue-full");
}
