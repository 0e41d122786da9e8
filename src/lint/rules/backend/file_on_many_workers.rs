//! State on a worker's disk, with more than one worker.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Backend, Design};

/// The rule.
pub static RULE: Rule = Rule {
    id: "backend/file-on-many-workers",
    severity: Severity::Error,
    summary: "State is on the disk of one worker of several",
    why: "Another worker of the pool has no such file: it starts from nothing and creates \
          everything a second time.",
    remedy: "Keep the state in a bucket or database, or use a pool with a single worker and say \
          so.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let Backend::SelfManaged(backend) = &design.pulumi.backend else { return };
    if !backend.url.starts_with("file://") {
        return;
    }
    for at in walk::actions(design) {
        if walk::run_of(at.action).is_none() {
            continue;
        }
        let pools = walk::pools_of(design, at.action);
        let is_single = !pools.is_empty() && pools.iter().all(|pool| pool.is_single_worker);
        if !is_single || at.action.container.is_some() {
            findings.push(RULE.at(
                at.path(),
                format!(
                    "{at} keeps state in {}, and may run on several workers or in a container.",
                    backend.url
                ),
            ));
        }
    }
}
