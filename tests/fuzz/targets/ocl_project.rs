//! OCL to a design and back: any text is read, what was read is written, and
//! reading that gives documents that are written the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::format::design_file;
use pulpo::format::octopus_ocl::{DocumentKind, Source, read, write};
use pulpo::ocl;

const PATHS: [&str; 5] = [
    ".octopus/deployment_process.ocl",
    ".octopus/runbooks/fix.ocl",
    ".octopus/variables.ocl",
    ".octopus/deployment_settings.ocl",
    ".octopus/schema_version.ocl",
];

fuzz_target!(|text: &str| {
    // A line of dashes parts the documents of a folder.
    let parts = text.split("\n---\n").zip(PATHS.iter().cycle());
    let folder: Vec<_> = parts.map(|(text, path)| Source { path, text }).collect();
    let alone = [Source { path: "", text }];
    for sources in [&folder[..], &alone] {
        let read_once = read(sources);
        assert_eq!(read_once.kinds.len(), sources.len());
        let fragment = read_once.fragment;
        for finding in &fragment.findings {
            assert!(!finding.what.is_empty());
        }
        let written = write(&fragment.design);
        for (path, text) in &written.files {
            assert!(DocumentKind::of_path(path).is_some() || path.ends_with("_values.ocl"));
            assert!(path.starts_with(".octopus/") && !path.contains(['\\', '\n', '\0']), "{path}");
            if written.findings.iter().all(|one| one.code != "export/ocl-loss") {
                assert!(ocl::read(text).is_ok(), "{path}:\n{text}");
            }
        }
        // The design file holds all that was kept.
        let kept = design_file::read(&design_file::write(&fragment.design)).design;
        let kept = kept.expect("a design that was read can be kept");
        assert_eq!(write(&kept).files, written.files);
    }
});
