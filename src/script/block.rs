//! The settings block at the top of a script: written from a list of settings,
//! and read back into one.
//!
//! Never: anything in the block but comments and assignments, so that reading
//! it back needs no bash.

use super::quote;
use super::value::ScriptValue;

pub(super) const OPEN: &str = "# >>> settings";
pub(super) const CLOSE: &str = "# <<< settings";
const TITLE: &str = "# Pulpo script: ";

/// What one setting holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Setting {
    One(ScriptValue),
    Many(Vec<ScriptValue>),
}

/// The settings of one script, in the order in which they stand in its block.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) settings: Vec<(String, Setting)>,
}

impl Block {
    pub(super) fn one(&mut self, name: &str, value: &ScriptValue) {
        self.settings.push((name.to_owned(), Setting::One(value.clone())));
    }

    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.one(name, &ScriptValue::literal(value));
    }

    pub(super) fn flag(&mut self, name: &str, value: bool) {
        self.text(name, if value { "True" } else { "False" });
    }

    /// A value that only ever comes from an Octopus variable, or the empty text.
    pub(super) fn variable_or_empty(&mut self, name: &str, variable: Option<&str>) {
        match variable {
            Some(variable) => self.one(name, &ScriptValue::variable(variable)),
            None => self.text(name, ""),
        }
    }

    pub(super) fn many(&mut self, name: &str, values: &[ScriptValue]) {
        self.settings.push((name.to_owned(), Setting::Many(values.to_vec())));
    }

    fn get(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|(known, _)| known == name).map(|(_, setting)| setting)
    }

    pub(super) fn get_one(&self, name: &str) -> Option<ScriptValue> {
        match self.get(name)? {
            Setting::One(value) => Some(value.clone()),
            Setting::Many(_) => None,
        }
    }

    pub(super) fn get_text(&self, name: &str) -> Option<String> {
        match self.get_one(name)? {
            ScriptValue::Literal(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn get_flag(&self, name: &str) -> Option<bool> {
        Some(self.get_text(name)? == "True")
    }

    /// `Some(None)` for the empty text, `Some(Some(name))` for a variable.
    pub(super) fn get_variable(&self, name: &str) -> Option<Option<String>> {
        match self.get_one(name)? {
            ScriptValue::Variable(variable) => Some(Some(variable)),
            ScriptValue::Literal(text) if text.is_empty() => Some(None),
            _ => None,
        }
    }

    pub(super) fn get_many(&self, name: &str) -> Option<Vec<ScriptValue>> {
        match self.get(name)? {
            Setting::Many(values) => Some(values.clone()),
            Setting::One(_) => None,
        }
    }

    /// The assignments, one a line.
    pub(super) fn lines(&self) -> String {
        let mut out = String::new();
        for (name, setting) in &self.settings {
            out.push_str(name);
            match setting {
                Setting::One(value) => {
                    out.push('=');
                    out.push_str(&quote::assigned(value));
                    out.push('\n');
                }
                Setting::Many(values) if values.is_empty() => out.push_str("=()\n"),
                Setting::Many(values) => {
                    out.push_str("=(\n");
                    for value in values {
                        out.push_str("  ");
                        out.push_str(&quote::word(value));
                        out.push('\n');
                    }
                    out.push_str(")\n");
                }
            }
        }
        out
    }

    /// Reads what [`Block::lines`] wrote; `None` at the first line it could not have.
    pub(super) fn read(lines: &str) -> Option<Self> {
        let mut block = Self::default();
        let mut lines = lines.lines();
        while let Some(line) = lines.next() {
            let (name, value) = line.split_once('=')?;
            let setting = match value {
                "()" => Setting::Many(Vec::new()),
                "(" => {
                    let mut values = Vec::new();
                    loop {
                        let line = lines.next()?;
                        if line == ")" {
                            break;
                        }
                        values.push(quote::read(line.strip_prefix("  ")?)?);
                    }
                    Setting::Many(values)
                }
                word => Setting::One(quote::read(word)?),
            };
            block.settings.push((name.to_owned(), setting));
        }
        Some(block)
    }
}

/// The parts of a script's text.
pub(super) struct Framed<'a> {
    pub(super) title: &'a str,
    pub(super) settings: &'a str,
}

/// A whole script: title, what it is for, settings, body.
pub(super) fn frame(title: &str, about: &str, settings: &str, body: &[&str]) -> String {
    let mut out = ["#!/usr/bin/env bash\n", TITLE, title, "\n"].concat();
    for line in about.lines() {
        out.push_str("# ");
        out.push_str(line);
        out.push('\n');
    }
    for part in [OPEN, "\n", settings, CLOSE, "\n"] {
        out.push_str(part);
    }
    for part in body {
        out.push_str(part);
    }
    out
}

/// Finds the title and the settings of a script; `None` when it has none.
pub(super) fn unframe(text: &str) -> Option<Framed<'_>> {
    let title = text.lines().find_map(|line| line.strip_prefix(TITLE))?;
    let (_, after) = text.split_once(&[OPEN, "\n"].concat())?;
    // A value never holds a raw line break, so this is the block's own end.
    let end = after.find(&["\n", CLOSE, "\n"].concat())?;
    Some(Framed { title, settings: after.get(..=end)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_reads_back() {
        let mut block = Block::default();
        block.one("stack", &ScriptValue::variable("Pulumi.Stack"));
        block.text("folder", "it's\n# <<< settings");
        block.flag("refresh", true);
        block.variable_or_empty("token", None);
        block.many("none", &[]);
        block.many("arguments", &["--a".into(), ScriptValue::variable("B")]);
        let text = frame("x 3", "About.", &block.lines(), &["exit 0\n"]);
        let framed = unframe(&text).expect("framed");
        assert_eq!(framed.title, "x 3");
        let read = Block::read(framed.settings).expect("settings");
        assert_eq!(read.settings, block.settings);
        assert_eq!(read.get_flag("refresh"), Some(true));
        assert_eq!(read.get_variable("token"), Some(None));
        assert_eq!(read.get_many("arguments").map(|list| list.len()), Some(2));
        assert_eq!(read.get_one("absent"), None);
    }

    #[test]
    fn other_lines_are_not_read() {
        for text in ["x", "x=y", "x=(\n  'a'", "x=(\n'a'\n)", "rm -rf x"] {
            assert!(Block::read(text).is_none(), "{text}");
        }
    }
}
