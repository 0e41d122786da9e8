//! Stack and project names that read as flags or paths.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "stacks/awkward-name",
    severity: Severity::Warning,
    summary: "A stack name starts with a dash or a period",
    why: "Pulumi takes such a name, but shells and tools read a dash as a flag and a period as a \
          path.",
    remedy: "Start the name with a letter or a digit.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (index, mapping) in design.pulumi.stacks.iter().enumerate() {
        let parts = [mapping.stack.project.as_str(), mapping.stack.stack.as_str()];
        if let Some(part) = parts.iter().find(|part| part.starts_with(['-', '.'])) {
            findings.push(RULE.at(
                format!("$.pulumi.stacks[{index}].stack"),
                format!("In the stack {} the part \"{part}\" is awkward.", mapping.stack),
            ));
        }
    }
}
