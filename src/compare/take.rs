//! Taking differences over: from the second design into the first.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Comparison;
use super::difference::{Change, Difference, Leg};
use super::needs::Needs;
use super::shape::{Rows, Shape};
use super::tree::{self, NOTHING, id, rows};
use super::walk::moved;
use crate::edit::{Edit, Refusal, refuse};
use crate::model::{Design, Process};

/// An edit, and what it brings along.
#[derive(Debug)]
pub struct Taken {
    /// Makes the first design say what the second does.
    pub edit: Edit,
    /// Differences that had to come along, by their places among all.
    pub along: Vec<usize>,
}

/// Takes over the differences at these places among all of `comparison`.
///
/// What they refer to comes along where the first design lacks it, and what
/// refers to something that goes changes with it.
///
/// # Errors
/// When they refer to something that neither design has, or when two things
/// would have one name.
pub fn take(comparison: &Arc<Comparison>, wanted: &[usize]) -> Result<Taken, Refusal> {
    let wanted: BTreeSet<usize> = wanted.iter().copied().collect();
    let picked = Needs::of(comparison).all(&wanted)?;
    let along: Vec<usize> = picked.difference(&wanted).copied().collect();
    let picks: Vec<&Difference> =
        picked.iter().filter_map(|at| comparison.differences.get(*at)).collect();
    let mut tree = comparison.mine.clone();
    let places = picks
        .iter()
        .flat_map(|pick| pick.places.iter().map(|place| (place.as_slice(), pick.change)));
    apply(&tree::WHOLE, &mut tree, &comparison.other, places.collect());
    let Some(design) = tree::design(tree) else {
        return refuse("This can't be taken over alone: the design would miss a part of it.");
    };
    check_names(&comparison.first, &design)?;
    let design = shared(&comparison.first, design);
    let label = match picks.as_slice() {
        [only] => format!("Take over {}", only.title()),
        many => format!("Take over {} differences", many.len()),
    };
    let expected = comparison.first.clone();
    let edit = Edit::new(label, move |open| {
        if *open != expected {
            return refuse("The design has changed since it was compared. Compare it again.");
        }
        *open = design;
        Ok(())
    });
    Ok(Taken { edit, along })
}

/// What is picked below one place: the rest of its address, and its kind.
type Picks<'p> = Vec<(&'p [Leg], Change)>;

/// Makes `mine` say what `other` says at these places.
fn apply(shape: &Shape, mine: &mut Value, other: &Value, picks: Picks) {
    match shape {
        Shape::Rows(list) => apply_rows(list, mine, other, picks),
        Shape::Record(record) | Shape::Maybe(record) | Shape::Scope(record) => {
            let shape_of =
                |key: &str| record.members.iter().find(|one| one.key == key).map(|one| one.shape);
            apply_members(&shape_of, mine, other, picks);
        }
        Shape::Choice(choice) => {
            let word = other.get(choice.tag).and_then(Value::as_str);
            let Some(variant) = choice.variant(word) else { return };
            let shape_of =
                |key: &str| variant.members.iter().find(|one| one.key == key).map(|one| one.shape);
            apply_members(&shape_of, mine, other, picks);
            // An absent choice is the usual one; with members it must say so.
            if let Value::Object(map) = mine
                && !map.contains_key(choice.tag)
            {
                map.insert(choice.tag.to_owned(), Value::String(variant.word.to_owned()));
            }
        }
        _ => apply_members(&|_| None, mine, other, picks),
    }
}

fn apply_members(
    shape_of: &dyn Fn(&str) -> Option<Shape>,
    mine: &mut Value,
    other: &Value,
    picks: Picks,
) {
    let mut by_key: BTreeMap<&str, Picks> = BTreeMap::new();
    for (place, change) in picks {
        if let Some((Leg::Member(key), rest)) = place.split_first() {
            by_key.entry(key).or_default().push((rest, change));
        }
    }
    if mine.is_null() {
        *mine = Value::Object(Map::new());
    }
    let Value::Object(map) = mine else { return };
    for (key, picks) in by_key {
        let value = member(other, key).unwrap_or(&NOTHING);
        // Keys of properties ignore case, and keep the spelling that is there.
        let known = map.keys().find(|one| one.eq_ignore_ascii_case(key)).cloned();
        let key = known.unwrap_or_else(|| key.to_owned());
        if picks.iter().any(|(rest, _)| rest.is_empty()) {
            if value.is_null() {
                map.shift_remove(&key);
            } else {
                map.insert(key, value.clone());
            }
        } else if let Some(shape) = shape_of(&key) {
            let mine = map.entry(key.clone()).or_insert(Value::Null);
            apply(&shape, mine, value, picks);
            if mine.is_null() {
                map.shift_remove(&key);
            }
        }
    }
}

fn member<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let map = value.as_object()?;
    map.get(key).or_else(|| {
        map.iter().find(|(one, _)| one.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    })
}

fn apply_rows(list: &Rows, mine: &mut Value, other: &Value, picks: Picks) {
    let mut inside: HashMap<&str, Picks> = HashMap::new();
    let mut gone: BTreeSet<&str> = BTreeSet::new();
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    for (place, change) in picks {
        let Some((Leg::Row(row), rest)) = place.split_first() else { continue };
        match change {
            _ if !rest.is_empty() => inside.entry(row).or_default().push((rest, change)),
            Change::Removed => {
                gone.insert(row);
            }
            Change::Added | Change::Moved | Change::Changed => {
                placed.insert(row);
            }
        }
    }
    // Rows that stay out of place say nothing about where others belong.
    let astray: BTreeSet<String> = if list.is_ordered {
        let moved = moved(list, rows(mine), rows(other));
        moved.into_iter().filter(|row| !placed.contains(row)).map(str::to_owned).collect()
    } else {
        BTreeSet::new()
    };
    let mut kept = match mine.take() {
        Value::Array(rows) => rows,
        _ => Vec::new(),
    };
    let partners: HashMap<&str, &Value> =
        rows(other).iter().map(|row| (id(list, row), row)).collect();
    for row in &mut kept {
        let own = id(list, row).to_owned();
        if let (Some(picks), Some(partner)) = (inside.remove(own.as_str()), partners.get(&*own)) {
            apply(&Shape::Record(list.row), row, partner, picks);
        }
    }
    kept.retain(|row| !gone.contains(id(list, row)));
    let mut moving: HashMap<String, Value> = HashMap::new();
    kept.retain(|row| {
        let moves = placed.contains(id(list, row));
        if moves {
            moving.insert(id(list, row).to_owned(), row.clone());
        }
        !moves
    });
    // In the order of the other design, each after the nearest one before it that is in its place.
    let mut before: Vec<&str> = Vec::new();
    for row in rows(other) {
        let own = id(list, row);
        if placed.contains(own) {
            let neighbour = before
                .iter()
                .rev()
                .find_map(|wanted| kept.iter().position(|row| id(list, row) == *wanted));
            let at = neighbour.map_or(0, |at| at + 1);
            let row = moving.remove(own).unwrap_or_else(|| row.clone());
            kept.insert(at.min(kept.len()), row);
        }
        if !astray.contains(own) {
            before.push(own);
        }
    }
    *mine = if kept.is_empty() { Value::Null } else { Value::Array(kept) };
}

/// Refuses where two things of one kind would have one name that had not.
fn check_names(before: &Design, after: &Design) -> Result<(), Refusal> {
    let known = clashes(before);
    match clashes(after).into_iter().find(|clash| !known.contains(clash)) {
        Some((what, name)) => {
            refuse(format!("This can't be taken over alone: two {what} would be called “{name}”."))
        }
        None => Ok(()),
    }
}

/// Names that two things of one kind share, ignoring case.
fn clashes(design: &Design) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    let (space, project) = (&design.space, &design.project);
    let mut look = |what, names: &mut dyn Iterator<Item = &str>| {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name.to_lowercase()) {
                found.insert((what, name.to_owned()));
            }
        }
    };
    look("environments", &mut space.environments.iter().map(|one| one.name.as_str()));
    look("variables", &mut project.variables.iter().map(|one| one.name.as_str()));
    look("runbooks", &mut project.runbooks.iter().map(|one| one.name.as_str()));
    let runbooks = project.runbooks.iter().map(|one| &one.process);
    for process in std::iter::once(&project.process).chain(runbooks) {
        let process: &Process = process;
        look("steps", &mut process.steps.iter().map(|one| one.name.as_str()));
        look("steps", &mut process.actions().map(|(_, action)| action.name.as_str()));
    }
    found
}

/// The design after, sharing with the one before all that is the same.
fn shared(before: &Design, mut after: Design) -> Design {
    if after.space == before.space {
        after.space = before.space.clone();
    } else {
        let sets = after.space.library_sets.clone().shared_with(&before.space.library_sets);
        after.space.library_sets = sets;
    }
    if after.pulumi == before.pulumi {
        after.pulumi = before.pulumi.clone();
    }
    if after.project == before.project {
        after.project = before.project.clone();
    } else {
        let (old, new) = (&before.project, &mut *after.project);
        new.variables = std::mem::take(&mut new.variables).shared_with(&old.variables);
        new.process.steps = std::mem::take(&mut new.process.steps).shared_with(&old.process.steps);
        new.runbooks = std::mem::take(&mut new.runbooks).shared_with(&old.runbooks);
    }
    after
}
