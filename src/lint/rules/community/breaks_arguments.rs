//! Arguments and folders that do not reach Pulumi as they are written.

use crate::base::{Finding, Severity};
use crate::catalog::community::{ARGUMENTS, FOLDER};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule. Source: reference, process, sections 8.1, L8 and L9, and 8.2, W3.
pub static RULE: Rule = Rule {
    id: "community/breaks-arguments",
    severity: Severity::Warning,
    summary: "Arguments of a community step reach Pulumi otherwise than written",
    why: "\"Run Pulumi (Linux)\" splits arguments and the folder at every space, and quotes are \
          handed on as letters; with a space in its path the folder is not entered, and Pulumi runs \
          in another one. \"Run Pulumi (Windows)\" hands all arguments on as one (read in its \
          script, not seen in a run).",
    remedy: "Do without quotes and spaces, or let a Pulumi step of Pulpo's own take its place.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (at, known) in walk::community_steps(design) {
        let properties = &at.action.properties;
        let arguments = known.value(properties, ARGUMENTS).trim();
        let folder = known.value(properties, FOLDER).trim();
        let is_broken = match known.is_bash() {
            true => arguments.contains(['"', '\'', '*', '?', '\\']),
            false => arguments.split_whitespace().count() > 1,
        };
        if is_broken {
            let what = format!("{at} has the arguments {arguments}");
            findings
                .push(RULE.at(at.property(ARGUMENTS), format!("{what}, which do not arrive so.")));
        }
        if known.is_bash() && !folder.contains("#{") && folder.contains(char::is_whitespace) {
            let what = format!("{at} works in the folder {folder}, which has a space in its path.");
            findings.push(RULE.at(at.property(FOLDER), what));
        }
    }
}
