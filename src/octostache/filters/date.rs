//! Filters for dates, and `Format` (rules D1 and D5 and D6).

use super::{Cx, Given};
use crate::octostache::date::{TICKS_PER_DAY, TICKS_PER_HOUR, When, Zone};
use crate::octostache::date_format::{self, DateType};
use crate::octostache::date_parse;
use crate::octostache::number::{parse_double, parse_int32, pieces};
use crate::octostache::number_format::{self, Number};
use crate::octostache::outcome::{EvalError, Failure};
use crate::octostache::setting::{INVARIANT, Setting};

pub(super) fn now(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    let when = When { zone: Zone::Unknown, ..When::local(&cx.setting.now) };
    clock(when, input, options, cx.setting)
}

pub(super) fn now_utc(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    let when = When::from_unix_millis(cx.setting.now.unix_millis);
    clock(when, input, options, cx.setting)
}

fn clock(when: When, input: Option<&str>, options: &[String], setting: &Setting) -> Given {
    let spec = match (input, options) {
        (None, []) => "O",
        (None, [spec]) => spec,
        _ => return Ok(None),
    };
    let local = setting.now.offset_minutes;
    match date_format::format(when, spec, DateType::DateTime, local) {
        Some(text) => Ok(Some(text)),
        None => Err(EvalError::Failed(Failure::DateFormat(spec.to_owned()))),
    }
}

pub(super) fn add_hours(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    Ok(add(input, options, cx.setting, TICKS_PER_HOUR))
}

pub(super) fn add_days(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    Ok(add(input, options, cx.setting, TICKS_PER_DAY))
}

fn add(input: Option<&str>, options: &[String], setting: &Setting, unit: i64) -> Option<String> {
    let (Some(text), [amount]) = (input, options) else { return None };
    let ticks = parse_double(amount, &INVARIANT, false)? * unit as f64;
    if !ticks.is_finite() || ticks.abs() > 9.2e18 {
        return None;
    }
    let when = date_parse::parse(text, &setting.now)?;
    // Fractions of a tick are dropped.
    when.plus(ticks as i64).map(When::iso_long)
}

pub(super) fn format(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    let Some(text) = input else { return Ok(None) };
    let setting = cx.setting;
    Ok(match options {
        [spec] => match decimal(text, setting) {
            Some(number) => number_format::format(&number, spec, &setting.culture),
            None => date(text, spec, DateType::DateTimeOffset, setting),
        },
        [kind, spec] => typed(text, &kind.to_ascii_lowercase(), spec, setting),
        _ => None,
    })
}

fn decimal(text: &str, setting: &Setting) -> Option<Number> {
    // A decimal may carry its sign at the end.
    let trimmed = text.trim_end();
    let moved = match (trimmed.strip_suffix('-'), trimmed.strip_suffix('+')) {
        (Some(rest), _) => Some(format!("-{}", rest.trim())),
        (_, Some(rest)) => Some(rest.trim().to_owned()),
        _ => None,
    };
    let text = moved.as_deref().unwrap_or(text);
    number_format::decimal(&pieces(text, &setting.culture, true, false)?)
}

fn typed(text: &str, kind: &str, spec: &str, setting: &Setting) -> Option<String> {
    let number = match kind {
        "int" | "int32" => Number::Int(parse_int32(text)?),
        "double" => Number::Double(parse_double(text, &setting.culture, true)?),
        "decimal" => decimal(text, setting)?,
        "date" | "datetime" => return date(text, spec, DateType::DateTime, setting),
        "datetimeoffset" => return date(text, spec, DateType::DateTimeOffset, setting),
        _ => return None,
    };
    number_format::format(&number, spec, &setting.culture)
}

fn date(text: &str, spec: &str, kind: DateType, setting: &Setting) -> Option<String> {
    let local = setting.now.offset_minutes;
    let when = date_parse::parse(text, &setting.now)?;
    let when = match (kind, when.zone) {
        // A date with a zone is moved to local time.
        (DateType::DateTime, Zone::Utc | Zone::Offset(_)) => when.to_offset(local),
        (DateType::DateTime, Zone::Unknown) => when,
        (DateType::DateTimeOffset, _) => When { zone: Zone::Offset(when.minutes(local)), ..when },
    };
    date_format::format(when, spec, kind, local)
}
