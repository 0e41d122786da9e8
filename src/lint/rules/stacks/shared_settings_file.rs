//! Stacks whose settings file is one and the same.

use std::collections::HashMap;

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "stacks/shared-settings-file",
    severity: Severity::Warning,
    summary: "Two stacks read the same settings file",
    why: "The file is named after the last part of the stack alone, so both stacks share their \
          settings; names that differ only by case share it where the disk ignores case.",
    remedy: "Choose stack names whose last parts differ in more than case.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let mut seen = HashMap::new();
    for (index, mapping) in design.pulumi.stacks.iter().enumerate() {
        let stack = &mapping.stack;
        let first = *seen.entry(stack.stack.as_str().to_ascii_lowercase()).or_insert(stack);
        if first != stack {
            findings.push(RULE.at(
                format!("$.pulumi.stacks[{index}].stack"),
                format!(
                    "{first} and {stack} both read {}.",
                    if first.stack == stack.stack {
                        stack.settings_file()
                    } else {
                        format!("{} or {}", first.settings_file(), stack.settings_file())
                    }
                ),
            ));
        }
    }
}
