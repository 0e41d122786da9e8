//! Secrets that would be written as plain settings.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, text, walk};
use crate::model::{Design, PulumiStep};

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/secret-in-settings",
    severity: Severity::Error,
    summary: "A secret would be written into a settings file in plain text",
    why: "A plain entry stands readable in the file on the worker; a secret one must be exactly \
          one variable so that Pulumi can encrypt it.",
    remedy: "Mark the entry as secret, and let its value be one #{Variable}.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(PulumiStep::ConfigOverride(step)) = at.action.pulumi_step() else { continue };
        for (index, entry) in step.entries.iter().enumerate() {
            let what = if entry.is_secret {
                let is_one = text::only_expression(&entry.value).is_some();
                (!is_one).then(|| "is secret, but its value is not exactly one variable".to_owned())
            } else {
                let secret = text::expressions(&entry.value).into_iter().find(|name| {
                    walk::values_of(design, name).iter().any(|at| at.value.content.is_sensitive())
                });
                secret.map(|name| format!("is plain, but {name} is sensitive"))
            };
            if let Some(what) = what {
                findings.push(RULE.at(
                    format!("{}[{index}]", at.member("does.step.entries")),
                    format!("{at} writes {}, which {what}.", entry.key),
                ));
            }
        }
    }
}
