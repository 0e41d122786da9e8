//! What differs in each action, where two environments are compared. It is looked
//! for in short slices, so that no number of steps holds the page up.

use std::time::Duration;

use leptos::prelude::*;

use super::{Page, Same};
use crate::deploy::{Difference, Plan, Simulation, difference};
use crate::model::ActionId;
use crate::state::{clock, follow};

/// How long is looked before the screen has its turn, in milliseconds.
const SLICE: f64 = 8.0;

/// The differences that were found; told all at once, when all are known.
pub fn differences(page: Page) -> Signal<Vec<(ActionId, Difference)>> {
    let found = RwSignal::new(Vec::new());
    let turn = StoredValue::new(0_u32);
    follow(move || {
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        if found.with_untracked(|found| !found.is_empty()) {
            found.set(Vec::new());
        }
        let simulation = page.simulation.get();
        let (Some(plan), Some(other)) = (page.plan.get(), page.other.get()) else { return };
        let mut left: Vec<_> = plan.0.actions().map(|(_, action)| action.id.clone()).collect();
        left.reverse();
        let search = Search { simulation, plan, other, left, found: Vec::new() };
        search.go_on(turn, turn.get_value(), found);
    });
    found.into()
}

struct Search {
    simulation: Same<Simulation>,
    plan: Same<Plan>,
    other: Same<Plan>,
    /// What is still to be looked at, last first.
    left: Vec<ActionId>,
    found: Vec<(ActionId, Difference)>,
}

impl Search {
    /// Goes on until all is found, unless something else is compared by then.
    fn go_on(
        mut self,
        turn: StoredValue<u32>,
        own_turn: u32,
        found: RwSignal<Vec<(ActionId, Difference)>>,
    ) {
        if turn.try_get_value() != Some(own_turn) {
            return;
        }
        let began = clock::now();
        while let Some(id) = self.left.pop() {
            if let Some(difference) = self.difference(&id) {
                self.found.push((id, difference));
            }
            if clock::now() - began > SLICE {
                set_timeout(move || self.go_on(turn, own_turn, found), Duration::ZERO);
                return;
            }
        }
        found.set(self.found);
    }

    fn difference(&self, id: &ActionId) -> Option<Difference> {
        let side = |plan: &Plan| self.simulation.0.details(plan, id).unwrap_or_default();
        let (own, theirs) = (side(&self.plan.0), side(&self.other.0));
        let (left, right) = (self.plan.0.action(id)?.1, self.other.0.action(id)?.1);
        Some(difference((left, &own), (right, &theirs)))
    }
}
