//! Opening designs: kept ones, samples, files, and new ones.

use std::time::Duration;

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::App;
use super::autosave::{self, Saved};
use super::effect::follow;
use super::place::{Page, Place};
use super::{parts, problems, rescue};
use crate::base::Finding;
use crate::format::design_file;
use crate::model::Design;
use crate::platform::{self, Failure, files, settings, store, update};

/// A sample, as `samples/index.json` tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleInfo {
    /// Its file in `samples/`.
    pub file: String,
    /// Its title.
    pub title: String,
    /// What it shows, in one line.
    pub description: String,
}

/// The sample that a first visit opens; the published page preloads it.
const FIRST: &str = "aws-fargate.pulpo.json";
/// How long after the start the frame is shown, come a design or not; and how
/// long a browser may take to draw the first design.
const MOMENT: Duration = Duration::from_millis(150);
/// How long after the start everything is fetched, come a design or not.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn fetch(file: &str) -> Result<String, Failure> {
    let url = format!("./samples/{file}");
    let failed = |_| Failure(format!("The sample {file} could not be fetched; are you offline?"));
    let response = Request::get(&url).send().await.map_err(failed)?;
    if !response.ok() {
        return Err(Failure(format!("There is no sample {file} on this site.")));
    }
    response.text().await.map_err(failed)
}

/// The samples that come with the app.
///
/// # Errors
/// When their list can't be fetched.
pub async fn samples() -> Result<Vec<SampleInfo>, Failure> {
    let text = fetch("index.json").await?;
    let list: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let word = |row: &serde_json::Value, key: &str| {
        row.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    };
    let rows = list.as_array().cloned().unwrap_or_default();
    Ok(rows
        .iter()
        .map(|row| SampleInfo {
            file: word(row, "file"),
            title: word(row, "title"),
            description: word(row, "description"),
        })
        .collect())
}

/// What there is to say about a file that was opened, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The file's name.
    pub name: String,
    /// Whether it was opened all the same.
    pub is_open: bool,
    /// What there is to say.
    pub findings: Vec<Finding>,
}

impl App {
    /// Opens what was open last; on a first visit, a sample.
    pub fn start(self) {
        self.listen_to_url();
        parts::watch(self);
        // At once: on a slow line one can edit before the first design is there.
        autosave::watch(self);
        // What nobody can need before there is something to see waits until then.
        follow(move || {
            if self.is_ready.get() {
                problems::watch(self);
                update::on_waiting(move || self.update.set(true));
            }
        });
        let since = self.revision.get_untracked();
        spawn_local(async move {
            let rescued = rescue::take_up().await;
            let last = settings::get(settings::CURRENT);
            if self.open_unkept(rescued.unkept, since) {
                self.page_ready().await;
            } else if let Some(id) = last {
                if !self.open_kept(&id, since).await {
                    self.open_something(since).await;
                }
                self.page_ready().await;
            } else {
                // A first visit, most likely: nobody waits for the database then.
                self.open_sample_now(FIRST, since).await;
                self.page_ready().await;
                self.open_newest(self.revision.get_untracked()).await;
            }
            if !rescued.words.is_empty() {
                self.tell(rescued.words.join(" "));
            }
        });
        // Where the network is slow, neither the frame nor the rest waits for a design.
        set_timeout(move || self.show_frame(), MOMENT);
        set_timeout(move || spawn_local(self.fetch_rest()), PATIENCE);
    }

    /// Opens what the browser would not keep, and says that it is not kept.
    fn open_unkept(self, unkept: Option<(store::Kept, String, Failure)>, since: u32) -> bool {
        let Some((kept, text, failure)) = unkept else { return false };
        let Some(design) = design_file::read(&text).design else { return false };
        if self.revision.get_untracked() == since {
            self.open(design, kept, false);
            self.saved.set(Saved::Failed(failure.0));
        }
        true
    }

    /// Opens the design that was saved last; without any, a sample.
    pub(super) async fn open_something(self, since: u32) {
        if !self.open_newest(since).await {
            self.open_sample_now(FIRST, since).await;
        }
    }

    async fn open_newest(self, since: u32) -> bool {
        let newest = store::list().await.ok().and_then(|all| all.into_iter().next());
        match newest {
            Some(newest) => self.open_kept(&newest.id, since).await,
            None => false,
        }
    }

    async fn fetch_rest(self) {
        platform::parts::rest().await;
        if !self.is_ready.get_untracked() {
            self.is_ready.set(true);
        }
    }

    fn show_frame(self) {
        if !self.is_shown.get_untracked() {
            self.is_shown.set(true);
        }
    }

    /// Shows what was opened, and says when one can begin to work.
    async fn page_ready(self) {
        self.show_frame();
        // The frame, then what its effects put into it.
        leptos::task::tick().await;
        leptos::task::tick().await;
        if let Some(performance) = window().performance() {
            // A mark that measurements wait for.
            performance.mark("pulpo-ready").ok();
        }
        // Until the browser has drawn it, anything else would only be in the way.
        platform::pause(MOMENT).await;
        self.fetch_rest().await;
    }

    /// Whether there is something to show.
    #[must_use]
    pub fn is_shown(self) -> Signal<bool> {
        self.is_shown.into()
    }

    /// Whether the first design is on the page, so that what one does not see
    /// yet may be fetched.
    #[must_use]
    pub fn is_ready(self) -> Signal<bool> {
        self.is_ready.into()
    }

    /// Opens a kept design, unless the design was changed or another one was
    /// opened since this revision; says whether there is nothing more to try.
    pub(super) async fn open_kept(self, id: &str, since: u32) -> bool {
        match store::load(id).await {
            Ok(Some((kept, text))) => match design_file::read(&text).design {
                Some(_) if self.revision.get_untracked() != since => true,
                Some(design) => {
                    settings::set(settings::CURRENT, &kept.id);
                    self.open(design, kept, false);
                    true
                }
                None => {
                    self.tell(format!("“{}” can't be read by this version.", kept.title));
                    false
                }
            },
            _ => false,
        }
    }

    /// Saves what is open, then opens a kept design.
    pub fn open_by_id(self, id: String) {
        self.flush();
        let since = self.revision.get_untracked();
        spawn_local(async move {
            if self.open_kept(&id, since).await {
                self.go(Page::Board);
            }
        });
    }

    async fn open_sample_now(self, file: &str, since: u32) {
        match fetch(file).await {
            Ok(text) => match design_file::read(&text).design {
                // Something else is on the screen by now.
                Some(_) if self.revision.get_untracked() != since => {}
                Some(design) => {
                    let kept = autosave::unkept(design.title.clone());
                    self.open(design, kept, true);
                }
                None => self.tell("The sample can't be read by this version; reload the page."),
            },
            Err(failure) => self.tell(failure.0),
        }
    }

    /// Saves what is open, then opens a sample as a design of its own.
    pub fn open_sample(self, file: String) {
        self.flush();
        let since = self.revision.get_untracked();
        spawn_local(async move {
            self.open_sample_now(&file, since).await;
            self.go(Page::Board);
        });
    }

    /// Saves what is open, then starts an empty design.
    pub fn new_design(self) {
        self.flush();
        let design = Design { title: "New design".into(), ..Design::default() };
        let kept = autosave::unkept(design.title.clone());
        self.open(design, kept, false);
        autosave::now(self);
        self.go(Page::Board);
        self.say("A new, empty design");
    }

    /// Opens a design file as a design of its own; what is open stays kept.
    /// What there is to say about the file is in [`App::opening`].
    pub fn open_file(self, file: web_sys::File) {
        spawn_local(async move {
            let name = file.name();
            let opened = match files::read_text(&file, design_file::LARGEST).await {
                Ok(Some(text)) => design_file::read(&text),
                // The reader has the words for it, and needs no text for them.
                Ok(None) => design_file::too_large(),
                Err(failure) => return self.tell(format!("{name} was not opened. {failure}")),
            };
            let is_open = opened.design.is_some();
            if let Some(design) = opened.design {
                self.flush();
                let kept = autosave::unkept(design.title.clone());
                self.open(design, kept, false);
                autosave::now(self);
                self.go(Page::Board);
            }
            if opened.findings.is_empty() {
                self.say(&format!("Opened {name}"));
            } else {
                self.opening.set(Some(Opening { name, is_open, findings: opened.findings }));
            }
        });
    }

    /// Hands the design over as a file.
    pub fn save_file(self) {
        let (title, text) = self.peek(|design| (design.title.clone(), design_file::write(design)));
        let name = super::kept::file_name(&title);
        match files::download(&name, "application/json", text.as_bytes()) {
            Ok(()) => self.tell(format!("Saved as {name}.")),
            Err(failure) => self.tell(format!("{name} was not saved. {failure}")),
        }
    }

    /// Saves now what is not saved yet.
    pub fn flush(self) {
        if matches!(self.saved.get_untracked(), Saved::Soon | Saved::Failed(_)) {
            autosave::now(self);
        }
    }

    /// After another tab was first: takes what it saved.
    pub fn take_theirs(self) {
        let id = self.kept.with_untracked(|kept| kept.id.clone());
        let since = self.revision.get_untracked();
        spawn_local(async move {
            self.open_kept(&id, since).await;
        });
    }

    /// After another tab was first: keeps what is on this screen.
    pub fn keep_mine(self) {
        autosave::keep_mine(self);
    }

    /// Whether a newer version of the app waits.
    #[must_use]
    pub fn has_update(self) -> Signal<bool> {
        self.update.into()
    }

    /// Saves what is open, then switches to the newer version.
    pub fn take_update(self) {
        spawn_local(async move {
            autosave::settle(self).await;
            if matches!(self.saved.get_untracked(), Saved::Failed(_)) {
                return self.tell("Not reloaded: save the design as a file first.");
            }
            update::activate();
        });
    }

    /// Where the app is, for tests of the URL.
    #[must_use]
    pub fn here(self) -> Place {
        self.place().get_untracked()
    }
}
