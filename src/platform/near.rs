//! Which elements are near to what is seen of the page.

use std::rc::Rc;

use js_sys::Array;
use leptos::__reexports::send_wrapper::SendWrapper;
use leptos::prelude::on_cleanup;
use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Watches elements come and go; copies are handles to the same.
#[derive(Clone)]
pub struct Watcher(Option<SendWrapper<Rc<IntersectionObserver>>>);

impl Watcher {
    /// Tells `heard` of each watched element whether it is within `margin` pixels
    /// of what is seen, when that changes and once at the start; ends with the
    /// view around it.
    #[must_use]
    pub fn new(margin: u32, heard: impl Fn(&Element, bool) + 'static) -> Self {
        let heard = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            for entry in entries.iter().filter_map(|one| one.dyn_into().ok()) {
                let entry: IntersectionObserverEntry = entry;
                heard(&entry.target(), entry.is_intersecting());
            }
        });
        let margin = format!("{margin}px 0px");
        let options = IntersectionObserverInit::new();
        options.set_root_margin(&margin);
        // The same for what scrolls within the page; a browser without it is later.
        js_sys::Reflect::set(&options, &"scrollMargin".into(), &margin.into()).ok();
        let run = heard.as_ref().unchecked_ref();
        let Ok(observer) = IntersectionObserver::new_with_options(run, &options) else {
            return Self(None);
        };
        let observer = Rc::new(observer);
        let kept = SendWrapper::new((Rc::clone(&observer), heard));
        on_cleanup(move || kept.0.disconnect());
        Self(Some(SendWrapper::new(observer)))
    }

    /// Watches `element` from now on, for as long as it lives.
    pub fn watch(&self, element: &Element) {
        if let Some(observer) = &self.0 {
            observer.observe(element);
        }
    }
}
