//! The ordered, case-insensitive dictionary of variables, and the tree that
//! paths walk.
//!
//! Invariants: insertion order is kept and decides the order of `each`; a name
//! set again keeps its place and first spelling.
//! Sources: SPEC.md N rules.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::ast::{StepKind, Symbol};
use super::chars::fold;
use super::json::quote;
use super::parser::parse_path;

/// How a value stands to the one that a run will have (rule U1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Standing {
    /// It is the value.
    #[default]
    Firm,
    /// It has the value's form, such as an id that only the server gives out.
    Sample,
    /// Nothing is known of the value; the text only marks where it goes.
    Opaque,
}

/// Variables by name. Build it, then hand it to an [`Engine`](super::Engine).
#[derive(Debug, Clone, Default)]
pub struct Variables {
    entries: Vec<Entry>,
    index: HashMap<String, usize>,
    tree: OnceLock<Tree>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    value: Option<Arc<str>>,
    standing: Standing,
}

impl Variables {
    /// No variables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a variable; `None` is a value of its own, bound as empty text.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.put(name, value, Standing::Firm);
    }

    /// Sets a variable whose value only a run knows; `text` stands in for it.
    pub fn set_stand_in(&mut self, name: &str, text: &str, standing: Standing) {
        self.put(name, Some(text), standing);
    }

    fn put(&mut self, name: &str, value: Option<&str>, standing: Standing) {
        let value = value.map(Arc::from);
        match self.index.get(&fold(name)) {
            Some(at) => {
                if let Some(entry) = self.entries.get_mut(*at) {
                    (entry.value, entry.standing) = (value, standing);
                }
            }
            None => {
                self.index.insert(fold(name), self.entries.len());
                self.entries.push(Entry { name: name.to_owned(), value, standing });
            }
        }
        self.tree = OnceLock::new();
    }

    /// The raw value; `None` when missing or null.
    #[must_use]
    pub fn get_raw(&self, name: &str) -> Option<&str> {
        self.entries.get(*self.index.get(&fold(name))?)?.value.as_deref()
    }

    /// How the value of a name stands to the one of a run.
    #[must_use]
    pub fn standing(&self, name: &str) -> Standing {
        let entry = self.index.get(&fold(name)).and_then(|at| self.entries.get(*at));
        entry.map_or(Standing::Firm, |entry| entry.standing)
    }

    /// Names and raw values in insertion order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.entries.iter().map(|entry| (entry.name.as_str(), entry.value.as_deref()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All of them as indented JSON with LF line ends (rule N5).
    #[must_use]
    pub fn save_as_string(&self) -> String {
        let mut out = String::from("{");
        for (count, (name, value)) in self.iter().enumerate() {
            out.push_str(if count > 0 { ",\n  " } else { "\n  " });
            quote(&mut out, name);
            out.push_str(": ");
            match value {
                Some(value) => quote(&mut out, value),
                None => out.push_str("null"),
            }
        }
        out.push_str(if self.is_empty() { "}" } else { "\n}" });
        out
    }

    pub(super) fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| Tree::build(self))
    }
}

/// The first step of the path by which templates know a variable, so that names
/// of one root can be reached by one expression; `None` where none can.
#[must_use]
pub fn root_of(name: &str) -> Option<String> {
    match &parse_path(name)?.steps.first()?.kind {
        StepKind::Name(root) => Some(fold(root)),
        _ => None,
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Variables {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        let mut out = Self::new();
        for (name, value) in pairs {
            out.set(name, Some(value));
        }
        out
    }
}

/// How the variables hang together by dots and indexes.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    nodes: Vec<TreeNode>,
    /// Parent, whether by index, folded key.
    edges: HashMap<(u32, bool, String), u32>,
    /// A name that makes building it fail upstream.
    pub(super) bad_name: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct TreeNode {
    item: Option<Arc<str>>,
    standing: Standing,
    indexed: Vec<u32>,
}

/// The node all paths start from.
pub(super) const ROOT: u32 = 0;

impl Tree {
    fn build(variables: &Variables) -> Self {
        let mut tree = Self { nodes: vec![TreeNode::default()], ..Self::default() };
        for entry in &variables.entries {
            // Only the part of a name that reads as a path counts (rule N3).
            let Some(path) = parse_path(&entry.name) else { continue };
            let value = entry.value.clone().unwrap_or_else(|| Arc::from(""));
            if !tree.add(&path, value, entry.standing) {
                tree.bad_name.get_or_insert_with(|| entry.name.clone());
            }
        }
        tree
    }

    fn add(&mut self, path: &Symbol, value: Arc<str>, standing: Standing) -> bool {
        let mut at = ROOT;
        for step in &path.steps {
            let (by_index, key) = match &step.kind {
                StepKind::Name(key) => (false, key),
                StepKind::Index(key) => (true, key),
                StepKind::Lookup(_) | StepKind::Nothing => return false,
            };
            let edge = (at, by_index, fold(key));
            at = match self.edges.get(&edge) {
                Some(next) => *next,
                None => {
                    let Ok(next) = u32::try_from(self.nodes.len()) else { return false };
                    // An index entry without own text has its key as text (rule L5).
                    let item = by_index.then(|| Arc::clone(key));
                    self.nodes.push(TreeNode { item, ..TreeNode::default() });
                    if by_index && let Some(parent) = self.nodes.get_mut(at as usize) {
                        parent.indexed.push(next);
                    }
                    self.edges.insert(edge, next);
                    next
                }
            };
        }
        if let Some(node) = self.nodes.get_mut(at as usize) {
            (node.item, node.standing) = (Some(value), standing);
        }
        true
    }

    pub(super) fn child(&self, parent: u32, by_index: bool, key: &str) -> Option<u32> {
        self.edges.get(&(parent, by_index, fold(key))).copied()
    }

    pub(super) fn item(&self, node: u32) -> Option<&Arc<str>> {
        self.nodes.get(node as usize)?.item.as_ref()
    }

    pub(super) fn standing(&self, node: u32) -> Standing {
        self.nodes.get(node as usize).map_or(Standing::Firm, |node| node.standing)
    }

    pub(super) fn indexed(&self, node: u32) -> &[u32] {
        self.nodes.get(node as usize).map_or(&[], |node| node.indexed.as_slice())
    }
}
