//! A body being read: what of it has been taken, and what is left to keep.

use super::Reader;
use crate::format::octopus_ocl::kept::Kept;
use crate::ocl::{At, Attribute, Block, Element, Entry, Value};

/// Attributes that are carried as they are and need no word about it.
const CARRIED: [&str; 4] =
    ["cancel_queued_tasks", "cancel_running_tasks", "environments_variable", "tags"];

/// A body being read.
pub(super) struct Body<'d> {
    elements: &'d [Element],
    taken: Vec<bool>,
    said: Vec<String>,
}

impl<'d> Body<'d> {
    pub(super) fn of(elements: &'d [Element]) -> Self {
        Self { elements, taken: vec![false; elements.len()], said: Vec::new() }
    }

    /// The first attribute called `name` that `fits`; else says what would.
    fn attribute<T>(
        &mut self,
        reader: &mut Reader,
        name: &str,
        wanted: &str,
        fits: impl Fn(&'d Value) -> Option<T>,
    ) -> Option<(T, &'d Attribute)> {
        let (index, attribute) = self.find(name)?;
        let Some(value) = fits(&attribute.value) else {
            reader.other_kind(attribute, wanted);
            return None;
        };
        if let Some(taken) = self.taken.get_mut(index) {
            *taken = true;
        }
        Some((value, attribute))
    }

    fn find(&self, name: &str) -> Option<(usize, &'d Attribute)> {
        self.elements.iter().enumerate().find_map(|(index, element)| match element {
            Element::Attribute(attribute) if attribute.name == name => Some((index, attribute)),
            _ => None,
        })
    }

    /// Where the attribute `name` stands, or nowhere.
    pub(super) fn at(&self, name: &str) -> At {
        self.find(name).map_or_else(At::default, |(_, attribute)| attribute.at)
    }

    /// Remembers that `name` stands there although it need not.
    pub(super) fn said(&mut self, name: &str) {
        self.said.push(name.to_owned());
    }

    /// A text that may be absent.
    pub(super) fn maybe_text(&mut self, reader: &mut Reader, name: &str) -> Option<&'d str> {
        self.attribute(reader, name, "a text in quotes", Value::text).map(|(text, _)| text)
    }

    /// A text; none is the same as an empty one.
    pub(super) fn text(&mut self, reader: &mut Reader, name: &str) -> String {
        match self.maybe_text(reader, name) {
            Some("") => {
                self.said(name);
                String::new()
            }
            text => text.unwrap_or_default().to_owned(),
        }
    }

    /// A word out of some, the first of which absence means.
    pub(super) fn word<T: Copy + PartialEq + Default>(
        &mut self,
        reader: &mut Reader,
        name: &str,
        words: impl Fn(&str) -> Option<T>,
    ) -> T {
        let wanted = "one of Octopus's words for it";
        let word = |value: &'d Value| value.text().and_then(&words);
        match self.attribute(reader, name, wanted, word) {
            Some((word, _)) => {
                if word == T::default() {
                    self.said(name);
                }
                word
            }
            None => T::default(),
        }
    }

    /// True or false; absence means false.
    pub(super) fn flag(&mut self, reader: &mut Reader, name: &str) -> bool {
        let flag = |value: &'d Value| match value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        };
        let flag = self.attribute(reader, name, "true or false", flag).map(|(flag, _)| flag);
        if flag == Some(false) {
            self.said(name);
        }
        flag.unwrap_or(false)
    }

    /// A whole number that may be absent.
    pub(super) fn number(&mut self, reader: &mut Reader, name: &str) -> Option<i32> {
        let number = |value: &'d Value| match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        };
        self.attribute(reader, name, "a whole number", number).map(|(number, _)| number)
    }

    /// A list of texts; absence means an empty one.
    pub(super) fn list(&mut self, reader: &mut Reader, name: &str) -> Vec<&'d str> {
        let list = |value: &'d Value| match value {
            Value::Array(items) => items.iter().map(Value::text).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        let list = self.attribute(reader, name, "a list of texts, such as [\"a\"]", list);
        match list {
            Some((list, _)) if list.is_empty() => {
                self.said(name);
                list
            }
            list => list.map(|(list, _)| list).unwrap_or_default(),
        }
    }

    /// The entries of a map; absence means none.
    pub(super) fn map(&mut self, reader: &mut Reader, name: &str) -> &'d [Entry] {
        let map = |value: &'d Value| match value {
            Value::Map(entries) => Some(entries.as_slice()),
            _ => None,
        };
        match self.attribute(reader, name, "a map, such as { Key = \"value\" }", map) {
            Some((entries, _)) => {
                if entries.is_empty() {
                    self.said(name);
                }
                entries
            }
            None => &[],
        }
    }

    /// All blocks called `name`, or by one of two names.
    pub(super) fn blocks(&mut self, names: &[&str]) -> Vec<&'d Block> {
        let mut blocks = Vec::new();
        for (element, taken) in self.elements.iter().zip(&mut self.taken) {
            if let Element::Block(block) = element
                && names.contains(&block.name.as_str())
            {
                *taken = true;
                blocks.push(block);
            }
        }
        blocks
    }

    /// The first block called `name`; further ones stay behind.
    pub(super) fn block(&mut self, name: &str) -> Option<&'d Block> {
        for (element, taken) in self.elements.iter().zip(&mut self.taken) {
            if let Element::Block(block) = element
                && block.name == name
            {
                *taken = true;
                return Some(block);
            }
        }
        None
    }

    /// What nobody took, to be kept; says so of what is not known.
    pub(super) fn rest(self, reader: &mut Reader) -> Kept {
        let rest = self.elements.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
        let mut other = Vec::new();
        for (element, _) in rest {
            reader.kept_as_it_is(element, &CARRIED);
            other.push(element.clone());
        }
        Kept::new(self.said, other)
    }
}
