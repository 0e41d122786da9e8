//! The writer: the layout of the reference writer, byte for byte (W1 to W9 of
//! `SPEC.md`).
//!
//! Where the reference would write what cannot be read back, the text differs
//! from its own in the least that makes it readable, and the loss is reported.
//! Never: a final newline, a comment, an aligned `=`.

use std::fmt;

use super::chars::{is_name, is_space};
use super::document::{Attribute, Block, Document, Element, Entry, Heredoc, Value};
use super::order;
use super::parser::MAX_DEPTH;

/// Columns a level is indented by.
const INDENT: usize = 4;
/// Levels by which the lines of an indented heredoc stand right of its block.
const HEREDOC_LEVELS: usize = 2;
/// The tag of a heredoc made from a string.
const TAG: &str = "EOT";

/// What ends a line of the document. Lines within a heredoc are joined as the
/// text has them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// LF, as servers on Linux write and as exports are.
    #[default]
    Lf,
    /// CRLF, as servers on Windows write.
    CrLf,
}

/// A text and what it does not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text, without a newline at its end.
    pub text: String,
    /// What reads back as something else, or not at all, in document order.
    pub losses: Vec<Loss>,
}

/// Something that OCL cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What.
    pub kind: LossKind,
    /// Names from the document down to the place, joined with `/`.
    pub path: String,
}

/// What a document can hold and a text cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LossKind {
    /// A name had to be changed to be one (W2).
    Name,
    /// A text holds a line that is its own tag; another tag was taken. Octopus
    /// itself does not, so its next save may break the text (W6).
    Tag,
    /// A multi-line text mixes line ends or has stray carriage returns (W6).
    LineEnds,
    /// An element of an array is of another kind than the first (W7).
    Array,
    /// An element of an array has several lines (W7).
    ArrayLines,
    /// A map stands in a map (W8).
    NestedMap,
    /// A key has control characters (W8).
    Key,
    /// A key comes twice (W8).
    DuplicateKey,
    /// A number is the least of 32 bits, or a decimal so large that it has no
    /// point, which reads as a whole number (W4).
    Number,
    /// Blocks are nested deeper than the reader takes; they are left out (L1).
    TooDeep,
}

impl LossKind {
    /// What is so, one sentence without a full stop.
    #[must_use]
    pub fn what(self) -> &'static str {
        match self {
            Self::Name => "the name had to be changed: names hold letters, digits and _",
            Self::Tag => "a line of the text is the usual heredoc tag, so another tag was taken",
            Self::LineEnds => "line ends within the text will read back as all the same",
            Self::Array => "the array mixes kinds of elements and cannot be read back",
            Self::ArrayLines => "text of several lines in an array cannot be read back as written",
            Self::NestedMap => "a map in a map cannot be read back",
            Self::Key => "the key has control characters, which Octopus does not write",
            Self::DuplicateKey => "the key comes twice in the map",
            Self::Number => "the number cannot be read back",
            Self::TooDeep => "blocks are nested too deep and were left out",
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind.what())
    }
}

/// Writes `document`.
#[must_use]
pub fn write(document: &Document, line_end: LineEnd) -> Written {
    let mut writer = Writer {
        out: String::new(),
        losses: Vec::new(),
        path: Vec::new(),
        newline: match line_end {
            LineEnd::Lf => "\n",
            LineEnd::CrLf => "\r\n",
        },
        depth: 0,
        after_block: false,
    };
    writer.body(&document.body);
    Written { text: writer.out, losses: writer.losses }
}

struct Writer {
    out: String,
    losses: Vec<Loss>,
    path: Vec<String>,
    newline: &'static str,
    depth: usize,
    /// Whether a block was the last thing written.
    after_block: bool,
}

impl Writer {
    /// W1: elements in order, with a blank line around every block that has a
    /// neighbour on that side.
    fn body(&mut self, body: &[Element]) {
        for (index, element) in body.iter().enumerate() {
            let is_block = matches!(element, Element::Block(_));
            if index > 0 || self.depth > 0 {
                self.newline();
            }
            if index > 0 && (is_block || self.after_block) {
                self.newline();
            }
            self.after_block = false;
            match element {
                Element::Attribute(attribute) => self.attribute(attribute),
                Element::Block(block) => self.block(block),
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute) {
        self.path.push(attribute.name.clone());
        self.indent(0);
        self.name(&attribute.name);
        self.out.push_str(" = ");
        match &attribute.value {
            Value::Map(entries) => self.map(entries),
            value => self.value(value),
        }
        self.path.pop();
    }

    /// W3: `name "label" {}`, or with a body.
    fn block(&mut self, block: &Block) {
        self.path.push(match block.labels.first() {
            Some(label) => format!("{} \"{label}\"", block.name),
            None => block.name.clone(),
        });
        self.indent(0);
        self.name(&block.name);
        for label in &block.labels {
            self.out.push(' ');
            self.quoted(label);
        }
        self.out.push_str(" {");
        if !block.body.is_empty() {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                self.lose(LossKind::TooDeep);
            } else {
                self.body(&block.body);
            }
            self.depth -= 1;
            self.newline();
            self.indent(0);
        }
        self.out.push('}');
        self.after_block = true;
        self.path.pop();
    }

    /// W2: foreign characters become `_`, and a digit does not come first.
    fn name(&mut self, name: &str) {
        let start = self.out.len();
        if name.chars().next().is_none_or(super::chars::is_digit) {
            self.out.push('_');
        }
        for c in name.chars() {
            if is_name(c) || c == '-' {
                self.out.push(c);
            } else {
                // One for each UTF-16 code unit, as the reference counts.
                self.out.extend(std::iter::repeat_n('_', c.len_utf16()));
            }
        }
        if self.out.get(start..) != Some(name) || name.contains('-') {
            self.lose(LossKind::Name);
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Integer(number) => {
                self.out.push_str(&number.to_string());
                if *number == i32::MIN {
                    self.lose(LossKind::Number);
                }
            }
            Value::Decimal(number) => {
                self.out.push_str(number.as_str());
                if !number.as_str().contains('.') {
                    self.lose(LossKind::Number);
                }
            }
            Value::String(text) if text.contains('\n') => self.heredoc(TAG, true, text),
            Value::String(text) => self.quoted(text),
            Value::Heredoc(Heredoc { tag, indented, text }) => self.heredoc(tag, *indented, text),
            Value::Array(elements) => self.array(elements),
            Value::Map(entries) => {
                self.lose(LossKind::NestedMap);
                self.map(entries);
            }
        }
    }

    /// W5: the five escapes and nothing else.
    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '\\' => self.out.push_str("\\\\"),
                '\r' => self.out.push_str("\\r"),
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                '"' => self.out.push_str("\\\""),
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// W6: text and end tag two levels right of the block, empty lines too.
    fn heredoc(&mut self, tag: &str, indented: bool, text: &str) {
        // Without a tag the end line does not say how far the text is indented.
        let keeps_indent = !indented
            || !tag.is_empty()
            || text.split('\n').any(|line| !line.starts_with(is_space));
        let usable = !tag.contains(is_space) && (indented || !tag.starts_with('-')) && keeps_indent;
        let is_tag = |tag: &str| text.split('\n').any(|line| line.trim() == tag);
        let mut chosen = tag.to_owned();
        if !usable || is_tag(&chosen) {
            chosen = free_tag(text);
            self.lose(LossKind::Tag);
        }
        if !line_ends_read_back(text) {
            self.lose(LossKind::LineEnds);
        }
        self.out.push_str(if indented { "<<-" } else { "<<" });
        self.out.push_str(&chosen);
        self.newline();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.out.push('\n');
            }
            if indented {
                self.indent(HEREDOC_LEVELS);
            }
            self.out.push_str(line);
        }
        self.newline();
        if indented {
            self.indent(HEREDOC_LEVELS);
        }
        self.out.push_str(&chosen);
    }

    /// W7: on one line; what the parser would refuse is reported.
    fn array(&mut self, elements: &[Value]) {
        let kind = |value: &Value| match value {
            Value::String(_) | Value::Heredoc(_) => 0,
            Value::Integer(_) => 1,
            Value::Decimal(_) => 2,
            _ => 3,
        };
        let first = elements.first().map_or(0, kind);
        if first == 3 || elements.iter().any(|element| kind(element) != first) {
            self.lose(LossKind::Array);
        }
        self.out.push('[');
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            match element {
                Value::String(text) | Value::Heredoc(Heredoc { text, .. }) => {
                    if text.contains('\n') || matches!(element, Value::Heredoc(_)) {
                        self.lose(LossKind::ArrayLines);
                    }
                    self.quoted(text);
                }
                Value::Array(_) | Value::Map(_) => self.out.push_str("null"),
                other => self.value(other),
            }
        }
        self.out.push(']');
    }

    /// W8: one entry a line, sorted by key.
    fn map(&mut self, entries: &[Entry]) {
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by(|a, b| order::compare(&a.key, &b.key));
        let mut keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair.first() == pair.last()) {
            self.lose(LossKind::DuplicateKey);
        }
        self.out.push('{');
        self.newline();
        for entry in sorted {
            self.path.push(entry.key.clone());
            self.indent(1);
            if !is_bare_key(&entry.key) {
                self.quoted(&entry.key);
            } else {
                self.out.push_str(&entry.key);
            }
            if entry.key.contains(char::is_control) {
                self.lose(LossKind::Key);
            }
            self.out.push_str(" = ");
            self.value(&entry.value);
            self.newline();
            self.path.pop();
        }
        self.indent(0);
        self.out.push('}');
    }

    fn newline(&mut self) {
        self.out.push_str(self.newline);
    }

    fn indent(&mut self, more: usize) {
        let columns = (self.depth + more) * INDENT;
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    fn lose(&mut self, kind: LossKind) {
        self.losses.push(Loss { kind, path: self.path.join("/") });
    }
}

/// `EOT`, or the first of `EOT1`, `EOT2` ... that no line of `text` is.
fn free_tag(text: &str) -> String {
    let mut taken: Vec<usize> = text
        .split('\n')
        .filter_map(|line| match line.trim().strip_prefix(TAG)? {
            "" => Some(0),
            number => number.parse().ok(),
        })
        .collect();
    taken.sort_unstable();
    taken.dedup();
    match taken.iter().enumerate().find(|(index, number)| index != *number) {
        Some((0, _)) => TAG.to_owned(),
        Some((free, _)) => format!("{TAG}{free}"),
        None if taken.is_empty() => TAG.to_owned(),
        None => format!("{TAG}{}", taken.len()),
    }
}

/// Whether a key is written without quotes. An empty one is quoted, unlike in
/// the reference, which writes nothing for it.
fn is_bare_key(key: &str) -> bool {
    !key.is_empty() && !key.contains(|c: char| c == '"' || is_space(c))
}

/// Whether reading the lines of a heredoc gives `text` again (H3).
fn line_ends_read_back(text: &str) -> bool {
    let mut lines = text.rsplit('\n');
    let last = lines.next().unwrap_or("");
    let mut with = 0_usize;
    let mut without = 0_usize;
    let mut stray = last.ends_with('\r');
    for line in lines {
        match line.strip_suffix('\r') {
            Some(rest) => {
                with += 1;
                stray |= rest.ends_with('\r');
            }
            None => without += 1,
        }
    }
    !stray && (with == 0 || without == 0)
}
