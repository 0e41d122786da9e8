//! What is left when the app has stopped for a fault of its own.
//!
//! After a panic nothing of the app may run again, so the message is made of
//! plain elements whose verbs are the browser's own: a link to a copy that is
//! ready, and the page's own reload.
//!
//! Never: a call back into the app, a second panic.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Document, Element, HtmlElement, Url};

/// The copy that was saved last.
struct Copy {
    name: String,
    when: String,
    /// The text, as the browser has it: outside the app's memory.
    text: JsValue,
}

thread_local! {
    static LAST: RefCell<Option<Copy>> = const { RefCell::new(None) };
    static HAS_STOPPED: RefCell<bool> = const { RefCell::new(false) };
}

/// Shows the message instead of nothing, should the app panic.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        log(panic);
        let is_first = HAS_STOPPED.with(|stopped| {
            stopped
                .try_borrow_mut()
                .is_ok_and(|mut stopped| !std::mem::replace(&mut *stopped, true))
        });
        if is_first {
            // Without a page there is nowhere to show it; the console has it.
            show().ok();
        }
    }));
}

/// Notes the copy that was saved last, a text of the browser's.
pub fn note_saved(name: &str, when: &str, text: JsValue) {
    let copy = Copy { name: name.to_owned(), when: when.to_owned(), text };
    LAST.with(|last| *last.borrow_mut() = Some(copy));
}

/// Forgets the copy: another design was opened, which is kept as it is.
pub fn forget_saved() {
    LAST.with(|last| *last.borrow_mut() = None);
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    type Error;
    #[wasm_bindgen(constructor)]
    fn new() -> Error;
    #[wasm_bindgen(method, getter)]
    fn stack(error: &Error) -> JsValue;
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

fn log(panic: &PanicHookInfo) {
    let mut text = panic.to_string();
    if let Some(stack) = Error::new().stack().as_string() {
        text.push_str("\n\n");
        text.push_str(&stack);
    }
    console_error(&text);
}

fn show() -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let body = document.body().ok_or(JsValue::NULL)?;
    let copy = LAST.with(|last| last.try_borrow_mut().ok().and_then(|mut last| last.take()));

    let page = element(&document, "div", "crash", "")?;
    page.set_attribute("role", "alertdialog")?;
    page.set_attribute("aria-modal", "true")?;
    page.set_attribute("aria-labelledby", "crash-title")?;
    page.set_attribute("aria-describedby", "crash-text")?;
    let title = element(&document, "h1", "", "Pulpo stopped")?;
    title.set_id("crash-title");
    let said = match &copy {
        Some(copy) => format!(
            "A fault in Pulpo stopped it. Your design was saved at {}, and opens again when you reload.",
            copy.when
        ),
        None => "A fault in Pulpo stopped it. Designs that this browser keeps are as they were \
                 saved last, and open again when you reload."
            .to_owned(),
    };
    let text = element(&document, "p", "", &said)?;
    text.set_id("crash-text");
    let verbs = element(&document, "div", "crash__verbs", "")?;
    let reload = element(&document, "button", "button", "Reload")?;
    reload.set_attribute("type", "button")?;
    reload.set_attribute("data-look", "main")?;
    // The browser's own function, not one of the app's.
    let location = window.location();
    let again: Function = Reflect::get(&location, &"reload".into())?.dyn_into()?;
    reload.add_event_listener_with_callback("click", &again.bind0(&location))?;
    verbs.append_child(&reload)?;
    if let Some(copy) = copy {
        let options = BlobPropertyBag::new();
        options.set_type("application/json");
        let parts = js_sys::Array::of1(&copy.text);
        let text = Blob::new_with_str_sequence_and_options(&parts, &options)?;
        let link = element(&document, "a", "button", "Download last saved copy")?;
        link.set_attribute("href", &Url::create_object_url_with_blob(&text)?)?;
        link.set_attribute("download", &copy.name)?;
        verbs.append_child(&link)?;
    }
    for part in [title, text, verbs] {
        page.append_child(&part)?;
    }
    // What was there can be read, but no longer be used.
    let others = body.children();
    for index in 0..others.length() {
        if let Some(other) = others.item(index) {
            other.set_attribute("inert", "")?;
        }
    }
    body.append_child(&page)?;
    if let Some(reload) = reload.dyn_ref::<HtmlElement>() {
        reload.focus()?;
    }
    Ok(())
}

fn element(document: &Document, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(tag)?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.set_text_content(Some(text));
    Ok(element)
}
