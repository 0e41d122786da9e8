//! Programs in a folder that has no path.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::ProgramSource;

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/no-folder",
    severity: Severity::Error,
    summary: "A step takes the program from a folder without a path",
    why: "The step does not know where Pulumi.yaml is.",
    remedy: "Write the folder, or let the step bring its own package.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let source = at.action.pulumi_step().and_then(walk::source_of);
        if let Some(ProgramSource::Folder(folder)) = source
            && folder.path.trim().is_empty()
        {
            findings.push(RULE.at(at.member("does.step.source"), format!("{at} names no folder.")));
        }
    }
}
