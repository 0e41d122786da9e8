//! Designs kept in this browser (IndexedDB).
//!
//! Two stores, written in one transaction: `about` for lists, `text` for the
//! design files. A save names the revision that it goes out from, so that two
//! tabs never overwrite each other in silence.

use rexie::{ObjectStore, Rexie, Store, Transaction, TransactionMode, TransactionResult};
use wasm_bindgen::JsValue;

use super::Failure;

const DATABASE: &str = "pulpo";
const VERSION: u32 = 1;
const ABOUT: &str = "about";
const TEXT: &str = "text";

/// What a list shows of a kept design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its key in this browser.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was saved last, ISO 8601.
    pub saved_at: String,
    /// Counts the saves.
    pub revision: u32,
}

/// How a save ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Kept, with its new revision.
    Saved(u32),
    /// Another tab saved in between; nothing was written.
    Overtaken,
}

async fn open() -> Result<Rexie, Failure> {
    Rexie::builder(DATABASE)
        .version(VERSION)
        .add_object_store(ObjectStore::new(ABOUT))
        .add_object_store(ObjectStore::new(TEXT))
        .build()
        .await
        .map_err(failure)
}

/// Saves a design's text under `about.id`, unless it has another revision by now.
///
/// # Errors
/// When the browser keeps nothing, or its space is used up.
pub async fn save(about: &Kept, text: &str) -> Result<Outcome, Failure> {
    save_text(about, &text_of(text)).await
}

/// A text as the browser has it; making one of a large design takes a while.
#[must_use]
pub fn text_of(text: &str) -> JsValue {
    JsValue::from_str(text)
}

/// Saves a design as [`save`] does, from a text of the browser's.
///
/// # Errors
/// As for [`save`].
pub async fn save_text(about: &Kept, text: &JsValue) -> Result<Outcome, Failure> {
    let database = open().await?;
    let transaction =
        database.transaction(&[ABOUT, TEXT], TransactionMode::ReadWrite).map_err(failure)?;
    let list = transaction.store(ABOUT).map_err(failure)?;
    let key = JsValue::from_str(&about.id);
    let stored = read_about(&list, &about.id).await?;
    if stored.is_some_and(|stored| stored.revision != about.revision) {
        return Ok(Outcome::Overtaken);
    }
    let revision = about.revision + 1;
    let row = serde_json::json!([about.title, about.saved_at, revision]).to_string();
    list.put(&JsValue::from_str(&row), Some(&key)).await.map_err(failure)?;
    let texts = transaction.store(TEXT).map_err(failure)?;
    texts.put(text, Some(&key)).await.map_err(failure)?;
    finish(transaction).await?;
    Ok(Outcome::Saved(revision))
}

/// The design kept as `id`.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn load(id: &str) -> Result<Option<(Kept, String)>, Failure> {
    let database = open().await?;
    let transaction =
        database.transaction(&[ABOUT, TEXT], TransactionMode::ReadOnly).map_err(failure)?;
    let about = read_about(&transaction.store(ABOUT).map_err(failure)?, id).await?;
    let texts = transaction.store(TEXT).map_err(failure)?;
    let text = texts.get(JsValue::from_str(id)).await.map_err(failure)?;
    Ok(about.zip(text.and_then(|text| text.as_string())))
}

/// All kept designs, saved last first.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn list() -> Result<Vec<Kept>, Failure> {
    let database = open().await?;
    let transaction = database.transaction(&[ABOUT], TransactionMode::ReadOnly).map_err(failure)?;
    let store = transaction.store(ABOUT).map_err(failure)?;
    let rows = store.scan(None, None, None, None).await.map_err(failure)?;
    let mut all: Vec<Kept> =
        rows.into_iter().filter_map(|(key, row)| about_of(&key.as_string()?, &row)).collect();
    all.sort_by(|left, right| right.saved_at.cmp(&left.saved_at));
    Ok(all)
}

/// Forgets the design `id`.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn forget(id: &str) -> Result<(), Failure> {
    let database = open().await?;
    let transaction =
        database.transaction(&[ABOUT, TEXT], TransactionMode::ReadWrite).map_err(failure)?;
    for store in [ABOUT, TEXT] {
        let store = transaction.store(store).map_err(failure)?;
        store.delete(JsValue::from_str(id)).await.map_err(failure)?;
    }
    let texts = transaction.store(TEXT).map_err(failure)?;
    texts.delete(JsValue::from_str(&export_key(id))).await.map_err(failure)?;
    finish(transaction).await
}

/// Where the text of the last export of the design `id` stands: among the
/// texts, and in no list.
fn export_key(id: &str) -> String {
    ["export/", id].concat()
}

/// Keeps the text of the design `id` as it was exported, instead of the one before.
///
/// # Errors
/// When the browser keeps nothing, or its space is used up.
pub async fn keep_export(id: &str, text: &str) -> Result<(), Failure> {
    let database = open().await?;
    let transaction = database.transaction(&[TEXT], TransactionMode::ReadWrite).map_err(failure)?;
    let texts = transaction.store(TEXT).map_err(failure)?;
    let key = JsValue::from_str(&export_key(id));
    texts.put(&JsValue::from_str(text), Some(&key)).await.map_err(failure)?;
    finish(transaction).await
}

/// The text of the design `id` as it was exported last.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn export_of(id: &str) -> Result<Option<String>, Failure> {
    let database = open().await?;
    let transaction = database.transaction(&[TEXT], TransactionMode::ReadOnly).map_err(failure)?;
    let texts = transaction.store(TEXT).map_err(failure)?;
    let text = texts.get(JsValue::from_str(&export_key(id))).await.map_err(failure)?;
    Ok(text.and_then(|text| text.as_string()))
}

/// Waits until the browser has written it all. A transaction that it gives up,
/// as it does on a full disk, is no error to the library: it is told apart here.
async fn finish(transaction: Transaction) -> Result<(), Failure> {
    match transaction.done().await {
        Ok(TransactionResult::Committed) => Ok(()),
        Ok(TransactionResult::Aborted) => Err(failure(rexie::Error::TransactioncommitFailed)),
        Err(error) => Err(failure(error)),
    }
}

async fn read_about(store: &Store, id: &str) -> Result<Option<Kept>, Failure> {
    let row = store.get(JsValue::from_str(id)).await.map_err(failure)?;
    Ok(row.and_then(|row| about_of(id, &row)))
}

fn about_of(id: &str, row: &JsValue) -> Option<Kept> {
    let row: serde_json::Value = serde_json::from_str(&row.as_string()?).ok()?;
    Some(Kept {
        id: id.to_owned(),
        title: row.get(0)?.as_str()?.to_owned(),
        saved_at: row.get(1)?.as_str()?.to_owned(),
        revision: u32::try_from(row.get(2)?.as_u64()?).ok()?,
    })
}

fn failure(error: rexie::Error) -> Failure {
    // What happened stands further in: the outermost error only says where.
    let mut text = error.to_string();
    let mut inner = std::error::Error::source(&error);
    while let Some(error) = inner {
        text = error.to_string();
        inner = error.source();
    }
    if text.contains("Quota") {
        return Failure("This browser's space for the site is used up.".into());
    }
    if matches!(error, rexie::Error::TransactioncommitFailed) {
        // It does not say why; a disk that fills up in between is the usual cause.
        return Failure(
            "This browser could not write it; its space for the site may be used up.".into(),
        );
    }
    Failure(format!("This browser keeps nothing for the site ({text})."))
}
