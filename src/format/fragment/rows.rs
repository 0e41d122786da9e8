//! Rows under construction, found again by id, slug or name in no time, so
//! that a document with a million references is read in one pass.

use std::collections::{HashMap, HashSet};

use super::named::Named;
use crate::model::Slug;
use crate::record::Table;

/// Ids made of texts, each given once.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    taken: HashSet<String>,
    /// The last number that was given to a text, so that a thousand rows of one
    /// name do not try a thousand numbers each.
    counts: HashMap<String, u32>,
}

/// The longest text that an id starts with; the rest is for a number.
const LONGEST: usize = 48;

impl Ids {
    /// Ids that give way to those of `taken`.
    #[must_use]
    pub fn beside<'t>(taken: impl IntoIterator<Item = &'t str>) -> Self {
        let taken = taken.into_iter().map(str::to_owned).collect();
        Self { taken, counts: HashMap::new() }
    }

    /// An id made of `text`: its slug, with a number where that was given before.
    /// `fallback` takes its place where nothing of the text is left.
    pub fn make(&mut self, text: &str, fallback: &str) -> String {
        let slug = Slug::of(text).map(|slug| slug.to_string());
        let mut start = slug.unwrap_or_else(|| fallback.to_owned());
        start.truncate(LONGEST);
        self.take(start.trim_end_matches('-'))
    }

    /// `text`, which must be an id, with a number where it was given before.
    pub fn take(&mut self, text: &str) -> String {
        if self.taken.insert(text.to_owned()) {
            return text.to_owned();
        }
        let count = self.counts.entry(text.to_owned()).or_insert(1);
        let short: String = text.chars().take(LONGEST).collect();
        let short = short.trim_end_matches('-');
        loop {
            *count += 1;
            let id = format!("{short}-{count}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Rows of one kind under construction.
#[derive(Debug, Clone)]
pub struct Rows<T: Named> {
    rows: Vec<T>,
    by: HashMap<String, usize>,
    ids: Ids,
}

impl<T: Named> Default for Rows<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by: HashMap::new(), ids: Ids::default() }
    }
}

/// The keys under which a row is found; the first letter keeps them apart.
fn own_key(text: &str) -> String {
    format!("o{text}")
}
pub(super) fn id_key(text: &str) -> String {
    format!("i{}", text.to_lowercase())
}
pub(super) fn slug_key(text: &str) -> String {
    format!("s{text}")
}
pub(super) fn name_key(text: &str) -> String {
    format!("n{}", text.to_lowercase())
}

impl<T: Named> Rows<T> {
    /// The row found under a key.
    pub(super) fn find(&self, key: &str) -> Option<&T> {
        self.rows.get(*self.by.get(key)?)
    }

    /// Adds the row that `make` gives for a new id made of `text`.
    pub(super) fn add(&mut self, text: &str, make: impl FnOnce(T::Id) -> T) -> Option<T::Id> {
        let id = T::make_id(&self.ids.make(text, T::KIND.words().0.split(' ').next()?))?;
        let row = make(id.clone());
        self.rows.push(row);
        self.index(self.rows.len() - 1);
        Some(id)
    }

    /// Changes the row `id`, and finds it by what it became.
    pub fn change(&mut self, id: &T::Id, change: impl FnOnce(&mut T)) {
        let at = self.by.get(&own_key(id.as_ref())).copied();
        if let Some(row) = at.and_then(|at| self.rows.get_mut(at)) {
            change(row);
        }
        if let Some(at) = at {
            self.index(at);
        }
    }

    fn index(&mut self, at: usize) {
        let Some(row) = self.rows.get(at) else { return };
        let mut keys = vec![own_key(row.id().as_ref()), name_key(row.name())];
        if !row.octopus_id().is_empty() {
            keys.push(id_key(row.octopus_id()));
        }
        keys.extend(row.slug_text().map(|slug| slug_key(slug.as_str())));
        for key in keys {
            self.by.entry(key).or_insert(at);
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows as a table.
    #[must_use]
    pub fn table(self) -> Table<T> {
        self.rows.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_texts_and_unique() {
        let mut ids = Ids::default();
        assert_eq!(ids.make("Pulumi up", "step"), "pulumi-up");
        assert_eq!(ids.make("pulumi UP", "step"), "pulumi-up-2");
        assert_eq!(ids.make("Pulumi up 2", "step"), "pulumi-up-2-2");
        assert_eq!(ids.make("…", "step"), "step");
        assert!(ids.make(&"x".repeat(900), "step").len() <= 64);
    }

    #[test]
    fn a_hundred_thousand_rows_of_one_name_take_no_time() {
        let mut ids = Ids::default();
        for _ in 0..100_000 {
            ids.make("same", "step");
        }
        assert_eq!(ids.make("same", "step"), "same-100001");
    }
}
