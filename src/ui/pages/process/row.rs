//! A row of the pipeline. Of many steps only those near to what is seen are
//! cards; the others hold their place with their name.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::card::card;
use super::desk::Desk;
use crate::platform::near::Watcher;
use crate::state::Derived;
use crate::ui::widgets::environment::EnvironmentMark;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{flag, live, live_text, press, text, text_if, when};
use crate::ui::widgets::rows::rows;
use crate::view::process::StepRow;

/// How far beyond what is seen rows are made in full, in pixels.
const MARGIN: u32 = 800;
/// How many rows are made in full before it is known what is seen.
const FIRST: usize = 30;

/// What tells the rows of a long list whether they are near to what is seen.
#[derive(Clone, Copy)]
pub struct Nearness {
    flags: StoredValue<HashMap<String, RwSignal<bool>>>,
    watcher: StoredValue<Watcher>,
}

impl Nearness {
    /// Of one list; ends with the view around it.
    pub fn new() -> Self {
        let flags = StoredValue::new(HashMap::<String, RwSignal<bool>>::new());
        let watcher = Watcher::new(MARGIN, move |element, is_near| {
            let id = element.get_attribute("data-row").unwrap_or_default();
            let flag = flags.try_with_value(|flags| flags.get(&id).copied()).flatten();
            if flag.is_some_and(|flag| flag.try_get_untracked() == Some(!is_near)) {
                flag.map(|flag| flag.try_set(is_near));
            }
        });
        Self { flags, watcher: StoredValue::new(watcher) }
    }

    /// Whether the row of the step `id` is near.
    fn of(self, id: &str, node: NodeRef<html::Li>) -> RwSignal<bool> {
        let flag = self.flags.try_update_value(|flags| {
            let flag = RwSignal::new(flags.len() < FIRST);
            flags.insert(id.to_owned(), flag);
            flag
        });
        node.on_load(move |row| self.watcher.with_value(|watcher| watcher.watch(&row)));
        flag.unwrap_or_else(|| RwSignal::new(true))
    }
}

/// A row: in full where it is near to what is seen, else only its name in its place.
pub fn row(
    desk: Desk,
    id: String,
    nearness: Nearness,
    environments: Signal<Vec<EnvironmentMark>>,
) -> AnyView {
    let own = desk.row(&id);
    let row = Derived::new(move || own.get());
    let parallel = text_if(move || {
        let word = row.with(|row| row.as_ref().map(|row| row.parallel))?;
        (!word.is_empty()).then(|| word.to_owned())
    });
    // Two or four stand in two columns, all else in three.
    let together = text_if(move || {
        let count = row.with(|row| row.as_ref().map(|row| row.together))?;
        (count > 1).then(|| if matches!(count, 2 | 4) { "halves" } else { "thirds" }.to_owned())
    });
    let node = NodeRef::new();
    let is_near = nearness.of(&id, node);
    let is_full = {
        let id = id.clone();
        Derived::new(move || {
            // All are asked, so that each of them wakes it.
            let (is_near, is_in_use) = (is_near.get(), desk.is_in_use(&id));
            !desk.is_long.get() || is_near || is_in_use
        })
    };
    let named = id.clone();
    let inside =
        live(move || if is_full.get() { full(desk, &id, row, environments) } else { outline(row) });
    view! {
        <li
            class="pipe__row"
            data-row=named
            data-parallel=parallel
            data-together=together
            node_ref=node
        >
            {inside}
        </li>
    }
    .into_any()
}

/// A row far from what is seen: as high as in full, nearly.
fn outline(row: Derived<Option<Arc<StepRow>>>) -> AnyView {
    live(move || {
        let Some(row) = row.get() else { return ().into_any() };
        let gate = if row.gates.is_empty() { 0 } else { 26 };
        let height = 36 + 42 * row.children.len() + gate;
        view! {
            <div class="step" data-outline="" style:min-block-size=format!("{height}px")>
                <span class="step__number">{row.card.number.clone()}</span>
                <span class="step__name">{row.card.name.clone()}</span>
            </div>
        }
        .into_any()
    })
}

fn full(
    desk: Desk,
    id: &str,
    row: Derived<Option<Arc<StepRow>>>,
    environments: Signal<Vec<EnvironmentMark>>,
) -> AnyView {
    let gates = Derived::new(move || {
        row.with(|row| row.as_ref().map(|row| row.gates.clone()).unwrap_or_default())
    });
    let children = Derived::new(move || {
        row.with(|row| {
            let children = row.as_ref().map(|row| row.children.as_slice()).unwrap_or_default();
            children.iter().map(|child| child.address.clone()).collect::<Vec<_>>()
        })
    });
    let own = Derived::new(move || row.with(|row| row.as_ref().map(|row| Arc::clone(&row.card))));
    let child = move |address: String| {
        let found = address.clone();
        let child = Derived::new(move || {
            row.with(|row| row.as_ref()?.children.iter().find(|one| one.address == found).cloned())
        });
        view! { <li class="pipe__child">{card(desk, address, child, environments)}</li> }.into_any()
    };
    let rail = when(
        move || children.with(|children| !children.is_empty()),
        move || {
            view! {
                <ol class="pipe__children" aria-label="Child steps">
                    {rows(move || children.get(), child)}
                </ol>
            }
            .into_any()
        },
    );
    let name = text(move || {
        own.with(|card| card.as_ref().map(|card| format!("Add step after {}", card.name)))
            .unwrap_or_default()
    });
    let is_stop = tab_index(desk, id.to_owned());
    let before = id.to_owned();
    view! {
        {card(desk, id.to_owned(), own, environments)}
        {rail}
        <p class="pipe__gate" hidden=flag(move || gates.with(String::is_empty))>
            {icon(Icon::Person)}<span>{live_text(move || gates.get())}</span>
        </p>
        <button
            type="button"
            class="pipe__add"
            aria-label=name
            title=name
            tabindex=is_stop
            on:click=press(move || desk.add_beside(&before, true))
        >
            {icon(Icon::Plus)}
        </button>
    }
    .into_any()
}

/// Tab reaches one card at a time.
pub fn tab_index(desk: Desk, address: String) -> Signal<String> {
    text(move || if desk.is_stop(&address) { "0" } else { "-1" }.to_owned())
}
