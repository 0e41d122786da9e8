//! Undo and redo, from the designs themselves.
//!
//! A design shares its parts with the one before it, so remembering hundreds
//! costs little. Invariants: undo after an edit gives back the very design
//! before it; redo after undo gives back the one after it; an edit that
//! changes nothing leaves no entry.

use super::{Edit, Refusal};
use crate::model::Design;

/// How many edits can be undone.
const LONGEST: usize = 500;
/// Edits of one merge key join while they are at most this far apart, in milliseconds.
const PAUSE: f64 = 1_000.0;

/// One edit that can be undone or redone.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it did.
    pub label: String,
    design: Design,
    merge: Option<String>,
    at: f64,
}

/// What was done, and what was undone.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Entry>,
    future: Vec<Entry>,
}

impl History {
    /// Makes `edit` on `design` at time `now`, in milliseconds. Gives the
    /// design after it, or `None` if nothing changed.
    ///
    /// # Errors
    /// When the edit refuses; then nothing is remembered.
    pub fn run(
        &mut self,
        design: &Design,
        edit: Edit,
        now: f64,
    ) -> Result<Option<Design>, Refusal> {
        let (label, merge) = (edit.label.clone(), edit.merge.clone());
        let after = edit.apply(design)?;
        if after == *design {
            return Ok(None);
        }
        self.future.clear();
        let joins = self
            .past
            .last()
            .is_some_and(|last| merge.is_some() && last.merge == merge && now - last.at <= PAUSE);
        match self.past.last_mut() {
            Some(last) if joins => last.at = now,
            _ => self.past.push(Entry { label, design: design.clone(), merge, at: now }),
        }
        if self.past.len() > LONGEST {
            self.past.remove(0);
        }
        Ok(Some(after))
    }

    /// The design before the last edit, and what is undone by taking it.
    pub fn undo(&mut self, design: &Design) -> Option<(String, Design)> {
        Self::step(&mut self.past, &mut self.future, design)
    }

    /// The design after the edit that was undone last, and what is redone.
    pub fn redo(&mut self, design: &Design) -> Option<(String, Design)> {
        Self::step(&mut self.future, &mut self.past, design)
    }

    fn step(
        from: &mut Vec<Entry>,
        to: &mut Vec<Entry>,
        design: &Design,
    ) -> Option<(String, Design)> {
        let entry = from.pop()?;
        let label = entry.label.clone();
        to.push(Entry { label: entry.label, design: design.clone(), merge: None, at: entry.at });
        Some((label, entry.design))
    }

    /// The design before the first edit that can be undone.
    #[must_use]
    pub fn first(&self) -> Option<&Design> {
        self.past.first().map(|entry| &entry.design)
    }

    /// What undo would undo.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|entry| entry.label.as_str())
    }

    /// What redo would redo.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|entry| entry.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::refuse;

    fn retitle(title: &'static str) -> Edit {
        Edit::new("Rename design", move |design| {
            design.title = title.to_owned();
            Ok(())
        })
    }

    #[test]
    fn undo_gives_back_what_was_and_redo_what_became() {
        let mut history = History::default();
        let start = Design::default();
        let one = history.run(&start, retitle("one"), 0.0).unwrap().unwrap();
        let two = history.run(&one, retitle("two"), 0.0).unwrap().unwrap();
        assert_eq!(history.undo(&two), Some(("Rename design".into(), one.clone())));
        assert_eq!(history.undo(&one), Some(("Rename design".into(), start.clone())));
        assert_eq!(history.undo(&start), None);
        assert_eq!(history.redo(&start).map(|(_, design)| design), Some(one.clone()));
        assert_eq!(history.redo(&one).map(|(_, design)| design), Some(two));
    }

    #[test]
    fn nothing_changed_and_refusals_leave_no_entry() {
        let mut history = History::default();
        let design = Design::default();
        assert_eq!(history.run(&design, retitle(""), 0.0), Ok(None));
        let refused = history.run(&design, Edit::new("x", |_| refuse("no")), 0.0);
        assert_eq!(refused, Err(Refusal("no".into())));
        assert_eq!(history.undo_label(), None);
    }

    #[test]
    fn typing_in_one_field_undoes_as_one() {
        let mut history = History::default();
        let start = Design::default();
        let a = history.run(&start, retitle("a").merging("title"), 0.0).unwrap().unwrap();
        let b = history.run(&a, retitle("ab").merging("title"), 500.0).unwrap().unwrap();
        let c = history.run(&b, retitle("abc").merging("title"), 5_000.0).unwrap().unwrap();
        assert_eq!(history.undo(&c).map(|(_, design)| design), Some(b.clone()));
        assert_eq!(history.undo(&b).map(|(_, design)| design), Some(start));
    }
}
