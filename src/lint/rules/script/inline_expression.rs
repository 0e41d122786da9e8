//! Expressions in the text of a Bash script.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, text, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "script/inline-expression",
    severity: Severity::Warning,
    summary: "A script has #{…} in its text",
    why: "Octopus puts the value into the script before Bash reads it: quotes, $ or ` in the \
          value become code.",
    remedy: "Read the value with get_octopusvariable, or write ##{ for a literal #{.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(body) = walk::bash_of(at.action) else { continue };
        if let Some(first) = text::expressions(body).first() {
            findings.push(RULE.at(
                at.property(keys::SCRIPT_BODY),
                format!("{at} has #{{{first}}} in its script."),
            ));
        }
    }
}
