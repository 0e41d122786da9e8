//! Community steps that wait for an answer.

use crate::base::{Finding, Severity};
use crate::catalog::community::{ARGUMENTS, COMMAND};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule. Source: reference, process, section 8.1, L13, and pulumi, section 3.
pub static RULE: Rule = Rule {
    id: "community/asks-nobody",
    severity: Severity::Error,
    summary: "A community step changes a stack without --yes",
    why: "Pulumi asks before it changes anything, nobody can answer in a deployment, and so it \
          gives up. The community steps add no --yes of their own.",
    remedy: "Write --yes in Command Args.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (at, known) in walk::community_steps(design) {
        let properties = &at.action.properties;
        let command = known.value(properties, COMMAND).trim();
        let arguments = known.value(properties, ARGUMENTS);
        let changes = ["up", "update", "destroy", "refresh"].contains(&command);
        let says_yes = arguments.split_whitespace().any(|word| matches!(word, "--yes" | "-y"));
        if changes && !says_yes && !arguments.contains("#{") {
            let what = format!("{at} runs pulumi {command} without --yes.");
            findings.push(RULE.at(at.property(ARGUMENTS), what));
        }
    }
}
