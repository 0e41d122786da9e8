//! Target tags that no target has.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/unknown-target-tag",
    severity: Severity::Warning,
    summary: "No target has any of the step's tags",
    why: "The step finds no target and does nothing.",
    remedy: "Choose tags that targets have, or add the targets.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    // Without any target the design says nothing of them: they may be made later.
    if design.space.targets.is_empty() {
        return;
    }
    for owner in walk::processes(design) {
        for (index, step) in owner.process.steps.iter().enumerate() {
            let is_known = step
                .target_tags
                .iter()
                .any(|tag| design.space.targets.iter().any(|target| target.tags.contains(tag)));
            if !step.target_tags.is_empty() && !is_known {
                findings.push(RULE.at(
                    format!("{}.steps[{index}].targetTags", owner.path()),
                    format!(
                        "No target is tagged for the step \"{}\"{}.",
                        step.name,
                        owner.suffix()
                    ),
                ));
            }
        }
    }
}
