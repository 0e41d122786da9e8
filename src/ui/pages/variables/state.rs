//! What the parts of the page share: which rows there are, which cell is
//! active, which one is being edited.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use crate::edit::variables::{ValueAt, VariableOwner};
use crate::edit::{Edit, variables as edit};
use crate::model::VariableId;
use crate::platform::focus;
use crate::state::{App, Derived, Page, follow_from};
use crate::view::variables::{Cells, Query, Row, cells, rows};

/// The columns.
pub const NAME: usize = 0;
/// The value.
pub const VALUE: usize = 1;
/// The scope.
pub const SCOPE: usize = 2;
/// What can be done.
pub const ACTIONS: usize = 3;

/// Up to so many rows all are on the page, so that the browser's own search finds them.
const ALL: usize = 120;
/// Rows beyond the edges of the window, above and below.
const BEYOND: usize = 10;
/// The window moves by so many rows at a time.
const STEP: usize = 8;

/// A row of the window and its place among all rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Its place, from 0.
    pub index: usize,
    /// Whether a value of another variable follows.
    pub is_last: bool,
    /// What it says.
    pub cells: Arc<Cells>,
}

/// The state of the page; copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The app.
    pub app: App,
    /// Whose variables are shown.
    pub tab: RwSignal<VariableOwner>,
    /// What is looked for.
    pub query: RwSignal<Query>,
    /// Variables whose values are hidden.
    pub closed: RwSignal<HashSet<VariableId>>,
    /// All rows.
    pub rows: Derived<Arc<Vec<Row>>>,
    /// The rows that are on the page.
    pub window: Derived<Arc<Vec<Placed>>>,
    /// The cell that keys go to: the row's key and the column.
    pub active: RwSignal<(String, usize)>,
    /// The cell that is being edited, with the text typed to begin with.
    pub editing: RwSignal<Option<(String, usize, Option<String>)>>,
    /// The row under the pointer.
    pub hovered: RwSignal<String>,
    /// How far the grid is scrolled, in rows.
    pub scrolled: RwSignal<usize>,
    /// The height of a row in pixels.
    pub row_height: f64,
    /// What scrolls.
    pub scroller: NodeRef<leptos::html::Div>,
}

impl Grid {
    /// The state at the start.
    pub fn new(app: App) -> Self {
        let tab = RwSignal::new(VariableOwner::Project);
        let query = RwSignal::new(Query::default());
        let closed = RwSignal::new(HashSet::new());
        let active = RwSignal::new((String::new(), NAME));
        let scrolled = RwSignal::new(0_usize);
        let all = Derived::new(move || {
            let (tab, query) = (tab.get(), query.get());
            closed.with(|closed| app.read(|design| Arc::new(rows(design, &tab, &query, closed))))
        });
        let row_height = row_height();
        let start = Derived::new(move || scrolled.get() / STEP * STEP);
        let active_key = Derived::new(move || active.with(|(key, _)| key.clone()));
        let window = Derived::new(move || {
            let rows = all.get();
            let (first, last) = if rows.len() <= ALL {
                (0, rows.len())
            } else {
                let first = start.get().saturating_sub(BEYOND);
                (first, (first + screenful(row_height) + 2 * BEYOND + STEP).min(rows.len()))
            };
            let place = |index: usize| {
                let row = rows.get(index)?;
                let next = rows.get(index + 1);
                let is_last = next.is_none_or(|next| next.is_first);
                let cells = app.read(|design| cells(design, &tab.get(), row));
                Some(Placed { index, is_last, cells: Arc::new(cells) })
            };
            let mut window: Vec<Placed> = (first..last).filter_map(place).collect();
            // The active row stays, or the focus would fall out of the grid.
            if rows.len() > ALL {
                let key = active_key.get();
                let kept = rows.iter().position(|row| is_key(row, &key));
                if let Some(index) = kept.filter(|index| !(first..last).contains(index)) {
                    window.extend(place(index));
                }
            }
            Arc::new(window)
        });
        let grid = Self {
            app,
            tab,
            query,
            closed,
            rows: all,
            window,
            active,
            editing: RwSignal::new(None),
            hovered: RwSignal::new(String::new()),
            scrolled,
            row_height,
            scroller: NodeRef::new(),
        };
        grid.keep_active();
        grid.keep_tab_stop();
        grid
    }

    /// Lets Tab stop at the active cell alone. By hand, because two cells of
    /// hundreds change.
    fn keep_tab_stop(self) {
        let active = self.active;
        follow_from(move |before: Option<String>| {
            let id = active.with(|(key, column)| cell_id(key, *column));
            let set = |id: &str, stop: &str| {
                if let Some(cell) = document().get_element_by_id(id) {
                    // An attribute of this name can always be set.
                    cell.set_attribute("tabindex", stop).ok();
                }
            };
            if let Some(before) = before.filter(|before| *before != id) {
                set(&before, "-1");
            }
            set(&id, "0");
            id
        });
    }

    /// Lets another row be active where the active one has gone.
    fn keep_active(self) {
        let Self { rows, active, .. } = self;
        follow_from(move |before: Option<usize>| {
            let now = rows.get();
            let key = active.with_untracked(|(key, _)| key.clone());
            match now.iter().position(|row| is_key(row, &key)) {
                Some(index) => index,
                None => {
                    let index = before.unwrap_or(0).min(now.len().saturating_sub(1));
                    let key = now.get(index).map(Row::key).unwrap_or_default();
                    active.update(|active| active.0 = key);
                    index
                }
            }
        });
    }

    /// The row with this key.
    pub fn row(self, key: &str) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| is_key(row, key)).cloned())
    }

    /// The place of the row with this key.
    pub fn position(self, key: &str) -> Option<usize> {
        self.rows.with_untracked(|rows| rows.iter().position(|row| is_key(row, key)))
    }

    /// The key of the row at a place, or of the last one.
    pub fn key_at(self, index: usize) -> Option<String> {
        self.rows
            .with_untracked(|rows| rows.get(index.min(rows.len().saturating_sub(1))).map(Row::key))
    }

    /// Makes a cell active and puts the focus there.
    pub fn focus(self, key: &str, column: usize) {
        self.activate(key, column);
        self.reveal(key);
        focus::focus_soon(cell_id(key, column));
    }

    /// Brings the row `key`, which is of the value at `at`, into the window,
    /// whatever hid it, and makes it active; the focus stays where it is.
    pub fn show(self, key: &str, at: &ValueAt) {
        // A name whose values are hidden has a row of its own.
        let row = match self.position(key) {
            Some(_) => key.to_owned(),
            None => crate::view::variables::key(at.variable.as_str(), at.value.as_str()),
        };
        if self.active.with_untracked(|(active, _)| *active == row) {
            return;
        }
        if self.position(&row).is_none() {
            self.closed.update(|closed| {
                closed.remove(&at.variable);
            });
        }
        if self.position(&row).is_none() {
            self.query.set(Query::default());
        }
        self.activate(&row, NAME);
        // Once what scrolls is there.
        request_animation_frame(move || self.reveal(&row));
    }

    /// Makes a cell active.
    pub fn activate(self, key: &str, column: usize) {
        if self.active.with_untracked(|(active, at)| active != key || *at != column) {
            self.active.set((key.to_owned(), column));
        }
    }

    /// Adds a value to the variable of a row.
    pub fn add_to(self, key: &str) {
        if let Some(row) = self.row(key)
            && !row.is_generated
        {
            self.add_value(row.owner.clone(), row.variable.id.clone());
        }
    }

    /// Scrolls so that a row is in the window.
    pub fn reveal(self, key: &str) {
        let Some(index) = self.position(key) else { return };
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let top = index as f64 * self.row_height;
        let height = f64::from(scroller.client_height()) - 3.0 * self.row_height;
        let now = f64::from(scroller.scroll_top());
        if top < now {
            scroller.set_scroll_top(top as i32);
        } else if top > now + height {
            scroller.set_scroll_top((top - height) as i32);
        }
    }

    /// Edits a cell, beginning with `typed` in place of what is there.
    pub fn edit(self, key: &str, column: usize, typed: Option<String>) {
        let Some(row) = self.row(key) else { return };
        if row.is_generated {
            self.app.tell(
                "Export adds this variable, because the Pulumi steps read it. Type one of the same name to say it yourself.",
            );
            return;
        }
        if row.index.is_none() && column != NAME {
            self.open_variable(&row.variable.id);
            return;
        }
        self.active.set((key.to_owned(), column));
        self.editing.set(Some((key.to_owned(), column, typed)));
        let id = cell_id(key, column);
        request_animation_frame(move || {
            let cell = document().get_element_by_id(&id);
            let field = cell.and_then(|cell| cell.query_selector("textarea, select, input").ok());
            if let Some(field) = field.flatten() {
                focus::focus(&field);
            }
        });
    }

    /// Ends editing and puts the focus on a cell.
    pub fn end_edit(self, key: &str, column: usize) {
        self.editing.set(None);
        self.focus(key, column);
    }

    /// Shows the values of a variable, or hides them.
    pub fn toggle(self, id: &VariableId) {
        let is_closed = self.closed.with_untracked(|closed| closed.contains(id));
        if is_closed {
            self.open_variable(id);
        } else {
            self.closed.update(|closed| {
                closed.insert(id.clone());
            });
            self.focus(id.as_str(), NAME);
        }
    }

    /// Shows the values of a variable.
    pub fn open_variable(self, id: &VariableId) {
        self.closed.update(|closed| {
            closed.remove(id);
        });
        let first = self
            .rows
            .with_untracked(|rows| rows.iter().find(|row| row.variable.id == *id).map(Row::key));
        if let Some(key) = first {
            self.focus(&key, NAME);
        }
    }

    /// Opens the inspector for a row.
    pub fn select(self, key: &str) {
        let Some(row) = self.row(key) else { return };
        let is_stack =
            self.app.peek(|design| row.variable.name.is_same(design.pulumi.stack_variable()));
        match row.is_generated {
            true if is_stack => self.app.go(Page::Stacks),
            true => self.edit(key, VALUE, None),
            false => self.app.select(Page::Variables, key),
        }
    }

    /// Takes the value of a row away, or the whole variable where it is closed.
    pub fn delete(self, key: &str) {
        let Some(row) = self.row(key) else { return };
        if row.is_generated {
            return;
        }
        let had_focus = self.active.with_untracked(|(active, _)| active == key);
        let index = self.position(key).unwrap_or(0);
        let edit = match (row.index, row.at()) {
            (Some(_), Some(at)) => edit::delete_value(at),
            _ => edit::delete_variable(row.owner.clone(), row.variable.id.clone()),
        };
        self.app.run_with_undo(edit);
        if had_focus && let Some(next) = self.key_at(index) {
            self.focus(&next, NAME);
        }
    }

    /// Adds a value to the variable of a row and edits it.
    pub fn add_value(self, owner: VariableOwner, variable: VariableId) {
        let Ok(id) = crate::model::ValueId::parse(&self.app.new_id("value")) else { return };
        let key = crate::view::variables::key(variable.as_str(), id.as_str());
        self.closed.update(|closed| {
            closed.remove(&variable);
        });
        if self.app.run(edit::add_value(owner, variable, id)).is_ok() {
            self.reveal(&key);
            self.edit(&key, VALUE, None);
        }
    }

    /// Makes an edit of the value at `at`.
    pub fn run(self, edit: Edit) {
        self.app.run_or_tell(edit);
    }

    /// Reads from the value at `at`, again whenever it changes.
    pub fn of_value<T: Default + PartialEq + Send + Sync + 'static>(
        self,
        at: &ValueAt,
        read: fn(&crate::model::Variable, &crate::model::VariableValue) -> T,
    ) -> Derived<T> {
        let at = at.clone();
        self.app.memo(move |design| {
            edit::find(design, &at)
                .map(|(variable, value)| read(variable, value))
                .unwrap_or_default()
        })
    }
}

/// Whether `key` is the row's.
fn is_key(row: &Row, key: &str) -> bool {
    let Some(rest) = key.strip_prefix(row.variable.id.as_str()) else { return false };
    match row.value() {
        None => rest.is_empty(),
        Some(value) => rest.strip_prefix('/') == Some(value.id.as_str()),
    }
}

/// The id of a cell's element.
pub fn cell_id(key: &str, column: usize) -> String {
    format!("cell-{key}-{column}")
}

/// The height of a row, from its token.
fn row_height() -> f64 {
    let style = document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten());
    let text = style.and_then(|style| style.get_property_value("--row").ok()).unwrap_or_default();
    text.trim().trim_end_matches("px").parse().unwrap_or(32.0)
}

/// How many rows the browser's window has room for.
fn screenful(row_height: f64) -> usize {
    let height = window().inner_height().ok().and_then(|value| value.as_f64()).unwrap_or(1_000.0);
    (height / row_height) as usize + 1
}
