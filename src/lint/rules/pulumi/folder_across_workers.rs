//! Folders that are handed from worker to worker.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::ProgramSource;

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/folder-across-workers",
    severity: Severity::Warning,
    summary: "A folder is handed on, but the next step may run elsewhere",
    why: "Octopus chooses a worker of the pool for each step, and a container has a disk of its \
          own; the folder is then not there.",
    remedy: "Let each step bring its own package, or use a pool with a single worker and say so.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let source = at.action.pulumi_step().and_then(walk::source_of);
        if !matches!(source, Some(ProgramSource::Folder(_))) {
            continue;
        }
        let pools = walk::pools_of(design, at.action);
        let is_single = !pools.is_empty() && pools.iter().all(|pool| pool.is_single_worker);
        if at.action.container.is_some() || !is_single {
            findings
                .push(RULE.at(at.path(), format!("{at} expects a folder that another step made.")));
        }
    }
}
