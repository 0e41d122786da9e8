//! The verbs on one process, for its pipeline and its inspector alike.

use std::sync::Arc;

use leptos::prelude::*;

use super::drag::Drag;
use super::row_signals::RowSignals;
use crate::edit::steps::{self, Drop, Item, Move, Spot};
use crate::edit::{Edit, Refusal};
use crate::model::{Design, Process, ProcessOwner};
use crate::platform::focus;
use crate::state::{App, Derived, settled};
use crate::view::process as view;

/// A process and what is open of it; copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The app.
    pub app: App,
    owner: StoredValue<ProcessOwner>,
    /// The address of what is open; empty for nothing.
    pub selected: Signal<String>,
    select: fn(App, &str),
    /// The steps as the pipeline shows them.
    pub rows: Derived<Vec<Arc<view::StepRow>>>,
    by_id: RowSignals,
    /// The card that had the focus last.
    pub active: RwSignal<String>,
    /// Which card Tab reaches now; a change wakes only the two that it is about.
    stop: StoredValue<Selector<String>>,
    /// Which card is open.
    shown: StoredValue<Selector<String>>,
    /// The steps of those two.
    stop_row: StoredValue<Selector<String>>,
    shown_row: StoredValue<Selector<String>>,
    /// Whether there are so many steps that only what is near is made in full.
    pub is_long: Signal<bool>,
    /// Where the palette adds, while it is open.
    pub adding: RwSignal<Option<Spot>>,
    /// The address and the field of the script that is open.
    pub script: RwSignal<Option<(String, String)>>,
    /// What is dragged.
    pub drag: RwSignal<Option<Drag>>,
}

impl PartialEq for Desk {
    /// Whether both are of the same process.
    fn eq(&self, other: &Self) -> bool {
        self.owner() == other.owner()
    }
}

/// From how many steps on only those near to what is seen are made in full.
const LONG: usize = 60;

/// The id of a card's button in the page.
pub fn card_id(address: &str) -> String {
    format!("card-{address}")
}

impl Desk {
    /// The desk of the process of `owner`; `select` opens an address of it.
    pub fn new(
        app: App,
        owner: ProcessOwner,
        selected: Signal<String>,
        select: fn(App, &str),
    ) -> Self {
        let of = owner.clone();
        let pipeline = StoredValue::new(view::Pipeline::default());
        let rows = app.memo(move |design| {
            let rows = pipeline.try_update_value(|pipeline| pipeline.rows(design, &of));
            rows.unwrap_or_default()
        });
        let active = RwSignal::new(String::new());
        let stop = Derived::new(move || {
            let active = active.get();
            rows.with(|rows| {
                let cards =
                    rows.iter().flat_map(|row| std::iter::once(&row.card).chain(&row.children));
                let found = cards.clone().find(|card| card.address == active);
                let stop = found.or(cards.clone().next());
                stop.map(|card| card.address.clone()).unwrap_or_default()
            })
        });
        let owned = StoredValue::new(owner);
        let shown = Derived::new(move || {
            rows.with(|_| ());
            let selected = selected.get();
            owned.with_value(|owner| full_address(app, owner, &selected))
        });
        let whole = |of: Derived<String>| StoredValue::new(Selector::new(move || of.get()));
        let step = |of: Derived<String>| {
            let step = move || of.with(|of| of.split('/').next().unwrap_or_default().to_owned());
            StoredValue::new(Selector::new(step))
        };
        Self {
            app,
            owner: owned,
            selected,
            select,
            rows,
            by_id: RowSignals::new(rows),
            active,
            stop: whole(stop),
            shown: whole(shown),
            stop_row: step(stop),
            shown_row: step(shown),
            is_long: settled(move || rows.with(|rows| rows.len() > LONG)),
            adding: RwSignal::new(None),
            script: RwSignal::new(None),
            drag: RwSignal::new(None),
        }
    }

    /// The row of the step `id`.
    pub fn row(&self, id: &str) -> ArcRwSignal<Option<Arc<view::StepRow>>> {
        self.by_id.of(id)
    }

    /// Whether Tab reaches the card of `address`.
    pub fn is_stop(&self, address: &String) -> bool {
        self.stop.with_value(|stop| stop.selected(address))
    }

    /// Whether the card of `address` is open.
    pub fn is_open(&self, address: &String) -> bool {
        self.shown.with_value(|shown| shown.selected(address))
    }

    /// Whether a card of the step `id` is open or has, or would get, the focus.
    pub fn is_in_use(&self, id: &String) -> bool {
        let is_stop = self.stop_row.with_value(|stop| stop.selected(id));
        let is_open = self.shown_row.with_value(|shown| shown.selected(id));
        is_stop || is_open
    }

    /// Whose process it is.
    pub fn owner(&self) -> ProcessOwner {
        self.owner.get_value()
    }

    /// Opens `address`; an empty one closes what is open.
    pub fn open(&self, address: &str) {
        if !address.is_empty() {
            self.active.set(address.to_owned());
        }
        (self.select)(self.app, address);
    }

    /// Closes what is open, and goes back to its card.
    pub fn close(&self) {
        let address = self.address(&self.selected.get_untracked());
        self.open("");
        focus::focus_soon(card_id(&address));
    }

    /// Reads the process as it is now.
    pub fn peek<T>(&self, read: impl FnOnce(&Process) -> Option<T>) -> Option<T> {
        let owner = self.owner();
        self.app.peek(|design| read(steps::process(design, &owner)?))
    }

    /// The full address of what `address` names.
    pub fn address(&self, address: &str) -> String {
        full_address(self.app, &self.owner(), address)
    }

    /// Makes the edit that `make` gives for this process.
    pub fn run(&self, make: impl FnOnce(&Design, &ProcessOwner) -> Edit) -> Result<(), Refusal> {
        let owner = self.owner();
        self.app.run(self.app.peek(|design| make(design, &owner)))
    }

    /// The edit that sets a field of the form of `address`.
    pub fn setting(&self, address: &str, key: &str, text: &str) -> Edit {
        let (owner, fresh) = (self.owner(), self.app.new_id("new"));
        self.app.peek(|design| steps::set(design, &owner, address, key, text, &fresh))
    }

    /// Sets a field of the form of `address`.
    pub fn set(&self, address: &str, key: &str, text: &str) -> Result<(), Refusal> {
        self.app.run(self.setting(address, key, text))
    }

    /// Moves by key or menu, and says where to.
    pub fn move_by(&self, address: &str, to: Move) {
        let spot = self.peek(|process| steps::spot(process, steps::find(process, address)?, to));
        let why = match to {
            Move::First | Move::Up => "It is the first already.",
            Move::Down | Move::Last => "It is the last already.",
            Move::Nest => "There is no step before it that it could be nested under.",
            Move::UnNest => "It is a step of its own already.",
            Move::To(_) => "It stands there already.",
        };
        match spot {
            Some(spot) => self.move_to(address, spot),
            None => self.app.say(why),
        }
    }

    /// Puts what was dragged on another card.
    pub fn drop_on(&self, address: &str, target: &str, place: Drop) {
        let spot = self.peek(|process| {
            let (item, target) = (steps::find(process, address)?, steps::find(process, target)?);
            steps::drop_spot(process, item, target, place)
        });
        if let Some(spot) = spot {
            self.move_to(address, spot);
        }
    }

    fn move_to(&self, address: &str, spot: Spot) {
        let action = self.peek(|process| {
            let item = steps::find(process, address)?;
            Some((steps::action_of(process, item)?.id.to_string(), address_of_step(process, item)))
        });
        let Some((action, step)) = action else { return };
        let was_open = self.address(&self.selected.get_untracked()) == self.address(address);
        let fresh = self.app.new_id("new");
        if self.run(|design, owner| steps::move_to(design, owner, address, spot, &fresh)).is_err() {
            return;
        }
        let now = self.peek(|process| {
            let item = step
                .as_deref()
                .and_then(|step| steps::find(process, step))
                .or_else(|| steps::with_action(process, &action))?;
            Some((steps::address(process, item), steps::standing(process, item)))
        });
        if let Some((address, words)) = now {
            self.app.say(&words);
            self.active.set(address.clone());
            if was_open {
                (self.select)(self.app, &address);
            }
            focus::focus_soon(card_id(&address));
        }
    }

    /// Opens the palette to add a step there.
    pub fn add_at(&self, spot: Spot) {
        self.adding.set(Some(spot));
    }

    /// Opens the palette to add a step beside `address`.
    pub fn add_beside(&self, address: &str, is_after: bool) {
        let spot = self.peek(|process| {
            Some(match steps::find(process, address)? {
                Item::Step(at) => Spot::Step(at + usize::from(is_after)),
                item @ Item::Child(_, child) => {
                    let parent = steps::step_of(process, item)?.id.clone();
                    Spot::Child(parent, child + usize::from(is_after))
                }
            })
        });
        self.adding.set(spot);
    }

    /// Opens the palette to add a child step.
    pub fn add_child(&self, address: &str) {
        let spot = self.peek(|process| {
            let step = steps::step_of(process, steps::find(process, address)?)?;
            Some(Spot::Child(step.id.clone(), step.actions.len()))
        });
        self.adding.set(spot);
    }

    /// Opens the palette to add a step after the open one, or at the end.
    pub fn add_after_selected(&self) {
        let selected = self.address(&self.selected.get_untracked());
        if selected.is_empty() {
            let end = self.peek(|process| Some(process.steps.len())).unwrap_or(0);
            self.add_at(Spot::Step(end));
        } else {
            let step = selected.split('/').next().unwrap_or_default();
            self.add_beside(step, true);
        }
    }

    /// Adds a step of a kind where the palette was opened for.
    pub fn add(&self, kind: crate::catalog::Kind, label: &str) {
        let Some(spot) = self.adding.get_untracked() else { return };
        self.adding.set(None);
        let fresh = self.app.new_id("new");
        let result = self.run(|design, owner| steps::add(design, owner, kind, label, spot, &fresh));
        if result.is_ok() {
            self.show_new(&fresh.replacen("new-", "action-", 1));
        }
    }

    fn show_new(&self, action: &str) {
        let now = self.peek(|process| {
            let item = steps::with_action(process, action)?;
            Some((steps::address(process, item), steps::standing(process, item)))
        });
        if let Some((address, words)) = now {
            self.app.say(&format!("Added: {words}"));
            self.open(&address);
            focus::focus_soon(card_id(&address));
        }
    }

    /// Adds an approval before a step.
    pub fn add_gate(&self, address: &str) {
        let fresh = self.app.new_id("new");
        if self.run(|design, owner| steps::add_gate(design, owner, address, &fresh)).is_ok() {
            self.show_new(&fresh.replacen("new-", "action-", 1));
        }
    }

    /// Puts a copy after it.
    pub fn duplicate(&self, address: &str) {
        let fresh = self.app.new_id("new");
        if self.run(|design, owner| steps::duplicate(design, owner, address, &fresh)).is_ok() {
            self.show_new(&fresh.replacen("new-", "action-", 1));
        }
    }

    /// Deletes it, and goes on to its neighbour.
    pub fn delete(&self, address: &str) {
        let owner = self.owner();
        let full = self.address(address);
        let all = self.addresses();
        let at = all.iter().position(|one| *one == full);
        let is_open = self.address(&self.selected.get_untracked()).starts_with(&full);
        self.app.run_with_undo(self.app.peek(|design| steps::delete(design, &owner, address)));
        if is_open {
            (self.select)(self.app, "");
        }
        let left = self.addresses();
        let next = at.and_then(|at| left.get(at).or(left.last())).cloned().unwrap_or_default();
        focus::focus_soon(if next.is_empty() { "page-title".to_owned() } else { card_id(&next) });
        self.active.set(next);
    }

    /// Leaves it out, or takes it in again.
    pub fn switch(&self, address: &str) {
        let is_off = self.is_disabled(address);
        let is_child = address.contains('/');
        let key = if is_child { "disabled" } else { "step-disabled" };
        if self.set(address, key, if is_off { "" } else { "True" }).is_ok() {
            self.app.say(if is_off { "Enabled" } else { "Disabled" });
        }
    }

    /// Whether all that it does is left out.
    pub fn is_disabled(&self, address: &str) -> bool {
        self.peek(|process| {
            let item = steps::find(process, address)?;
            Some(match item {
                Item::Step(_) => {
                    steps::step_of(process, item)?.actions.iter().all(|one| one.is_disabled)
                }
                Item::Child(..) => steps::action_of(process, item)?.is_disabled,
            })
        })
        .unwrap_or(false)
    }

    /// All addresses from top to bottom.
    pub fn addresses(&self) -> Vec<String> {
        self.rows.with_untracked(|rows| {
            let cards = rows.iter().flat_map(|row| std::iter::once(&row.card).chain(&row.children));
            cards.map(|card| card.address.clone()).collect()
        })
    }

    /// Moves the focus among the cards.
    pub fn walk(&self, address: &str, key: &str) -> bool {
        let all = self.addresses();
        let Some(now) = all.iter().position(|one| one == address) else { return false };
        let to = match key {
            "ArrowDown" => now + 1,
            "ArrowUp" => now.saturating_sub(1),
            "Home" => 0,
            "End" => all.len().saturating_sub(1),
            _ => return false,
        };
        if let Some(next) = all.get(to) {
            self.active.set(next.clone());
            if !focus::focus_id(&card_id(next)) {
                // It is not made yet: it was far from what is seen.
                focus::focus_soon(card_id(next));
            }
        }
        true
    }
}

fn full_address(app: App, owner: &ProcessOwner, address: &str) -> String {
    let full = app.peek(|design| {
        let process = steps::process(design, owner)?;
        Some(steps::address(process, steps::find(process, address)?))
    });
    full.unwrap_or_default()
}

/// The step's own address where the whole step moves and may keep its children.
fn address_of_step(process: &Process, item: Item) -> Option<String> {
    let step = steps::step_of(process, item)?;
    (matches!(item, Item::Step(_)) && step.has_children()).then(|| step.id.to_string())
}
