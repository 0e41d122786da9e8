//! What a document wrote in another way than Pulpo writes it: `null` for
//! nothing, members that Octopus makes itself, keys in another case.
//!
//! Whatever a reader takes in is written once, compared with what was read, and
//! the difference is kept with the record: for each member what Pulpo writes
//! and what stood there. Writing again puts back what stood there wherever
//! Pulpo still writes the same, so what was not edited comes out as it was, and
//! what was edited comes out edited.
//!
//! Never: a secret; readers take those out of a document before all else.

use serde_json::{Map, Value, json};

use crate::record::{AS_READ, Extra};

/// What Pulpo writes in a member.
const WRITTEN: &str = "written";
/// What was read there.
const READ: &str = "read";
/// Differences within a member that is an object.
const WITHIN: &str = "within";

/// The members of `read` that `written` has otherwise; `None` where all are
/// equal. Lists called as in `skip` have records of their own.
fn keep(read: &Value, written: &Value, skip: &[&str]) -> Option<Value> {
    let (Value::Object(read), Value::Object(written)) = (read, written) else { return None };
    let mut kept = Map::new();
    let keys = read.keys().chain(written.keys().filter(|key| !read.contains_key(*key)));
    for key in keys {
        let (was, is) = (written.get(key), read.get(key));
        let are_lists = matches!((was, is), (Some(Value::Array(_)), Some(Value::Array(_))));
        if was == is || (are_lists && skip.contains(&key.as_str())) {
            continue;
        }
        let difference = match (was, is) {
            (Some(was @ Value::Object(_)), Some(is @ Value::Object(_))) => {
                keep(is, was, &[]).map(|within| json!({ WITHIN: within }))
            }
            _ => {
                let mut leaf = Map::new();
                leaf.extend(was.map(|was| (WRITTEN.to_owned(), was.clone())));
                leaf.extend(is.map(|is| (READ.to_owned(), is.clone())));
                Some(Value::Object(leaf))
            }
        };
        kept.extend(difference.map(|difference| (key.clone(), difference)));
    }
    (!kept.is_empty()).then_some(Value::Object(kept))
}

/// Keeps the differences with a record.
pub fn remember(extra: &mut Extra, read: &Value, written: &Value, skip: &[&str]) {
    remember_as(AS_READ, extra, read, written, skip);
}

/// [`remember`] under another name, for records that stand in two documents.
pub fn remember_as(name: &str, extra: &mut Extra, read: &Value, written: &Value, skip: &[&str]) {
    if let Some(kept) = keep(read, written, skip) {
        extra.set(name, kept);
    }
}

/// Puts back what was read into what Pulpo writes; `name` is the one under
/// which it was remembered.
pub fn apply(name: &str, body: &mut Map<String, Value>, extra: &Extra) {
    if let Some(Value::Object(kept)) = extra.get(name) {
        put_back(body, kept);
    }
}

fn put_back(body: &mut Map<String, Value>, kept: &Map<String, Value>) {
    for (key, difference) in kept {
        if let Some(Value::Object(within)) = difference.get(WITHIN) {
            if let Some(Value::Object(inner)) = body.get_mut(key) {
                put_back(inner, within);
            }
        } else if difference.get(WRITTEN) == body.get(key) {
            match difference.get(READ) {
                Some(read) => body.insert(key.clone(), read.clone()),
                None => body.shift_remove(key),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(read: Value, written: Value, edited: Value, expected: Value) {
        let mut extra = Extra::default();
        remember(&mut extra, &read, &written, &[]);
        for (body, expected) in [(written, read), (edited, expected)] {
            let Value::Object(mut body) = body else { panic!("an object") };
            apply(AS_READ, &mut body, &extra);
            assert_eq!(Value::Object(body), expected);
        }
    }

    #[test]
    fn what_was_not_edited_comes_out_as_it_was() {
        check(
            json!({ "A": null, "B": { "x": 1, "Y": "" }, "D": [1] }),
            json!({ "A": "", "B": { "x": "1" }, "C": [], "D": [1] }),
            json!({ "A": "edited", "B": { "x": "1" }, "C": [2], "D": [] }),
            json!({ "A": "edited", "B": { "x": 1, "Y": "" }, "C": [2], "D": [] }),
        );
    }
}
