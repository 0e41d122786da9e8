//! Designs that the open one can be compared with.

use leptos::prelude::*;

use super::effect::follow;
use leptos::task::spawn_local;

use super::app::App;
use super::autosave;
use super::library::{fetch, samples};
use crate::format::design_file;
use crate::import::{self, File};
use crate::model::Design;
use crate::platform::{Failure, files, store};
use crate::view::beside::beside;

/// A design to compare with.
pub struct Other {
    /// What people call it.
    pub name: String,
    /// Whether it came before the open design.
    pub is_older: bool,
    /// The design.
    pub design: Design,
}

/// Something that can be compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its word in the URL.
    pub word: String,
    /// What a person reads.
    pub label: String,
}

const EXPORT: &str = "export";
const OPENED: &str = "opened";
const KEPT: &str = "kept/";
const SAMPLE: &str = "sample/";

fn choice(word: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice { word: word.into(), label: label.into() }
}

fn read(text: &str, name: &str) -> Result<Design, Failure> {
    let opened = design_file::read(text);
    opened.design.ok_or_else(|| match opened.findings.first() {
        Some(finding) => Failure(format!("{name} can't be read. {}", finding.what)),
        None => Failure(format!("{name} can't be read as a design.")),
    })
}

impl App {
    /// All that the open design can be compared with; what reads this runs
    /// again when that changes.
    pub fn with_choices(self, show: impl Fn(Vec<Choice>) + Clone + 'static) {
        follow(move || {
            self.library.track();
            let open = self.kept.get().id;
            // The first edit makes something to compare with.
            let is_changed = self.undo_label().with(Option::is_some);
            let show = show.clone();
            spawn_local(async move {
                let mut all = Vec::new();
                if store::export_of(&open).await.is_ok_and(|found| found.is_some()) {
                    all.push(choice(EXPORT, "The last export"));
                }
                if is_changed {
                    all.push(choice(OPENED, "As it was opened"));
                }
                let kept = store::list().await.unwrap_or_default();
                let others = kept.into_iter().filter(|one| one.id != open);
                all.extend(others.map(|one| choice(format!("{KEPT}{}", one.id), one.title)));
                let samples = samples().await.unwrap_or_default();
                all.extend(samples.into_iter().map(|one| {
                    choice(format!("{SAMPLE}{}", one.file), format!("Sample: {}", one.title))
                }));
                show(all);
            });
        });
    }

    /// What a word of [`App::with_choices`] names.
    ///
    /// # Errors
    /// When it is not there any more or can't be read.
    pub async fn other(self, word: &str) -> Result<Other, Failure> {
        let gone = || Failure("What was to be compared with is not there any more.".to_owned());
        if word == EXPORT {
            let open = self.kept.with_untracked(|kept| kept.id.clone());
            let text = store::export_of(&open).await?.ok_or_else(gone)?;
            let design = read(&text, "The last export")?;
            return Ok(Other { name: "The last export".to_owned(), is_older: true, design });
        }
        if word == OPENED {
            let design = self.first_of_history().ok_or_else(gone)?;
            return Ok(Other { name: "As it was opened".to_owned(), is_older: true, design });
        }
        if let Some(id) = word.strip_prefix(KEPT) {
            autosave::settle(self).await;
            let (kept, text) = store::load(id).await?.ok_or_else(gone)?;
            let design = read(&text, &kept.title)?;
            return Ok(Other { name: kept.title, is_older: false, design });
        }
        let file = word.strip_prefix(SAMPLE).ok_or_else(gone)?;
        let design = read(&fetch(file).await?, file)?;
        Ok(Other { name: design.title.clone(), is_older: false, design })
    }

    /// The design in a file; of any other file that can be imported, what it
    /// would make of the open design.
    ///
    /// # Errors
    /// When nothing in it is recognised.
    pub async fn other_of_file(self, file: web_sys::File) -> Result<Other, Failure> {
        let name = file.name();
        let Some(bytes) = files::read_bytes(&file, design_file::LARGEST).await? else {
            return Err(Failure(format!("{name} is too large.")));
        };
        let mut reading = import::Reading::default();
        reading.add(&File { path: name.clone(), bytes });
        let imported = reading.finish();
        match self.peek(|open| beside(&imported, open)) {
            Some(design) => Ok(Other { name, is_older: false, design }),
            None => Err(Failure(match imported.all_findings().next() {
                Some(finding) => format!("{name} can't be read. {}", finding.what),
                None => format!("{name} holds nothing that Pulpo can read."),
            })),
        }
    }

    /// Remembers the design as it is, because it was handed over just now.
    pub fn was_exported(self) {
        let text = self.peek(design_file::write_value).to_string();
        let id = self.kept.with_untracked(|kept| kept.id.clone());
        spawn_local(async move {
            // A browser that keeps nothing has said so already.
            store::keep_export(&id, &text).await.ok();
            self.library.update(|changes| *changes += 1);
        });
    }
}
