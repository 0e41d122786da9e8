//! Which words of two texts are the same: the shortest edit script, by Myers.

/// The most words in which two texts may differ before all that lies between
/// their common ends counts as different; keeps time and memory in bounds.
const MOST_CHANGES: usize = 600;

/// For each item of both lists, whether it has a partner in the other.
pub(super) fn partners<T: PartialEq>(left: &[T], right: &[T]) -> (Vec<bool>, Vec<bool>) {
    let start = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left_rest, right_rest) = (rest(left, start), rest(right, start));
    let end =
        left_rest.iter().rev().zip(right_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let inner = |list: &[T]| list.len() - start - end;
    let middle = |list| slice(list, start, end);
    let (kept_left, kept_right) = changes(middle(left), middle(right))
        .unwrap_or_else(|| (vec![false; inner(left)], vec![false; inner(right)]));
    let whole = |kept: Vec<bool>| {
        let ends = |count| std::iter::repeat_n(true, count);
        ends(start).chain(kept).chain(ends(end)).collect()
    };
    (whole(kept_left), whole(kept_right))
}

fn rest<T>(list: &[T], start: usize) -> &[T] {
    list.get(start..).unwrap_or_default()
}

fn slice<T>(list: &[T], start: usize, end: usize) -> &[T] {
    list.get(start..list.len() - end).unwrap_or_default()
}

/// Myers's greedy way: for each number of changes, how far each diagonal gets.
/// `None` where there are too many changes.
fn changes<T: PartialEq>(left: &[T], right: &[T]) -> Option<(Vec<bool>, Vec<bool>)> {
    let (columns, rows) = (left.len(), right.len());
    let most = (columns + rows).min(MOST_CHANGES);
    // Diagonal k stands at k + most + 1; one more on both sides.
    let place = |k: isize| usize::try_from(k + isize::try_from(most).ok()? + 1).ok();
    let mut reach = vec![0_usize; 2 * most + 3];
    let mut steps: Vec<Vec<usize>> = Vec::new();
    for count in 0..=isize::try_from(most).ok()? {
        steps.push(reach.clone());
        let mut k = -count;
        while k <= count {
            let (below, above) = (*reach.get(place(k - 1)?)?, *reach.get(place(k + 1)?)?);
            let goes_down = k == -count || (k != count && below < above);
            let mut x = if goes_down { above } else { below + 1 };
            let mut y = usize::try_from(isize::try_from(x).ok()? - k).ok();
            while let Some(row) = y
                && x < columns
                && row < rows
                && left.get(x) == right.get(row)
            {
                x += 1;
                y = Some(row + 1);
            }
            *reach.get_mut(place(k)?)? = x;
            if x >= columns && y.is_some_and(|row| row >= rows) {
                return back(&steps, columns, rows, &place);
            }
            k += 2;
        }
    }
    None
}

/// Walks back from the end, noting the items that were the same.
fn back(
    steps: &[Vec<usize>],
    columns: usize,
    rows: usize,
    place: &dyn Fn(isize) -> Option<usize>,
) -> Option<(Vec<bool>, Vec<bool>)> {
    let (mut kept_left, mut kept_right) = (vec![false; columns], vec![false; rows]);
    let (mut x, mut y) = (isize::try_from(columns).ok()?, isize::try_from(rows).ok()?);
    for (count, reach) in steps.iter().enumerate().rev() {
        let count = isize::try_from(count).ok()?;
        let k = x - y;
        let (below, above) = (*reach.get(place(k - 1)?)?, *reach.get(place(k + 1)?)?);
        let goes_down = k == -count || (k != count && below < above);
        let before = if goes_down { k + 1 } else { k - 1 };
        let before_x = isize::try_from(if goes_down { above } else { below }).ok()?;
        let before_y = before_x - before;
        while x > before_x && y > before_y && x > 0 && y > 0 {
            (x, y) = (x - 1, y - 1);
            if count == 0 || x >= before_x && y >= before_y {
                *kept_left.get_mut(usize::try_from(x).ok()?)? = true;
                *kept_right.get_mut(usize::try_from(y).ok()?)? = true;
            }
        }
        (x, y) = (before_x, before_y);
    }
    Some((kept_left, kept_right))
}

/// A text in words: runs of letters and digits, runs of blanks, single others.
pub(super) fn words(text: &str) -> Vec<&str> {
    let kind = |letter: char| match letter {
        letter if letter.is_alphanumeric() || letter == '_' => 0,
        letter if letter.is_whitespace() => 1,
        _ => 2,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let now = kind(letter);
        if before.is_some_and(|before| before != now || now == 2) {
            words.extend(text.get(start..at));
            start = at;
        }
        before = Some(now);
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kept(left: &str, right: &str) -> (String, String) {
        let (left, right): (Vec<_>, Vec<_>) = (left.chars().collect(), right.chars().collect());
        let (a, b) = partners(&left, &right);
        let pick = |list: &[char], flags: &[bool]| {
            list.iter().zip(flags).filter(|(_, kept)| **kept).map(|(letter, _)| *letter).collect()
        };
        (pick(&left, &a), pick(&right, &b))
    }

    #[test]
    fn what_both_have_in_order_is_the_same() {
        assert_eq!(kept("abcabba", "cbabac").0.len(), 4, "Myers's own example");
        assert_eq!(kept("axb", "ayb"), ("ab".to_owned(), "ab".to_owned()));
        assert_eq!(kept("", "abc"), (String::new(), String::new()));
        assert_eq!(kept("abc", "abc").0, "abc");
        assert_eq!(kept("abc", "").1, "");
    }

    #[test]
    fn texts_are_cut_into_words() {
        assert_eq!(words("a_1 == \"b\"\n"), ["a_1", " ", "=", "=", " ", "\"", "b", "\"", "\n"]);
        assert_eq!(words(""), [""; 0]);
    }

    proptest! {
        #[test]
        fn partners_are_equal_in_order(left in "[abc]{0,20}", right in "[abc]{0,20}") {
            let (one, other) = kept(&left, &right);
            prop_assert_eq!(one, other);
        }

        #[test]
        fn nothing_longer_is_common(left in "[ab]{0,9}", right in "[ab]{0,9}") {
            let (one, _) = kept(&left, &right);
            prop_assert_eq!(one.len(), longest(left.as_bytes(), right.as_bytes()));
        }

        #[test]
        fn words_are_the_text(text in any::<String>()) {
            prop_assert_eq!(words(&text).concat(), text);
        }
    }

    /// The length of the longest common subsequence, the slow way.
    fn longest(left: &[u8], right: &[u8]) -> usize {
        match (left.split_first(), right.split_first()) {
            (Some((a, left_rest)), Some((b, right_rest))) if a == b => {
                1 + longest(left_rest, right_rest)
            }
            (Some((_, left_rest)), Some((_, right_rest))) => {
                longest(left_rest, right).max(longest(left, right_rest))
            }
            _ => 0,
        }
    }
}
