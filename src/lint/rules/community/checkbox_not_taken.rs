//! Checkboxes of the community step that are written in lower case.

use crate::base::{Finding, Severity};
use crate::catalog::community::{CREATE, RESTORE};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule. Source: reference, process, section 8.1, L4 and L5.
pub static RULE: Rule = Rule {
    id: "community/checkbox-not-taken",
    severity: Severity::Warning,
    summary: "A box that is ticked has no effect",
    why: "\"Run Pulumi (Linux)\" understands the very word True only. The default of Restore \
          Dependencies is true, so that nothing is restored until somebody unticks and ticks the \
          box.",
    remedy: "Untick the box and tick it again, here or in Octopus.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (at, known) in walk::community_steps(design) {
        for (key, box_name) in [(RESTORE, "Restore Dependencies"), (CREATE, "Create Stack")] {
            let value = known.value(&at.action.properties, key);
            if known.is_bash() && value.eq_ignore_ascii_case("true") && value != "True" {
                let what = format!("{at} has \"{box_name}\" as \"{value}\", which is not taken.");
                findings.push(RULE.at(at.property(key), what));
            }
        }
    }
}
