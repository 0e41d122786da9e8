//! Step names with characters that break elsewhere.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/unsafe-name",
    severity: Severity::Warning,
    summary: "A step's name holds characters that are not safe",
    why: "Octopus checks names against what its server's disk allows, and [ ] end the index in \
          Octopus.Action[…].",
    remedy: "Use letters, digits, blanks, brackets, periods, commas, dashes and underscores, and \
          start with a letter or digit.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for owner in walk::processes(design) {
        for (index, step) in owner.process.steps.iter().enumerate() {
            let path = format!("{}.steps[{index}]", owner.path());
            look(step.name.as_str(), &path, owner, findings);
            for (number, action) in step.actions.iter().enumerate() {
                // The one action of a step has the step's name: once is enough.
                if action.name != step.name {
                    look(
                        action.name.as_str(),
                        &format!("{path}.actions[{number}]"),
                        owner,
                        findings,
                    );
                }
            }
        }
    }
}

fn look(name: &str, path: &str, owner: walk::ProcessAt<'_>, findings: &mut Vec<Finding>) {
    let plain = |letter: char| letter.is_alphanumeric() || " .,-_()".contains(letter);
    let bad = name.chars().find(|letter| !plain(*letter));
    let first = name.chars().next().filter(|letter| !letter.is_alphanumeric());
    if let Some(letter) = bad.or(first) {
        let suffix = owner.suffix();
        let what = format!("The step \"{name}\"{suffix} has '{letter}' in its name.");
        findings.push(RULE.at(format!("{path}.name"), what));
    }
}
