//! What an OCL text says: attributes and blocks in order, with their values.
//!
//! Never: a rule of Octopus about which names mean what; a nesting deeper than
//! [`MAX_DEPTH`](super::MAX_DEPTH) out of a reader.

use super::decimal::Decimal;
use super::syntax::Span;

/// Where something was read from. A place is no part of what is said, so any
/// two are equal; what was not read has an empty one.
#[derive(Debug, Clone, Copy, Default, Eq)]
pub struct At(pub Span);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its elements in order; the same name may come again.
    pub body: Vec<Element>,
}

/// One element of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// `name = value`
    Attribute(Attribute),
    /// `name "label" { ... }`
    Block(Block),
}

/// `name = value`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Name as written.
    pub name: String,
    /// Value.
    pub value: Value,
    /// Range of the whole attribute.
    pub at: At,
}

/// `name "label" { ... }`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Name as written.
    pub name: String,
    /// Labels, unescaped.
    pub labels: Vec<String>,
    /// Elements in order.
    pub body: Vec<Element>,
    /// Range of the whole block.
    pub at: At,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Whole number.
    Integer(i32),
    /// Number with a point.
    Decimal(Decimal),
    /// Text; the writer makes it a heredoc if it holds a line feed.
    String(String),
    /// Text that was, or is to be, a heredoc.
    Heredoc(Heredoc),
    /// Strings, integers or decimals, all of one kind.
    Array(Vec<Value>),
    /// Entries in the order read; the writer sorts them.
    Map(Vec<Entry>),
}

/// Text in the form of a heredoc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heredoc {
    /// The tag, without `<<` and `-`.
    pub tag: String,
    /// Whether the form is `<<-`, whose indentation is no part of the text.
    pub indented: bool,
    /// The text, without the indentation and the last line end.
    pub text: String,
}

/// `key = value` in a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Key, unescaped.
    pub key: String,
    /// Value; never a map.
    pub value: Value,
    /// Range of the whole entry.
    pub at: At,
}

impl Value {
    /// The text of a string or heredoc.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Heredoc(heredoc) => Some(&heredoc.text),
            _ => None,
        }
    }
}

impl Block {
    /// A block without labels and body.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The value of the first attribute called `name`.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        self.body.iter().find_map(|element| match element {
            Element::Attribute(attribute) if attribute.name == name => Some(&attribute.value),
            _ => None,
        })
    }
}

impl From<Attribute> for Element {
    fn from(attribute: Attribute) -> Self {
        Self::Attribute(attribute)
    }
}

impl From<Block> for Element {
    fn from(block: Block) -> Self {
        Self::Block(block)
    }
}

impl Attribute {
    /// An attribute that was not read from a text.
    #[must_use]
    pub fn new(name: impl Into<String>, value: Value) -> Self {
        Self { name: name.into(), value, at: At::default() }
    }
}

impl Entry {
    /// An entry that was not read from a text.
    #[must_use]
    pub fn new(key: impl Into<String>, value: Value) -> Self {
        Self { key: key.into(), value, at: At::default() }
    }
}
