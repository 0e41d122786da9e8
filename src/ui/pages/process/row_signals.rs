//! The rows of a pipeline one by one, so that an edit wakes only the cards that
//! it changes: of hundreds, most only stand by.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use crate::state::{Derived, follow};
use crate::view::process::StepRow;

type Rows = Derived<Vec<Arc<StepRow>>>;

/// A signal for each row that somebody looks at.
#[derive(Clone, Copy)]
pub struct RowSignals {
    rows: Rows,
    by_id: StoredValue<HashMap<String, ArcRwSignal<Option<Arc<StepRow>>>>>,
}

impl RowSignals {
    /// Of `rows`; kept up to them until the view around ends.
    pub fn new(rows: Rows) -> Self {
        let by_id = StoredValue::new(HashMap::new());
        let signals = Self { rows, by_id };
        follow(move || rows.with(|rows| signals.pass_on(rows)));
        signals
    }

    /// The row of the step `id`, which is none once the step has gone.
    pub fn of(self, id: &str) -> ArcRwSignal<Option<Arc<StepRow>>> {
        let known = self.by_id.with_value(|all| all.get(id).cloned());
        known.unwrap_or_else(|| {
            let row =
                self.rows.with_untracked(|rows| rows.iter().find(|row| row.id == id).cloned());
            let signal = ArcRwSignal::new(row);
            self.by_id.update_value(|all| {
                all.insert(id.to_owned(), signal.clone());
            });
            signal
        })
    }

    /// Gives each row to its signal, if it is another than before.
    fn pass_on(self, rows: &[Arc<StepRow>]) {
        let changed = self.by_id.try_update_value(|all| {
            if all.len() > rows.len() {
                let there: HashSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
                all.retain(|id, _| there.contains(id.as_str()));
            }
            let known = rows.iter().filter_map(|row| Some((all.get(&row.id)?.clone(), row)));
            known
                .filter(|(signal, row)| {
                    signal.with_untracked(|old| old.as_ref().is_none_or(|old| old != *row))
                })
                .map(|(signal, row)| (signal, Arc::clone(row)))
                .collect::<Vec<_>>()
        });
        for (signal, row) in changed.unwrap_or_default() {
            signal.set(Some(row));
        }
    }
}
