//! Prints numbers by .NET's standard and custom formats.
//!
//! Sources: SPEC.md, rule D4.

use super::number::{Pieces, exponent, general, shortest};
use super::setting::Culture;

/// A number as digits: the value is `0.digits` times ten to `point`.
#[derive(Debug, Clone)]
pub(super) struct Digits {
    pub(super) negative: bool,
    pub(super) digits: String,
    pub(super) point: i32,
}

/// A number to print; the kind decides what a format means.
#[derive(Debug, Clone)]
pub(super) enum Number {
    Int(i32),
    Double(f64),
    /// Keeps its digits after the separator, trailing zeros too.
    Decimal(Digits),
}

/// Digits that a decimal can hold.
const DECIMAL_MAX: &str = "79228162514264337593543950335";

/// A decimal from its pieces; `None` when it is too large.
pub(super) fn decimal(pieces: &Pieces) -> Option<Number> {
    let whole = pieces.whole.trim_start_matches('0');
    let mut digits = Digits {
        negative: pieces.negative,
        digits: format!("{whole}{}", pieces.fraction),
        point: i32::try_from(whole.len()).ok()?,
    };
    // At most 28 places, and no more than 96 bits in all: drop places until it fits.
    let mut places = pieces.fraction.len().min(28);
    loop {
        let fits = round(&digits, i32::try_from(places).ok()?);
        let bare = fits.digits.trim_start_matches('0');
        if bare.len() < DECIMAL_MAX.len()
            || (bare.len() == DECIMAL_MAX.len() && bare <= DECIMAL_MAX)
        {
            digits = fits;
            break;
        }
        places = places.checked_sub(1)?;
    }
    Some(Number::Decimal(digits))
}

fn double_digits(value: f64, places: i32) -> Digits {
    // Enough places to tell a tie from what is only near one.
    let places = usize::try_from(places.max(0)).unwrap_or(0) + 30;
    let text = format!("{:.places$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    Digits {
        negative: value.is_sign_negative(),
        point: i32::try_from(whole.len()).unwrap_or(i32::MAX),
        digits: format!("{whole}{fraction}"),
    }
}

impl Number {
    fn shortest(&self) -> Digits {
        match self {
            Self::Int(value) => {
                let digits = value.unsigned_abs().to_string();
                let point = i32::try_from(digits.len()).unwrap_or(0);
                Digits { negative: *value < 0, digits, point }
            }
            Self::Double(value) => {
                let (digits, point) = shortest(value.abs());
                Digits { negative: value.is_sign_negative(), digits, point }
            }
            Self::Decimal(digits) => digits.clone(),
        }
    }

    fn exact(&self, places: i32) -> Digits {
        match self {
            Self::Double(value) => double_digits(*value, places),
            _ => self.shortest(),
        }
    }
}

/// Rounds half away from zero to `places` after the point; gives exactly that many.
fn round(from: &Digits, places: i32) -> Digits {
    let keep = from.point + places;
    let mut out = from.clone();
    if keep < 0 {
        out.digits = "0".repeat(usize::try_from(places).unwrap_or(0));
        out.point = 0;
        return out;
    }
    let keep = usize::try_from(keep).unwrap_or(0);
    let up = from.digits.as_bytes().get(keep).is_some_and(|digit| *digit >= b'5');
    let mut digits: Vec<u8> = from.digits.bytes().take(keep).collect();
    digits.resize(keep, b'0');
    if up {
        let mut carried = true;
        for digit in digits.iter_mut().rev() {
            if *digit == b'9' {
                *digit = b'0';
            } else {
                *digit += 1;
                carried = false;
                break;
            }
        }
        if carried {
            digits.insert(0, b'1');
            out.point += 1;
        }
    }
    out.digits = digits.into_iter().map(char::from).collect();
    out
}

/// Whole part and fraction, each as text.
fn split(digits: &Digits) -> (String, String) {
    let count = usize::try_from(digits.point.max(0)).unwrap_or(0);
    let mut whole: String = digits.digits.chars().take(count).collect();
    whole.extend(std::iter::repeat_n('0', count - whole.len()));
    let mut fraction = "0".repeat(usize::try_from(-digits.point).unwrap_or(0));
    fraction.extend(digits.digits.chars().skip(count));
    let bare = whole.trim_start_matches('0');
    (bare.to_owned(), fraction)
}

fn grouped(whole: &str, separator: char) -> String {
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn fixed(digits: &Digits, places: i32, groups: bool, culture: &Culture) -> String {
    let (whole, fraction) = split(&round(digits, places));
    let whole = if whole.is_empty() { "0".to_owned() } else { whole };
    let mut out = if groups { grouped(&whole, culture.group) } else { whole };
    if !fraction.is_empty() {
        out.push(culture.decimal);
        out.push_str(&fraction);
    }
    out
}

fn is_zero(text: &str) -> bool {
    !text.bytes().any(|b| matches!(b, b'1'..=b'9'))
}

/// Prints a number; `None` if the format is not one.
pub(super) fn format(number: &Number, spec: &str, culture: &Culture) -> Option<String> {
    if let Number::Double(value) = number
        && !value.is_finite()
    {
        return Some(super::number::double_text(*value, culture));
    }
    let spec = if spec.is_empty() { "G" } else { spec };
    let letter = spec.chars().next()?;
    let digits = spec.get(letter.len_utf8()..)?;
    if letter.is_ascii_alphabetic()
        && digits.len() <= 2
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return standard(number, letter, digits.parse().ok(), culture);
    }
    Some(super::number_custom::format(number, spec, culture))
}

fn standard(
    number: &Number,
    letter: char,
    precision: Option<i32>,
    culture: &Culture,
) -> Option<String> {
    let places = precision.unwrap_or(2);
    let signed = |digits: &Digits, body: String| {
        // Doubles keep the sign of a zero, the others do not.
        let keeps = matches!(number, Number::Double(_));
        if digits.negative && (keeps || !is_zero(&body)) { format!("-{body}") } else { body }
    };
    match letter.to_ascii_uppercase() {
        'C' => {
            let digits = number.exact(places);
            let body = format!("{}{}", culture.currency, fixed(&digits, places, true, culture));
            Some(if digits.negative && !is_zero(&body) { format!("({body})") } else { body })
        }
        'F' | 'N' => {
            let digits = number.exact(places);
            let body = fixed(&digits, places, letter.eq_ignore_ascii_case(&'N'), culture);
            Some(signed(&digits, body))
        }
        'P' => {
            let mut digits = number.exact(places + 2);
            digits.point += 2;
            let body = format!("{} %", fixed(&digits, places, true, culture));
            Some(signed(&digits, body))
        }
        'E' => {
            let digits = strip(number.shortest());
            let body = scientific(number, precision.unwrap_or(6), 3, letter, culture);
            Some(signed(&digits, body))
        }
        'G' => {
            let digits = number.shortest();
            let e = if letter == 'g' { 'e' } else { 'E' };
            let body = match (number, precision.filter(|p| *p > 0)) {
                (Number::Decimal(_), None) => fixed(
                    &digits,
                    i32::try_from(digits.digits.len()).ok()? - digits.point,
                    false,
                    culture,
                ),
                (Number::Int(_), None) => digits.digits.clone(),
                (_, wanted) => {
                    let most = wanted.unwrap_or(17);
                    let stripped = strip(digits.clone());
                    let rounded = significant(number, &stripped, most);
                    general(&rounded.digits, rounded.point, most, culture, e)
                }
            };
            Some(signed(&digits, body))
        }
        'R' => match number {
            Number::Double(value) => Some(super::number::double_text(*value, culture)),
            _ => None,
        },
        'D' | 'X' => {
            let Number::Int(value) = number else { return None };
            let width = usize::try_from(precision.unwrap_or(0)).ok()?;
            Some(match letter {
                'x' => format!("{value:0width$x}"),
                'X' => format!("{value:0width$X}"),
                _ => {
                    let sign = if *value < 0 { "-" } else { "" };
                    format!("{sign}{:0width$}", value.unsigned_abs())
                }
            })
        }
        _ => None,
    }
}

/// Without zeros at either end.
fn strip(mut digits: Digits) -> Digits {
    let leading = digits.digits.len() - digits.digits.trim_start_matches('0').len();
    digits.point -= i32::try_from(leading).unwrap_or(0);
    digits.digits = digits.digits.trim_matches('0').to_owned();
    if digits.digits.is_empty() {
        digits.point = 1;
    }
    digits
}

/// Rounded to so many significant digits.
fn significant(number: &Number, from: &Digits, most: i32) -> Digits {
    let exact = match number {
        Number::Double(_) if most > 15 => strip(number.exact(most - from.point)),
        _ => from.clone(),
    };
    let exact =
        if most >= 17 && matches!(number, Number::Double(_)) { from.clone() } else { exact };
    let rounded = round(&exact, most - exact.point);
    strip(rounded)
}

/// `d.ddddddE+ddd`.
pub(super) fn scientific(
    number: &Number,
    places: i32,
    width: usize,
    letter: char,
    culture: &Culture,
) -> String {
    let stripped = strip(number.shortest());
    let zero = stripped.digits.is_empty();
    let exact = match number {
        Number::Double(_) if !zero => strip(number.exact(places + 1 - stripped.point)),
        _ => stripped,
    };
    let rounded = round(&exact, places + 1 - exact.point);
    let power = if zero { 0 } else { rounded.point - 1 };
    let mut digits = rounded.digits.chars();
    let mut out = String::from(digits.next().unwrap_or('0'));
    let wanted = usize::try_from(places).unwrap_or(0);
    let fraction: String = digits.chain(std::iter::repeat('0')).take(wanted).collect();
    if !fraction.is_empty() {
        out.push(culture.decimal);
        out.push_str(&fraction);
    }
    out.push(letter);
    out.push_str(&exponent(power, width));
    out
}

/// Whole part and fraction of a number rounded to `places`, zeros kept.
pub(super) fn rounded_parts(number: &Number, places: i32, scale: i32) -> (bool, String, String) {
    let mut digits = match number {
        // Custom formats see fifteen digits of a double.
        Number::Double(_) => {
            let stripped = strip(number.shortest());
            significant(&Number::Int(0), &stripped, 15)
        }
        _ => number.shortest(),
    };
    digits.point += scale;
    let rounded = round(&digits, places);
    let (whole, fraction) = split(&rounded);
    (digits.negative, whole, fraction)
}
