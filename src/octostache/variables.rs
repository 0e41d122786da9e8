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

/// Variables by name. Build it, then hand it to an [`Engine`](super::Engine).
#[derive(Debug, Clone, Default)]
pub struct Variables {
    entries: Vec<(String, Option<Arc<str>>)>,
    index: HashMap<String, usize>,
    tree: OnceLock<Tree>,
}

impl Variables {
    /// No variables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a variable; `None` is a value of its own, bound as empty text.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        let value = value.map(Arc::from);
        match self.index.get(&fold(name)) {
            Some(at) => {
                if let Some(entry) = self.entries.get_mut(*at) {
                    entry.1 = value;
                }
            }
            None => {
                self.index.insert(fold(name), self.entries.len());
                self.entries.push((name.to_owned(), value));
            }
        }
        self.tree = OnceLock::new();
    }

    /// The raw value; `None` when missing or null.
    #[must_use]
    pub fn get_raw(&self, name: &str) -> Option<&str> {
        self.entries.get(*self.index.get(&fold(name))?)?.1.as_deref()
    }

    /// Names and raw values in insertion order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.entries.iter().map(|(name, value)| (name.as_str(), value.as_deref()))
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
    indexed: Vec<u32>,
}

/// The node all paths start from.
pub(super) const ROOT: u32 = 0;

impl Tree {
    fn build(variables: &Variables) -> Self {
        let mut tree = Self { nodes: vec![TreeNode::default()], ..Self::default() };
        for (name, value) in &variables.entries {
            // Only the part of a name that reads as a path counts (rule N3).
            let Some(path) = parse_path(name) else { continue };
            let value = value.clone().unwrap_or_else(|| Arc::from(""));
            if !tree.add(&path, value) {
                tree.bad_name.get_or_insert_with(|| name.clone());
            }
        }
        tree
    }

    fn add(&mut self, path: &Symbol, value: Arc<str>) -> bool {
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
                    self.nodes.push(TreeNode { item, indexed: Vec::new() });
                    if by_index && let Some(parent) = self.nodes.get_mut(at as usize) {
                        parent.indexed.push(next);
                    }
                    self.edges.insert(edge, next);
                    next
                }
            };
        }
        if let Some(node) = self.nodes.get_mut(at as usize) {
            node.item = Some(value);
        }
        true
    }

    pub(super) fn child(&self, parent: u32, by_index: bool, key: &str) -> Option<u32> {
        self.edges.get(&(parent, by_index, fold(key))).copied()
    }

    pub(super) fn item(&self, node: u32) -> Option<&Arc<str>> {
        self.nodes.get(node as usize)?.item.as_ref()
    }

    pub(super) fn indexed(&self, node: u32) -> &[u32] {
        self.nodes.get(node as usize).map_or(&[], |node| node.indexed.as_slice())
    }
}
