//! What must come along when a difference is taken over.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::Comparison;
use super::difference::{Address, Change, Leg};
use super::shape::{Kind, Member, Rows, Shape};
use super::tree::{self, NOTHING, RUNBOOK, each_own, each_own_of_row, id, rows};
use super::walk::noun;
use crate::edit::{Refusal, refuse};

/// Something by its kind and id.
type Thing = (Kind, String);

/// Who has what, on both sides of a comparison.
pub(super) struct Needs<'c> {
    comparison: &'c Comparison,
    /// All that the first design has.
    own: HashSet<Thing>,
    /// What each added row brings.
    brought: HashMap<Thing, usize>,
    /// What each removed row takes away.
    taken: HashMap<Thing, usize>,
}

impl<'c> Needs<'c> {
    pub(super) fn of(comparison: &'c Comparison) -> Self {
        let mut own = HashSet::new();
        each_own(&tree::WHOLE, &comparison.mine, &mut |kind, id| {
            own.insert((kind, id.to_owned()));
        });
        let (mut brought, mut taken) = (HashMap::new(), HashMap::new());
        for (at, difference) in comparison.differences.iter().enumerate() {
            let (tree, map) = match difference.change {
                Change::Added => (&comparison.other, &mut brought),
                Change::Removed => (&comparison.mine, &mut taken),
                Change::Changed | Change::Moved => continue,
            };
            for place in &difference.places {
                each_own_at(&tree::WHOLE, tree, place, &mut |kind, id| {
                    map.entry((kind, id.to_owned())).or_insert(at);
                });
            }
        }
        Self { comparison, own, brought, taken }
    }

    /// The wanted differences with all that must come along.
    pub(super) fn all(&self, wanted: &BTreeSet<usize>) -> Result<BTreeSet<usize>, Refusal> {
        let mut picked = wanted.clone();
        loop {
            let more = self.more(&picked)?;
            if more.is_subset(&picked) {
                return Ok(picked);
            }
            picked.extend(more);
        }
    }

    fn more(&self, picked: &BTreeSet<usize>) -> Result<BTreeSet<usize>, Refusal> {
        let mut more = BTreeSet::new();
        let is_brought =
            |thing: &Thing| self.brought.get(thing).is_some_and(|at| picked.contains(at));
        let gone: HashSet<&Thing> = self
            .taken
            .iter()
            .filter(|(thing, at)| picked.contains(at) && !is_brought(thing))
            .map(|(thing, _)| thing)
            .collect();
        // An action that went to another step is one thing: it goes and comes at once.
        for (thing, new) in self.brought.iter().filter(|(thing, _)| thing.0 == Kind::Action) {
            if let Some(old) = self.taken.get(thing)
                && (picked.contains(new) || picked.contains(old))
            {
                more.extend([*old, *new]);
            }
        }
        let places = |changes: &[Change]| -> Vec<&Address> {
            let differences = picked.iter().filter_map(|at| self.comparison.differences.get(*at));
            differences
                .filter(|one| changes.contains(&one.change))
                .flat_map(|one| &one.places)
                .collect()
        };
        let coming = places(&[Change::Added, Change::Changed]);
        let mut missing: Option<Kind> = None;
        each_reference(&self.comparison.other, &mut |kind, id, address, is_sure| {
            if !coming.iter().any(|place| starts_with(address, place)) {
                return;
            }
            let thing = (kind, id.to_owned());
            if self.own.contains(&thing) && !gone.contains(&thing) || is_brought(&thing) {
                return;
            }
            match self.brought.get(&thing) {
                Some(at) => {
                    more.insert(*at);
                }
                None if is_sure => missing = Some(kind),
                None => {}
            }
        });
        if !gone.is_empty() {
            let settled = places(&[Change::Removed, Change::Changed]);
            each_reference(&self.comparison.mine, &mut |kind, id, address, is_sure| {
                let thing = (kind, id.to_owned());
                if !gone.contains(&thing) || settled.iter().any(|place| starts_with(address, place))
                {
                    return;
                }
                let mut is_settled = false;
                for (at, difference) in self.comparison.differences.iter().enumerate() {
                    let covers = matches!(difference.change, Change::Removed | Change::Changed)
                        && difference.places.iter().any(|place| starts_with(address, place));
                    if covers {
                        more.insert(at);
                        is_settled = true;
                    }
                }
                if is_settled {
                    return;
                }
                match self.brought.get(&thing) {
                    Some(at) => {
                        more.insert(*at);
                    }
                    None if is_sure => missing = Some(kind),
                    None => {}
                }
            });
        }
        match missing {
            Some(kind) => refuse(format!(
                "This can't be taken over: it refers to {} {} that the other design does not have.",
                if matches!(kind, Kind::Environment | Kind::Account | Kind::Action) {
                    "an"
                } else {
                    "a"
                },
                noun(kind),
            )),
            None => Ok(more),
        }
    }
}

/// Ids of the row at `place` and of what is in it.
fn each_own_at(shape: &Shape, tree: &Value, place: &[Leg], found: &mut dyn FnMut(Kind, &str)) {
    match (shape, place) {
        (Shape::Rows(list), [Leg::Row(wanted), rest @ ..]) => {
            let Some(row) = rows(tree).iter().find(|row| id(list, row) == wanted) else { return };
            if rest.is_empty() {
                each_own_of_row(list, row, found);
            } else {
                each_own_at(&Shape::Record(list.row), row, rest, found);
            }
        }
        (Shape::Record(record) | Shape::Maybe(record), [Leg::Member(key), rest @ ..]) => {
            if let Some(member) = record.members.iter().find(|member| member.key == key) {
                each_own_at(&member.shape, tree.get(key).unwrap_or(&NOTHING), rest, found);
            }
        }
        _ => {}
    }
}

/// A step of an address that is borrowed from the tree.
#[derive(Clone, Copy)]
enum Step<'t> {
    Member(&'t str),
    Row(&'t str),
}

fn starts_with(address: &[Step], place: &[Leg]) -> bool {
    place.len() <= address.len()
        && place.iter().zip(address).all(|(leg, step)| match (leg, step) {
            (Leg::Member(left), Step::Member(right)) => left.eq_ignore_ascii_case(right),
            (Leg::Row(left), Step::Row(right)) => left == right,
            _ => false,
        })
}

/// Called with what is referred to, from where, and whether it surely is an id.
type Found<'f> = &'f mut dyn FnMut(Kind, &str, &[Step], bool);

/// Every reference of a design.
fn each_reference(tree: &Value, found: Found) {
    walk(&tree::WHOLE, tree, &mut Vec::new(), found);
}

fn walk<'t>(shape: &Shape, value: &'t Value, address: &mut Vec<Step<'t>>, found: Found) {
    match shape {
        Shape::Ref(kind) => {
            if let Some(id) = value.as_str().filter(|id| !id.contains("#{")) {
                found(*kind, id, address, true);
            }
        }
        Shape::Refs(kind) => {
            for id in rows(value).iter().filter_map(Value::as_str) {
                found(*kind, id, address, true);
            }
        }
        Shape::Owners => {
            for owner in rows(value).iter().filter_map(Value::as_str) {
                if let Some(id) = owner.strip_prefix(RUNBOOK) {
                    found(Kind::Runbook, id, address, true);
                }
            }
        }
        Shape::Record(record) | Shape::Maybe(record) | Shape::Scope(record) => {
            walk_members(record.members, value, address, found);
        }
        Shape::Choice(choice) => {
            let word = value.get(choice.tag).and_then(Value::as_str);
            if let Some(variant) = choice.variant(word) {
                walk_members(variant.members, value, address, found);
            }
        }
        Shape::Rows(list) => walk_rows(list, value, address, found),
        Shape::Properties => {
            for (key, value) in value.as_object().into_iter().flatten() {
                let text = value.as_str().filter(|text| !text.contains("#{"));
                let (Some(text), Some(kind)) = (text, tree::property_kind(key)) else { continue };
                address.push(Step::Member(key));
                for id in text.split(',').map(str::trim).filter(|id| !id.is_empty()) {
                    // It may be an id of Octopus's as well.
                    found(kind, id, address, false);
                }
                address.pop();
            }
        }
        _ => {}
    }
}

fn walk_members<'t>(
    members: &[Member],
    value: &'t Value,
    address: &mut Vec<Step<'t>>,
    found: Found,
) {
    for member in members {
        if let Some(value) = value.get(member.key) {
            address.push(Step::Member(member.key));
            walk(&member.shape, value, address, found);
            address.pop();
        }
    }
}

fn walk_rows<'t>(list: &Rows, value: &'t Value, address: &mut Vec<Step<'t>>, found: Found) {
    for row in rows(value) {
        address.push(Step::Row(id(list, row)));
        walk_members(list.row.members, row, address, found);
        address.pop();
    }
}
