//! Scripts that read a package that their step does not have.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "script/unknown-package",
    severity: Severity::Error,
    summary: "A script reads a package that its step does not have",
    why: "The index in Octopus.Action.Package[…] is the name of a package reference of the same \
          step; for any other the script gets an empty text.",
    remedy: "Add the reference to the step, or mend the name.",
    check,
};

const START: &str = "Octopus.Action.Package[";

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(body) = walk::bash_of(at.action) else { continue };
        for (start, _) in body.match_indices(START) {
            let rest = body.get(start + START.len()..).unwrap_or_default();
            let Some((name, rest)) = rest.split_once(']') else { continue };
            if name.contains(['$', '#', '\n']) {
                continue;
            }
            let package = at.action.packages.iter().find(|one| one.name == name);
            let what = match package {
                None => "has no such package reference",
                Some(one) if rest.starts_with(".ExtractedPath") && !one.is_extracted() => {
                    "does not extract it"
                }
                Some(_) => continue,
            };
            findings.push(RULE.at(
                at.property(keys::SCRIPT_BODY),
                format!("The script reads the package \"{name}\". {at} {what}."),
            ));
        }
    }
}
