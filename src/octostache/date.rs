//! Dates: the proleptic Gregorian calendar in ticks of 100 nanoseconds, and
//! the spellings that .NET reads.
//!
//! Never: a time zone database; local time is UTC plus the offset the caller gave.
//! Sources: SPEC.md D rules.

use super::setting::Now;

const TICKS_PER_SECOND: i64 = 10_000_000;
pub(super) const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
pub(super) const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
pub(super) const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;
/// One past the last tick of the year 9999.
const END: i64 = 3_652_059 * TICKS_PER_DAY;
const UNIX_EPOCH: i64 = 719_162 * TICKS_PER_DAY;

/// Which zone a moment is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Not said.
    Unknown,
    Utc,
    /// Ahead of UTC by minutes, whether named or local.
    Offset(i32),
}

/// A moment as its own clock shows it: ticks since the year 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) ticks: i64,
    pub(super) zone: Zone,
}

/// The parts of a moment.
pub(super) struct Parts {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    /// 0 is Sunday.
    pub(super) weekday: usize,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    /// Fraction of the second in ticks.
    pub(super) fraction: i64,
}

impl When {
    pub(super) fn from_unix_millis(millis: i64) -> Self {
        let ticks = millis.saturating_mul(10_000).saturating_add(UNIX_EPOCH).clamp(0, END - 1);
        Self { ticks, zone: Zone::Utc }
    }

    pub(super) fn local(now: &Now) -> Self {
        Self::from_unix_millis(now.unix_millis).to_offset(now.offset_minutes)
    }

    /// The same clock, moved; `None` when that leaves the years 1 to 9999.
    pub(super) fn plus(self, ticks: i64) -> Option<Self> {
        let ticks = self.ticks.checked_add(ticks).filter(|ticks| (0..END).contains(ticks))?;
        Some(Self { ticks, ..self })
    }

    /// The same moment on a clock with another offset; one without a zone stays.
    pub(super) fn to_offset(self, minutes: i32) -> Self {
        let shift = i64::from(minutes) - i64::from(self.minutes(minutes));
        let zone = Zone::Offset(minutes);
        self.plus(shift * TICKS_PER_MINUTE).map_or(Self { zone, ..self }, |w| Self { zone, ..w })
    }

    /// Minutes ahead of UTC, `local` where the zone is not said.
    pub(super) fn minutes(self, local: i32) -> i32 {
        match self.zone {
            Zone::Unknown => local,
            Zone::Utc => 0,
            Zone::Offset(minutes) => minutes,
        }
    }

    pub(super) fn parts(self) -> Parts {
        let days = self.ticks.div_euclid(TICKS_PER_DAY);
        let time = self.ticks.rem_euclid(TICKS_PER_DAY);
        let (year, month, day) = civil(days);
        Parts {
            year,
            month,
            day,
            weekday: usize::try_from((days + 1).rem_euclid(7)).unwrap_or(0),
            hour: time / TICKS_PER_HOUR,
            minute: time / TICKS_PER_MINUTE % 60,
            second: time / TICKS_PER_SECOND % 60,
            fraction: time % TICKS_PER_SECOND,
        }
    }

    /// `MM/dd/yyyy HH:mm:ss`.
    pub(super) fn general(self) -> String {
        let p = self.parts();
        format!(
            "{:02}/{:02}/{:04} {:02}:{:02}:{:02}",
            p.month, p.day, p.year, p.hour, p.minute, p.second
        )
    }

    /// ISO with as many fraction digits as `fraction` says.
    fn iso(self, fraction: &str) -> String {
        let p = self.parts();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{fraction}{}",
            p.year,
            p.month,
            p.day,
            p.hour,
            p.minute,
            p.second,
            self.zone_text()
        )
    }

    /// The round-trip format: seven fraction digits.
    pub(super) fn iso_long(self) -> String {
        self.iso(&format!(".{:07}", self.parts().fraction))
    }

    /// ISO without needless fraction digits.
    pub(super) fn iso_short(self) -> String {
        let digits = format!("{:07}", self.parts().fraction);
        let digits = digits.trim_end_matches('0');
        self.iso(&if digits.is_empty() { String::new() } else { format!(".{digits}") })
    }

    /// Nothing, `Z` or an offset.
    pub(super) fn zone_text(self) -> String {
        match self.zone {
            Zone::Unknown => String::new(),
            Zone::Utc => "Z".to_owned(),
            Zone::Offset(minutes) => offset_text(minutes),
        }
    }
}

/// `+hh:mm`.
pub(super) fn offset_text(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Days since 0001-01-01 to year, month, day.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 1 March of the year 0, so that the leap day comes last.
    let z = days + 306;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// Year, month, day to days since 0001-01-01; `None` if there is no such day.
pub(super) fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let y = if month <= 2 { year - 1 } else { year };
    let mp = (month + 9) % 12;
    let yoe = y.rem_euclid(400);
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + (153 * mp + 2) / 5 + day - 1;
    let days = y.div_euclid(400) * 146_097 + doe - 306;
    // A day that the month does not have comes back as another one.
    (civil(days) == (year, month, day)).then_some(days)
}

/// Text that JSON reading turns into a date: ISO with a time, or `/Date(n)/`.
/// One with an offset is moved to local time.
pub(super) fn parse_json(text: &str, offset_minutes: i32) -> Option<When> {
    if let Some(inner) = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")) {
        return inner.parse().ok().map(When::from_unix_millis);
    }
    if !(19..=40).contains(&text.len()) || text.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    let field = |from: usize, to: usize| -> Option<i64> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let mark = |at: usize, byte: u8| text.as_bytes().get(at) == Some(&byte);
    if !(mark(4, b'-') && mark(7, b'-') && mark(13, b':') && mark(16, b':')) {
        return None;
    }
    let day = days(field(0, 4)?, field(5, 7)?, field(8, 10)?)?;
    let (hour, minute, second) = (field(11, 13)?, field(14, 16)?, field(17, 19)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut ticks = day * TICKS_PER_DAY
        + hour * TICKS_PER_HOUR
        + minute * TICKS_PER_MINUTE
        + second * TICKS_PER_SECOND;
    let mut rest = text.get(19..)?;
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 {
            return None;
        }
        ticks += fraction_ticks(fraction.get(..count)?);
        rest = fraction.get(count..)?;
    }
    let when = When { ticks, zone: Zone::Unknown };
    match rest {
        "" => Some(when),
        "Z" => Some(When { zone: Zone::Utc, ..when }),
        _ => {
            let minutes = offset(rest)?;
            Some(When { zone: Zone::Offset(minutes), ..when }.to_offset(offset_minutes))
        }
    }
}

/// Digits after the decimal point of a second, in ticks.
pub(super) fn fraction_ticks(digits: &str) -> i64 {
    let mut ticks = 0;
    for at in 0..7 {
        ticks = ticks * 10 + digits.as_bytes().get(at).map_or(0, |b| i64::from(b - b'0'));
    }
    ticks
}

/// `+h`, `+hh`, `+hhmm` or `+hh:mm` in minutes.
pub(super) fn offset(text: &str) -> Option<i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.strip_prefix(['+', '-'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let whole = |part: &str| -> Option<i32> {
        (part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (hours, minutes) = (whole(hours)?, whole(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= 14 * 60).then_some(sign * (hours * 60 + minutes))
}
