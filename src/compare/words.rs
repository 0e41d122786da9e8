//! Values of a design in words: names for ids, labels for words.

use std::collections::HashMap;

use serde_json::Value;

use super::shape::{By, Kind, Member, Rows, Shape};
use super::tree::{self, NOTHING, RUNBOOK, id, rows, text};
use crate::catalog;

/// The words of one design.
pub(super) struct Words {
    names: HashMap<(Kind, String), String>,
}

impl Words {
    /// The words of the design of `tree`.
    pub(super) fn of(tree: &Value) -> Self {
        let mut names = HashMap::new();
        collect(&tree::WHOLE, tree, &mut names);
        Self { names }
    }

    fn name(&self, kind: Kind, id: &str) -> String {
        let known = self.names.get(&(kind, id.to_owned()));
        known.map_or_else(|| id.to_owned(), Clone::clone)
    }

    /// The value in words; `None` where it says nothing.
    pub(super) fn value(&self, shape: &Shape, value: &Value) -> Option<String> {
        let text = match shape {
            Shape::Id | Shape::Rows(_) => String::new(),
            Shape::Known | Shape::Plain | Shape::Text => plain(value),
            Shape::Type => catalog::type_name(value.as_str().unwrap_or_default()).to_owned(),
            Shape::Flag => if value.as_bool() == Some(true) { "Yes" } else { "No" }.to_owned(),
            Shape::Word(label) => {
                let word = value.as_str().unwrap_or_default();
                let label = label(word);
                if label.is_empty() { word } else { label }.to_owned()
            }
            Shape::Ref(kind) => value.as_str().map(|id| self.name(*kind, id)).unwrap_or_default(),
            Shape::Refs(kind) => list(rows(value), |id| self.name(*kind, id)),
            Shape::Texts | Shape::List => list(rows(value), str::to_owned),
            Shape::Owners => list(rows(value), |owner| match owner.strip_prefix(RUNBOOK) {
                Some(id) => format!("runbook {}", self.name(Kind::Runbook, id)),
                None => "deployment process".to_owned(),
            }),
            Shape::Record(record) | Shape::Maybe(record) => self.members(record.members, value),
            Shape::Scope(record) => self.scope(record.members, value),
            Shape::Choice(choice) => {
                let variant = choice.variant(value.get(choice.tag).and_then(Value::as_str))?;
                let rest = self.members(variant.members, value);
                match (variant.label, rest.as_str()) {
                    (label, "") => label.to_owned(),
                    ("", rest) => rest.to_owned(),
                    (label, rest) => format!("{label}: {rest}"),
                }
            }
            Shape::Properties => {
                let mut lines = Vec::new();
                self.properties(value, None, &mut lines);
                lines.join("\n")
            }
        };
        (!text.is_empty()).then_some(text)
    }

    /// Members that say something, in one line.
    fn members(&self, members: &[Member], value: &Value) -> String {
        let mut parts = Vec::new();
        for member in members {
            let Some(value) = value.get(member.key) else { continue };
            if let Shape::Flag = member.shape {
                parts.push(member.label.to_owned());
            } else if let Shape::Rows(list) = member.shape {
                parts.extend(rows(value).iter().map(|row| self.row_name(list, row)));
            } else if let Some(text) = self.value(&member.shape, value) {
                let label = member.label;
                parts.push(if label.is_empty() { text } else { format!("{label} {text}") });
            }
        }
        parts.join(", ")
    }

    fn scope(&self, members: &[Member], value: &Value) -> String {
        let mut parts = Vec::new();
        for member in members {
            let dimension = value.get(member.key).and_then(|one| self.value(&member.shape, one));
            if let Some(text) = dimension {
                let label = member.label;
                parts.push(if label.is_empty() { text } else { format!("{label} {text}") });
            }
        }
        if parts.is_empty() { "everywhere".to_owned() } else { parts.join("; ") }
    }

    /// What a person calls a row.
    pub(super) fn row_name(&self, list: &Rows, row: &Value) -> String {
        let name = match list.by {
            By::Package => text(row, "packageId").to_owned(),
            By::Scope => {
                let scope = list.row.members.iter().find(|member| member.key == "scope");
                let of_row = row.get("scope").unwrap_or(&NOTHING);
                scope.and_then(|member| self.value(&member.shape, of_row)).unwrap_or_default()
            }
            By::Members(keys) => {
                let members = list.row.members.iter().filter(|one| keys.contains(&one.key));
                let words = members.filter_map(|one| self.value(&one.shape, row.get(one.key)?));
                let words: Vec<_> = words.collect();
                if words.is_empty() { "(primary)".to_owned() } else { words.join(" in ") }
            }
            By::Slug | By::Name => text(row, "name").to_owned(),
        };
        match (list.noun, list.by) {
            ("", _) => name,
            (_, By::Scope) if name == "everywhere" => name,
            (noun, _) => format!("{noun} {name}"),
        }
    }

    /// All that a row says besides its name, a line each.
    pub(super) fn row(&self, list: &Rows, row: &Value) -> String {
        let mut lines = Vec::new();
        self.row_lines(list, row, &mut lines);
        match lines.as_slice() {
            [Line { text, depth: 0, is_main: true, .. }] => text.clone(),
            lines => lines.iter().map(Line::written).collect::<Vec<_>>().join("\n"),
        }
    }

    fn row_lines(&self, list: &Rows, row: &Value, lines: &mut Vec<Line>) {
        let is_name = |member: &Member| match list.by {
            By::Members(keys) => keys.contains(&member.key),
            By::Scope => member.key == "scope",
            By::Package => member.key == "packageId",
            By::Slug | By::Name => member.key == "name",
        };
        let others = list.row.members.iter().filter(|one| !is_name(one));
        let mut is_main = true;
        for member in others.filter(|one| !matches!(one.shape, Shape::Id)) {
            let start = lines.len();
            if let Some(value) = row.get(member.key) {
                self.member_lines(list, row, member, value, lines);
            }
            if let Some(line) = lines.get_mut(start) {
                line.is_main = is_main;
            }
            is_main = false;
        }
    }

    fn member_lines(
        &self,
        list: &Rows,
        row: &Value,
        member: &Member,
        value: &Value,
        lines: &mut Vec<Line>,
    ) {
        match &member.shape {
            Shape::Id | Shape::Known => {}
            Shape::Record(record) if member.label.is_empty() => {
                self.all_lines(list, row, record.members, value, lines);
            }
            Shape::Choice(choice) if member.label.is_empty() => {
                let word = value.get(choice.tag).and_then(Value::as_str);
                let Some(variant) = choice.variant(word) else { return };
                if !variant.label.is_empty() {
                    lines.push(Line::new("", variant.label.to_owned()));
                }
                self.all_lines(list, row, variant.members, value, lines);
            }
            Shape::Rows(inner) => {
                let is_single = is_single_action(list, row);
                for child in rows(value) {
                    if is_single && inner.kind == Some(Kind::Action) {
                        self.row_lines(inner, child, lines);
                    } else {
                        let mut below = Vec::new();
                        self.row_lines(inner, child, &mut below);
                        nest(self.row_name(inner, child), below, lines);
                    }
                }
            }
            Shape::Properties => {
                let mut texts = Vec::new();
                self.properties(value, action_type(row), &mut texts);
                // What is empty says nothing to who reads all of a row.
                texts.retain(|text| !text.ends_with(": "));
                lines.extend(texts.into_iter().map(|text| Line::new("", text)));
            }
            shape => {
                let text = self.value(shape, value);
                lines.extend(text.map(|text| Line::new(member.label, text)));
            }
        }
    }

    fn all_lines(
        &self,
        list: &Rows,
        row: &Value,
        members: &[Member],
        value: &Value,
        lines: &mut Vec<Line>,
    ) {
        for member in members {
            if let Some(value) = value.get(member.key) {
                self.member_lines(list, row, member, value, lines);
            }
        }
    }

    fn properties(&self, value: &Value, action_type: Option<&str>, lines: &mut Vec<String>) {
        let Value::Object(map) = value else { return };
        for (key, value) in map {
            let text = self.property(key, value).unwrap_or_default();
            lines.push(format!("{}: {text}", property_label(action_type, key)));
        }
    }

    /// The value of a property in words.
    pub(super) fn property(&self, key: &str, value: &Value) -> Option<String> {
        match (value, tree::property_kind(key)) {
            (Value::Object(map), _) => {
                let is_set = map.get("HasValue").and_then(Value::as_bool).unwrap_or_default();
                Some(if is_set { "A secret, set" } else { "A secret, not set" }.to_owned())
            }
            (Value::String(text), Some(kind)) if !text.contains("#{") => {
                let names: Vec<_> = text.split(',').map(|id| self.name(kind, id.trim())).collect();
                Some(names.join(", "))
            }
            (value, _) => Some(plain(value)),
        }
        .filter(|text| !text.is_empty())
    }
}

/// One line of what a row says.
struct Line {
    label: String,
    text: String,
    depth: usize,
    /// Whether it is what the row is there for.
    is_main: bool,
}

impl Line {
    fn new(label: &str, text: String) -> Self {
        Self { label: label.to_owned(), text, depth: 0, is_main: false }
    }

    fn written(&self) -> String {
        let indent = "  ".repeat(self.depth);
        let text = self.text.trim_end_matches('\n');
        let text = if text.contains('\n') {
            // A text of several lines stands below its label.
            let lines: Vec<_> = text.lines().map(|line| format!("{indent}  {line}")).collect();
            format!("\n{}", lines.join("\n"))
        } else {
            format!(" {text}")
        };
        match self.label.as_str() {
            "" => [indent.as_str(), text.trim_start()].concat(),
            label => [indent.as_str(), label, ":", &text].concat(),
        }
    }
}

/// Puts what a row says below its name, or beside it where it is one thing.
fn nest(name: String, mut below: Vec<Line>, lines: &mut Vec<Line>) {
    match below.as_mut_slice() {
        [only] if only.is_main && only.depth == 0 && !only.text.contains('\n') => {
            only.label = name;
        }
        [] => lines.push(Line::new("", name)),
        more => {
            more.iter_mut().for_each(|line| line.depth += 1);
            lines.push(Line::new("", format!("{name}:")));
        }
    }
    lines.append(&mut below);
}

/// Whether the row is a step of one action, which people take for one thing.
pub(super) fn is_single_action(list: &Rows, row: &Value) -> bool {
    list.kind == Some(Kind::Step) && rows(row.get("actions").unwrap_or(&NOTHING)).len() == 1
}

/// The type of the action that `row` is; none for other rows.
pub(super) fn action_type(row: &Value) -> Option<&str> {
    row.get("does").and_then(|does| does.get("type")).or_else(|| row.get("actionType"))?.as_str()
}

/// The form's label of a property; its key where no form has it.
pub(super) fn property_label(action_type: Option<&str>, key: &str) -> String {
    let own = action_type.and_then(catalog::action_type).and_then(|info| info.property(key));
    let shared = || catalog::COMMON.iter().find(|one| one.is(key));
    own.or_else(shared).map_or(key, |one| one.label).to_owned()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => list(items, str::to_owned),
        other => other.to_string(),
    }
}

fn list(items: &[Value], word: impl Fn(&str) -> String) -> String {
    let words: Vec<_> = items.iter().filter_map(Value::as_str).map(word).collect();
    words.join(", ")
}

fn collect(shape: &Shape, value: &Value, names: &mut HashMap<(Kind, String), String>) {
    match shape {
        Shape::Record(record) | Shape::Maybe(record) => {
            for member in record.members {
                collect(&member.shape, value.get(member.key).unwrap_or(&NOTHING), names);
            }
        }
        Shape::Rows(list) => {
            for row in rows(value) {
                let name = if list.by == By::Package { "packageId" } else { "name" };
                if let Some(kind) = list.kind.filter(|kind| *kind != Kind::Value) {
                    let key = (kind, id(list, row).to_owned());
                    names.entry(key).or_insert_with(|| text(row, name).to_owned());
                    collect(&Shape::Record(list.row), row, names);
                }
            }
        }
        _ => {}
    }
}
