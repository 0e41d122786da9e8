//! Character classes of the grammar, and text positions.
//!
//! The engine counts UTF-16 units and asks Unicode categories of single units,
//! so nothing beyond U+FFFF is ever a letter (rule I1).

use super::ast::Pos;

/// Starts of the runs of ten decimal digits in the first plane.
const DIGIT_RUNS: [u16; 37] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
    0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];

/// A decimal digit of any script.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || (c > '\u{7f}'
            && DIGIT_RUNS.iter().any(|run| (c as u32).wrapping_sub(u32::from(*run)) < 10))
}

/// A letter. Combining marks count as letters here, which they do not upstream.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c > '\u{7f}'
            && c <= '\u{ffff}'
            && c.is_alphabetic()
            // Letter-like numbers and circled letters are not letters by category.
            && !matches!(c as u32, 0x345 | 0x16EE..=0x16F0 | 0x2160..=0x2182 | 0x2185..=0x2188
                | 0x24B6..=0x24E9 | 0x3007 | 0x3021..=0x3029 | 0x3038..=0x303A | 0xA6E6..=0xA6EF))
}

/// A character of an identifier other than white space.
pub(super) fn is_word(c: char) -> bool {
    is_letter(c) || is_digit(c) || matches!(c, '_' | '-' | ':' | '/' | '~' | '(' | ')' | '@')
}

/// Folds a name for comparison without case: per character, as an ordinal
/// comparison that ignores case does.
pub(super) fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_uppercase();
    }
    name.chars().map(upper).collect()
}

/// Upper case of one character where that is one character, else itself.
pub(super) fn upper(c: char) -> char {
    let mut many = c.to_uppercase();
    match (many.next(), many.next()) {
        // Dotless i is no upper-case partner of I in ordinal comparison.
        (Some(one), None) if c != 'ı' => one,
        _ => c,
    }
}

/// Lower case of one character where that is one character, else itself.
pub(super) fn lower(c: char) -> char {
    let mut many = c.to_lowercase();
    match (many.next(), many.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Turns byte offsets of one text into [`Pos`]; checkpoints keep each lookup short.
pub(super) struct Places<'t> {
    text: &'t str,
    marks: Vec<(usize, Pos)>,
}

impl<'t> Places<'t> {
    const EVERY: usize = 256;

    pub(super) fn new(text: &'t str) -> Self {
        let mut pos = Pos { unit: 0, line: 1, column: 1 };
        let mut marks = vec![(0, pos)];
        let mut next = Self::EVERY;
        for (at, c) in text.char_indices() {
            if at >= next {
                marks.push((at, pos));
                next = at + Self::EVERY;
            }
            advance(&mut pos, c);
        }
        Self { text, marks }
    }

    pub(super) fn at(&self, offset: usize) -> Pos {
        let index = self.marks.partition_point(|mark| mark.0 <= offset).saturating_sub(1);
        let Some((start, mut pos)) = self.marks.get(index).copied() else {
            return Pos { unit: 0, line: 1, column: 1 };
        };
        for c in self.text.get(start..offset).unwrap_or_default().chars() {
            advance(&mut pos, c);
        }
        pos
    }
}

fn advance(pos: &mut Pos, c: char) {
    let units = if c > '\u{ffff}' { 2 } else { 1 };
    pos.unit += units;
    if c == '\n' {
        pos.line += 1;
        pos.column = 1;
    } else {
        pos.column += units;
    }
}
