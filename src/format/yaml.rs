//! YAML texts from anywhere, as values with places.
//!
//! Bounded in size, depth and in what aliases unfold to, so that a small file
//! can't become a large tree. Scalars follow YAML 1.2's core schema; a plain
//! number is a number only if it is written again by the same letters.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Value};

use crate::base::{Finding, LineColumn, Place};
use crate::record::write_member;

/// The largest text that is read, in bytes.
pub const LARGEST: usize = 1024 * 1024;
/// The most values, aliases unfolded.
const MOST_VALUES: usize = 200_000;
/// The deepest nesting.
const DEEPEST: usize = 64;
/// The longest path whose place is remembered, in bytes.
const LONGEST_PATH: usize = 400;

/// What was read: the first document of the text.
#[derive(Debug, Default)]
pub struct Yaml {
    /// As JSON; a key that is no text is its text.
    pub value: Value,
    /// Where values stand, by their JSON paths.
    pub places: HashMap<String, LineColumn>,
    /// What there is to say.
    pub findings: Vec<Finding>,
}

impl Yaml {
    /// The place of a JSON path.
    #[must_use]
    pub fn place(&self, path: &str) -> Place {
        let position = self.places.get(path).copied();
        Place { position, path: Some(path.to_owned()), file: None }
    }
}

/// A list or a map under construction.
struct Open {
    value: Value,
    /// The key that waits for its value.
    key: Option<String>,
    anchor: usize,
    /// How many values it holds so far.
    count: usize,
    /// The length of the path to it.
    path: usize,
}

struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, (Value, usize)>,
    values: usize,
    path: String,
    done: Option<Value>,
    yaml: Yaml,
}

/// Reads a YAML text.
///
/// # Errors
/// Says what is wrong with it, with the place.
pub fn parse(text: &str) -> Result<Yaml, Box<Finding>> {
    if text.len() > LARGEST {
        let what = format!("The file is too large; YAML is read up to {} MiB.", LARGEST >> 20);
        let finding = Finding::error("import/too-large", Place::default(), what)
            .because("No file of Pulumi's comes near that size.")
            .do_this("Check that this is the file you meant.");
        return Err(Box::new(finding));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = Builder {
        open: Vec::new(),
        anchors: HashMap::new(),
        values: 0,
        path: "$".to_owned(),
        done: None,
        yaml: Yaml::default(),
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let place = Place::position(position(error.marker().line(), error.marker().col()));
            let finding = Finding::error("import/not-yaml", place, "The file is not YAML here.");
            Box::new(finding.because(format!("The YAML reader says: {}.", error.info())))
        })?;
        if builder.done.is_some() {
            if matches!(event, Event::DocumentStart(_)) {
                let place = Place::position(at(span));
                let what = "A second document starts here; only the first is read.";
                builder.yaml.findings.push(Finding::warning("import/documents", place, what));
                break;
            }
            continue;
        }
        builder.take(event, span)?;
    }
    builder.yaml.value = builder.done.unwrap_or_default();
    Ok(builder.yaml)
}

fn position(line: usize, column: usize) -> LineColumn {
    LineColumn {
        line: u32::try_from(line).unwrap_or(u32::MAX).max(1),
        column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1),
    }
}

fn at(span: Span) -> LineColumn {
    position(span.start.line(), span.start.col())
}

impl Builder {
    fn take(&mut self, event: Event, span: Span) -> Result<(), Box<Finding>> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                if self.is_key() {
                    return self.key(&text, span);
                }
                let value = if is_plain { plain(&text) } else { Value::from(text.as_ref()) };
                if anchor > 0 {
                    self.anchors.insert(anchor, (value.clone(), 1));
                }
                self.value(value, 1, span)
            }
            Event::Alias(anchor) => {
                let Some((value, count)) = self.anchors.get(&anchor).cloned() else {
                    return Err(refuse(span, "This alias names nothing before it."));
                };
                if self.is_key() {
                    return self.key(value.as_str().unwrap_or_default(), span);
                }
                self.value(value, count, span)
            }
            Event::SequenceStart(anchor, _) => self.start(Value::Array(Vec::new()), anchor, span),
            Event::MappingStart(anchor, _) => self.start(Value::Object(Map::new()), anchor, span),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                self.path.truncate(open.path);
                if open.anchor > 0 {
                    self.anchors.insert(open.anchor, (open.value.clone(), open.count));
                }
                self.put(open.value, open.count);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Whether a map waits for a key.
    fn is_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.value.is_object() && open.key.is_none())
    }

    fn key(&mut self, text: &str, span: Span) -> Result<(), Box<Finding>> {
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        if open.value.get(text).is_some() {
            let what = format!("The key \"{text}\" stands twice; the later one counts.");
            let place = Place::position(at(span));
            self.yaml.findings.push(Finding::warning("import/key-twice", place, what));
        }
        open.key = Some(text.to_owned());
        self.count(1, span)
    }

    fn count(&mut self, more: usize, span: Span) -> Result<(), Box<Finding>> {
        self.values = self.values.saturating_add(more);
        if self.values > MOST_VALUES {
            return Err(refuse(span, "The file holds, with its aliases, too many values."));
        }
        Ok(())
    }

    fn start(&mut self, value: Value, anchor: usize, span: Span) -> Result<(), Box<Finding>> {
        if self.is_key() {
            return Err(refuse(span, "A key must be a text."));
        }
        if self.open.len() >= DEEPEST {
            return Err(refuse(span, "The file nests values too deep."));
        }
        self.count(1, span)?;
        let path = self.path.len();
        self.enter(span);
        self.open.push(Open { value, key: None, anchor, count: 1, path });
        Ok(())
    }

    /// Goes to the place of the next value.
    fn enter(&mut self, span: Span) {
        match self.open.last() {
            Some(Open { value: Value::Array(items), .. }) => {
                self.path.push_str(&format!("[{}]", items.len()));
            }
            Some(Open { key: Some(key), .. }) => write_member(&mut self.path, key),
            _ => {}
        }
        // A long key would stand in the path of everything below it.
        if self.path.len() < LONGEST_PATH {
            self.yaml.places.insert(self.path.clone(), at(span));
        }
    }

    fn value(&mut self, value: Value, count: usize, span: Span) -> Result<(), Box<Finding>> {
        self.count(count, span)?;
        let path = self.path.len();
        self.enter(span);
        self.path.truncate(path);
        self.put(value, count);
        Ok(())
    }

    fn put(&mut self, value: Value, count: usize) {
        match self.open.last_mut() {
            None => self.done = Some(value),
            Some(open) => {
                open.count += count;
                match &mut open.value {
                    Value::Array(items) => items.push(value),
                    Value::Object(map) => {
                        map.insert(open.key.take().unwrap_or_default(), value);
                    }
                    _ => {}
                }
            }
        }
    }
}

fn refuse(span: Span, what: &str) -> Box<Finding> {
    Box::new(
        Finding::error("import/yaml-bounds", Place::position(at(span)), what)
            .do_this("Check that this is the file you meant."),
    )
}

/// A plain scalar by the core schema.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let number = text.parse::<i64>().map(Value::from).ok();
    let number = number.or_else(|| {
        let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        text.parse::<f64>().ok().filter(|_| is_decimal).map(Value::from)
    });
    // 010 and 1.10 would come out as other texts.
    let is_same = |number: &Value| {
        let written = number.to_string();
        written == text
    };
    number.filter(is_same).unwrap_or_else(|| Value::from(text))
}

/// A scalar as YAML: plain where that reads back as the same text.
#[must_use]
pub fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        // JSON's texts are YAML's double-quoted ones.
        other => other.to_string(),
    }
}

fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    let starts = bytes.next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'/');
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./+=@ ".contains(&byte);
    let words = ["yes", "no", "on", "off", "y", "n"];
    starts
        && bytes.all(inner)
        && !text.ends_with(' ')
        && plain(text).as_str() == Some(text)
        // Older readers take these, and anything of digits, for something else.
        && !words.iter().any(|word| text.eq_ignore_ascii_case(word))
        && !text.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Writes a member of a map, indented by `indent` blanks.
pub fn write_entry(out: &mut String, key: &str, value: &Value, indent: usize) {
    let pad = " ".repeat(indent);
    let key = if key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
        && !key.is_empty()
        && !key.ends_with(':')
        && !key.starts_with(['-', ':', '.'])
        && plain(key).is_string()
    {
        key.to_owned()
    } else {
        Value::from(key).to_string()
    };
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push_str(&format!("{pad}{key}:\n"));
            for (key, value) in map {
                write_entry(out, key, value, indent + 2);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            out.push_str(&format!("{pad}{key}:\n"));
            for item in items {
                write_item(out, item, indent + 2);
            }
        }
        other => out.push_str(&format!("{pad}{key}: {}\n", scalar(other))),
    }
}

fn write_item(out: &mut String, value: &Value, indent: usize) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(map) if !map.is_empty() => {
            let mut inner = String::new();
            for (key, value) in map {
                write_entry(&mut inner, key, value, indent + 2);
            }
            // The first member stands beside the dash.
            out.push_str(&format!("{pad}- {}", inner.get(indent + 2..).unwrap_or_default()));
        }
        // Flow form is JSON, which YAML reads.
        Value::Array(_) => out.push_str(&format!("{pad}- {value}\n")),
        other => out.push_str(&format!("{pad}- {}\n", scalar(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[track_caller]
    fn check(text: &str, expected: Value) {
        assert_eq!(parse(text).expect("it is YAML").value, expected);
    }

    #[track_caller]
    fn refused(text: &str, says: &str) {
        let finding = parse(text).expect_err("it is refused");
        assert!(finding.to_string().contains(says), "{finding}");
    }

    #[test]
    fn values_are_read_by_the_core_schema() {
        check(
            "a: 1\nb: '1'\nc: 1.10\nd: 010\ne: yes\nf: true\ng:\nh: [x, {y: z}]\n",
            json!({ "a": 1, "b": "1", "c": "1.10", "d": "010", "e": "yes", "f": true, "g": null,
                    "h": ["x", { "y": "z" }] }),
        );
        check("a: &x {k: 1}\nb: *x\n", json!({ "a": { "k": 1 }, "b": { "k": 1 } }));
        check("", Value::Null);
        check("text: |\n  one\n  two\n", json!({ "text": "one\ntwo\n" }));
    }

    #[test]
    fn places_are_known_by_path() {
        let yaml = parse("name: a\nconfig:\n  aws:region: x\n").expect("it is YAML");
        let place = yaml.place("$.config[\"aws:region\"]");
        assert_eq!(place.position, Some(LineColumn { line: 3, column: 15 }));
    }

    #[test]
    fn bombs_and_broken_texts_are_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for at in 1..12 {
            let list = vec![format!("*a{}", at - 1); 9].join(", ");
            bomb.push_str(&format!("a{at}: &a{at} [{list}]\n"));
        }
        refused(&bomb, "too many values");
        refused(&"[".repeat(10_000), "");
        refused(&"- ".repeat(10_000), "");
        refused("a: *nothing\n", "");
        refused("a: b: c\n", "not YAML");
        refused("a: [1\n", "not YAML");
        refused("? [1]\n: 2\n", "must be a text");
        refused(&" ".repeat(LARGEST + 1), "too large");
    }

    #[test]
    fn hostile_texts_end_in_bounded_time() {
        let start = std::time::Instant::now();
        for text in [
            "a: ".repeat(300_000),
            "? ".repeat(300_000),
            ",".repeat(1_000_000),
            "- a\n".repeat(250_000),
            "a: b\n".repeat(100_000),
            "{".repeat(1_000_000),
            format!("[{}]", "a,".repeat(400_000)),
            format!("\"{}", "a".repeat(1_000_000)),
            format!("a: |\n{}", " x\n".repeat(300_000)),
            format!("[{}", "\"a\": b, ".repeat(100_000)),
        ] {
            let text: String = text.chars().take(LARGEST).collect();
            let took = std::time::Instant::now();
            let result = parse(&text);
            let start = text.get(..6).unwrap_or_default();
            println!("{start:?}: {:?}, {}", took.elapsed(), result.is_ok());
        }
        assert!(start.elapsed().as_secs() < 60);
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
            "[a-z0-9 :#-]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec(("[a-zA-Z0-9 :.-]{1,8}", inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,300}") {
            drop(parse(&text));
        }

        #[test]
        fn what_is_written_is_read_again(value in any_value()) {
            let mut text = String::new();
            write_entry(&mut text, "config", &value, 0);
            let read = parse(&text).map(|yaml| yaml.value);
            prop_assert_eq!(read.ok(), Some(json!({ "config": value })), "{}", text);
        }
    }
}
