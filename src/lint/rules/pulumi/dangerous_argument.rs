//! Arguments that show secrets or break protection.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/dangerous-argument",
    severity: Severity::Error,
    summary: "An argument shows secrets or overrides protection",
    why: "Secrets then stand in the task log for everybody, or resources that are marked as \
          protected are deleted.",
    remedy: "Take the argument away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(run) = walk::run_of(at.action) else { continue };
        for (index, argument) in run.arguments.iter().enumerate() {
            let flag = argument.split('=').next().unwrap_or_default();
            // Above 3, Pulumi's log may print secrets; bare, the flag takes the next word.
            let level = argument
                .strip_prefix("-v=")
                .or_else(|| argument.strip_prefix("--verbose="))
                .map(|level| level.parse::<u32>().unwrap_or(u32::MAX));
            let is_bad = matches!(flag, "--show-secrets" | "--ignore-protect")
                || matches!(argument.as_str(), "-v" | "--verbose")
                || level.is_some_and(|level| level > 3);
            if is_bad {
                findings.push(RULE.at(
                    format!("{}[{index}]", at.member("does.step.arguments")),
                    format!("{at} runs Pulumi with {argument}."),
                ));
            }
        }
    }
}
