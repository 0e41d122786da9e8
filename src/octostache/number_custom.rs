//! Custom number formats such as `#,##0.00`.

use super::number_format::{Number, rounded_parts, scientific};
use super::setting::Culture;

/// Prints a number by a custom format.
pub(super) fn format(number: &Number, spec: &str, culture: &Culture) -> String {
    let sections = sections(spec);
    let plain = |index: usize| sections.get(index).copied().unwrap_or_default();
    let (negative, zero) = look(number, plain(0));
    // An empty second section leaves negatives to the first.
    let (section, sign) = match (sections.len(), negative, zero) {
        (3.., _, true) => (plain(2), false),
        (2.., true, false) if !plain(1).is_empty() => {
            // What rounds to zero goes to the zero section, or the first.
            match look(number, plain(1)).1 {
                true => (if sections.len() > 2 { plain(2) } else { plain(0) }, false),
                false => (plain(1), false),
            }
        }
        _ => (plain(0), negative && !zero),
    };
    let body = one(number, section, culture);
    if sign { format!("-{body}") } else { body }
}

/// Whether the number is negative, and whether it is zero in this section.
fn look(number: &Number, section: &str) -> (bool, bool) {
    let shape = Shape::of(section);
    if shape.exponent.is_some() {
        let (negative, whole, fraction) = rounded_parts(number, 400, 0);
        return (negative, is_zero(&whole) && is_zero(&fraction));
    }
    let (negative, whole, fraction) = rounded_parts(number, shape.places, shape.scale);
    (negative, is_zero(&whole) && is_zero(&fraction))
}

fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|b| b == b'0')
}

/// Splits at `;` outside quotes.
fn sections(spec: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut quote, mut escaped) = (0, None, false);
    for (at, c) in spec.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if let Some(open) = quote {
            if c == open {
                quote = None;
            }
        } else if matches!(c, '\'' | '"') {
            quote = Some(c);
        } else if c == ';' {
            out.push(spec.get(start..at).unwrap_or_default());
            start = at + 1;
        }
    }
    out.push(spec.get(start..).unwrap_or_default());
    out
}

/// What a section asks for.
#[derive(Default)]
struct Shape {
    /// Digit places before and after the point.
    before: usize,
    places: i32,
    /// Least digits before the point, and least after it.
    least_before: usize,
    least_after: usize,
    groups: bool,
    /// Powers of ten by which `%`, `‰` and trailing commas scale.
    scale: i32,
    exponent: Option<usize>,
}

impl Shape {
    fn of(section: &str) -> Self {
        let mut shape = Self::default();
        let mut point = false;
        let mut commas = 0;
        let mut first_zero = None;
        for piece in pieces(section) {
            match piece {
                Piece::Digit(zero) => {
                    if point {
                        shape.places += 1;
                        if zero {
                            shape.least_after = usize::try_from(shape.places).unwrap_or(0);
                        }
                    } else {
                        if commas > 0 && shape.before > 0 {
                            shape.groups = true;
                        }
                        commas = 0;
                        if zero {
                            first_zero.get_or_insert(shape.before);
                        }
                        shape.before += 1;
                    }
                }
                Piece::Point => {
                    if !point && shape.before > 0 {
                        shape.scale -= 3 * commas;
                    }
                    commas = 0;
                    point = true;
                }
                Piece::Comma => commas += 1,
                Piece::Percent(power) => shape.scale += power,
                Piece::Exponent(width, ..) => shape.exponent = Some(width),
                Piece::Literal(_) => {}
            }
        }
        if !point && shape.before > 0 {
            shape.scale -= 3 * commas;
        }
        shape.least_before = first_zero.map_or(0, |first| shape.before - first);
        shape
    }
}

enum Piece {
    /// `0` (true) or `#`.
    Digit(bool),
    Point,
    Comma,
    Percent(i32),
    /// Width, letter, whether a plus is shown.
    Exponent(usize, char, bool),
    Literal(char),
}

fn pieces(section: &str) -> Vec<Piece> {
    let chars: Vec<char> = section.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        at += 1;
        match c {
            '0' => out.push(Piece::Digit(true)),
            '#' => out.push(Piece::Digit(false)),
            '.' => out.push(Piece::Point),
            ',' => out.push(Piece::Comma),
            '%' | '‰' => {
                out.push(Piece::Percent(if c == '%' { 2 } else { 3 }));
                out.push(Piece::Literal(c));
            }
            '\\' => {
                if let Some(next) = chars.get(at) {
                    out.push(Piece::Literal(*next));
                    at += 1;
                }
            }
            '\'' | '"' => {
                while let Some(next) = chars.get(at) {
                    at += 1;
                    if *next == c {
                        break;
                    }
                    out.push(Piece::Literal(*next));
                }
            }
            'e' | 'E' => {
                let sign = chars.get(at).filter(|x| matches!(x, '+' | '-'));
                let from = at + usize::from(sign.is_some());
                let width =
                    chars.get(from..).unwrap_or_default().iter().take_while(|x| **x == '0').count();
                if width > 0 {
                    out.push(Piece::Exponent(width, c, sign == Some(&'+')));
                    at = from + width;
                } else {
                    out.push(Piece::Literal(c));
                }
            }
            _ => out.push(Piece::Literal(c)),
        }
    }
    out
}

fn one(number: &Number, section: &str, culture: &Culture) -> String {
    let shape = Shape::of(section);
    let mut power = 0;
    let (whole, fraction) = if shape.exponent.is_some() {
        let places = shape.places + i32::try_from(shape.before).unwrap_or(0).max(1) - 1;
        let text = scientific(number, places, 1, 'E', &super::setting::INVARIANT);
        let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        let split = shape.before.min(digits.len());
        power = exponent.parse::<i32>().unwrap_or(0) - i32::try_from(split).unwrap_or(1) + 1;
        let (whole, fraction) = digits.split_at_checked(split).unwrap_or((&digits, ""));
        (whole.trim_start_matches('0').to_owned(), fraction.to_owned())
    } else {
        let (_, whole, fraction) = rounded_parts(number, shape.places, shape.scale);
        (whole, fraction)
    };
    let missing = shape.least_before.saturating_sub(whole.len());
    let whole = format!("{}{whole}", "0".repeat(missing));
    let keep = fraction.trim_end_matches('0').len().max(shape.least_after);
    let fraction = fraction.get(..keep).unwrap_or(&fraction);

    let mut out = String::new();
    let (mut placed, mut point, mut written, mut after) = (0, false, 0, fraction.chars());
    for piece in pieces(section) {
        match piece {
            Piece::Digit(_) if point => out.extend(after.next()),
            Piece::Digit(_) => {
                placed += 1;
                // The first place takes all digits that no place is left for.
                let until = (whole.len() + placed).saturating_sub(shape.before);
                while written < until {
                    out.extend(whole.get(written..=written));
                    written += 1;
                    let left = whole.len() - written;
                    if shape.groups && left > 0 && left % 3 == 0 {
                        out.push(culture.group);
                    }
                }
            }
            Piece::Point => {
                if !point && !fraction.is_empty() {
                    out.push(culture.decimal);
                }
                point = true;
            }
            Piece::Exponent(width, letter, plus) => {
                out.push(letter);
                let text = super::number::exponent(power, width);
                out.push_str(if plus { &text } else { text.trim_start_matches('+') });
            }
            Piece::Literal(c) => out.push(c),
            Piece::Comma | Piece::Percent(_) => {}
        }
    }
    out
}
