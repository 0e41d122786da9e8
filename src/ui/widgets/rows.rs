//! A list whose rows keep their place in the page when others come, go or move:
//! what is being typed in a row stays. One kind of list for all, by text keys.
//!
//! Of rows that change places only as few as possible are moved, and those are
//! moved, not taken out and put in again, where the browser can: a row keeps the
//! focus on its way, and nobody is told that it was lost.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node, Placeholder};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState};

use crate::platform::order::move_before;
use crate::view::order::staying;

/// The rows of `keys`, each made once by `row`, which gives one element.
pub fn rows(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    row: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    plain_rows(Signal::derive(keys), Arc::new(row))
}

type MakeRow = Arc<dyn Fn(String) -> AnyView + Send + Sync>;

#[inline(never)]
fn plain_rows(keys: Signal<Vec<String>>, row: MakeRow) -> AnyView {
    // What a row sets up lives as long as the row, not until the list is another.
    let owner = Owner::current().unwrap_or_default();
    (move || Rows { keys: keys.get(), row: Arc::clone(&row), owner: owner.clone() }).into_any()
}

/// The list as it is to be.
struct Rows {
    keys: Vec<String>,
    row: MakeRow,
    owner: Owner,
}

/// The list as it is in the page.
struct RowsState {
    rows: Vec<Row>,
    /// Stands behind the last row.
    end: Placeholder,
}

struct Row {
    key: String,
    // Before its owner, so that the view goes before what it lives on.
    view: AnyViewState,
    _owner: Owner,
}

impl Rows {
    fn make(&self, key: String) -> Row {
        let owner = self.owner.with(Owner::new);
        let view = owner.with(|| (self.row)(key.clone()).build());
        Row { key, view, _owner: owner }
    }
}

impl Row {
    fn first(&self) -> Option<Node> {
        self.view.elements().into_iter().next().map(Node::from)
    }

    fn move_to(&mut self, parent: &Element, next: &Node) {
        match self.view.elements().as_slice() {
            [element] => move_before(parent, element, next),
            _ => {
                self.view.unmount();
                self.view.mount(parent, Some(next));
            }
        }
    }
}

impl Render for Rows {
    type State = RowsState;

    fn build(self) -> RowsState {
        let rows = self.keys.iter().map(|key| self.make(key.clone())).collect();
        RowsState { rows, end: Rndr::create_placeholder() }
    }

    fn rebuild(mut self, state: &mut RowsState) {
        let keys = std::mem::take(&mut self.keys);
        if keys.iter().eq(state.rows.iter().map(|row| &row.key)) {
            return;
        }
        let old = std::mem::take(&mut state.rows).into_iter().enumerate();
        let mut old: HashMap<String, (usize, Row)> =
            old.map(|(place, row)| (row.key.clone(), (place, row))).collect();
        let (before, mut rows): (Vec<Option<usize>>, Vec<Row>) = keys
            .into_iter()
            .map(|key| match old.remove(&key) {
                Some((place, row)) => (Some(place), row),
                None => (None, self.make(key)),
            })
            .unzip();
        for (_, mut gone) in old.into_values() {
            gone.view.unmount();
        }
        if let Some(parent) = state.end.parent_element() {
            let stays = staying(&before);
            // From the end, so that what comes after a row stands in its place already.
            let mut next = Node::from(state.end.clone());
            for (at, row) in rows.iter_mut().enumerate().rev() {
                match before[at] {
                    None => row.view.mount(&parent, Some(&next)),
                    Some(_) if !stays[at] => row.move_to(&parent, &next),
                    Some(_) => {}
                }
                next = row.first().unwrap_or(next);
            }
        }
        state.rows = rows;
    }
}

impl Mountable for RowsState {
    fn unmount(&mut self) {
        self.rows.iter_mut().for_each(|row| row.view.unmount());
        self.end.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.end.mount(parent, marker);
        self.rows.iter_mut().for_each(|row| row.view.mount(parent, Some(&self.end)));
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.rows.iter().any(|row| row.view.insert_before_this(child))
            || self.end.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.rows.iter().flat_map(|row| row.view.elements()).collect()
    }
}

// What follows is for pages that a server writes; leptos asks for it of any view.

impl AddAnyAttr for Rows {
    type Output<A: leptos::attr::Attribute> = Self;

    fn add_any_attr<A: leptos::attr::Attribute>(self, _: A) -> Self {
        self
    }
}

impl RenderHtml for Rows {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<leptos::attr::any_attribute::AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> RowsState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
