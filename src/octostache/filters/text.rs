//! Filters that change or test text (rules G1 to G9). Lengths are UTF-16 units.

use super::{Cx, Given};
use crate::octostache::chars::{lower, upper};
use crate::octostache::number::parse_int32;
use crate::octostache::outcome::{EvalError, Failure, Limit};
use crate::octostache::pattern::Pattern;

fn word(value: bool) -> Given {
    Ok(Some(if value { "true" } else { "false" }.to_owned()))
}

/// Input and the only option.
fn one<'a>(input: Option<&'a str>, options: &'a [String]) -> Option<(&'a str, &'a str)> {
    match (input, options) {
        (Some(input), [option]) => Some((input, option)),
        _ => None,
    }
}

pub(super) fn to_lower(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let input = input.filter(|_| options.is_empty());
    Ok(input.map(|text| text.chars().map(lower).collect()))
}

pub(super) fn to_upper(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let input = input.filter(|_| options.is_empty());
    Ok(input.map(|text| text.chars().map(upper).collect()))
}

pub(super) fn append(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    Ok((!options.is_empty()).then(|| input.unwrap_or_default().to_owned() + &options.concat()))
}

pub(super) fn prepend(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    Ok((!options.is_empty()).then(|| options.concat() + input.unwrap_or_default()))
}

pub(super) fn starts_with(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    one(input, options).map_or(Ok(None), |(text, part)| word(text.starts_with(part)))
}

pub(super) fn ends_with(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    one(input, options).map_or(Ok(None), |(text, part)| word(text.ends_with(part)))
}

pub(super) fn contains(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    one(input, options).map_or(Ok(None), |(text, part)| word(text.contains(part)))
}

pub(super) fn matches(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    let Some((text, pattern)) = one(input, options) else { return Ok(None) };
    word(Pattern::new(pattern)?.is_match(text, cx.steps)?)
}

pub(super) fn replace(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    let (Some(text), Some(pattern)) = (input, options.first()) else { return Ok(None) };
    let replacement = options.get(1).map_or("", String::as_str);
    Ok(Some(Pattern::new(pattern)?.replace(text, replacement, cx.steps, cx.most)?))
}

pub(super) fn substring(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let Some(text) = input else { return Ok(None) };
    let number = |option: &String| parse_int32(option).filter(|number| *number >= 0);
    let (start, length) = match options {
        [length] => (Some(0), number(length)),
        [start, length] => (number(start), number(length)),
        _ => return Ok(None),
    };
    let (Some(start), Some(length)) = (start, length) else { return Ok(None) };
    let units: Vec<u16> = text.encode_utf16().collect();
    let from = usize::try_from(start).unwrap_or(usize::MAX);
    let Some(rest) = units.get(from..) else { return Ok(None) };
    if start.checked_add(length).is_none() {
        return Err(EvalError::Failed(Failure::Substring));
    }
    let length = usize::try_from(length).unwrap_or(usize::MAX).min(rest.len());
    Ok(Some(String::from_utf16_lossy(rest.get(..length).unwrap_or_default())))
}

pub(super) fn truncate(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let (Some(text), Some(length)) = (input, options.first()) else { return Ok(None) };
    let length = parse_int32(length).and_then(|number| usize::try_from(number).ok());
    let Some(length) = length else { return Ok(None) };
    let units: Vec<u16> = text.encode_utf16().collect();
    let Some(kept) = units.get(..length).filter(|_| length < units.len()) else {
        return Ok(Some(text.to_owned()));
    };
    let suffix = options.get(1).map_or("...", String::as_str);
    Ok(Some(String::from_utf16_lossy(kept) + suffix))
}

pub(super) fn trim(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let Some(text) = input else { return Ok(None) };
    let trimmed = match options.first() {
        None => text.trim(),
        Some(side) if side.eq_ignore_ascii_case("start") => text.trim_start(),
        Some(side) if side.eq_ignore_ascii_case("end") => text.trim_end(),
        Some(_) => return Ok(None),
    };
    Ok(Some(trimmed.to_owned()))
}

pub(super) fn indent(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    let Some(text) = input else { return Ok(None) };
    if text.is_empty() {
        return Ok(Some(String::new()));
    }
    let (first, rest) = match options {
        [] => ("    ".to_owned(), "    ".to_owned()),
        [only] => indents(only),
        [first, rest] => (first.clone(), rest.clone()),
        _ => return Ok(None),
    };
    let lines = text.bytes().filter(|byte| *byte == b'\n').count();
    if rest.len().saturating_mul(lines).saturating_add(first.len()) > cx.most {
        return Err(EvalError::Limit(Limit::Bytes));
    }
    Ok(Some(first + &text.replace('\n', &format!("\n{rest}"))))
}

/// `n`, `/n` or `first/rest` as blanks, else the option itself for every line.
fn indents(option: &str) -> (String, String) {
    let size = |text: &str| -> Option<String> {
        let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let size: u8 = digits.then(|| text.parse().ok())??;
        Some(" ".repeat(usize::from(size)))
    };
    // A line feed at the very end does not keep it from being a size.
    let bare = option.strip_suffix('\n').unwrap_or(option);
    let sizes = match bare.split_once('/') {
        None => size(bare).map(|both| (both.clone(), both)),
        Some(("", rest)) => size(rest).map(|rest| (String::new(), rest)),
        Some((first, rest)) => size(first).zip(size(rest)),
    };
    sizes.unwrap_or_else(|| (option.to_owned(), option.to_owned()))
}
