//! The Library page: how long ago something was.

use super::export::counted;

/// How long before `now` `then` was, in words; both in milliseconds. Empty
/// where `then` is no moment.
#[must_use]
pub fn ago(now: f64, then: f64) -> String {
    let seconds = (now - then) / 1000.0;
    if !seconds.is_finite() {
        return String::new();
    }
    let count = |unit: f64, noun: &str| format!("{} ago", counted((seconds / unit) as usize, noun));
    match seconds {
        // Clocks of two tabs may differ a little.
        ..45.0 => "just now".to_owned(),
        45.0..90.0 => "a minute ago".to_owned(),
        90.0..3_600.0 => count(60.0, "minute"),
        3_600.0..86_400.0 => count(3_600.0, "hour"),
        86_400.0..2_592_000.0 => count(86_400.0, "day"),
        2_592_000.0..31_536_000.0 => count(2_592_000.0, "month"),
        _ => count(31_536_000.0, "year"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(seconds: f64, expected: &str) {
        let now = 1_800_000_000_000.0;
        assert_eq!(ago(now, now - seconds * 1000.0), expected, "{seconds} s");
    }

    #[test]
    fn moments_in_words() {
        check(-5.0, "just now");
        check(0.0, "just now");
        check(60.0, "a minute ago");
        check(125.0, "2 minutes ago");
        check(3_600.0, "1 hour ago");
        check(86_399.0, "23 hours ago");
        check(86_400.0 * 3.0, "3 days ago");
        check(86_400.0 * 45.0, "1 month ago");
        check(86_400.0 * 800.0, "2 years ago");
        check(f64::NAN, "");
    }
}
