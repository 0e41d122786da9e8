//! A backend of one's own without a passphrase variable.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Backend, Design};

/// The rule.
pub static RULE: Rule = Rule {
    id: "backend/no-passphrase",
    severity: Severity::Warning,
    summary: "No variable holds the passphrase of the stack's secrets",
    why: "On a backend of your own Pulumi encrypts secrets with a passphrase unless a key service \
          is set, and asks for it; nobody answers in Octopus.",
    remedy: "Name a sensitive variable that holds the passphrase, or say a secrets provider on \
          the steps that create stacks.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let Backend::SelfManaged(backend) = &design.pulumi.backend else { return };
    let mut runs = walk::actions(design);
    runs.retain(|at| walk::run_of(at.action).is_some());
    let has_provider = runs
        .iter()
        .any(|at| walk::run_of(at.action).is_some_and(|run| !run.secrets_provider.is_empty()));
    if backend.passphrase.is_none() && !runs.is_empty() && !has_provider {
        findings.push(RULE.at("$.pulumi.backend", "The backend names no passphrase variable."));
    }
}
