//! The OCL doctor's rows: lines are the text, marks and selections lie in it,
//! and every repair can be made.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::view::ocl::{Sheet, meaning};

fuzz_target!(|text: &str| {
    let sheet = Sheet::of(text.to_owned());
    let lines = sheet.lines(0, usize::MAX);
    let joined: Vec<String> =
        lines.iter().map(|line| line.iter().map(|mark| mark.text.as_str()).collect()).collect();
    assert_eq!(joined.join("\n"), text);
    let units = text.encode_utf16().count();
    for row in sheet.rows() {
        let (start, end) = sheet.selection(row.index).expect("it is there");
        assert!(start <= end && end <= units);
        assert_eq!(sheet.repaired(row.index).is_some(), row.can_repair);
    }
    assert!(sheet.next_problem(units / 2, false).is_some() == !sheet.rows().is_empty());
    let _ = sheet.all_repaired();
    let _ = meaning("", text);
});
