//! Pulumi steps without the package that holds the program.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::process::ProgramSource;
use crate::model::{Design, PulumiStep};

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/no-package",
    severity: Severity::Error,
    summary: "A step takes the program from a package that it does not have",
    why: "A script finds a package only under a reference of its own step, and its folder only if \
          the package is extracted.",
    remedy: "Say which package holds the program, or add the reference to the step; and switch \
          Extract on.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(step) = at.action.pulumi_step() else { continue };
        let reference = match (step, walk::source_of(step)) {
            (PulumiStep::Extract(extract), _) => &extract.reference,
            (_, Some(ProgramSource::Package(package))) => &package.reference,
            _ => continue,
        };
        let name = walk::reference_name(design, reference);
        let packages = &at.action.packages;
        match packages.iter().find(|one| one.name == name) {
            // Exports add the design's package where the step has no reference of its own.
            None if design.pulumi.package.is_some() => {}
            None => {
                findings.push(RULE.at(
                    at.member("packages"),
                    format!("{at} has no package reference \"{name}\"."),
                ))
            }
            Some(one) if !one.is_extracted() => findings.push(RULE.at(
                at.member("packages"),
                format!("{at} does not extract its package \"{name}\"."),
            )),
            Some(_) => {}
        }
    }
}
