//! What was edited so late that the page was gone before it was kept.
//!
//! The browser's database answers later, and a page that is being left hears no
//! answer. So an edit that is not kept yet is also left where it can be put at
//! once, and the next start puts it into the database. Invariants: what was
//! left is never taken for newer than another tab's save; it is forgotten only
//! once it is kept, or needed no more.

use serde_json::{Value, json};

use crate::platform::store::{self, Kept, Outcome};
use crate::platform::{Failure, chance, settings};

/// The start of the keys, before a design's id.
const KEY: &str = "pulpo.unsaved.";
/// The most characters of a design that are left; browsers keep about five
/// million for a whole site.
pub const LARGEST: usize = 2_500_000;

/// A design as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What is known of it as a kept one: the revision is the one that it goes
    /// out from, and the time is when it was left.
    pub about: Kept,
    /// When the save began that was under way; empty for none.
    pub saving: String,
    /// Its text; `None` where it did not fit.
    pub text: Option<String>,
}

/// What to do with a design that was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is newer than what is kept.
    TakeUp,
    /// What is kept is the same.
    Drop,
    /// Another tab has saved the design meanwhile: it becomes one of its own.
    KeepApart,
    /// It did not fit, and what is kept is older.
    Lost,
}

impl Left {
    fn key(&self) -> String {
        format!("{KEY}{}", self.about.id)
    }

    fn write(&self) -> String {
        let about = &self.about;
        json!([about.id, about.title, about.saved_at, about.revision, self.saving, self.text])
            .to_string()
    }

    fn read(text: &str) -> Option<Self> {
        let row: Value = serde_json::from_str(text).ok()?;
        let word = |index: usize| Some(row.get(index)?.as_str()?.to_owned());
        Some(Self {
            about: Kept {
                id: word(0)?,
                title: word(1)?,
                saved_at: word(2)?,
                revision: u32::try_from(row.get(3)?.as_u64()?).ok()?,
            },
            saving: word(4)?,
            text: word(5),
        })
    }

    /// What is to be done with it, seeing what is kept.
    #[must_use]
    pub fn judge(&self, kept: Option<(&Kept, &str)>) -> Verdict {
        let is_newer = match kept {
            None => self.about.revision == 0,
            // The save that was under way was this tab's own.
            Some((kept, _)) => {
                let own = kept.revision == self.about.revision.wrapping_add(1)
                    && !self.saving.is_empty()
                    && kept.saved_at == self.saving;
                kept.revision == self.about.revision || own
            }
        };
        match (&self.text, kept) {
            (Some(text), Some((_, kept))) if text == kept => Verdict::Drop,
            (Some(_), _) if is_newer => Verdict::TakeUp,
            // Deleted in another tab: that was meant.
            (_, None) if !is_newer => Verdict::Drop,
            (Some(_), _) => Verdict::KeepApart,
            (None, _) if is_newer => Verdict::Lost,
            (None, _) => Verdict::Drop,
        }
    }
}

/// Leaves a design for the next start, at once. Says whether it fitted; if not,
/// a note of it is left.
pub fn leave(mut left: Left) -> bool {
    if left.text.as_ref().is_some_and(|text| text.encode_utf16().count() > LARGEST) {
        left.text = None;
    }
    let fits = left.text.is_some() && settings::keep(&left.key(), &left.write());
    if !fits {
        left.text = None;
        settings::set(&left.key(), &left.write());
    }
    fits
}

/// Forgets what was left of the design `id`, because it is kept.
pub fn forget(id: &str) {
    settings::forget(&format!("{KEY}{id}"));
}

/// What came of the designs that were left.
#[derive(Debug, Default)]
pub struct Rescued {
    /// What there is to say to the person, a sentence each.
    pub words: Vec<String>,
    /// A design that the browser would not keep, and why.
    pub unkept: Option<(Kept, String, Failure)>,
}

/// Puts everything that was left into the database.
pub async fn take_up() -> Rescued {
    let mut rescued = Rescued::default();
    for key in settings::keys(KEY) {
        let Some(left) = settings::get(&key).as_deref().and_then(Left::read) else {
            settings::forget(&key);
            continue;
        };
        match put(&left, &mut rescued.words).await {
            Ok(()) => settings::forget(&key),
            // It stays where it is, and is shown.
            Err(failure) => {
                if let Some(text) = left.text {
                    rescued.unkept = Some((left.about, text, failure));
                }
            }
        }
    }
    rescued
}

async fn put(left: &Left, words: &mut Vec<String>) -> Result<(), Failure> {
    let kept = store::load(&left.about.id).await?;
    let known = kept.as_ref().map(|(about, text)| (about, text.as_str()));
    let text = left.text.as_deref().unwrap_or_default();
    match left.judge(known) {
        Verdict::Drop => {}
        Verdict::TakeUp => {
            let mut about = left.about.clone();
            about.revision = known.map_or(0, |(kept, _)| kept.revision);
            match store::save(&about, text).await? {
                Outcome::Saved(_) => settings::set(settings::CURRENT, &about.id),
                Outcome::Overtaken => keep_apart(left, text, words).await?,
            }
        }
        Verdict::KeepApart => keep_apart(left, text, words).await?,
        Verdict::Lost => words.push(format!(
            "The last edit of “{}” may be missing: the page was closed before it was kept, and \
             the design is too large to be kept faster.",
            left.about.title
        )),
    }
    Ok(())
}

/// Keeps it as a design of its own, because another tab has gone on with the same.
async fn keep_apart(left: &Left, text: &str, words: &mut Vec<String>) -> Result<(), Failure> {
    let title = format!("{} (from a closed tab)", left.about.title);
    let text = super::kept::with_title(text.to_owned(), &title);
    let about = Kept { id: chance::new_id("design"), title, revision: 0, ..left.about.clone() };
    store::save(&about, &text).await?;
    words.push(format!(
        "“{}” was edited in two tabs. What the closed one had not saved yet is in the library as “{}”.",
        left.about.title, about.title
    ));
    Ok(())
}
