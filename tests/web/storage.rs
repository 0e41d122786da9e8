//! Designs go into the browser's database and come back, and two tabs never
//! overwrite each other in silence.

use pulpo::platform::store::{self, Outcome};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{alone, fresh};

#[wasm_bindgen_test]
async fn a_design_comes_back_as_it_was_kept() {
    let _alone = alone().await;
    let text = "{\"title\":\"Grüße \u{1f680}\"}\n";
    let about = fresh("storage-round", "Grüße");
    assert_eq!(store::save(&about, text).await, Ok(Outcome::Saved(1)));
    let (kept, back) = store::load("storage-round").await.unwrap().unwrap();
    assert_eq!((kept.title.as_str(), kept.revision, back.as_str()), ("Grüße", 1, text));
    assert!(store::list().await.unwrap().contains(&kept));
    store::forget("storage-round").await.unwrap();
    assert_eq!(store::load("storage-round").await, Ok(None));
    assert!(!store::list().await.unwrap().contains(&kept));
}

#[wasm_bindgen_test]
async fn a_save_from_an_older_revision_writes_nothing() {
    let _alone = alone().await;
    let about = fresh("storage-tabs", "Shared");
    assert_eq!(store::save(&about, "first").await, Ok(Outcome::Saved(1)));
    // The other tab has seen the first save, this one has not.
    let mut other = about.clone();
    other.revision = 1;
    assert_eq!(store::save(&other, "theirs").await, Ok(Outcome::Saved(2)));
    assert_eq!(store::save(&about, "mine").await, Ok(Outcome::Overtaken));
    let (kept, text) = store::load("storage-tabs").await.unwrap().unwrap();
    assert_eq!((kept.revision, text.as_str()), (2, "theirs"));
    store::forget("storage-tabs").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_full_disk_is_said_and_keeps_what_was_there() {
    let _alone = alone().await;
    let about = fresh("storage-full", "Full");
    store::save(&about, "before").await.unwrap();
    let full = crate::storage::full_disk();
    let mut next = about.clone();
    next.revision = 1;
    let failure = store::save(&next, "after").await.unwrap_err();
    assert!(failure.0.contains("used up"), "{failure}");
    drop(full);
    let (kept, text) = store::load("storage-full").await.unwrap().unwrap();
    assert_eq!((kept.revision, text.as_str()), (1, "before"));
    assert_eq!(store::save(&next, "after").await, Ok(Outcome::Saved(2)));
    store::forget("storage-full").await.unwrap();
}

/// Lets the database refuse as a full disk does, until it is dropped.
pub fn full_disk() -> impl Drop {
    struct Full;
    impl Drop for Full {
        fn drop(&mut self) {
            js_sys::eval("IDBObjectStore.prototype.put = globalThis.realPut").unwrap();
        }
    }
    js_sys::eval(
        "globalThis.realPut ??= IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = () => {
             throw new DOMException('The disk is full.', 'QuotaExceededError');
         };",
    )
    .unwrap();
    Full
}
