//! Files on their way in: dropped anywhere, chosen, or pasted as a text; read
//! on the Import page.

use std::time::Duration;

use leptos::__reexports::send_wrapper::SendWrapper;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::app::App;
use super::autosave;
use super::place::Page;
use crate::format::json_text;
use crate::import::{self, File, Imported, is_noise};
use crate::model::Design;
use crate::platform::{self, clock, files};

/// What is not read yet.
#[derive(Clone)]
pub enum Incoming {
    /// Files and folders, as the browser hands them over.
    Items(SendWrapper<Vec<JsValue>>),
    /// A text.
    Text(String),
}

/// The most files that are read; a folder of more is not what was meant.
const MOST_FILES: usize = 5_000;
/// How long is read before the screen gets its turn, in milliseconds.
const TURN: f64 = 12.0;

impl App {
    /// Takes files and folders to the Import page.
    pub fn bring(self, items: Vec<JsValue>) {
        if !items.is_empty() {
            self.incoming.set(Some(Incoming::Items(SendWrapper::new(items))));
            self.go(Page::Import);
        }
    }

    /// Takes a text to the Import page.
    pub fn bring_text(self, text: String) {
        self.incoming.set(Some(Incoming::Text(text)));
    }

    /// What waits to be read.
    #[must_use]
    pub fn incoming(self) -> RwSignal<Option<Incoming>> {
        self.incoming
    }

    /// Saves what is open, then opens `design` as one of its own.
    pub fn start_with(self, design: Design, page: Page) {
        self.flush();
        let kept = autosave::unkept(design.title.clone());
        self.say(&format!("“{}” is a design of its own now", design.title));
        self.open(design, kept, false);
        autosave::now(self);
        self.go(page);
    }
}

/// Reads what came in, a file at a time; `told` hears how many of how many are
/// done and says whether to go on.
pub async fn read_all(incoming: Incoming, told: impl Fn(usize, usize) -> bool) -> Option<Imported> {
    let mut reading = import::Reading::default();
    match incoming {
        Incoming::Text(text) => {
            reading.add(&File { path: String::new(), bytes: text.into_bytes() });
        }
        Incoming::Items(items) => {
            let list = files::listed(items.take(), is_noise, MOST_FILES).await;
            let total = list.len();
            let mut since = clock::now();
            for (done, (path, file)) in list.into_iter().enumerate() {
                if clock::now() - since > TURN {
                    if !told(done, total) {
                        return None;
                    }
                    platform::pause(Duration::ZERO).await;
                    since = clock::now();
                }
                match files::read_bytes(&file, json_text::LARGEST).await {
                    Ok(Some(bytes)) => reading.add(&File { path, bytes }),
                    Ok(None) => reading.too_large(&path, file.size() as usize),
                    Err(failure) => reading.unreadable(&path, &failure.0),
                }
            }
        }
    }
    platform::pause(Duration::ZERO).await;
    Some(reading.finish())
}
