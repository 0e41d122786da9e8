//! A design as JSON, and the ids in it.

use serde_json::{Map, Value};

use super::shape::{Kind, ROW, Record, Rows, Shape};
use super::shapes;
use crate::catalog::{self, Refers};
use crate::model::Design;
use crate::record::Field;

/// Nothing, where a member is absent.
pub(super) static NOTHING: Value = Value::Null;

/// The design as JSON.
pub(super) fn of(design: &Design) -> Value {
    design.write()
}

/// The design of a tree that was compared.
pub(super) fn design(mut tree: Value) -> Option<Design> {
    strip(&mut tree);
    let mut reader = crate::record::Reader::new();
    Design::read(&tree, &mut reader)
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.shift_remove(ROW);
            map.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// The rows of a list; none where it is absent.
pub(super) fn rows(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The text of a member; empty where it is absent.
pub(super) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// What tells `row` from the others of its list.
pub(super) fn id<'v>(rows: &Rows, row: &'v Value) -> &'v str {
    text(row, rows.key())
}

/// Whether a text is an expression where an id could stand.
fn is_expression(text: &str) -> bool {
    text.contains("#{")
}

/// What the ids in the text of a property name, if they name anything.
pub(super) fn property_kind(key: &str) -> Option<Kind> {
    match catalog::refers(key) {
        Refers::Teams => Some(Kind::Team),
        Refers::Account => Some(Kind::Account),
        Refers::Feed => Some(Kind::Feed),
        Refers::StepTemplate => Some(Kind::StepTemplate),
        Refers::Nothing | Refers::Variable(_) | Refers::Project => None,
    }
}

/// Where in a process scope the runbook's id begins.
pub(super) const RUNBOOK: &str = "runbook/";

/// Calls `change` with every id that the value refers to, to change it in place.
pub(super) fn each_reference(
    shape: &Shape,
    value: &mut Value,
    change: &mut dyn FnMut(Kind, &mut String),
) {
    match (shape, value) {
        (Shape::Ref(kind), Value::String(id)) if !is_expression(id) => change(*kind, id),
        (Shape::Refs(kind), Value::Array(ids)) => {
            for id in ids {
                if let Value::String(id) = id {
                    change(*kind, id);
                }
            }
        }
        (Shape::Owners, Value::Array(owners)) => {
            for owner in owners {
                let Value::String(text) = owner else { continue };
                let Some(id) = text.strip_prefix(RUNBOOK) else { continue };
                let mut id = id.to_owned();
                change(Kind::Runbook, &mut id);
                *text = [RUNBOOK, &id].concat();
            }
        }
        (Shape::Record(record) | Shape::Maybe(record) | Shape::Scope(record), value) => {
            each_in_record(record, value, change);
        }
        (Shape::Choice(choice), value) => {
            let Some(variant) = choice.variant(value.get(choice.tag).and_then(Value::as_str))
            else {
                return;
            };
            each_in_members(variant.members, value, change);
        }
        (Shape::Rows(rows), Value::Array(items)) => {
            for item in items {
                each_in_record(rows.row, item, change);
            }
        }
        (Shape::Properties, Value::Object(map)) => each_in_properties(map, change),
        _ => {}
    }
}

fn each_in_record(record: &Record, value: &mut Value, change: &mut dyn FnMut(Kind, &mut String)) {
    each_in_members(record.members, value, change);
}

fn each_in_members(
    members: &[super::shape::Member],
    value: &mut Value,
    change: &mut dyn FnMut(Kind, &mut String),
) {
    let Value::Object(map) = value else { return };
    for member in members {
        if let Some(value) = map.get_mut(member.key) {
            each_reference(&member.shape, value, change);
        }
    }
}

fn each_in_properties(map: &mut Map<String, Value>, change: &mut dyn FnMut(Kind, &mut String)) {
    for (key, value) in map {
        let Value::String(text) = value else { continue };
        if text.is_empty() || is_expression(text) {
            continue;
        }
        let Some(kind) = property_kind(key) else { continue };
        let ids: Vec<_> = text
            .split(',')
            .map(|id| {
                let mut id = id.trim().to_owned();
                change(kind, &mut id);
                id
            })
            .collect();
        *text = ids.join(",");
    }
}

/// Calls `found` with every id that a row of the value has as its own.
pub(super) fn each_own(shape: &Shape, value: &Value, found: &mut dyn FnMut(Kind, &str)) {
    match shape {
        Shape::Record(record) | Shape::Maybe(record) => {
            for member in record.members {
                each_own(&member.shape, value.get(member.key).unwrap_or(&NOTHING), found);
            }
        }
        Shape::Rows(list) => {
            for row in rows(value) {
                each_own_of_row(list, row, found);
            }
        }
        _ => {}
    }
}

/// The same of one row, its own id included.
pub(super) fn each_own_of_row(rows: &Rows, row: &Value, found: &mut dyn FnMut(Kind, &str)) {
    if let Some(kind) = rows.kind {
        found(kind, id(rows, row));
    }
    each_own(&Shape::Record(rows.row), row, found);
}

/// The shape of a whole design.
pub(super) const WHOLE: Shape = Shape::Record(&shapes::DESIGN);
