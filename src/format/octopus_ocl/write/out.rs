//! A body being written: attributes in the order of their names, then blocks,
//! with what was kept of the body that was read (K1 to K3).

use crate::format::octopus_ocl::kept::Kept;
use crate::ocl::{Attribute, Block, Element, Entry, Value};
use crate::record::Extra;

/// A body being written.
#[derive(Default)]
pub(super) struct Out {
    kept: Kept,
    attributes: Vec<Attribute>,
    blocks: Vec<Block>,
    /// The attribute that goes before all others.
    first: &'static str,
}

impl Out {
    /// A body with what `extra` keeps under `key`.
    pub(super) fn keeping(extra: &Extra, key: &str) -> Self {
        Self { kept: Kept::of(extra, key), ..Self::default() }
    }

    /// The same, with one attribute before all others.
    pub(super) fn first(mut self, name: &'static str) -> Self {
        self.first = name;
        self
    }

    /// Whether the attribute stood in the file that was read, although it need not.
    pub(super) fn is_said(&self, name: &str) -> bool {
        self.kept.is_said(name)
    }

    /// Writes the attribute, unless its value is the usual one and nobody said it.
    pub(super) fn put(&mut self, name: &str, value: Value, is_usual: bool) {
        if !is_usual || self.is_said(name) {
            self.attributes.push(Attribute::new(name, value));
        }
    }

    pub(super) fn text(&mut self, name: &str, text: &str, usual: &str) {
        self.put(name, Value::String(text.to_owned()), text == usual);
    }

    pub(super) fn flag(&mut self, name: &str, flag: bool) {
        self.put(name, Value::Bool(flag), !flag);
    }

    pub(super) fn list(&mut self, name: &str, items: Vec<String>) {
        let is_empty = items.is_empty();
        self.put(name, Value::Array(items.into_iter().map(Value::String).collect()), is_empty);
    }

    /// A map, with the entries that were kept besides.
    pub(super) fn map(&mut self, name: &str, mut entries: Vec<Entry>) {
        let is_kept = |one: &Element| matches!(one, Element::Attribute(one) if one.name == name);
        if let Some(index) = self.kept.other.iter().position(is_kept)
            && let Some(Element::Attribute(Attribute { value: Value::Map(_), .. })) =
                self.kept.other.get(index)
            && let Element::Attribute(Attribute { value: Value::Map(kept), .. }) =
                self.kept.other.remove(index)
        {
            for entry in kept {
                if entries.iter().all(|one| one.key != entry.key) {
                    entries.push(entry);
                }
            }
        }
        let is_empty = entries.is_empty();
        self.put(name, Value::Map(entries), is_empty);
    }

    pub(super) fn block(&mut self, name: &str, labels: Vec<String>, body: Vec<Element>) {
        let name = name.to_owned();
        self.blocks.push(Block { name, labels, body, ..Block::default() });
    }

    /// A block of which there is one, with what was kept of it besides.
    pub(super) fn merged(&mut self, name: &str, body: Out) {
        let mut body = body;
        self.kept.other.retain_mut(|one| match one {
            Element::Block(block) if block.name == name && block.labels.is_empty() => {
                body.kept.other.append(&mut block.body);
                false
            }
            _ => true,
        });
        let body = body.done();
        self.block(name, Vec::new(), body);
    }

    /// The elements in the order of the reference (reference, OCL, section 3.2).
    pub(super) fn done(self) -> Vec<Element> {
        let mut attributes = self.attributes;
        let written = attributes.len();
        let mut blocks: Vec<Element> = self.blocks.into_iter().map(Element::Block).collect();
        for element in self.kept.other {
            match element {
                // What the design says now goes before what was kept.
                Element::Attribute(one)
                    if attributes.iter().take(written).any(|known| known.name == one.name) => {}
                Element::Attribute(one) => attributes.push(one),
                block => blocks.push(block),
            }
        }
        let first = self.first;
        attributes.sort_by(|a, b| (a.name != first, &a.name).cmp(&(b.name != first, &b.name)));
        attributes.into_iter().map(Element::Attribute).chain(blocks).collect()
    }
}
