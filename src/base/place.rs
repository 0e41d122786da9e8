//! Where in its source something stands.

use std::fmt;

/// A position in a text as people count: line and column both start at 1,
/// columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl LineColumn {
    /// The position of byte `offset` in `text`; an offset past the end is the end.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: u32::try_from(before[start..].chars().count() + 1).unwrap_or(u32::MAX),
        }
    }
}

impl LineColumn {
    /// The positions of `offsets`, which are in order, in one pass over `text`.
    #[must_use]
    pub fn of_each(text: &str, offsets: &[usize]) -> Vec<Self> {
        let mut here = Self { line: 1, column: 1 };
        let mut done = 0;
        let mut places = Vec::with_capacity(offsets.len());
        for offset in offsets {
            let mut end = (*offset).clamp(done, text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let passed = text.get(done..end).unwrap_or_default();
            let lines = passed.bytes().filter(|byte| *byte == b'\n').count();
            let tail = passed.rsplit('\n').next().unwrap_or_default().chars().count();
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            here.line = here.line.saturating_add(count(lines));
            if lines > 0 {
                here.column = 1;
            }
            here.column = here.column.saturating_add(count(tail));
            done = end.max(done);
            places.push(here);
        }
        places
    }
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// The place a finding speaks of: a file, a position in it, a JSON path, or
/// any of them that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// File name as the person knows it.
    pub file: Option<String>,
    /// Position in that file's text.
    pub position: Option<LineColumn>,
    /// JSON path such as `$.environments[2].name`.
    pub path: Option<String>,
}

impl Place {
    /// A place known by its JSON path only.
    #[must_use]
    pub fn path(path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// A place known by its position only.
    #[must_use]
    pub fn position(position: LineColumn) -> Self {
        Self { position: Some(position), ..Self::default() }
    }

    /// The same place, in the file called `file`.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(file) = &self.file {
            write!(f, "{file}")?;
            separator = ", ";
        }
        if let Some(position) = &self.position {
            write!(f, "{separator}{position}")?;
            separator = ", ";
        }
        if let Some(path) = &self.path {
            write!(f, "{separator}{path}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines_from_one() {
        let text = "a\nbé c";
        assert_eq!(LineColumn::of(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(LineColumn::of(text, 2), LineColumn { line: 2, column: 1 });
        assert_eq!(LineColumn::of(text, 5), LineColumn { line: 2, column: 3 });
        assert_eq!(LineColumn::of(text, 4), LineColumn { line: 2, column: 2 });
        assert_eq!(LineColumn::of(text, 99), LineColumn { line: 2, column: 5 });
        let offsets = [0, 0, 1, 2, 3, 5, 6, 99];
        let each = offsets.map(|offset| LineColumn::of(text, offset));
        assert_eq!(LineColumn::of_each(text, &offsets), each);
    }
}
