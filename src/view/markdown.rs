//! The little Markdown that Pulpo's own texts use, as blocks for a view to
//! make elements of: paragraphs, lists, tables, headings, code.
//!
//! Never: HTML. What is not known stays text.

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// As it is.
    Text(String),
    /// `**strong**`.
    Strong(String),
    /// `*emphasis*`.
    Emphasis(String),
    /// Between backticks.
    Code(String),
    /// `[words](https://…)`, or a place of the app: `[words](#/…)`.
    Link(String, String),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Text(Vec<Span>),
    /// A heading of any level.
    Heading(Vec<Span>),
    /// A list, and whether it is numbered.
    List(bool, Vec<Vec<Span>>),
    /// A table; its first row is its head.
    Table(Vec<Vec<Vec<Span>>>),
    /// Code between fences, and its language.
    Code(String, String),
}

/// The blocks of `text`.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    // The paragraph or list item that goes on with the next line.
    let mut open = Open::None;
    while let Some(line) = lines.next() {
        let inner = line.trim();
        if let Some(language) = inner.strip_prefix("```") {
            open.close(&mut blocks);
            let mut code = String::new();
            for line in lines.by_ref().take_while(|line| line.trim() != "```") {
                code.push_str(line);
                code.push('\n');
            }
            blocks.push(Block::Code(language.trim().to_owned(), code));
        } else if inner.is_empty() {
            open.end_paragraph(&mut blocks);
        } else if inner.starts_with('#') && inner.trim_start_matches('#').starts_with(' ') {
            open.close(&mut blocks);
            blocks.push(Block::Heading(spans(inner.trim_start_matches('#').trim())));
        } else if inner.starts_with('|') {
            open.row(inner, &mut blocks);
        } else if let Some((is_numbered, item)) = item_of(inner) {
            open.item(is_numbered, item, &mut blocks);
        } else {
            open.line(inner, line.starts_with(' '), &mut blocks);
        }
    }
    open.close(&mut blocks);
    blocks
}

/// What is being read.
enum Open {
    None,
    Text(String),
    List(bool, Vec<String>),
    Table(Vec<Vec<Vec<Span>>>),
}

impl Open {
    fn close(&mut self, blocks: &mut Vec<Block>) {
        match std::mem::replace(self, Self::None) {
            Self::None => {}
            Self::Text(text) => blocks.push(Block::Text(spans(&text))),
            Self::List(is_numbered, items) => {
                blocks.push(Block::List(is_numbered, items.iter().map(|one| spans(one)).collect()));
            }
            Self::Table(rows) => blocks.push(Block::Table(rows)),
        }
    }

    /// A blank line ends a paragraph; a list may go on after it.
    fn end_paragraph(&mut self, blocks: &mut Vec<Block>) {
        if !matches!(self, Self::List(..)) {
            self.close(blocks);
        }
    }

    fn line(&mut self, line: &str, is_indented: bool, blocks: &mut Vec<Block>) {
        match self {
            Self::Text(text) => {
                text.push(' ');
                text.push_str(line);
            }
            Self::List(_, items) if is_indented => {
                if let Some(last) = items.last_mut() {
                    last.push(' ');
                    last.push_str(line);
                }
            }
            _ => {
                self.close(blocks);
                *self = Self::Text(line.to_owned());
            }
        }
    }

    fn item(&mut self, is_numbered: bool, item: &str, blocks: &mut Vec<Block>) {
        match self {
            Self::List(same, items) if *same == is_numbered => items.push(item.to_owned()),
            _ => {
                self.close(blocks);
                *self = Self::List(is_numbered, vec![item.to_owned()]);
            }
        }
    }

    fn row(&mut self, line: &str, blocks: &mut Vec<Block>) {
        let cells: Vec<_> =
            line.trim_matches('|').split('|').map(|cell| spans(cell.trim())).collect();
        let is_rule = line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' '));
        match self {
            Self::Table(_) if is_rule => {}
            Self::Table(rows) => rows.push(cells),
            _ => {
                self.close(blocks);
                *self = Self::Table(vec![cells]);
            }
        }
    }
}

/// The text of a list item, and whether the list is numbered.
fn item_of(line: &str) -> Option<(bool, &str)> {
    if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some((false, item));
    }
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let item = rest.strip_prefix(". ")?;
    (rest.len() < line.len()).then_some((true, item))
}

/// The spans of one paragraph.
#[must_use]
pub fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((span, length)) = marked(rest) {
            if !plain.is_empty() {
                spans.push(Span::Text(std::mem::take(&mut plain)));
            }
            spans.push(span);
            rest = rest.get(length..).unwrap_or_default();
        } else {
            plain.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    if !plain.is_empty() {
        spans.push(Span::Text(plain));
    }
    spans
}

/// The marked span that `rest` starts with, and its length with its marks.
fn marked(rest: &str) -> Option<(Span, usize)> {
    let between = |mark: &str| {
        let inner = rest.strip_prefix(mark)?;
        let end = inner.find(mark).filter(|end| *end > 0)?;
        let inner = inner.get(..end)?;
        Some((inner.to_owned(), end + 2 * mark.len()))
    };
    // Code first: marks inside it are none.
    for mark in ["``", "`"] {
        if let Some((inner, length)) = between(mark) {
            return Some((Span::Code(inner.trim().to_owned()), length));
        }
    }
    if let Some((inner, length)) = between("**") {
        return Some((Span::Strong(inner), length));
    }
    if let Some((inner, length)) = between("*")
        && !inner.starts_with([' ', '*'])
        && !inner.ends_with(' ')
    {
        return Some((Span::Emphasis(inner), length));
    }
    let words = rest.strip_prefix('[')?;
    let end = words.find("](")?;
    let (words, address) = (words.get(..end)?, words.get(end + 2..)?);
    let close = address.find(')')?;
    let is_safe = |address: &&str| address.starts_with("https://") || address.starts_with("#/");
    let address = address.get(..close).filter(is_safe)?;
    Some((Span::Link(words.to_owned(), address.to_owned()), end + close + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Span {
        Span::Text(text.into())
    }

    #[track_caller]
    fn check(markdown: &str, expected: &[Block]) {
        assert_eq!(blocks(markdown), expected);
    }

    #[test]
    fn paragraphs_and_spans() {
        check(
            "Open **A » B** and\nrun `x *y*`, *now*.\n\nSee [here](https://a.b/c).",
            &[
                Block::Text(vec![
                    text("Open "),
                    Span::Strong("A » B".into()),
                    text(" and run "),
                    Span::Code("x *y*".into()),
                    text(", "),
                    Span::Emphasis("now".into()),
                    text("."),
                ]),
                Block::Text(vec![
                    text("See "),
                    Span::Link("here".into(), "https://a.b/c".into()),
                    text("."),
                ]),
            ],
        );
    }

    #[test]
    fn lists_code_tables_and_headings() {
        check(
            "1. One\n   more\n2. Two\n\n- a\n```bash\nx | y\n\n- z\n```\n### Next\n| A | B |\n| --- | --- |\n| 1 | `2` |",
            &[
                Block::List(true, vec![vec![text("One more")], vec![text("Two")]]),
                Block::List(false, vec![vec![text("a")]]),
                Block::Code("bash".into(), "x | y\n\n- z\n".into()),
                Block::Heading(vec![text("Next")]),
                Block::Table(vec![
                    vec![vec![text("A")], vec![text("B")]],
                    vec![vec![text("1")], vec![Span::Code("2".into())]],
                ]),
            ],
        );
    }

    #[test]
    fn what_is_no_mark_stays_text() {
        for plain in
            ["2 * 3 * 4", "a ** b", "[x](javascript:y)", "`open", "é*", "1.5 is more", "#5"]
        {
            check(plain, &[Block::Text(vec![text(plain)])]);
        }
        check("", &[]);
    }

    #[test]
    fn no_mark_of_the_import_instructions_is_left_over() {
        for target in &crate::export::TARGETS {
            let blocks = blocks(target.import);
            assert!(!blocks.is_empty(), "{}", target.id);
            for block in &blocks {
                let spans = match block {
                    Block::Text(spans) | Block::Heading(spans) => std::slice::from_ref(spans),
                    Block::List(_, items) => items.as_slice(),
                    Block::Table(_) | Block::Code(..) => continue,
                };
                for span in spans.iter().flatten() {
                    if let Span::Text(text) = span {
                        assert!(!text.contains(['`', '*']), "{}: {text}", target.id);
                    }
                }
            }
        }
    }
}
