//! Files of any kind into a design: zips, JSON, YAML and OCL, told by their
//! content. What comes of it can be kept, and undo takes it back.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pulpo::format::design_file;
use pulpo::import::{File, How, Mode, Reading, foreign, gather, into_new, merge, summary};
use pulpo::model::Design;

static OPEN: LazyLock<Design> = LazyLock::new(|| {
    let text = include_str!("../../../public/samples/aws-fargate.pulpo.json");
    design_file::read(text).design.unwrap_or_default()
});

const PATHS: [&str; 4] =
    ["a/.octopus/variables.ocl", "a/process.json", "a/Pulumi.yaml", "a/Pulumi.dev.yaml"];

fuzz_target!(|bytes: &[u8]| {
    let mut alone = Reading::default();
    alone.add(&File { path: String::new(), bytes: bytes.to_vec() });
    let mut folder = Reading::default();
    for (part, path) in bytes.split(|byte| *byte == 0).zip(PATHS.iter().cycle()) {
        folder.add(&File { path: (*path).to_owned(), bytes: part.to_vec() });
    }
    for imported in [alone.finish(), folder.finish()] {
        let all = gather(&imported, |_| true);
        for mode in [Mode::Add, Mode::Replace] {
            let how =
                How { process: mode, variables: mode, templates_as_steps: true, ..How::default() };
            let fresh = into_new(all.clone(), &how);
            let _ = foreign(&OPEN, &all);
            let mut after = OPEN.clone();
            merge(&mut after, &all, &how);
            let _ = summary(&OPEN, &after);
            for design in [fresh, after] {
                let kept = design_file::read(&design_file::write(&design)).design;
                assert!(kept.is_some(), "what was taken in can be kept");
            }
        }
    }
});
