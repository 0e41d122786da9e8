//! Texts compared by line, with the words that differ marked inside.

use super::myers::{Op, script};

/// Whether a line or a piece is in both texts or in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// In both.
    Both,
    /// Only in the first.
    Before,
    /// Only in the second.
    After,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Whether it is what makes the line differ.
    pub is_marked: bool,
}

/// A row of a text that is compared by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A line.
    Line {
        /// Where it is.
        side: Side,
        /// Its pieces, none where it is empty.
        pieces: Vec<Piece>,
    },
    /// As many lines that are in both were left out.
    Skipped(usize),
}

/// Lines of both texts that are kept around a difference.
const AROUND: usize = 3;

/// Two texts, line by line; what is the same far from any difference is left out.
#[must_use]
pub fn lines(before: &str, after: &str) -> Vec<Row> {
    let (left, right): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let mut rows = Vec::new();
    let mut gone: Vec<&str> = Vec::new();
    let mut come: Vec<&str> = Vec::new();
    for op in script(&left, &right) {
        match op {
            Op::Keep(line) => {
                flush(&mut gone, &mut come, &mut rows);
                rows.push(Row::Line { side: Side::Both, pieces: whole(line) });
            }
            Op::Delete(line) => gone.push(line),
            Op::Insert(line) => come.push(line),
        }
    }
    flush(&mut gone, &mut come, &mut rows);
    shorten(rows)
}

/// Two texts of one line each, in pieces.
#[must_use]
pub fn words(before: &str, after: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (left, right) = (split(before), split(after));
    let (mut old, mut new) = (Pieces::default(), Pieces::default());
    let mut kept = 0;
    for op in script(&left, &right) {
        match op {
            Op::Keep(word) => {
                kept += word.trim().len();
                old.push(word, false);
                new.push(word, false);
            }
            Op::Delete(word) => old.push(word, true),
            Op::Insert(word) => new.push(word, true),
        }
    }
    // Marks help only where a good part of the line is the same.
    if kept * 3 < before.trim().len().max(after.trim().len()) {
        return (whole(before), whole(after));
    }
    (old.list, new.list)
}

fn whole(text: &str) -> Vec<Piece> {
    if text.is_empty() {
        return Vec::new();
    }
    vec![Piece { text: text.to_owned(), is_marked: false }]
}

#[derive(Default)]
struct Pieces {
    list: Vec<Piece>,
}

impl Pieces {
    fn push(&mut self, text: &str, is_marked: bool) {
        match self.list.last_mut() {
            Some(last) if last.is_marked == is_marked => last.text.push_str(text),
            _ => self.list.push(Piece { text: text.to_owned(), is_marked }),
        }
    }
}

/// Words, blanks and signs, one after the other.
fn split(line: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum Class {
        Word,
        Blank,
        Sign,
    }
    let class = |letter: char| match letter {
        letter if letter.is_alphanumeric() || letter == '_' => Class::Word,
        letter if letter.is_whitespace() => Class::Blank,
        _ => Class::Sign,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut last: Option<Class> = None;
    for (at, letter) in line.char_indices() {
        let this = class(letter);
        if last.is_some_and(|last| last != this || this == Class::Sign) {
            words.extend(line.get(start..at));
            start = at;
        }
        last = Some(this);
    }
    words.extend(line.get(start..).filter(|rest| !rest.is_empty()));
    words
}

/// Puts lines that took each other's place one over the other, with marks.
fn flush(gone: &mut Vec<&str>, come: &mut Vec<&str>, rows: &mut Vec<Row>) {
    let line = |side, pieces| Row::Line { side, pieces };
    let (gone, come) = (std::mem::take(gone), std::mem::take(come));
    let mut after = Vec::new();
    let is_paired = gone.len() == come.len();
    for (at, text) in gone.iter().enumerate() {
        let pieces = match come.get(at).filter(|_| is_paired) {
            Some(new) => {
                let (old, new) = words(text, new);
                after.push(line(Side::After, new));
                old
            }
            None => whole(text),
        };
        rows.push(line(Side::Before, pieces));
    }
    if after.is_empty() {
        after = come.iter().map(|text| line(Side::After, whole(text))).collect();
    }
    rows.append(&mut after);
}

/// Leaves out what is the same on both sides, far from any difference.
fn shorten(rows: Vec<Row>) -> Vec<Row> {
    let is_same = |row: &Row| matches!(row, Row::Line { side: Side::Both, .. });
    let mut near = vec![false; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        if !is_same(row) {
            let end = (at + AROUND + 1).min(rows.len());
            if let Some(around) = near.get_mut(at.saturating_sub(AROUND)..end) {
                around.fill(true);
            }
        }
    }
    let mut short = Vec::new();
    let mut skipped = Vec::new();
    let settle = |skipped: &mut Vec<Row>, short: &mut Vec<Row>| {
        // One line takes the place that the note of it would.
        match skipped.len() {
            0 => {}
            1 => short.append(skipped),
            many => short.push(Row::Skipped(many)),
        }
        skipped.clear();
    };
    for (row, near) in rows.into_iter().zip(near) {
        if near {
            settle(&mut skipped, &mut short);
            short.push(row);
        } else {
            skipped.push(row);
        }
    }
    settle(&mut skipped, &mut short);
    short
}
