//! Design files: any text is read to a design or to findings, and what was read
//! is written to a text that reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::base::Severity;
use pulpo::format::design_file;

fuzz_target!(|text: &str| {
    let opened = design_file::read(text);
    let Some(design) = opened.design else {
        let is_error = |severity| severity == Severity::Error;
        assert!(opened.findings.iter().any(|one| is_error(one.severity)), "it says why not");
        return;
    };
    let written = design_file::write(&design);
    let again = design_file::read(&written);
    assert!(again.design.is_some_and(|again| again == design), "it reads as the same design");
    let again = design_file::read(&written).design.map(|again| design_file::write(&again));
    assert_eq!(again, Some(written), "writing settles at once");
});
