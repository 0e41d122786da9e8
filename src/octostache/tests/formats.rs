//! Dates and number formats.

use super::*;

/// A filter, at 2030-05-22 09:05:07.25 UTC, one hour behind.
#[track_caller]
fn at_clock(input: Option<&str>, call: &str, expected: &str) {
    let mut variables = Variables::new();
    if let Some(input) = input {
        variables.set("v", Some(input));
    }
    let now = Now { unix_millis: 1_905_671_107_250, offset_minutes: -60 };
    let engine = Engine::with(&variables, Setting { now, ..Setting::default() });
    let left = if input.is_some() { "v " } else { " " };
    let template = format!("#{{{left}| {call}}}");
    let result = engine.evaluate(&template).expect("no failure");
    assert_eq!(result.text.as_deref(), Some(expected), "{template}");
}

#[test]
fn d1_now() {
    at_clock(None, "NowDate", "2030-05-22T08:05:07.2500000");
    at_clock(None, "NowDateUtc", "2030-05-22T09:05:07.2500000Z");
    at_clock(None, "NowDateUtc yyyyMMdd", "20300522");
    at_clock(None, "NowDate | Format DateTimeOffset \"HH zzz\"", "08 -01:00");
    filter_gives_nothing("x", "NowDate");
    filter_gives_nothing("x", "NowDateUtc");
    assert_eq!(fails(&[], "#{ | NowDateUtc x}"), Failure::DateFormat("x".to_owned()));
}

#[test]
fn d2_dates_are_read_in_many_spellings() {
    let full = "2030-05-22T09:05:00.0000000";
    for text in [
        "2030-05-22 09:05",
        "2030/5/22 9:05:00",
        " 2030-05-22T09:05:00 ",
        "05/22/2030 09:05:00",
        "5/22/2030 9:05 AM",
        "22 May 2030 09:05",
        "May 22, 2030 09:05:00",
        "Wed, 22 May 2030 09:05:00",
        "Wednesday 22 May 2030 09:05",
        "22-May-30 9:05 am",
    ] {
        at_clock(Some(text), "AddHours 0", full);
    }
    at_clock(Some("2030-05-22"), "AddHours 0", "2030-05-22T00:00:00.0000000");
    at_clock(Some("9:30 PM"), "AddHours 0", "2030-05-22T21:30:00.0000000");
    at_clock(Some("2030-05-22T09:05:00.1234567Z"), "AddHours 0", "2030-05-22T09:05:00.1234567Z");
    at_clock(Some("May 2030"), "Format Date d", "05/01/2030");
    for text in [
        "2030-02-30",
        "2030-13-01",
        "25:00",
        "22/22/2030",
        "x",
        "",
        "2030-05-22 09",
        "0001-01-01T00:00:00+01:00",
    ] {
        filter_gives_nothing(text, "AddHours 0");
    }
}

#[test]
fn d3_date_formats() {
    let when = "2030-05-02 15:04:05.0607";
    for (format, expected) in [
        ("d", "05/02/2030"),
        ("D", "Thursday, 02 May 2030"),
        ("f", "Thursday, 02 May 2030 15:04"),
        ("F", "Thursday, 02 May 2030 15:04:05"),
        ("g", "05/02/2030 15:04"),
        ("G", "05/02/2030 15:04:05"),
        ("M", "May 02"),
        ("R", "Thu, 02 May 2030 15:04:05 GMT"),
        ("s", "2030-05-02T15:04:05"),
        ("t", "15:04"),
        ("T", "15:04:05"),
        ("u", "2030-05-02 15:04:05Z"),
        ("y", "2030 May"),
        ("O", "2030-05-02T15:04:05.0607000"),
        ("ddd dddd d dd MMM", "Thu Thursday 2 02 May"),
        ("h:m:s t tt", "3:4:5 P PM"),
        ("yy y yyy yyyyy", "30 30 2030 02030"),
        ("ss.fff ss.FFFFFFF", "05.060 05.0607"),
        ("'at' HH\\h", "at 15h"),
        ("%d", "2"),
        ("yyyy/MM/dd", "2030/05/02"),
    ] {
        at_clock(Some(when), &format!("Format Date #{{f | Append \"{format}\"}}"), expected);
    }
    for (format, expected) in [
        ("O", "2030-05-02T15:04:05.0000000+02:00"),
        ("r", "Thu, 02 May 2030 13:04:05 GMT"),
        ("z zz zzz K", "+2 +02 +02:00 +02:00"),
        ("u", "2030-05-02 13:04:05Z"),
    ] {
        let call = format!("Format DateTimeOffset \"{format}\"");
        at_clock(Some("2030-05-02T15:04:05+02:00"), &call, expected);
    }
    // A DateTime is moved to local time.
    at_clock(Some("2030-05-02T15:04:05+02:00"), "Format DateTime \"HH zz\"", "12 -01");
    at_clock(Some("2030-05-02 15:04:05.0"), "Format Date \"s.FFF\"", "5");
    for format in ["q", "\"'x\"", "ffffffff"] {
        filter_gives_nothing(when, &format!("Format Date {format}"));
    }
}

#[test]
fn d4_number_formats() {
    let cases = [
        ("Double", "1234.5", "N", "1,234.50"),
        ("Double", "-1234567.891", "N1", "-1,234,567.9"),
        ("Double", "0.125", "F2", "0.13"),
        ("Double", "2.675", "F2", "2.67"),
        ("Double", "1234.5", "C", "¤1,234.50"),
        ("Double", "-0.5", "C1", "(¤0.5)"),
        ("Double", "0.1234", "P1", "12.3 %"),
        ("Double", "12345.678", "E2", "1.23E+004"),
        ("Double", "0.00012", "e3", "1.200e-004"),
        ("Double", "1e20", "G", "1E+20"),
        ("Double", "12345.678", "G3", "1.23E+04"),
        ("Double", "0.1", "R", "0.1"),
        ("Double", "1e-3", "", "0.001"),
        ("Int", "-42", "D5", "-00042"),
        ("Int32", "255", "X4", "00FF"),
        ("Int", "-1", "x", "ffffffff"),
        ("Int", "1234567", "N0", "1,234,567"),
        ("Int", "1234", "G2", "1.2E+03"),
        ("Decimal", "1.50", "G", "1.50"),
        ("Decimal", "1.005", "F2", "1.01"),
        (
            "Decimal",
            "79228162514264337593543950335",
            "N0",
            "79,228,162,514,264,337,593,543,950,335",
        ),
        ("Decimal", "1,5-", "F0", "-15"),
        ("Double", "1234.5", "0.00", "1234.50"),
        ("Double", "1234567.8", "#,##0.0#", "1,234,567.8"),
        ("Double", "0.5", "#.##", ".5"),
        ("Double", "0", "#", ""),
        ("Double", "7", "000", "007"),
        ("Double", "0.256", "0.0%", "25.6%"),
        ("Double", "1234567", "0,,.00 'M'", "1.23 M"),
        ("Double", "-5", "0;(0);zero", "(5)"),
        ("Double", "0", "0;(0);zero", "zero"),
        ("Double", "-5", "0.0", "-5.0"),
        ("Double", "5551234", "###-####", "555-1234"),
        ("Double", "12345", "0.00E+0", "1.23E+4"),
        ("Double", "12345", "\\#0", "#12345"),
    ];
    for (kind, number, format, expected) in cases {
        let pairs = [("v", number), ("f", format)];
        check(&pairs, &format!("#{{v | Format {kind} #{{f}}}}"), expected);
    }
    for call in [
        "Format Double Q",
        "Format Double D",
        "Format Int R",
        "Format Int \"1;\" x",
        "Format Byte G",
    ] {
        filter_gives_nothing("12", call);
    }
    filter_gives_nothing("79228162514264337593543950336", "Format Decimal G");
}

#[test]
fn d5_dates_can_be_moved() {
    at_clock(Some("2030-05-22 09:05"), "AddHours -10", "2030-05-21T23:05:00.0000000");
    at_clock(Some("2028-02-28"), "AddDays \"1.5\"", "2028-02-29T12:00:00.0000000");
    at_clock(Some("2030-05-22T09:05:00+02:00"), "AddDays 1", "2030-05-23T09:05:00.0000000+02:00");
    at_clock(Some("2030-12-31T23:59:59Z"), "AddHours 1", "2031-01-01T00:59:59.0000000Z");
    for call in [
        "AddHours",
        "AddDays 1 2",
        "AddDays x",
        "AddDays 9999999",
        "AddHours \"1,5\"",
        "AddDays NaN",
    ] {
        filter_gives_nothing("2030-05-22", call);
    }
}

#[test]
fn d6_format_guesses_or_is_told_the_type() {
    filter("23.4", "Format 000", "023");
    filter("2030-05-22", "Format yyyy", "2030");
    at_clock(Some("2030-05-22"), "Format zzz", "-01:00");
    filter("12", "Format int N1", "12.0");
    for (input, call) in [
        ("x", "Format N"),
        ("x", "Format Double N"),
        ("1.5", "Format Int N"),
        ("x", "Format Date d"),
        ("1", "Format"),
        ("1", "Format a b c"),
    ] {
        filter_gives_nothing(input, call);
    }
}
