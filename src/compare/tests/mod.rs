//! Laws and examples.

mod examples;
mod laws;
mod taking;
mod whole;

use super::*;
use crate::format::design_file;

pub(super) fn sample(name: &str) -> Design {
    let path = format!("{}/public/samples/{name}.pulpo.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a sample");
    design_file::read(&text).design.expect("it reads")
}

/// The design with every id of Pulpo's replaced by another one.
pub(super) fn with_other_ids(design: &Design) -> Design {
    let mut tree = tree::of(design);
    let other = |id: &str| format!("x-{id}-y");
    let mut own = std::collections::HashSet::new();
    tree::each_own(&tree::WHOLE, &tree, &mut |kind, id| {
        own.insert((kind, id.to_owned()));
    });
    tree::each_reference(&tree::WHOLE, &mut tree, &mut |kind, id| {
        if own.contains(&(kind, id.clone())) {
            *id = other(id);
        }
    });
    replace(&tree::WHOLE, &mut tree, &other);
    tree::design(tree).expect("still a design")
}

fn replace(shape: &shape::Shape, value: &mut Value, other: &dyn Fn(&str) -> String) {
    use shape::Shape;
    match (shape, value) {
        (Shape::Record(record) | Shape::Maybe(record), Value::Object(map)) => {
            for member in record.members {
                if let Some(value) = map.get_mut(member.key) {
                    replace(&member.shape, value, other);
                }
            }
        }
        (Shape::Rows(list), Value::Array(rows)) => {
            for row in rows {
                let id = tree::id(list, row).to_owned();
                if let (Value::Object(map), Some(_)) = (&mut *row, list.kind) {
                    map.insert(list.key().to_owned(), Value::String(other(&id)));
                }
                replace(&Shape::Record(list.row), row, other);
            }
        }
        _ => {}
    }
}
