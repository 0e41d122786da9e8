//! Retries and time-outs on steps that take none.

use crate::base::{Finding, Severity};
use crate::catalog;
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/retries-not-allowed",
    severity: Severity::Error,
    summary: "A step of this kind takes no retries and no time-out",
    why: "Manual interventions, e-mails, health checks and releases are neither retried nor timed \
          out; Octopus refuses the settings.",
    remedy: "Take the setting away.",
    check,
};

const NEVER: &[&str] =
    &["Octopus.Manual", "Octopus.Email", "Octopus.HealthCheck", "Octopus.DeployRelease"];

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(kind) = at.action.octopus_type() else { continue };
        if !NEVER.iter().any(|never| never.eq_ignore_ascii_case(kind)) {
            continue;
        }
        for key in [keys::RETRIES, keys::TIMEOUT] {
            if !matches!(at.action.properties.text(key), "" | "0") {
                let name = catalog::type_name(kind);
                findings.push(RULE.at(at.property(key), format!("{at} is of the kind {name}.")));
            }
        }
    }
}
