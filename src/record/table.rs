//! Ordered rows with ids, cheap to copy: an edit copies one row and the list
//! of pointers, and all the rest is shared with the design before it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::{Field, Reader, Schemas};

/// A row that can be told from its neighbours.
pub trait Entity {
    /// The type of its id.
    type Id: Clone + Eq + std::hash::Hash + AsRef<str>;

    /// Its id, unique in its table.
    fn id(&self) -> &Self::Id;
}

/// Rows in an order that means something, each with an id of its own.
#[derive(Debug)]
pub struct Table<T> {
    rows: Arc<Vec<Arc<T>>>,
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { rows: Arc::clone(&self.rows) }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Arc::default() }
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
            || self.rows.len() == other.rows.len()
                && self
                    .rows
                    .iter()
                    .zip(other.rows.iter())
                    .all(|(left, right)| Arc::ptr_eq(left, right) || left == right)
    }
}

impl<T> Table<T> {
    /// Whether both are the very same table: a cheap, sure "nothing changed".
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows)
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

    /// The rows in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> + ExactSizeIterator {
        self.rows.iter()
    }

    /// The row at `index`.
    #[must_use]
    pub fn nth(&self, index: usize) -> Option<&Arc<T>> {
        self.rows.get(index)
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = &'a Arc<T>;
    type IntoIter = std::slice::Iter<'a, Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<T: Entity> Table<T> {
    /// Where the row `id` stands, from 0.
    #[must_use]
    pub fn position(&self, id: &T::Id) -> Option<usize> {
        self.rows.iter().position(|row| row.id() == id)
    }

    /// The row `id`.
    #[must_use]
    pub fn get(&self, id: &T::Id) -> Option<&Arc<T>> {
        self.rows.iter().find(|row| row.id() == id)
    }
}

impl<T: Entity + Clone> Table<T> {
    /// Adds a row at the end, unless its id is taken; says whether it did.
    pub fn push(&mut self, row: T) -> bool {
        self.insert(self.len(), row)
    }

    /// Inserts a row before `index` or at the end, unless its id is taken.
    #[inline(never)]
    pub fn insert(&mut self, index: usize, row: T) -> bool {
        let free = self.get(row.id()).is_none();
        if free {
            let rows = Arc::make_mut(&mut self.rows);
            rows.insert(index.min(rows.len()), Arc::new(row));
        }
        free
    }

    /// Takes the row `id` out.
    #[inline(never)]
    pub fn remove(&mut self, id: &T::Id) -> Option<Arc<T>> {
        let index = self.position(id)?;
        Some(Arc::make_mut(&mut self.rows).remove(index))
    }

    /// Takes the rows out that stand at `places`.
    pub fn remove_all(&mut self, places: &HashSet<usize>) {
        let mut at = 0..;
        Arc::make_mut(&mut self.rows).retain(|_| !at.next().is_some_and(|at| places.contains(&at)));
    }

    /// The row `id`, to change; its id stays as it is.
    #[inline(never)]
    pub fn get_mut(&mut self, id: &T::Id) -> Option<&mut T> {
        let index = self.position(id)?;
        Arc::make_mut(&mut self.rows).get_mut(index).map(Arc::make_mut)
    }

    /// Changes the row `id`; its id stays as it is. Says whether it was there.
    pub fn update(&mut self, id: &T::Id, change: impl FnOnce(&mut T)) -> bool {
        self.get_mut(id).map(change).is_some()
    }

    /// Changes the row at `index`; its id stays as it is. Says whether it was there.
    pub fn update_nth(&mut self, index: usize, change: impl FnOnce(&mut T)) -> bool {
        if index >= self.len() {
            return false;
        }
        let row = Arc::make_mut(&mut self.rows).get_mut(index);
        row.map(Arc::make_mut).map(change).is_some()
    }

    /// Moves the row `id` so that it stands at `index`. Says whether anything moved.
    pub fn move_to(&mut self, id: &T::Id, index: usize) -> bool {
        let Some(from) = self.position(id) else { return false };
        let to = index.min(self.len().saturating_sub(1));
        if from != to {
            let rows = Arc::make_mut(&mut self.rows);
            let row = rows.remove(from);
            rows.insert(to, row);
        }
        from != to
    }

    /// The same rows, sharing with `old` those that are the same there.
    #[must_use]
    pub fn shared_with(mut self, old: &Self) -> Self
    where
        T: PartialEq,
    {
        if self == *old {
            return old.clone();
        }
        let known: HashMap<&T::Id, &Arc<T>> = old.rows.iter().map(|row| (row.id(), row)).collect();
        for row in Arc::make_mut(&mut self.rows) {
            if let Some(same) = known.get(row.id()).filter(|same| ***same == *row) {
                *row = Arc::clone(same);
            }
        }
        self
    }

    /// Changes every row for which `change` gives a new one.
    pub fn update_each(&mut self, mut change: impl FnMut(&T) -> Option<T>) {
        let changed: Vec<_> = self
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| change(row).map(|row| (index, Arc::new(row))))
            .collect();
        if !changed.is_empty() {
            let rows = Arc::make_mut(&mut self.rows);
            for (index, row) in changed {
                rows[index] = row;
            }
        }
    }
}

impl<T: Entity + Clone> FromIterator<T> for Table<T> {
    /// The rows in order; one whose id came before is left out.
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut seen = HashSet::new();
        let rows =
            rows.into_iter().filter(|row| seen.insert(row.id().clone())).map(Arc::new).collect();
        Self { rows: Arc::new(rows) }
    }
}

/// Whether no row before had this id; else adds a finding.
#[inline(never)]
fn is_new(id: &str, seen: &mut HashSet<String>, reader: &mut Reader) -> bool {
    let is_new = seen.insert(id.to_owned());
    if !is_new {
        reader.error("design/id-taken", format!("The id \"{id}\" stands twice in this list."));
    }
    is_new
}

impl<T: Entity + Field> Field for Table<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let mut rows = Vec::new();
        let mut seen = HashSet::new();
        let is_sound = reader.items(value, &mut |item, reader| {
            let Some(row) = T::read(item, reader) else { return false };
            let is_new = is_new(row.id().as_ref(), &mut seen, reader);
            rows.push(Arc::new(row));
            is_new
        });
        is_sound.then(|| Self { rows: Arc::new(rows) })
    }

    fn blank() -> Self {
        Self::default()
    }

    fn write(&self) -> Value {
        Value::Array(self.rows.iter().map(|row| row.write()).collect())
    }

    fn missing() -> Option<Self> {
        Some(Self::default())
    }

    fn is_missing(&self) -> bool {
        self.is_empty()
    }

    fn schema(schemas: &mut Schemas) -> Value {
        Vec::<T>::schema(schemas)
    }
}
