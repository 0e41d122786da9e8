//! Prints dates by .NET's standard and custom formats, invariant culture.
//!
//! Sources: SPEC.md, rule D3.

use super::date::{When, Zone, offset_text};

/// English month names.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// English day names, Sunday first.
pub(super) const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// What kind of value is printed; they differ in a few formats.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DateType {
    DateTime,
    DateTimeOffset,
}

/// Prints a date; `None` if the format is not one. `local` is the server's offset.
pub(super) fn format(when: When, spec: &str, kind: DateType, local: i32) -> Option<String> {
    let with_offset = kind == DateType::DateTimeOffset;
    let mut when = when;
    let mut chars = spec.chars();
    let custom = match (chars.next(), chars.next()) {
        (None, _) if with_offset => "MM/dd/yyyy HH:mm:ss zzz",
        (None, _) => "MM/dd/yyyy HH:mm:ss",
        (Some(letter), None) => match letter {
            'd' => "MM/dd/yyyy",
            'D' => "dddd, dd MMMM yyyy",
            'f' => "dddd, dd MMMM yyyy HH:mm",
            'F' => "dddd, dd MMMM yyyy HH:mm:ss",
            'g' => "MM/dd/yyyy HH:mm",
            'G' => "MM/dd/yyyy HH:mm:ss",
            'm' | 'M' => "MMMM dd",
            't' => "HH:mm",
            'T' => "HH:mm:ss",
            'y' | 'Y' => "yyyy MMMM",
            's' => "yyyy-MM-ddTHH:mm:ss",
            'o' | 'O' => return Some(when.iso_long()),
            'r' | 'R' | 'u' => {
                if with_offset {
                    when = when.to_offset(0);
                }
                if letter == 'u' {
                    "yyyy-MM-dd HH:mm:ssZ"
                } else {
                    "ddd, dd MMM yyyy HH:mm:ss 'GMT'"
                }
            }
            'U' if !with_offset => {
                if when.zone != Zone::Utc {
                    let minutes = when.minutes(local);
                    when = When { zone: Zone::Offset(minutes), ..when }.to_offset(0);
                }
                "dddd, dd MMMM yyyy HH:mm:ss"
            }
            _ => return None,
        },
        _ => spec,
    };
    custom_format(when, custom, local)
}

fn custom_format(when: When, spec: &str, local: i32) -> Option<String> {
    let spec: Vec<char> = spec.chars().collect();
    // `%x` stands for the custom format x alone.
    let mut out = String::new();
    let mut at = 0;
    while let Some(&c) = spec.get(at) {
        let run = spec.get(at..).unwrap_or_default().iter().take_while(|x| **x == c).count();
        match c {
            '\'' | '"' => {
                let inside = spec.get(at + 1..).unwrap_or_default();
                let end = inside.iter().position(|x| *x == c)?;
                out.extend(inside.get(..end).unwrap_or_default());
                at += end + 2;
            }
            '\\' => {
                out.push(*spec.get(at + 1)?);
                at += 2;
            }
            '%' => {
                if spec.get(at + 1).is_none_or(|next| *next == '%') {
                    return None;
                }
                at += 1;
            }
            _ => {
                field(&mut out, when, c, run, local)?;
                at += run;
            }
        }
    }
    Some(out)
}

fn field(out: &mut String, when: When, letter: char, run: usize, local: i32) -> Option<()> {
    let p = when.parts();
    let short = |name: &str| name.get(..3).unwrap_or(name).to_owned();
    let two = |value: i64| if run == 1 { value.to_string() } else { format!("{value:02}") };
    let text = match letter {
        'd' if run < 3 => two(p.day),
        'd' => {
            let name = DAYS.get(p.weekday)?;
            if run == 3 { short(name) } else { (*name).to_owned() }
        }
        'M' if run < 3 => two(p.month),
        'M' => {
            let name = MONTHS.get(usize::try_from(p.month - 1).ok()?)?;
            if run == 3 { short(name) } else { (*name).to_owned() }
        }
        'y' => match run {
            1 => (p.year % 100).to_string(),
            2 => format!("{:02}", p.year % 100),
            _ => format!("{:0run$}", p.year),
        },
        'h' => two(if p.hour % 12 == 0 { 12 } else { p.hour % 12 }),
        'H' => two(p.hour),
        'm' => two(p.minute),
        's' => two(p.second),
        't' => {
            let word = if p.hour < 12 { "AM" } else { "PM" };
            if run == 1 { word.get(..1)?.to_owned() } else { word.to_owned() }
        }
        'f' | 'F' => {
            let digits = format!("{:07}", p.fraction);
            let digits = digits.get(..run)?;
            if letter == 'f' {
                digits.to_owned()
            } else {
                let digits = digits.trim_end_matches('0');
                // A fraction that vanishes takes the point before it along.
                if digits.is_empty() && out.ends_with('.') {
                    out.pop();
                }
                digits.to_owned()
            }
        }
        'g' => "A.D.".to_owned(),
        'K' => when.zone_text().repeat(run),
        'z' => {
            let full = offset_text(when.minutes(local));
            match run {
                1 => {
                    let hours = full.get(1..3)?.trim_start_matches('0');
                    let hours = if hours.is_empty() { "0" } else { hours };
                    format!("{}{hours}", full.get(..1)?)
                }
                2 => full.get(..3)?.to_owned(),
                _ => full,
            }
        }
        _ => letter.to_string().repeat(run),
    };
    out.push_str(&text);
    Some(())
}
