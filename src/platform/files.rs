//! Files in and out, and the clipboard.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DataTransfer, File, HtmlAnchorElement, Url};

use super::Failure;

/// Hands `bytes` to the person as a file called `name`.
///
/// # Errors
/// When the browser makes no blob.
pub fn download(name: &str, kind: &str, bytes: &[u8]) -> Result<(), Failure> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = leptos::prelude::document();
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The click has taken the blob; the address is of no more use.
    Url::revoke_object_url(&url)?;
    Ok(())
}

/// Puts `text` on the clipboard.
///
/// # Errors
/// When the browser or the person forbids it.
pub async fn copy(text: &str) -> Result<(), Failure> {
    // By name, because the binding of the clipboard is still marked as unstable.
    let navigator = leptos::prelude::window().navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into())?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
    let promise: Promise = write.call1(&clipboard, &text.into())?.dyn_into()?;
    JsFuture::from(promise).await?;
    Ok(())
}

/// Reads a file as text; bytes that are not UTF-8 are replaced. A file of more
/// than `largest` bytes is not read and gives nothing.
///
/// # Errors
/// When the file can't be read.
pub async fn read_text(file: &File, largest: usize) -> Result<Option<String>, Failure> {
    if file.size() > largest as f64 {
        return Ok(None);
    }
    let text: JsValue = JsFuture::from(file.text()).await?;
    Ok(Some(text.as_string().unwrap_or_default()))
}

/// What was dropped: entries of the file system, which may be folders, or plain
/// files where the browser tells of no entries. Only to be had during the event.
#[must_use]
pub fn dropped(data: &DataTransfer) -> Vec<JsValue> {
    let items = Reflect::get(data, &"items".into()).unwrap_or_default();
    let entries = js_sys::Array::from(&items).to_vec().into_iter().map(|item| {
        let get = Reflect::get(&item, &"webkitGetAsEntry".into()).ok()?;
        let entry = get.dyn_into::<Function>().ok()?.call0(&item).ok()?;
        (!entry.is_null() && !entry.is_undefined()).then_some(entry)
    });
    let entries: Option<Vec<_>> = entries.collect();
    match entries {
        Some(entries) if !entries.is_empty() => entries,
        _ => data.files().map(|files| js_sys::Array::from(&files).to_vec()).unwrap_or_default(),
    }
}

/// The files among `items` and in the folders among them, with their paths, up
/// to `most`; what `is_noise` says of a path is left out.
pub async fn listed(
    items: Vec<JsValue>,
    is_noise: fn(&str) -> bool,
    most: usize,
) -> Vec<(String, File)> {
    let mut waiting: Vec<JsValue> = items.into_iter().rev().collect();
    let mut found = Vec::new();
    while let Some(item) = waiting.pop() {
        if found.len() >= most {
            break;
        }
        if let Some(file) = item.dyn_ref::<File>() {
            let path = text_of(file, "webkitRelativePath");
            let path = if path.is_empty() { file.name() } else { path };
            if !is_noise(&path) {
                found.push((path, file.clone()));
            }
            continue;
        }
        let path = text_of(&item, "fullPath").trim_start_matches('/').to_owned();
        let is_file = Reflect::get(&item, &"isFile".into()).is_ok_and(|value| value.is_truthy());
        if is_file {
            if !is_noise(&path)
                && let Ok(file) = called(&item, "file").await
                && let Ok(file) = file.dyn_into::<File>()
            {
                found.push((path, file));
            }
        } else if !is_noise(&format!("{path}/x")) {
            let mut inner = in_folder(&item).await;
            inner.sort_by_key(|entry| text_of(entry, "fullPath"));
            waiting.extend(inner.into_iter().rev());
        }
    }
    found
}

fn text_of(item: &JsValue, key: &str) -> String {
    Reflect::get(item, &key.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Calls a method that takes what to do with its result, and what with a failure.
async fn called(item: &JsValue, method: &str) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(item, &method.into())?.dyn_into()?;
    let promise = Promise::new(&mut |resolve, reject| {
        method.call2(item, &resolve, &reject).ok();
    });
    JsFuture::from(promise).await
}

/// What is in a folder; the browser tells it a hundred at a time.
async fn in_folder(entry: &JsValue) -> Vec<JsValue> {
    let mut all = Vec::new();
    let make = Reflect::get(entry, &"createReader".into()).ok();
    let reader = make.and_then(|make| make.dyn_into::<Function>().ok()?.call0(entry).ok());
    let Some(reader) = reader else { return all };
    while let Ok(some) = called(&reader, "readEntries").await {
        let some = js_sys::Array::from(&some).to_vec();
        if some.is_empty() {
            break;
        }
        all.extend(some);
    }
    all
}

/// Reads a file; one of more than `largest` bytes is not read and gives nothing.
///
/// # Errors
/// When the file can't be read.
pub async fn read_bytes(file: &File, largest: usize) -> Result<Option<Vec<u8>>, Failure> {
    if file.size() > largest as f64 {
        return Ok(None);
    }
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Some(js_sys::Uint8Array::new(&buffer).to_vec()))
}
