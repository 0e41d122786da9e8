//! Steps that run on targets, but name none.

use crate::base::{Finding, Severity};
use crate::catalog;
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/no-targets",
    severity: Severity::Error,
    summary: "A step runs on targets, but has no target tags",
    why: "Octopus refuses the process: it asks for target tags for that step.",
    remedy: "Add target tags to the step, or run it on a worker.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(kind) = at.action.octopus_type() else { continue };
        let info = catalog::action_type(kind);
        let needs = info.is_some_and(|info| info.needs_targets)
            || at.action.properties.text(keys::RUN_ON_SERVER).eq_ignore_ascii_case("false");
        if needs && at.step.target_tags.is_empty() {
            findings.push(RULE.at(
                at.step_path(),
                format!("{at} runs on targets, but its step has no target tags."),
            ));
        }
    }
}
