//! What is done with a design that could be read: checking and exporting it,
//! whose JSON is JSON and whose paths stay within the export.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::export::{TARGETS, export, zip};
use pulpo::format::design_file;
use pulpo::lint;
use serde_json::Value;

fuzz_target!(|text: &str| {
    let Some(design) = design_file::read(text).design else { return };
    let findings = lint::check(&design);
    assert_eq!(findings, lint::check(&design));
    let targets: Vec<_> = TARGETS.iter().map(|info| info.target).collect();
    let exported = export(&design, &targets);
    for file in &exported.files {
        let mut parts = file.path.split('/');
        assert!(parts.all(|part| !part.is_empty() && part != "." && part != ".."), "{}", file.path);
        assert!(!file.path.contains(['\\', '\0', '\n']), "{:?}", file.path);
        if file.path.ends_with(".json") {
            assert!(serde_json::from_str::<Value>(&file.text).is_ok(), "{}", file.path);
        }
    }
    assert!(zip(&exported.files).is_ok(), "paths are unique");
});
