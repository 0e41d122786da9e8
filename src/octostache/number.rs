//! Numbers as .NET reads and prints them.
//!
//! Sources: SPEC.md K3, K4 and S1.

use super::setting::Culture;

/// Trims what number parsing takes as blank.
pub(super) fn trim_number(text: &str) -> &str {
    text.trim_matches(|c| matches!(c, ' ' | '\t'..='\r'))
}

/// A 32-bit integer: blanks around it and a sign are fine.
pub(super) fn parse_int32(text: &str) -> Option<i32> {
    // Rust's own parser takes the same signs and digits.
    trim_number(text).parse().ok()
}

/// The pieces of a number: sign, digits before and after the separator, exponent.
pub(super) struct Pieces {
    pub(super) negative: bool,
    pub(super) whole: String,
    pub(super) fraction: String,
    pub(super) exponent: String,
}

/// Takes a number apart; `None` when it is none.
pub(super) fn pieces(
    text: &str,
    culture: &Culture,
    groups: bool,
    exponent: bool,
) -> Option<Pieces> {
    let text = trim_number(text);
    let (negative, text) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let mut out =
        Pieces { negative, whole: String::new(), fraction: String::new(), exponent: String::new() };
    let mut past_point = false;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            if past_point { &mut out.fraction } else { &mut out.whole }.push(c);
        } else if c == culture.decimal && !past_point {
            past_point = true;
        } else if groups && c == culture.group && !past_point && !out.whole.is_empty() {
        } else if exponent && matches!(c, 'e' | 'E') {
            let rest = text.get(at + 1..).unwrap_or_default();
            let digits = rest.strip_prefix(['-', '+']).unwrap_or(rest);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            rest.clone_into(&mut out.exponent);
            break;
        } else {
            return None;
        }
    }
    (!out.whole.is_empty() || !out.fraction.is_empty()).then_some(out)
}

/// A double, with digit groups if asked for.
pub(super) fn parse_double(text: &str, culture: &Culture, groups: bool) -> Option<f64> {
    let bare = trim_number(text);
    let (sign, word) = match bare.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, bare.strip_prefix('+').unwrap_or(bare)),
    };
    if word.eq_ignore_ascii_case("Infinity") {
        return Some(sign * f64::INFINITY);
    }
    if word.eq_ignore_ascii_case("NaN") {
        return Some(f64::NAN);
    }
    let pieces = pieces(text, culture, groups, true)?;
    let mut plain = String::new();
    if pieces.negative {
        plain.push('-');
    }
    plain.push_str(&pieces.whole);
    plain.push('.');
    plain.push_str(&pieces.fraction);
    plain.push('e');
    plain.push_str(if pieces.exponent.is_empty() { "0" } else { &pieces.exponent });
    plain.parse().ok()
}

/// Shortest digits of a finite positive double, and where its decimal point is:
/// the value is `0.digits` times ten to that power.
pub(super) fn shortest(value: f64) -> (String, i32) {
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    (digits, exponent.parse::<i32>().unwrap_or(0) + 1)
}

/// A double in the shortest form that reads back the same.
pub(super) fn double_text(value: f64, culture: &Culture) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_infinite() {
        return format!("{sign}Infinity");
    }
    let (digits, point) = shortest(value.abs());
    format!("{sign}{}", general(&digits, point, 17, culture, 'E'))
}

/// Digits as plain number, or with an exponent where the point is further out
/// than `most` places or more than four behind.
pub(super) fn general(digits: &str, point: i32, most: i32, culture: &Culture, e: char) -> String {
    let mut out = String::new();
    if digits.bytes().all(|digit| digit == b'0') {
        return "0".to_owned();
    }
    let scientific = point > most || point < -3;
    let split = if scientific { 1 } else { point };
    let whole = usize::try_from(split).unwrap_or(0);
    if whole == 0 {
        out.push('0');
    }
    for (count, digit) in digits.chars().enumerate() {
        if count == whole {
            out.push(culture.decimal);
            out.extend(std::iter::repeat_n('0', usize::try_from(-split).unwrap_or(0)));
        }
        out.push(digit);
    }
    out.extend(std::iter::repeat_n('0', whole.saturating_sub(digits.len())));
    if scientific {
        out.push(e);
        out.push_str(&exponent(point - 1, 2));
    }
    out
}

/// An exponent with sign and at least `width` digits.
pub(super) fn exponent(value: i32, width: usize) -> String {
    let sign = if value < 0 { '-' } else { '+' };
    format!("{sign}{:0width$}", value.unsigned_abs())
}
