//! The differences between two designs that have the same ids.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::difference::{Address, Change, Difference, Leg};
use super::order::movers;
use super::shape::{Area, Choice, Kind, Member, ROW, Record, Rows, Shape};
use super::tree::{self, NOTHING, id, rows};
use super::words::{Words, action_type, is_single_action, property_label};
use crate::record::AS_READ;

/// All differences, area by area.
pub(super) fn differences(mine: &Value, other: &Value) -> Vec<Difference> {
    let mut walk = Walk {
        before: Words::of(mine),
        after: Words::of(other),
        area: Area::Design,
        path: Vec::new(),
        address: Vec::new(),
        found: Vec::new(),
    };
    walk.member_values(&tree::WHOLE, "", mine, other);
    let mut found = walk.found;
    found.sort_by_key(|difference| difference.area);
    found
}

struct Walk {
    before: Words,
    after: Words,
    area: Area,
    path: Vec<String>,
    address: Address,
    found: Vec<Difference>,
}

impl Walk {
    fn record(&mut self, record: &Record, mine: &Value, other: &Value) {
        self.members(record.members, mine, other, None);
    }

    /// Compares the members of two records; `tag` is one that was compared already.
    fn members(&mut self, members: &[Member], mine: &Value, other: &Value, tag: Option<&str>) {
        for member in members {
            let sides = (mine.get(member.key), other.get(member.key));
            if sides == (None, None) {
                continue;
            }
            let area = self.area;
            self.area = member.area.unwrap_or(area);
            self.address.push(Leg::Member(member.key.to_owned()));
            let (left, right) = (sides.0.unwrap_or(&NOTHING), sides.1.unwrap_or(&NOTHING));
            if let Shape::Properties = member.shape {
                let types = (action_type(mine), action_type(other));
                self.properties(types.0.or(types.1), left, right);
            } else {
                self.member_values(&member.shape, member.label, left, right);
            }
            self.address.pop();
            self.area = area;
        }
        self.unknown(members, mine, other, tag);
    }

    /// Members that this version does not know.
    fn unknown(&mut self, members: &[Member], mine: &Value, other: &Value, tag: Option<&str>) {
        let none = Map::new();
        let left = mine.as_object().unwrap_or(&none);
        let right = other.as_object().unwrap_or(&none);
        let is_known = |key: &str| {
            // How it was read is no part of what it says.
            key == ROW
                || key == AS_READ
                || tag == Some(key)
                || members.iter().any(|member| member.key == key)
        };
        let more = right.keys().filter(|key| !left.contains_key(*key));
        let keys: Vec<_> = left.keys().chain(more).filter(|key| !is_known(key)).collect();
        for key in keys {
            self.address.push(Leg::Member(key.clone()));
            let (left, right) = (left.get(key), right.get(key));
            let sides = (left.unwrap_or(&NOTHING), right.unwrap_or(&NOTHING));
            self.leaf(&Shape::Plain, key, sides.0, sides.1);
            self.address.pop();
        }
    }

    fn member_values(&mut self, shape: &Shape, label: &str, mine: &Value, other: &Value) {
        match shape {
            Shape::Id => {}
            Shape::Known => {
                if !mine.is_null() && !other.is_null() {
                    self.leaf(shape, label, mine, other);
                }
            }
            Shape::Record(record) => {
                self.within(label, |walk| walk.record(record, mine, other));
            }
            Shape::Maybe(record) => {
                if mine.is_null() || other.is_null() {
                    self.leaf(shape, label, mine, other);
                } else {
                    self.within(label, |walk| walk.record(record, mine, other));
                }
            }
            Shape::Choice(choice) => self.choice(choice, shape, label, mine, other),
            Shape::Rows(list) => self.rows(list, rows(mine), rows(other)),
            Shape::Refs(_) | Shape::Texts | Shape::Owners => {
                if !same_set(mine, other) {
                    self.leaf(shape, label, mine, other);
                }
            }
            Shape::Scope(record) => {
                let is_same = record.members.iter().all(|member| {
                    let of = |side: &'_ Value| side.get(member.key).cloned().unwrap_or_default();
                    same_set(&of(mine), &of(other))
                });
                if !is_same {
                    self.changed(shape, label, mine, other);
                }
            }
            _ => self.leaf(shape, label, mine, other),
        }
    }

    fn within(&mut self, label: &str, walk: impl FnOnce(&mut Self)) {
        if label.is_empty() {
            return walk(self);
        }
        self.path.push(label.to_owned());
        walk(self);
        self.path.pop();
    }

    fn choice(&mut self, choice: &Choice, shape: &Shape, label: &str, mine: &Value, other: &Value) {
        let word = |side: &'_ Value| {
            let word = side.get(choice.tag).and_then(Value::as_str);
            choice.variant(word).map(|variant| variant.word)
        };
        let words = (word(mine), word(other));
        let variant = choice.variant(words.0);
        match variant.filter(|_| words.0 == words.1) {
            Some(variant) => self.within(label, |walk| {
                walk.members(variant.members, mine, other, Some(choice.tag));
            }),
            None => self.leaf(shape, label, mine, other),
        }
    }

    /// A value that is compared as a whole.
    fn leaf(&mut self, shape: &Shape, label: &str, mine: &Value, other: &Value) {
        if mine != other {
            self.changed(shape, label, mine, other);
        }
    }

    fn changed(&mut self, shape: &Shape, label: &str, mine: &Value, other: &Value) {
        let before = self.before.value(shape, mine);
        let after = self.after.value(shape, other);
        self.within(label, |walk| {
            walk.push(Change::Changed, before, after, matches!(shape, Shape::Text));
        });
    }

    fn push(
        &mut self,
        change: Change,
        before: Option<String>,
        after: Option<String>,
        is_text: bool,
    ) {
        // What is empty here and missing there is nothing to a reviewer.
        if change == Change::Changed && before.is_none() && after.is_none() {
            return;
        }
        let path = self.path.clone();
        let places = vec![self.address.clone()];
        let area = self.area;
        self.found.push(Difference { area, path, change, before, after, is_text, places });
    }

    fn properties(&mut self, action_type: Option<&str>, mine: &Value, other: &Value) {
        let none = Map::new();
        let left = mine.as_object().unwrap_or(&none);
        let right = other.as_object().unwrap_or(&none);
        // Keys ignore case; whether a key of one side is the other's is asked by lower case.
        let by_key: HashMap<String, &String> =
            right.keys().map(|key| (key.to_ascii_lowercase(), key)).collect();
        let mut seen = HashSet::new();
        let mut keys: Vec<(&String, &String)> = Vec::new();
        for key in left.keys() {
            let lower = key.to_ascii_lowercase();
            keys.push((key, by_key.get(&lower).copied().unwrap_or(key)));
            seen.insert(lower);
        }
        let more = right.keys().filter(|key| !seen.contains(&key.to_ascii_lowercase()));
        keys.extend(more.map(|key| (key, key)));
        for (mine, other) in keys {
            let sides = (left.get(mine), right.get(other));
            if sides.0 == sides.1 {
                continue;
            }
            let before = sides.0.and_then(|value| self.before.property(mine, value));
            let after = sides.1.and_then(|value| self.after.property(other, value));
            self.address.push(Leg::Member(mine.clone()));
            let is_text = tree::property_kind(mine).is_none();
            let label = property_label(action_type, mine);
            self.within(&label, |walk| walk.push(Change::Changed, before, after, is_text));
            self.address.pop();
        }
    }

    fn rows(&mut self, list: &Rows, mine: &[Value], other: &[Value]) {
        let left: HashMap<&str, &Value> = mine.iter().map(|row| (id(list, row), row)).collect();
        let right: HashMap<&str, &Value> = other.iter().map(|row| (id(list, row), row)).collect();
        let moved = if list.is_ordered { moved(list, mine, other) } else { HashSet::new() };
        for row in mine {
            let id = id(list, row);
            match right.get(id) {
                None => {
                    let said = self.before.row(list, row);
                    let name = self.before.row_name(list, row);
                    self.row(name, id, |walk| {
                        walk.push(Change::Removed, Some(said), None, false);
                    });
                }
                Some(partner) => {
                    let name = self.before.row_name(list, row);
                    self.row(name, id, |walk| {
                        if moved.contains(id) {
                            let before = walk.before.place(list, mine, id);
                            let after = walk.after.place(list, other, id);
                            walk.push(Change::Moved, Some(before), Some(after), false);
                        }
                        walk.partners(list, row, partner);
                    });
                }
            }
        }
        for row in other {
            let id = id(list, row);
            if !left.contains_key(id) {
                let said = self.after.row(list, row);
                let name = self.after.row_name(list, row);
                self.row(name, id, |walk| walk.push(Change::Added, None, Some(said), false));
            }
        }
    }

    fn row(&mut self, name: String, id: &str, walk: impl FnOnce(&mut Self)) {
        self.path.push(name);
        self.address.push(Leg::Row(id.to_owned()));
        walk(self);
        self.address.pop();
        self.path.pop();
    }

    fn partners(&mut self, list: &Rows, mine: &Value, other: &Value) {
        if mine == other {
            return;
        }
        let is_single = is_single_action(list, mine) && is_single_action(list, other);
        let start = self.found.len();
        self.record(list.row, mine, other);
        if is_single {
            self.flatten(start);
        }
    }

    /// A step of one action is one thing to people: its action is not named
    /// beside it, and what both say is said once.
    fn flatten(&mut self, start: usize) {
        let depth = self.path.len();
        let mut kept: Vec<Difference> = Vec::new();
        for mut one in self.found.split_off(start) {
            let is_of_action = one.places.iter().any(|place| {
                let inside = place.get(self.address.len());
                inside == Some(&Leg::Member("actions".to_owned()))
            });
            if is_of_action && one.path.len() > depth {
                one.path.remove(depth);
            }
            let twin = kept.iter_mut().find(|kept| {
                kept.path == one.path
                    && kept.change == one.change
                    && kept.before == one.before
                    && kept.after == one.after
            });
            match twin {
                Some(twin) => twin.places.append(&mut one.places),
                None => kept.push(one),
            }
        }
        self.found.append(&mut kept);
    }
}

impl Words {
    /// Where the row `id` stands among its neighbours, in words.
    fn place(&self, list: &Rows, among: &[Value], wanted: &str) -> String {
        let at = among.iter().position(|row| id(list, row) == wanted);
        match at.and_then(|at| among.get(at.checked_sub(1)?)) {
            Some(before) => format!("after {}", self.row_name(list, before)),
            None => "first".to_owned(),
        }
    }
}

/// The rows in both lists that stand in another order.
pub(super) fn moved<'v>(list: &Rows, mine: &'v [Value], other: &'v [Value]) -> HashSet<&'v str> {
    let position: HashMap<&str, usize> =
        other.iter().enumerate().map(|(at, row)| (id(list, row), at)).collect();
    let shared: Vec<(&str, usize)> = mine
        .iter()
        .filter_map(|row| Some((id(list, row), *position.get(id(list, row))?)))
        .collect();
    let order: Vec<usize> = shared.iter().map(|(_, at)| *at).collect();
    let moved = movers(&order);
    shared.iter().zip(moved).filter(|(_, moved)| *moved).map(|((id, _), _)| *id).collect()
}

/// Whether both lists hold the same, in whatever order.
fn same_set(mine: &Value, other: &Value) -> bool {
    if mine == other {
        return true;
    }
    let sorted = |side: &'_ Value| {
        let mut texts: Vec<String> =
            rows(side).iter().filter_map(|one| one.as_str().map(str::to_owned)).collect();
        texts.sort_unstable();
        texts
    };
    sorted(mine) == sorted(other)
}

/// What the ids of `kind` name in words, for messages.
pub(super) fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Environment => "environment",
        Kind::Lifecycle => "lifecycle",
        Kind::WorkerPool => "worker pool",
        Kind::Feed => "feed",
        Kind::Account => "account",
        Kind::Certificate => "certificate",
        Kind::Team => "team",
        Kind::Tenant => "tenant",
        Kind::TagSet => "tag set",
        Kind::Target => "target",
        Kind::LibrarySet => "library set",
        Kind::StepTemplate => "step template",
        Kind::Channel => "channel",
        Kind::Runbook => "runbook",
        Kind::Package => "package",
        Kind::Variable => "variable",
        Kind::Value => "value",
        Kind::Template => "variable template",
        Kind::Step => "step",
        Kind::Action => "action",
    }
}
