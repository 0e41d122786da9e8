//! Reads dates as people write them, the way .NET does in the invariant culture.
//!
//! Covers year-first, month-first and named-month dates, times with AM/PM and
//! fractions, zones as `Z`, `GMT`, `UTC` or an offset. Rarer spellings that .NET
//! guesses at are not read here (rule D2).

use super::date::{
    self, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, When, Zone, fraction_ticks,
};
use super::date_format::{DAYS, MONTHS};
use super::setting::Now;

/// Reads a date, a time of today, or both.
pub(super) fn parse(text: &str, now: &Now) -> Option<When> {
    let mut reader = Reader { rest: text.trim() };
    if reader.rest.is_empty() || !reader.rest.is_ascii() {
        return None;
    }
    let day = match reader.try_date()? {
        Some(day) => {
            if !reader.rest.is_empty() && !reader.take("T") && !reader.rest.starts_with(' ') {
                return None;
            }
            day
        }
        None => When::local(now).ticks.div_euclid(TICKS_PER_DAY),
    };
    reader.blanks();
    let mut ticks = day * TICKS_PER_DAY;
    let mut zone = Zone::Unknown;
    if !reader.rest.is_empty() {
        if reader.rest.starts_with(|c: char| c.is_ascii_digit()) {
            ticks += reader.time()?;
            reader.blanks();
        }
        zone = reader.zone()?;
    }
    let when = When { ticks, zone };
    // A date whose moment in UTC lies outside the calendar is refused.
    let utc = i64::from(when.minutes(0)) * TICKS_PER_MINUTE;
    (reader.rest.is_empty() && when.plus(-utc).is_some()).then_some(when)
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, literal: &str) -> bool {
        match self.rest.strip_prefix(literal) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take_any_case(&mut self, literal: &str) -> bool {
        match self.rest.split_at_checked(literal.len()) {
            Some((start, rest)) if start.eq_ignore_ascii_case(literal) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn digits(&mut self) -> &'t str {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        digits
    }

    fn number(&mut self, longest: usize) -> Option<i64> {
        let digits = self.digits();
        (digits.len() <= longest).then(|| digits.parse().ok())?
    }

    /// `Some(None)` when the text begins with a time instead.
    fn try_date(&mut self) -> Option<Option<i64>> {
        let start = self.rest;
        for day in DAYS {
            if self.take_any_case(day) || self.take_any_case(day.get(..3)?) {
                self.take(",");
                self.blanks();
                break;
            }
        }
        if let Some(month) = self.month() {
            self.separator();
            let first = self.number(4)?;
            self.separator();
            if self.rest.starts_with(|c: char| c.is_ascii_digit()) && !self.looks_like_time() {
                let year = self.year()?;
                return Some(Some(date::days(year, month, first)?));
            }
            // A month with one number: a year if it is too large for a day.
            return Some(Some(date::days(first, month, 1)?));
        }
        let digits = self.digits();
        let first: i64 = digits.parse().ok()?;
        if self.rest.starts_with(':') {
            self.rest = start;
            return Some(None);
        }
        let mark = self.rest.chars().next()?;
        self.separator();
        if let Some(month) = self.month() {
            self.separator();
            let year = self.year()?;
            return Some(Some(date::days(year, month, first)?));
        }
        if !matches!(mark, '-' | '/' | '.') {
            return None;
        }
        let second = self.number(2)?;
        if digits.len() == 4 {
            let day = if self.take("-") || self.take("/") || self.take(".") {
                self.number(2)?
            } else {
                1
            };
            return Some(Some(date::days(first, second, day)?));
        }
        if !(self.take("-") || self.take("/") || self.take(".")) {
            return None;
        }
        let year = self.year()?;
        Some(Some(date::days(year, first, second)?))
    }

    fn looks_like_time(&self) -> bool {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        self.rest.get(end..).is_some_and(|rest| rest.starts_with(':'))
    }

    fn separator(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',', '-', '/', '.']);
    }

    fn month(&mut self) -> Option<i64> {
        for (index, month) in MONTHS.iter().enumerate() {
            if self.take_any_case(month) || self.take_any_case(month.get(..3)?) {
                return i64::try_from(index + 1).ok();
            }
        }
        None
    }

    /// A year; two digits mean 1950 to 2049.
    fn year(&mut self) -> Option<i64> {
        let digits = self.digits();
        let year: i64 = digits.parse().ok()?;
        match digits.len() {
            1 | 2 => Some(if year < 50 { year + 2000 } else { year + 1900 }),
            3 | 4 => Some(year),
            _ => None,
        }
    }

    fn time(&mut self) -> Option<i64> {
        let mut hour = self.number(2)?;
        let (mut minute, mut second, mut fraction) = (0, 0, 0);
        let clock = self.take(":");
        if clock {
            minute = self.number(2)?;
            if self.take(":") {
                second = self.number(2)?;
                if self.take(".") {
                    let digits = self.digits();
                    if digits.is_empty() {
                        return None;
                    }
                    fraction = fraction_ticks(digits);
                }
            }
        }
        let before = self.rest;
        self.blanks();
        let morning = self.take_any_case("AM");
        if morning || self.take_any_case("PM") {
            if hour > 12 {
                return None;
            }
            hour = hour % 12 + if morning { 0 } else { 12 };
        } else {
            self.rest = before;
            if !clock {
                return None;
            }
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        Some(hour * TICKS_PER_HOUR + minute * TICKS_PER_MINUTE + second * 10_000_000 + fraction)
    }

    fn zone(&mut self) -> Option<Zone> {
        if self.rest.is_empty() {
            return Some(Zone::Unknown);
        }
        if self.take_any_case("Z") || self.take_any_case("GMT") || self.take_any_case("UTC") {
            return Some(Zone::Utc);
        }
        let minutes = date::offset(self.rest)?;
        self.rest = "";
        Some(Zone::Offset(minutes))
    }
}
