//! AWS credentials without a region.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::{CloudCredentials, Design};

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/no-region",
    severity: Severity::Warning,
    summary: "AWS credentials without a region",
    why: "Without a region Pulumi's AWS provider stops unless the stack's settings say one.",
    remedy: "Say a region, or an expression such as #{Region}.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    if let CloudCredentials::Aws(account) = &design.pulumi.credentials
        && account.region.trim().is_empty()
    {
        let what = format!("The AWS account in {} comes without a region.", account.variable);
        findings.push(RULE.at("$.pulumi.credentials", what));
    }
}
