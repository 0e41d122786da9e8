//! JSON of Octopus's, of any kind: what was read can be kept, and a process or a
//! variable set that is written, read and written again is the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::format::design_file;
use pulpo::format::octopus_json::{deployment_process, project_variable_set, read};
use pulpo::model::Design;

fn kept(design: &Design) -> Design {
    design_file::read(&design_file::write(design)).design.expect("what was read can be kept")
}

fuzz_target!(|text: &str| {
    let fragment = read(text);
    for finding in &fragment.findings {
        assert!(!finding.what.is_empty());
    }
    let design = kept(&fragment.design);
    assert_eq!(deployment_process(&design).value, deployment_process(&fragment.design).value);
    // Ids that are not known are placeholders, which read as none again.
    let once = read(&deployment_process(&design).text()).design;
    let twice = read(&deployment_process(&once).text()).design;
    assert_eq!(deployment_process(&once).text(), deployment_process(&twice).text());
    let once = read(&project_variable_set(&design).text()).design;
    let twice = read(&project_variable_set(&once).text()).design;
    assert_eq!(project_variable_set(&once).text(), project_variable_set(&twice).text());
});
