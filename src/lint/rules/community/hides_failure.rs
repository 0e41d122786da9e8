//! The community step that ends with success whatever happened.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule. Source: reference, process, section 8.1, L1 to L3 and L6.
pub static RULE: Rule = Rule {
    id: "community/hides-failure",
    severity: Severity::Warning,
    summary: "A failing Pulumi run counts as a success",
    why: "The community step \"Run Pulumi (Linux)\" goes on after every failure and ends well: after \
          a failed login, a failed up, even when the stack could not be selected. Then it runs \
          against the stack that was selected last on that worker.",
    remedy: "Let a Pulumi step of Pulpo's own take its place; Upgrade does that.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (at, known) in walk::community_steps(design) {
        if known.is_bash() {
            let what = format!("{at} is a community step that hides failures.");
            findings.push(RULE.at(at.member("properties"), what));
        }
    }
}
