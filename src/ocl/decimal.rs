//! Decimal numbers as the reference holds them: 96 bits of digits and a scale
//! of at most 28 (rules D1 to D3).
//!
//! Never: binary floating point.

use std::fmt;

/// Most digits after the point.
const MAX_SCALE: usize = 28;
/// The largest run of digits, 2^96 - 1.
const MAX_DIGITS: &[u8; 29] = b"79228162514264337593543950335";

/// A decimal number in the text the reference writes for it: no leading zeros,
/// trailing zeros kept, at most 29 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// Reads `-`, digits, `.`, digits, rounding half to even beyond what fits.
    /// Nothing if it has another form or is too large.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = text.split_once('.')?;
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let (digits, scale) = round(whole, fraction)?;
        Some(Self(layout(negative, &digits, scale)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The digits that fit and how many of them stand after the point.
fn round(whole: &str, fraction: &str) -> Option<(Vec<u8>, usize)> {
    let whole = whole.trim_start_matches('0');
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let leading = digits.iter().take_while(|digit| **digit == b'0').count();
    if leading == digits.len() {
        return Some((Vec::new(), fraction.len().min(MAX_SCALE)));
    }
    digits.drain(..leading);
    if whole.len() > MAX_DIGITS.len() {
        return None;
    }
    // With no whole part, all the fraction counts as digits after the point.
    let scale = fraction.len();
    let fits =
        if digits.get(..29).is_some_and(|first| first <= MAX_DIGITS.as_slice()) { 29 } else { 28 };
    let surplus = scale.saturating_sub(MAX_SCALE).max(digits.len().saturating_sub(fits));
    let keep = digits.len().saturating_sub(surplus);
    if surplus > scale {
        return None;
    }
    let rest = digits.split_off(keep);
    // Digits of the fraction further right than those cut are zeros: a number
    // so small that nothing is kept rounds to zero.
    let first = if surplus > rest.len() { b'0' } else { rest.first().copied().unwrap_or(b'0') };
    let tail = rest.iter().skip(1).any(|digit| *digit != b'0');
    let odd = digits.last().is_some_and(|digit| (digit - b'0') % 2 == 1);
    let mut scale = scale - surplus;
    if first > b'5' || (first == b'5' && (tail || odd)) {
        increment(&mut digits);
        if digits.len() == 29 && digits.as_slice() > MAX_DIGITS.as_slice() {
            digits.pop();
            increment(&mut digits);
            scale = scale.checked_sub(1)?;
        }
    }
    Some((digits, scale))
}

/// Adds one to the number that the digits spell.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

fn layout(negative: bool, digits: &[u8], scale: usize) -> String {
    let mut out = String::new();
    let zero = digits.iter().all(|digit| *digit == b'0');
    if negative && !zero {
        out.push('-');
    }
    let whole = digits.len().saturating_sub(scale);
    if whole == 0 {
        out.push('0');
    }
    for (index, digit) in digits.iter().enumerate() {
        if index == whole {
            pad(&mut out, scale, digits.len());
        }
        out.push(char::from(*digit));
    }
    if digits.is_empty() {
        pad(&mut out, scale, 0);
    }
    out
}

/// The point and the zeros between it and the first digit.
fn pad(out: &mut String, scale: usize, digits: usize) {
    if scale > 0 {
        out.push('.');
    }
    for _ in digits..scale {
        out.push('0');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = Decimal::parse(text).map_or("too large".to_owned(), |d| d.to_string());
        assert_eq!(shown, expected, "reading {text}");
    }

    /// D1, D2: zeros after the point stay, the sign of zero and zeros before go.
    #[test]
    fn ordinary_numbers_keep_their_text() {
        check("1.5", "1.5");
        check("-1.500", "-1.500");
        check("00.10", "0.10");
        check("-0.0", "0.0");
        check("0.001", "0.001");
        check("0.00", "0.00");
        check("10.0", "10.0");
        check("3243242.43432", "3243242.43432");
    }

    /// D3: 96 bits and 28 places, half to even.
    #[test]
    fn what_does_not_fit_is_rounded_or_refused() {
        check("79228162514264337593543950335.4", "79228162514264337593543950335");
        check("79228162514264337593543950335.5", "too large");
        check("79228162514264337593543950336.0", "too large");
        check("100000000000000000000000000000.0", "too large");
        check("7.9228162514264337593543950335", "7.9228162514264337593543950335");
        check("7.92281625142643375935439503355", "7.922816251426433759354395034");
        check("7.9228162514264337593543950336", "7.922816251426433759354395034");
        check("0.1234567890123456789012345678", "0.1234567890123456789012345678");
        check("0.12345678901234567890123456785", "0.1234567890123456789012345678");
        check("0.12345678901234567890123456775", "0.1234567890123456789012345678");
        check("0.123456789012345678901234567850001", "0.1234567890123456789012345679");
        check("9.99999999999999999999999999999", "10.000000000000000000000000000");
        check("0.00000000000000000000000000005", "0.0000000000000000000000000000");
        check("0.00000000000000000000000000006", "0.0000000000000000000000000001");
        check("0.000000000000000000000000000006", "0.0000000000000000000000000000");
        check(&format!("0.{}", "0".repeat(40)), &format!("0.{}", "0".repeat(28)));
        check(&format!("{}1.5", "0".repeat(100)), "1.5");
    }
}
