//! A Pulumi project's files: what was read can be kept, and the settings files
//! that are written are YAML that reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::format::pulumi_yaml::{Source, read, settings_file};
use pulpo::format::{design_file, yaml};

const PATHS: [&str; 4] =
    ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.staging.yaml", "infra/Pulumi.production.yml"];

fuzz_target!(|text: &str| {
    // A line of equal signs parts the files of a folder.
    let parts = text.split("\n===\n").zip(PATHS.iter().cycle());
    let files: Vec<_> = parts.map(|(text, path)| Source { path, text }).collect();
    let fragment = read(&files);
    for finding in &fragment.findings {
        assert!(!finding.what.is_empty());
    }
    let design = design_file::read(&design_file::write(&fragment.design)).design;
    let design = design.expect("what was read can be kept");
    for mapping in &design.pulumi.stacks {
        let settings = settings_file(&design, mapping);
        let parsed = yaml::parse(&settings.text);
        assert!(parsed.is_ok(), "{}\n{:?}", settings.text, parsed.err());
    }
});
