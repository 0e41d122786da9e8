//! Octostache: a template, then names and values, with NUL bytes between. It is
//! parsed in both modes, printed, and evaluated within small limits.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::octostache::{Engine, Limits, Mode, Setting, Variables, parse};

fuzz_target!(|input: &str| {
    let mut parts = input.split('\0');
    let template = parts.next().unwrap_or_default();
    let mut variables = Variables::new();
    while let Some(name) = parts.next() {
        variables.set(name, parts.next());
    }
    let limits = Limits { steps: 20_000, bytes: 1 << 20, depth: 60 };
    let setting = Setting { limits, ..Setting::default() };
    let engine = Engine::with(&variables, setting);
    for mode in [Mode::Halt, Mode::Continue] {
        if let Ok(parsed) = parse(template, mode) {
            let _ = parsed.reads();
            // What is printed is Octopus's own form, which need not read back; but it ends.
            let _ = parse(&parsed.to_string(), mode);
        }
        if let Ok(done) = engine.evaluate_in(template, mode) {
            let text = done.text.unwrap_or_default();
            let mut end = 0;
            for segment in &done.segments {
                assert_eq!(segment.output.start, end, "segments cover the output");
                end = segment.output.end;
                assert!(text.is_char_boundary(end));
            }
            assert_eq!(end, text.len(), "segments cover the output");
        }
    }
    let _ = engine.truthy(template);
    let _ = engine.get(template);
    let _ = engine.indexes(template);
});
