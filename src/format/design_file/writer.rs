//! Writes the same design over and over: rows that were written before are
//! taken as they were, so that what an edit did not touch costs nothing.
//!
//! Invariant: gives the very bytes of [`super::write`].

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::write_value;
use crate::model::{Design, Step, Variable};
use crate::record::{Field, Table};

/// How deep the rows of each table stand in the file.
const VARIABLE: usize = 3;
const SHARED_VARIABLE: usize = 5;
const STEP: usize = 4;

/// What was written before.
#[derive(Debug, Default)]
pub struct Writer {
    rows: HashMap<(usize, usize), Written>,
    /// Counts the texts, to tell which rows are gone.
    turn: u32,
}

/// A row's text; the row is held so that no other gets its address.
#[derive(Debug)]
struct Written {
    _row: Row,
    text: String,
    turn: u32,
}

#[derive(Debug, Clone)]
enum Row {
    Variable(Arc<Variable>),
    Step(Arc<Step>),
}

impl Row {
    fn address(&self) -> usize {
        match self {
            Self::Variable(row) => Arc::as_ptr(row).addr(),
            Self::Step(row) => Arc::as_ptr(row).addr(),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Variable(row) => row.write(),
            Self::Step(row) => row.write(),
        }
    }
}

impl Writer {
    /// The design file's text; see [`super::write`].
    pub fn write(&mut self, design: &Design) -> String {
        self.prepare(design, || false);
        self.turn = self.turn.wrapping_add(1);
        let mut out = Out { writer: self, text: String::new() };
        out.design(design);
        let text = out.text;
        let turn = self.turn;
        self.rows.retain(|_, written| written.turn == turn);
        text
    }

    /// Writes rows until `is_time` says so; says whether all are written, so
    /// that [`Writer::write`] has little left to do.
    pub fn prepare(&mut self, design: &Design, mut is_time: impl FnMut() -> bool) -> bool {
        let project = &design.project;
        let own = project.variables.iter().map(|row| (Row::Variable(Arc::clone(row)), VARIABLE));
        let sets = design.space.library_sets.iter().flat_map(|set| set.variables.iter());
        let sets = sets.map(|row| (Row::Variable(Arc::clone(row)), SHARED_VARIABLE));
        let steps = project.process.steps.iter().map(|row| (Row::Step(Arc::clone(row)), STEP));
        for (row, depth) in own.chain(sets).chain(steps) {
            let key = (row.address(), depth);
            if self.rows.contains_key(&key) {
                continue;
            }
            if is_time() {
                return false;
            }
            let mut text = String::new();
            push(&row.write(), depth, &mut text);
            self.rows.insert(key, Written { _row: row, text, turn: self.turn });
        }
        true
    }
}

/// What each member of an object is written by; by itself where that says no.
type Special<'s, 'w> = &'s mut dyn FnMut(&mut Out<'w>, &str, &Value) -> bool;

struct Out<'w> {
    writer: &'w mut Writer,
    text: String,
}

impl<'w> Out<'w> {
    fn design(&mut self, design: &Design) {
        let lean = write_value(&lean(design));
        self.members(&lean, 0, &mut |out, key, value| match key {
            "space" => out.members(value, 1, &mut |out, key, value| {
                key == "librarySets" && out.sets(value, design)
            }),
            "project" => out.members(value, 1, &mut |out, key, value| match key {
                "variables" => out.rows(&design.project.variables, VARIABLE, Row::Variable),
                "process" => out.members(value, 2, &mut |out, key, _| {
                    key == "steps" && out.rows(&design.project.process.steps, STEP, Row::Step)
                }),
                _ => false,
            }),
            _ => false,
        });
        self.text.push('\n');
    }

    fn sets(&mut self, value: &Value, design: &Design) -> bool {
        let Some(items) = value.as_array().filter(|items| !items.is_empty()) else { return false };
        self.text.push('[');
        for (at, (item, set)) in items.iter().zip(design.space.library_sets.iter()).enumerate() {
            self.next_line(at, 3);
            let is_done = self.members(item, 3, &mut |out, key, _| {
                key == "variables" && out.rows(&set.variables, SHARED_VARIABLE, Row::Variable)
            });
            if !is_done {
                push(item, 3, &mut self.text);
            }
        }
        self.close(2, ']');
        true
    }

    /// An object whose members stand one deeper than `depth`; no for anything else.
    fn members(&mut self, value: &Value, depth: usize, special: Special<'_, 'w>) -> bool {
        let Some(map) = value.as_object().filter(|map: &&Map<_, _>| !map.is_empty()) else {
            return false;
        };
        self.text.push('{');
        for (at, (key, value)) in map.iter().enumerate() {
            self.next_line(at, depth + 1);
            push(&Value::from(key.as_str()), 0, &mut self.text);
            self.text.push_str(": ");
            if !special(self, key, value) {
                push(value, depth + 1, &mut self.text);
            }
        }
        self.close(depth, '}');
        true
    }

    fn rows<T>(&mut self, table: &Table<T>, depth: usize, row: fn(Arc<T>) -> Row) -> bool {
        if table.is_empty() {
            return false;
        }
        self.text.push('[');
        for (at, one) in table.iter().enumerate() {
            self.next_line(at, depth);
            let row = row(Arc::clone(one));
            if let Some(written) = self.writer.rows.get_mut(&(row.address(), depth)) {
                written.turn = self.writer.turn;
                self.text.push_str(&written.text);
            } else {
                push(&row.write(), depth, &mut self.text);
            }
        }
        self.close(depth - 1, ']');
        true
    }

    fn next_line(&mut self, at: usize, depth: usize) {
        self.text.push_str(if at == 0 { "\n" } else { ",\n" });
        indent(depth, &mut self.text);
    }

    fn close(&mut self, depth: usize, end: char) {
        self.text.push('\n');
        indent(depth, &mut self.text);
        self.text.push(end);
    }
}

/// The design with only the first row of the large tables, so that their
/// members are there.
fn lean(design: &Design) -> Design {
    fn first<T: crate::record::Entity + Clone>(table: &Table<T>) -> Table<T> {
        table.iter().take(1).map(|row| (**row).clone()).collect()
    }
    let mut lean = design.clone();
    lean.project.variables = first(&design.project.variables);
    lean.project.process.steps = first(&design.project.process.steps);
    lean.space.library_sets.update_each(|set| {
        let mut set = set.clone();
        set.variables = first(&set.variables);
        Some(set)
    });
    lean
}

fn indent(depth: usize, text: &mut String) {
    for _ in 0..depth {
        text.push_str("  ");
    }
}

/// A value in serde_json's pretty form, its lines indented as at `depth`.
fn push(value: &Value, depth: usize, text: &mut String) {
    // Line breaks in texts are escaped, so each one here is of the form.
    let pretty = format!("{value:#}");
    for (at, line) in pretty.split('\n').enumerate() {
        if at > 0 {
            text.push('\n');
            indent(depth, text);
        }
        text.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::format::design_file::{read, write};
    use crate::generate::{Size, large};
    use crate::model::VariableContent;

    fn small() -> Design {
        large(Size { environments: 4, variables: 40, values: 120, steps: 12 })
    }

    #[test]
    fn gives_the_very_bytes_of_a_whole_text() {
        let mut writer = Writer::default();
        for design in [Design::default(), small(), Design::default()] {
            assert_eq!(writer.write(&design), write(&design));
        }
        let files = concat!(env!("CARGO_MANIFEST_DIR"), "/public/samples");
        let mut count = 0;
        for file in std::fs::read_dir(files).expect("samples") {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("a text");
            if let Some(design) = read(&text).design {
                assert_eq!(writer.write(&design), write(&design), "{}", path.display());
                count += 1;
            }
        }
        assert!(count > 2, "{count} samples");
    }

    #[test]
    fn writes_again_only_what_changed() {
        let mut writer = Writer::default();
        let design = small();
        let mut count = 0;
        assert!(writer.prepare(&design, || {
            count += 1;
            false
        }));
        assert_eq!(count, 52);
        writer.write(&design);
        let id = design.project.variables.nth(3).expect("a variable").id.clone();
        let edit = Edit::new("change", move |design| {
            design.project.variables.update(&id, |one| {
                one.values.update_nth(0, |value| value.content = VariableContent::text("a\n\"b\""));
            });
            Ok(())
        });
        let after = edit.apply(&design).expect("it is changed");
        count = 0;
        writer.prepare(&after, || {
            count += 1;
            false
        });
        assert_eq!(count, 1, "one row");
        assert_eq!(writer.write(&after), write(&after));
        assert_eq!(writer.rows.len(), 52, "rows that are gone are let go");
        assert!(!writer.prepare(&design, || true), "it stops when it is time");
    }
}
