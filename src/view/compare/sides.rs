//! The two sides of a difference, beside each other.

use crate::compare::{Change, Difference, Piece, Row, Side, lines, words};

/// One line of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its pieces; none where it is an empty line.
    pub pieces: Vec<Piece>,
}

/// Lines that stand beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pair {
    /// The same on both sides.
    Same(String),
    /// Different, or only on one side.
    Differs(Option<Cell>, Option<Cell>),
    /// As many lines that are the same were left out.
    Skipped(usize),
}

/// What is shown of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sides {
    /// Nothing besides its title.
    Nothing,
    /// Places in an order, in words.
    Places(String, String),
    /// One line on each side; `None` is nothing.
    Short(Option<Vec<Piece>>, Option<Vec<Piece>>),
    /// All that was added or removed, whether it is on the side after.
    Whole(Vec<String>, bool),
    /// Lines beside each other.
    Long(Vec<Pair>),
}

/// The most lines of one difference that are shown.
const MOST: usize = 400;

/// The two sides of `difference`.
#[must_use]
pub fn sides(difference: &Difference) -> Sides {
    let before = difference.before.as_deref();
    let after = difference.after.as_deref();
    match difference.change {
        Change::Moved => Sides::Places(
            before.unwrap_or_default().to_owned(),
            after.unwrap_or_default().to_owned(),
        ),
        Change::Added | Change::Removed => {
            let said = after.or(before).unwrap_or_default();
            if said.is_empty() {
                return Sides::Nothing;
            }
            let lines = said.lines().take(MOST).map(str::to_owned).collect();
            Sides::Whole(lines, difference.change == Change::Added)
        }
        Change::Changed if difference.is_long() => {
            let rows = lines(before.unwrap_or_default(), after.unwrap_or_default());
            let mut pairs = pairs(rows);
            let more = pairs.len().saturating_sub(MOST);
            if more > 0 {
                pairs.truncate(MOST);
                pairs.push(Pair::Skipped(more));
            }
            Sides::Long(pairs)
        }
        Change::Changed => match (before, after) {
            (Some(before), Some(after)) => {
                let (before, after) = words(before, after);
                Sides::Short(Some(before), Some(after))
            }
            (before, after) => Sides::Short(before.map(whole), after.map(whole)),
        },
    }
}

fn whole(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), is_marked: false }]
}

/// Puts lines that took each other's place beside each other.
fn pairs(rows: Vec<Row>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let settle = |gone: &mut Vec<Cell>, come: &mut Vec<Cell>, pairs: &mut Vec<Pair>| {
        let (mut left, mut right) = (gone.drain(..), come.drain(..));
        loop {
            match (left.next(), right.next()) {
                (None, None) => break,
                (left, right) => pairs.push(Pair::Differs(left, right)),
            }
        }
    };
    for row in rows {
        match row {
            Row::Line { side: Side::Before, pieces } => {
                if !come.is_empty() {
                    settle(&mut gone, &mut come, &mut pairs);
                }
                gone.push(Cell { pieces });
            }
            Row::Line { side: Side::After, pieces } => come.push(Cell { pieces }),
            Row::Line { side: Side::Both, pieces } => {
                settle(&mut gone, &mut come, &mut pairs);
                pairs.push(Pair::Same(pieces.into_iter().map(|piece| piece.text).collect()));
            }
            Row::Skipped(many) => {
                settle(&mut gone, &mut come, &mut pairs);
                pairs.push(Pair::Skipped(many));
            }
        }
    }
    settle(&mut gone, &mut come, &mut pairs);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Area;

    fn of(before: Option<&str>, after: Option<&str>, change: Change) -> Sides {
        let text = |side: Option<&str>| side.map(str::to_owned);
        let path = vec!["x".to_owned()];
        sides(&Difference::new(Area::Process, path, change, text(before), text(after)))
    }

    fn text(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|one| if one.is_marked { format!("[{}]", one.text) } else { one.text.clone() })
            .collect()
    }

    #[test]
    fn one_line_has_its_words_marked() {
        let Sides::Short(Some(before), Some(after)) =
            of(Some("pulumi up --yes"), Some("pulumi up --yes --diff"), Change::Changed)
        else {
            panic!("two sides");
        };
        assert_eq!(
            (text(&before), text(&after)),
            ("pulumi up --yes".to_owned(), "pulumi up --yes[ --diff]".to_owned(),)
        );
        assert_eq!(of(None, Some("a"), Change::Changed), Sides::Short(None, Some(whole("a"))));
    }

    #[test]
    fn several_lines_stand_beside_each_other() {
        let Sides::Long(pairs) = of(Some("a\nb\nc"), Some("a\nB\nd\nc"), Change::Changed) else {
            panic!("several lines");
        };
        let shape: Vec<_> = pairs
            .iter()
            .map(|pair| match pair {
                Pair::Same(text) => text.clone(),
                Pair::Differs(left, right) => {
                    let cell = |cell: &Option<Cell>| {
                        cell.as_ref().map_or("-".to_owned(), |cell| text(&cell.pieces))
                    };
                    format!("{} | {}", cell(left), cell(right))
                }
                Pair::Skipped(many) => format!("{many} skipped"),
            })
            .collect();
        assert_eq!(shape, ["a", "b | B", "- | d", "c"]);
    }

    #[test]
    fn what_is_only_on_one_side_is_told_as_a_whole() {
        assert_eq!(
            of(None, Some("a\nb"), Change::Added),
            Sides::Whole(vec!["a".to_owned(), "b".to_owned()], true)
        );
        assert_eq!(of(Some(""), None, Change::Removed), Sides::Nothing);
        assert_eq!(
            of(Some("first"), Some("after b"), Change::Moved),
            Sides::Places("first".to_owned(), "after b".to_owned())
        );
    }
}
