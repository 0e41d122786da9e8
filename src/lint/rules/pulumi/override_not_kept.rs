//! Settings files that nobody else sees.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::process::ProgramSource;
use crate::model::{Design, PulumiStep};

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/override-not-kept",
    severity: Severity::Warning,
    summary: "A settings file is written where no other step finds it",
    why: "It goes into the step's own copy of the package, which Octopus removes when the step \
          ends.",
    remedy: "Take the program from a folder that an extract step made.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(PulumiStep::ConfigOverride(step)) = at.action.pulumi_step() else { continue };
        let is_kept = step.file.starts_with('/') || step.file.starts_with("#{");
        if matches!(step.source, ProgramSource::Package(_)) && !is_kept {
            let what = format!("{at} writes into its own copy of the package.");
            findings.push(RULE.at(at.member("does.step"), what));
        }
    }
}
