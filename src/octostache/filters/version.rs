//! Filters that take a version apart (rule G16). Options are ignored.

use super::{Cx, Given};
use crate::octostache::outcome::{EvalError, Failure};

/// A version as Octopus reads it.
#[derive(Default)]
struct Version<'t> {
    /// Major, minor, patch, revision; missing ones are 0.
    numbers: [i32; 4],
    prerelease: &'t str,
    prefix: &'t str,
    counter: &'t str,
    metadata: &'t str,
}

fn number(input: Option<&str>, index: usize) -> Given {
    let Some(text) = input else { return Ok(None) };
    let version = parse(text)?;
    Ok(version.numbers.get(index).map(i32::to_string))
}

fn part(input: Option<&str>, of: fn(Version<'_>) -> &str) -> Given {
    let Some(text) = input else { return Ok(None) };
    Ok(Some(of(parse(text)?).to_owned()))
}

pub(super) fn major(input: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    number(input, 0)
}

pub(super) fn minor(input: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    number(input, 1)
}

pub(super) fn patch(input: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    number(input, 2)
}

pub(super) fn revision(input: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    number(input, 3)
}

pub(super) fn prerelease(input: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    part(input, |version| version.prerelease)
}

pub(super) fn prefix(input: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    part(input, |version| version.prefix)
}

pub(super) fn counter(input: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    part(input, |version| version.counter)
}

pub(super) fn metadata(input: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    part(input, |version| version.metadata)
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '-' | '_' | '\\')
}

fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_separator(c)
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn parse(text: &str) -> Result<Version<'_>, EvalError> {
    let bad = || EvalError::Failed(Failure::Version(text.to_owned()));
    let mut version = Version::default();
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(bad());
    }
    let after_v = rest.strip_prefix(['v', 'V']).unwrap_or(rest).trim_start();
    if after_v.starts_with(|c: char| c.is_ascii_digit()) {
        rest = after_v;
        for (index, place) in version.numbers.iter_mut().enumerate() {
            let next =
                if index == 0 { Some(rest) } else { rest.strip_prefix('.').map(str::trim_start) };
            let Some(next) = next.filter(|next| next.starts_with(|c: char| c.is_ascii_digit()))
            else {
                break;
            };
            let (found, after) = digits(next);
            *place = found
                .parse()
                .map_err(|_| EvalError::Failed(Failure::VersionTooLarge(text.to_owned())))?;
            rest = after.trim_start();
        }
    }
    rest = rest.strip_prefix(is_separator).unwrap_or(rest);
    let (prerelease, metadata) = match rest.split_once('+') {
        Some((before, after)) => (before, after),
        None => (rest, ""),
    };
    if !prerelease.chars().all(is_label) || !metadata.chars().all(|c| is_label(c) || c == '+') {
        return Err(bad());
    }
    version.prerelease = prerelease;
    (version.prefix, version.counter) =
        prerelease.split_once(is_separator).unwrap_or((prerelease, ""));
    version.metadata = metadata;
    Ok(version)
}
