//! Rows that documents refer to by name, slug or id: one for each text.

use std::collections::HashMap;

use crate::format::octopus_json::guid;
use crate::model::Slug;
use crate::record::{Entity, NameError, Table, check_id};

/// Rows of one kind.
pub(super) struct Rows<T: Entity> {
    rows: Vec<T>,
    known: HashMap<String, T::Id>,
    places: HashMap<T::Id, usize>,
}

impl<T: Entity> Default for Rows<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), known: HashMap::new(), places: HashMap::new() }
    }
}

impl<T: Entity + Clone> Rows<T> {
    /// The id of the row that `text` names; `make` makes it the first time.
    /// None where `text` can be no name.
    pub(super) fn id(
        &mut self,
        text: &str,
        parse: fn(&str) -> Result<T::Id, NameError>,
        make: impl FnOnce(T::Id) -> Option<T>,
    ) -> Option<T::Id> {
        if let Some(id) = self.known.get(text) {
            return Some(id.clone());
        }
        let id = parse(&id_of(text)).ok()?;
        if !self.places.contains_key(&id) {
            let row = make(id.clone())?;
            self.places.insert(id.clone(), self.rows.len());
            self.rows.push(row);
        }
        self.known.insert(text.to_owned(), id.clone());
        Some(id)
    }

    /// The row.
    pub(super) fn get(&self, id: &T::Id) -> Option<&T> {
        self.rows.get(*self.places.get(id)?)
    }

    pub(super) fn table(&mut self) -> Table<T> {
        std::mem::take(&mut self.rows).into_iter().collect()
    }
}

/// An id made of `text`, the same every time: the text itself where it can be
/// one, or else its slug, and what keeps long ones apart (I1).
pub(super) fn id_of(text: &str) -> String {
    if check_id(text).is_ok() {
        return text.to_owned();
    }
    let short = || guid(&["pulpo/ocl/", text]).chars().take(8).collect::<String>();
    match Slug::of(text) {
        Some(slug) if text.len() <= Slug::LONGEST && text.is_ascii() => slug.to_string(),
        Some(slug) => [slug.as_str(), "-", &short()].concat(),
        None => ["id-", &short()].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_texts() {
        assert_eq!(id_of("hosted-ubuntu"), "hosted-ubuntu");
        assert_eq!(id_of("Components - External"), "components-external");
        assert!(id_of("…").starts_with("id-"));
        let long = |end: &str| id_of(&["a ".repeat(60), end.to_owned()].concat());
        assert_ne!(long("x"), long("y"));
        assert!(check_id(&long("x")).is_ok());
    }
}
