//! OCL: the tree prints as the text, places lie in it, and what was read without
//! a problem is written to a text that reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::ocl::{LineEnd, MAX_PROBLEMS, highlight, mend, parse, read, write};

fuzz_target!(|text: &str| {
    let syntax = parse(text);
    assert_eq!(syntax.print(), text);
    assert!(syntax.problems.len() <= MAX_PROBLEMS + 1);
    for problem in &syntax.problems {
        assert!(text.get(problem.span.start..problem.span.end).is_some());
        assert!(!problem.report(text).is_empty());
    }
    let mut end = 0;
    for (span, _) in highlight(text) {
        assert!(span.start >= end && span.end > span.start);
        assert!(text.get(span.start..span.end).is_some());
        end = span.end;
    }
    for unsure in [false, true] {
        let mended = mend(text, unsure);
        assert!(mended.edits > 0 || mended.text == text);
        assert_eq!(parse(&mended.text).problems, mended.left);
    }
    if let Ok(document) = read(text) {
        for line_end in [LineEnd::Lf, LineEnd::CrLf] {
            let written = write(&document, line_end);
            if written.losses.is_empty() {
                let again = read(&written.text).map(|again| write(&again, line_end).text);
                assert_eq!(again, Ok(written.text), "writing settles at once");
            }
        }
    }
});
