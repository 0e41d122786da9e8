//! The order in which the reference writer puts the keys of a map (O1 to O3).
//!
//! It is .NET's default string comparison, which follows the root locale of
//! CLDR: first by character without regard to case and accent, then by accent,
//! then lower case first.
//! Never: an order by code point for letters. Beyond Latin letters with accents
//! this is an approximation.

use std::cmp::Ordering;

/// Printable ASCII other than letters, in order.
const PUNCTUATION: &[u8; 43] = b" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

/// Base letters of U+00C0 to U+017F; a blank has none.
const BASES: &str = "AAAAAA CEEEEIIII NOOOOO OUUUUY  aaaaaa ceeeeiiii nooooo ouuuuy y\
AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi  JjKk LlLlLl  LlNnNnNn   OoOoOo  RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

/// Compares two keys.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let primary = a.chars().map(primary).cmp(b.chars().map(primary));
    let accent = || a.chars().map(accent).cmp(b.chars().map(accent));
    let case = || a.chars().map(is_upper).cmp(b.chars().map(is_upper));
    primary.then_with(accent).then_with(case)
}

/// The letter without accent, if `c` is a Latin letter with one.
fn base(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(0xC0)?;
    let base = BASES.as_bytes().get(index as usize).copied()?;
    (base != b' ').then_some(char::from(base))
}

fn primary(c: char) -> u32 {
    let c = base(c).unwrap_or(c);
    let place = PUNCTUATION.iter().position(|known| char::from(*known) == c);
    match place {
        Some(place) => u32::try_from(place).unwrap_or(0) + 0x80,
        None if c.is_ascii() => u32::from(c.to_ascii_lowercase()) + 0x80,
        None => u32::from(c.to_lowercase().next().unwrap_or(c)) + 0x100,
    }
}

fn accent(c: char) -> u32 {
    base(c).map_or(0, |_| u32::from(c.to_lowercase().next().unwrap_or(c)))
}

fn is_upper(c: char) -> bool {
    c.is_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sorted: &[&str]) {
        for pair in sorted.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{} < {}", pair[0], pair[1]);
            assert_eq!(compare(pair[1], pair[0]), Ordering::Greater, "{} > {}", pair[1], pair[0]);
        }
    }

    /// O1: letters without regard to case, digits before letters, `_`, `-` and
    /// `.` before digits.
    #[test]
    fn case_counts_last() {
        check(&["createSqlServer", "Octopus.Action.Template.Id", "ssn_Channel", "ssn_Title"]);
        check(&["environments", "Octopus.Action.Azure.AccountId"]);
        check(&["Octopus.Action.Aws.Region", "Octopus.Action.AwsAccount.Variable"]);
        check(&["a_b", "a-b", "a.b", "a1", "a2", "aa", "ab"]);
        check(&["", "a", "aa", "b"]);
    }

    /// O2: on a tie lower case comes first.
    #[test]
    fn lower_case_first_on_a_tie() {
        check(&["a", "A"]);
        check(&["ab", "aB", "Ab", "AB", "abc"]);
        check(&["a1", "A1", "a2"]);
    }

    /// O3: an accented letter right after its base letter.
    #[test]
    fn accents_after_the_base_letter() {
        check(&["a", "á", "b", "Ö", "p", "z", "Ž"]);
        check(&["resume", "résumé", "resumed"]);
        assert_eq!((base('ÿ'), base('ſ'), base('Ž')), (Some('y'), Some('s'), Some('Z')));
        assert_eq!((base('×'), base('Œ'), base('ß')), (None, None, None));
    }
}
