//! Files in and out, and the clipboard.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

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
