//! Which row of one design is which row of the other.
//!
//! The other design gets the ids of the first one wherever both mean the same
//! thing, so that all that follows goes by ids alone. Ids without a partner
//! stay, unless they are taken.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use super::shape::{By, Kind, ROW, Record, Rows, Shape};
use super::tree::{self, NOTHING, each_own, id, rows, text};
use crate::model::Slug;

/// The ids of the other design, by what they become.
type Renames = HashMap<(Kind, String), String>;

/// Gives `other` the ids of `mine`.
pub(super) fn align(mine: &mut Value, other: &mut Value) {
    let mut aligner = Aligner { renames: Renames::new(), actions: HashSet::new() };
    each_own(&tree::WHOLE, mine, &mut |kind, id| {
        if kind == Kind::Action {
            aligner.actions.insert(id.to_owned());
        }
    });
    aligner.pair(&tree::WHOLE, mine, other);
    aligner.refer(other);
    // Only now the scopes of both mean the same, so that values can be told by them.
    pair_values(&tree::WHOLE, mine, other);
    number(&tree::WHOLE, mine);
    number(&tree::WHOLE, other);
}

struct Aligner {
    renames: Renames,
    /// Ids of actions, which are unique in the design, as far as they are taken.
    actions: HashSet<String>,
}

impl Aligner {
    /// Finds partners by names, from the outside to the inside, and gives
    /// their ids to the rows of `other`.
    fn pair(&mut self, shape: &Shape, mine: &Value, other: &mut Value) {
        match (shape, other) {
            (Shape::Record(record) | Shape::Maybe(record), other) => {
                self.pair_members(record, mine, other);
            }
            (Shape::Rows(list), Value::Array(other)) => {
                if let Some(kind) = list.kind.filter(|kind| *kind != Kind::Value) {
                    self.pair_rows(list, kind, rows(mine), other);
                }
            }
            _ => {}
        }
    }

    fn pair_members(&mut self, record: &Record, mine: &Value, other: &mut Value) {
        let Value::Object(map) = other else { return };
        for member in record.members {
            if let Some(other) = map.get_mut(member.key) {
                self.pair(&member.shape, mine.get(member.key).unwrap_or(&NOTHING), other);
            }
        }
    }

    fn pair_rows(&mut self, list: &Rows, kind: Kind, mine: &[Value], other: &mut [Value]) {
        let partners = partners(list, mine, other);
        if kind == Kind::Step {
            self.pair_wandering(list, mine, other, &partners);
        }
        let mut taken: HashSet<String> = mine.iter().map(|row| id(list, row).to_owned()).collect();
        for (row, partner) in other.iter_mut().zip(partners) {
            let partner = partner.and_then(|at| mine.get(at));
            let old = (kind, id(list, row).to_owned());
            let new = match partner {
                Some(partner) => id(list, partner).to_owned(),
                None if kind == Kind::Action => match self.renames.get(&old) {
                    // It stood in another step before.
                    Some(id) => id.clone(),
                    None => free(&old.1, &mut self.actions),
                },
                None => free(&old.1, &mut taken),
            };
            set_id(list, row, new.clone());
            self.renames.insert(old, new);
            self.pair_members(list.row, partner.unwrap_or(&NOTHING), row);
        }
    }

    /// Actions that stand in another step than before.
    fn pair_wandering(
        &mut self,
        steps: &Rows,
        mine: &[Value],
        other: &[Value],
        partners: &[Option<usize>],
    ) {
        fn of(step: &Value) -> &[Value] {
            rows(step.get("actions").unwrap_or(&NOTHING))
        }
        let Some(actions) = steps.row.members.iter().find(|one| one.key == "actions") else {
            return;
        };
        let Shape::Rows(actions) = actions.shape else { return };
        let mut at_home = HashSet::new();
        let mut wanderers: Vec<&Value> = Vec::new();
        for (step, partner) in other.iter().zip(partners) {
            let before = partner.and_then(|at| mine.get(at)).map_or(&[][..], of);
            let inside = self::partners(actions, before, of(step));
            for (action, partner) in of(step).iter().zip(inside) {
                match partner.and_then(|at| before.get(at)) {
                    Some(partner) => {
                        at_home.insert(id(actions, partner));
                    }
                    None => wanderers.push(action),
                }
            }
        }
        let mut left: HashMap<String, &Value> = HashMap::new();
        for action in mine.iter().flat_map(of) {
            if !at_home.contains(id(actions, action)) {
                left.entry(slug(action)).or_insert(action);
            }
        }
        for action in wanderers {
            if let Some(partner) = left.remove(&slug(action)) {
                let old = (Kind::Action, id(actions, action).to_owned());
                self.renames.insert(old, id(actions, partner).to_owned());
            }
        }
    }

    /// Puts the new ids where the other design refers to them.
    fn refer(&self, other: &mut Value) {
        let mut key = (Kind::Environment, String::new());
        tree::each_reference(&tree::WHOLE, other, &mut |kind, id| {
            key.0 = kind;
            key.1.clear();
            key.1.push_str(id);
            if let Some(new) = self.renames.get(&key) {
                id.clone_from(new);
            }
        });
    }
}

/// Gives the values of `other` the ids of those that they correspond to.
fn pair_values(shape: &Shape, mine: &Value, other: &mut Value) {
    match (shape, other) {
        (Shape::Record(record) | Shape::Maybe(record), other) => {
            pair_values_in(record, mine, other);
        }
        (Shape::Rows(list), Value::Array(other)) => match list.kind {
            Some(Kind::Value) => rename_values(list, rows(mine), other),
            Some(_) => {
                let mine: HashMap<&str, &Value> =
                    rows(mine).iter().map(|row| (id(list, row), row)).collect();
                for row in other {
                    let mine = mine.get(id(list, row)).copied().unwrap_or(&NOTHING);
                    pair_values_in(list.row, mine, row);
                }
            }
            None => {}
        },
        _ => {}
    }
}

fn pair_values_in(record: &Record, mine: &Value, other: &mut Value) {
    let Value::Object(map) = other else { return };
    for member in record.members {
        if let Some(other) = map.get_mut(member.key) {
            pair_values(&member.shape, mine.get(member.key).unwrap_or(&NOTHING), other);
        }
    }
}

fn set_id(list: &Rows, row: &mut Value, id: String) {
    if let Value::Object(map) = row {
        map.insert(list.key().to_owned(), Value::String(id));
    }
}

fn rename_values(list: &Rows, mine: &[Value], other: &mut [Value]) {
    let partners = partners(list, mine, other);
    let mut taken: HashSet<String> = mine.iter().map(|row| id(list, row).to_owned()).collect();
    for (row, partner) in other.iter_mut().zip(partners) {
        let new = match partner.and_then(|at| mine.get(at)) {
            Some(partner) => id(list, partner).to_owned(),
            None => free(id(list, row), &mut taken),
        };
        set_id(list, row, new);
    }
}

/// `wanted`, or with a number where it is taken; taken from now on.
fn free(wanted: &str, taken: &mut HashSet<String>) -> String {
    let mut free = wanted.to_owned();
    let mut number = 1_u32;
    while taken.contains(&free) {
        number += 1;
        // Ids have at most 64 characters, all of them ASCII.
        let start = wanted.get(..wanted.len().min(53)).unwrap_or("row");
        free = format!("{start}-{number}");
    }
    taken.insert(free.clone());
    free
}

/// For each row of `other`, its partner among `mine`.
fn partners(list: &Rows, mine: &[Value], other: &[Value]) -> Vec<Option<usize>> {
    let mut found = vec![None; other.len()];
    let mut free: Vec<bool> = vec![true; mine.len()];
    for pass in passes(list.by) {
        let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, row) in mine.iter().enumerate().filter(|(at, _)| free[*at]) {
            if let Some(key) = pass(list, row) {
                waiting.entry(key).or_default().push_back(at);
            }
        }
        if waiting.is_empty() {
            continue;
        }
        for (row, partner) in other.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let at = pass(list, row).and_then(|key| waiting.get_mut(&key)?.pop_front());
            if let Some(at) = at {
                free[at] = false;
                *partner = Some(at);
            }
        }
    }
    found
}

/// What a row is told by in one pass; `None` takes it out of the pass.
type Pass = fn(&Rows, &Value) -> Option<String>;

fn passes(by: By) -> &'static [Pass] {
    match by {
        By::Slug => &[|_, row| Some(slug(row)), by_name, by_octopus_id, by_own_id],
        By::Name => &[by_name, by_octopus_id, by_own_id],
        By::Package => &[
            |_, row| Some([text(row, "packageId"), "\n", text(row, "feed")].concat()),
            |_, row| Some(text(row, "packageId").to_owned()),
            by_own_id,
        ],
        By::Scope => &[
            |_, row| Some([scope(row), content(row), rest(row)].concat()),
            |_, row| Some([scope(row), content(row)].concat()),
            |_, row| Some(scope(row)),
            |list, row| Some([id(list, row), "\n", &content(row)].concat()),
            |_, row| Some(content(row)),
            by_octopus_id,
            by_own_id,
        ],
        By::Members(_) => &[],
    }
}

fn by_name(_: &Rows, row: &Value) -> Option<String> {
    Some(text(row, "name").to_lowercase())
}

fn by_octopus_id(_: &Rows, row: &Value) -> Option<String> {
    Some(text(row, "octopusId")).filter(|id| !id.is_empty()).map(str::to_owned)
}

fn by_own_id(list: &Rows, row: &Value) -> Option<String> {
    Some(id(list, row).to_owned())
}

/// The slug of a row: its own, or the one made of its name, or its name.
fn slug(row: &Value) -> String {
    match text(row, "slug") {
        "" => {
            let name = text(row, "name");
            Slug::of(name).map_or_else(|| name.to_lowercase(), |slug| slug.to_string())
        }
        slug => slug.to_owned(),
    }
}

/// The scope of a value with its lists sorted, because their order says nothing.
pub(super) fn scope(row: &Value) -> String {
    let Some(Value::Object(scope)) = row.get("scope") else { return String::new() };
    let mut text = String::new();
    for (key, value) in scope {
        let mut items: Vec<String> = rows(value).iter().map(Value::to_string).collect();
        items.sort();
        text.push_str(key);
        text.push_str(&items.concat());
        text.push('\n');
    }
    text
}

fn content(row: &Value) -> String {
    row.get("content").map(Value::to_string).unwrap_or_default()
}

/// What a value says besides its scope and content.
fn rest(row: &Value) -> String {
    let of = |key: &str| row.get(key).map(Value::to_string).unwrap_or_default();
    [of("description"), of("prompt"), of("octopusId")].join("\n")
}

/// Numbers the rows that have no id by what they are told by.
fn number(shape: &Shape, value: &mut Value) {
    match shape {
        Shape::Record(record) | Shape::Maybe(record) => number_members(record.members, value),
        Shape::Choice(choice) => {
            let word = value.get(choice.tag).and_then(Value::as_str);
            if let Some(variant) = choice.variant(word) {
                number_members(variant.members, value);
            }
        }
        Shape::Rows(list) => {
            let Value::Array(rows) = value else { return };
            let mut seen: HashMap<String, u32> = HashMap::new();
            for row in rows {
                if let By::Members(keys) = list.by {
                    let key: String = keys.iter().map(|key| sorted(row.get(key))).collect();
                    let count = seen.entry(key.clone()).or_default();
                    *count += 1;
                    set_id(list, row, format!("{key}{count}"));
                }
                number_members(list.row.members, row);
            }
        }
        _ => {}
    }
}

fn sorted(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(items)) => {
            let mut items: Vec<String> = items.iter().map(Value::to_string).collect();
            items.sort();
            items.concat()
        }
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

fn number_members(members: &[super::shape::Member], value: &mut Value) {
    let Value::Object(map) = value else { return };
    for member in members {
        if let Some(value) = map.get_mut(member.key) {
            number(&member.shape, value);
        }
    }
    debug_assert!(map.get(ROW).is_none_or(Value::is_string));
}
