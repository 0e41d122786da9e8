//! The designs that this browser keeps: listed, renamed, copied, deleted and
//! taken back.

use leptos::prelude::*;

use super::effect::follow;
use leptos::task::spawn_local;

use super::app::App;
use super::autosave;
use crate::edit::{Edit, Refusal};
use crate::format::design_file;
use crate::platform::clock::now_iso;
use crate::platform::store::{self, Kept, Outcome};
use crate::platform::{Failure, chance, files};

/// The file name of a design of this title.
pub(super) fn file_name(title: &str) -> String {
    let slug = crate::model::Slug::of(title);
    let stem = slug.map_or_else(|| "design".to_owned(), |slug| slug.to_string());
    [stem.as_str(), design_file::EXTENSION].concat()
}

/// The text of a design file with another title; as it is where it can't be read.
pub(super) fn with_title(text: String, title: &str) -> String {
    match design_file::read(&text).design {
        Some(mut design) => {
            title.clone_into(&mut design.title);
            design_file::write(&design)
        }
        None => text,
    }
}

impl App {
    /// All kept designs, saved last first; what reads this runs again when
    /// they change.
    pub fn with_all_kept(self, show: impl Fn(Result<Vec<Kept>, Failure>) + Clone + 'static) {
        follow(move || {
            self.library.track();
            self.kept.track();
            let show = show.clone();
            spawn_local(async move { show(store::list().await) });
        });
    }

    fn library_changed(self) {
        self.library.update(|changes| *changes += 1);
    }

    fn is_open(self, id: &str) -> bool {
        self.kept.with_untracked(|kept| kept.id == id)
    }

    /// The newest text of a kept design.
    async fn text_of(self, kept: &Kept) -> Result<(Kept, String), Failure> {
        if self.is_open(&kept.id) {
            autosave::settle(self).await;
        }
        let gone = || Failure(format!("“{}” is no longer kept here.", kept.title));
        store::load(&kept.id).await?.ok_or_else(gone)
    }

    /// Runs `work` and says why, should it fail.
    fn try_it(self, work: impl Future<Output = Result<(), Failure>> + 'static) {
        spawn_local(async move {
            if let Err(failure) = work.await {
                self.tell(failure.0);
            }
            self.library_changed();
        });
    }

    /// Gives a kept design another title.
    ///
    /// # Errors
    /// When the title is blank.
    pub fn rename_kept(self, kept: Kept, title: &str) -> Result<(), Refusal> {
        let title = title.trim().to_owned();
        if title.is_empty() {
            return crate::edit::refuse("Give the design a title.");
        }
        if self.is_open(&kept.id) {
            return self.run(Edit::new("Rename design", move |design| {
                design.title = title;
                Ok(())
            }));
        }
        self.try_it(async move {
            let (mut kept, text) = self.text_of(&kept).await?;
            let text = with_title(text, &title);
            kept.title = title;
            match store::save(&kept, &text).await? {
                Outcome::Saved(_) => Ok(()),
                Outcome::Overtaken => Err(Failure("Another tab has just changed it.".into())),
            }
        });
        Ok(())
    }

    /// Keeps a copy of a kept design.
    pub fn duplicate_kept(self, kept: Kept) {
        self.try_it(async move {
            let (_, text) = self.text_of(&kept).await?;
            let title = format!("{} (copy)", kept.title);
            let text = with_title(text, &title);
            let id = chance::new_id("design");
            let copy = Kept { id, title, saved_at: now_iso(), revision: 0 };
            store::save(&copy, &text).await?;
            self.say(&format!("Kept as “{}”", copy.title));
            Ok(())
        });
    }

    /// Hands a kept design over as a file.
    pub fn download_kept(self, kept: Kept) {
        self.try_it(async move {
            let (kept, text) = self.text_of(&kept).await?;
            let name = file_name(&kept.title);
            files::download(&name, "application/json", text.as_bytes())?;
            self.tell(format!("Saved as {name}."));
            Ok(())
        });
    }

    /// Forgets a kept design, and offers to take it back. Where it is open,
    /// another takes its place.
    pub fn delete_kept(self, kept: Kept) {
        self.try_it(async move {
            let (kept, text) = self.text_of(&kept).await?;
            let was_open = self.is_open(&kept.id);
            store::forget(&kept.id).await?;
            if was_open {
                self.open_something(self.revision.get_untracked()).await;
            }
            let said = format!("“{}” deleted.", kept.title);
            self.tell_with_undo(said, move |app| {
                let (kept, text) = (kept.clone(), text.clone());
                let since = app.revision.get_untracked();
                app.try_it(async move {
                    store::save(&kept, &text).await?;
                    app.say(&format!("“{}” is back", kept.title));
                    if was_open {
                        app.flush();
                        app.open_kept(&kept.id, since).await;
                    }
                    Ok(())
                });
            });
            Ok(())
        });
    }
}
