//! Programs in a folder that has no path.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::lint::walk;
use crate::model::Design;
use crate::model::PulumiStep;
use crate::model::process::{ExtractStyle, ProgramSource};

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
        let Some(step) = at.action.pulumi_step() else { continue };
        let path = match (step, walk::source_of(step)) {
            (PulumiStep::Extract(extract), _) if extract.style == ExtractStyle::Guide => {
                &extract.target
            }
            (_, Some(ProgramSource::Folder(folder))) => &folder.path,
            _ => continue,
        };
        if path.trim().is_empty() {
            findings.push(RULE.at(at.member("does.step"), format!("{at} names no folder.")));
        }
    }
}
